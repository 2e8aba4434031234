"""Publishing a figure: one call, one folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import facts, files, paths
from ..charts import Drawn, headline, style
from ..problems import InputError, Problem
from ..provenance import versions
from . import pages, pictures, plotted
from .gallery import gallery
from .words import Words

if TYPE_CHECKING:
    import altair as alt
    from matplotlib.figure import Figure

__all__ = ["Published", "figure", "figures"]


@dataclass(frozen=True)
class Published:
    """A published figure: its ``slug``, its ``folder`` and the names of its ``files``."""

    slug: str
    folder: Path
    files: tuple[str, ...]

    def __repr__(self) -> str:
        # Without the folder: what a notebook shows must not name a machine.
        return f"published {self.slug}: {', '.join(self.files)}"


def figure(
    chart: alt.TopLevelMixin | Figure,
    *,
    slug: str,
    title: str,
    alt: str,
    source: str,
    subtitle: str = "",
    credit: str = "",
    notes: str = "",
    as_of: str = "",
    status: str | None = None,
    mobile: alt.TopLevelMixin | Figure | None = None,
    data: pd.DataFrame | None = None,
    people: bool = False,
    out: str | Path | None = None,
) -> Published:
    """Publish a chart: pictures for desktop and phone, a snippet to paste, the plotted data, and its provenance.

    Parameters
    ----------
    chart : Altair chart or matplotlib Figure
    slug : str
        The folder's name, such as ``reed-shots``.
    title, alt, source : str
        Headline, what the chart shows to who cannot see it, and where its figures come from. All three are needed.
    subtitle, credit, notes, as_of : str
        ``subtitle`` is the chart's own unless told.
    status : str, optional
        How the figures are known, one of ``provenance.STATUSES``; the chart's own unless told.
    mobile : chart, optional
        The chart designed for a phone, such as ``charts.shots_over_time(incident, layout="mobile")``. Without it
        panels are stacked and narrowed.
    data : DataFrame, optional
        What is plotted, for ``data.csv``; needed with matplotlib, whose figures do not hold their table.
    people : bool
        Whether columns that name people may be published.
    out : path, optional
        The folder that holds all figures; ``published/`` unless told.

    Returns
    -------
    Published
        ``<out>/<slug>/`` holds ``desktop.svg desktop.png mobile.svg mobile.png snippet.html data.csv figure.json``
        and, of an Altair chart, ``chart.json``. ``<out>/index.html`` shows all figures.

    Raises
    ------
    InputError
        If the words are refused (see ``Words.check``), a plotted column names people, simulated data is drawn without
        its mark, or the folder cannot be written. What was published before under this slug is then left as it was.
    """
    base = Path(out) if out is not None else paths.out()
    if not (hasattr(chart, "savefig") or hasattr(chart, "to_dict")):
        raise InputError(
            Problem("not a chart", "Pass an Altair chart or a matplotlib figure.", column=f"{slug}: chart")
        )
    words = Words(slug, title, alt, source, subtitle, credit, notes, as_of, status)
    words.check()
    if hasattr(chart, "savefig"):
        words, drawn, table = _from_matplotlib(chart, mobile, words, data)
    else:
        words, drawn, table = _from_altair(chart, mobile, words, data)
    if not people:
        plotted.refuse_people(slug, table)
    with files.build_folder(base / slug) as folder:
        for name, content in drawn.items():
            files.write(folder / name, content)
        files.write_csv(folder / "data.csv", table)
        files.write(
            folder / "snippet.html",
            pages.snippet(words, size=_size(drawn["desktop.png"]), phone=_size(drawn["mobile.png"])),
        )
        made = sorted(file.name for file in folder.iterdir())
        files.write(folder / "figure.json", _provenance(words, folder, made))
    gallery(base)
    return Published(slug, base / slug, (*made, "figure.json"))


def figures(drawn: Mapping[str, Drawn], *, source: str, notes: str = "") -> list[Published | str]:
    """Publish charts by slug, each under its own headline and alt text.

    Of a chart that could not be drawn, the answer is a sentence that says so and why; nothing is published.
    """
    from .. import desk

    return [
        figure(each.desktop, mobile=each.mobile, slug=slug, title=headline(each.desktop), source=source,
               alt=each.desktop.description, notes=notes)
        if each.desktop is not None else f"not published {slug}: {each.why}"
        for slug, each in desk.progress(drawn.items(), f"publishing {len(drawn)} figures")
    ]  # fmt: skip


def _from_altair(chart: Any, mobile: Any, words: Words, data: pd.DataFrame | None):
    specs, stated = {}, []
    for size in style.LAYOUTS.values():
        given = chart if size.name == "desktop" or mobile is None else mobile
        whole = given.to_dict()
        # Read before columns are cut: a column need not be plotted to say that its rows are simulated.
        stated += [plotted.stated_status(whole), *plotted.statuses_of_frames(given)]
        spec = plotted.only_plotted(whole)
        if size.name == "mobile" and mobile is None:
            spec = pictures.for_phone(spec, size)
        specs[size.name] = spec
    stated += plotted.statuses_of_frames(data)
    status = _agreed_status(words, "simulated" if "simulated" in stated else stated[0])
    words = Words(**asdict(words) | {"status": status})
    drawn: dict[str, bytes | str] = {}
    for name, spec in specs.items():
        plotted.refuse_unmarked(words.slug, status, spec)
        whole = pictures.composed(spec, words, style.LAYOUTS[name])
        drawn |= pictures.draw_spec(whole, name, words)
        if name == "desktop":
            drawn["chart.json"] = json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    table = plotted.table(specs["desktop"])
    if table.empty:
        raise InputError(Problem("the chart plots no rows", "Give it data.", column=f"{words.slug}: chart"))
    return words, drawn, table if data is None else data


def _from_matplotlib(chart: Figure, mobile: Figure | None, words: Words, data: pd.DataFrame | None):
    if data is None:
        remedy = "Pass data=, the table that is plotted, with no other columns."
        raise InputError(Problem("a matplotlib figure does not hold its data", remedy, column=f"{words.slug}: data"))
    status = _agreed_status(words, "simulated" if "simulated" in plotted.statuses_of_frames(data) else None)
    words = Words(**asdict(words) | {"status": status})
    drawn: dict[str, bytes | str] = {}
    for name, given in (("desktop", chart), ("mobile", mobile or chart)):
        plotted.refuse_unmarked(words.slug, status, given)
        drawn |= pictures.draw_figure(given, name, words)
    return words, drawn, data


def _agreed_status(words: Words, stated: str | None) -> str | None:
    if stated == "simulated" and words.status not in (None, "simulated"):
        what = f"{words.status!r}, but the data is simulated"
        raise InputError(Problem(what, "Leave status out, or pass 'simulated'.", column=f"{words.slug}: status"))
    return words.status or stated


def _provenance(words: Words, folder: Path, made: list[str]) -> str:
    about = asdict(words) | {
        "data_sha256": files.sha256(folder / "data.csv"),
        "files": {name: files.sha256(folder / name) for name in made},
        "notebook": facts.current_notebook() or None,
        "versions": versions(),
    }
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def _size(png: bytes | str) -> tuple[int, int]:
    """The width and height a PNG is to be shown at: two big-endian numbers at byte 16, at twice the size."""
    return tuple(int.from_bytes(png[place : place + 4], "big") // pictures.SCALE for place in (16, 20))
