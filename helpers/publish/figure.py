"""Publishing a figure: one call, one folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from .. import files, paths
from ..charts import Drawn, headline, style
from ..charts.display import datasets, language_of
from ..problems import InputError, Problem
from . import alt as alt_texts
from . import assets, compiled, lettering, origin, pages, pictures, plotted, printed, social, warnings
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


@dataclass(frozen=True)
class _Drawing:
    """A chart as it was drawn: its words with all that the chart knew, its SVGs, its files, its rows."""

    words: Words
    svgs: dict[str, str]
    files: dict[str, bytes | str]
    table: pd.DataFrame
    chart: pages.Interactive | None


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
    language: str | None = None,
    mobile: alt.TopLevelMixin | Figure | None = None,
    data: pd.DataFrame | None = None,
    people: bool = False,
    text: Literal["real", "outlined"] = "real",
    one_file: bool = False,
    inputs: Iterable[str | Path | None] = (),
    out: str | Path | None = None,
) -> Published:
    """Publish a chart: an embed, a snippet to paste, pictures for every use, the plotted data, and its provenance.

    Parameters
    ----------
    chart : Altair chart or matplotlib Figure
    slug : str
        The folder's name, such as ``reed-shots``.
    title, alt, source : str
        Headline, what the chart shows to who cannot see it, and where its figures come from. All three are needed.
        ``publish.draft_alt(chart)`` drafts an alt text, which must be edited or confirmed.
    subtitle, credit, notes, as_of : str
        ``subtitle`` is the chart's own unless told.
    status : str, optional
        How the figures are known, one of ``provenance.STATUSES``; the chart's own unless told.
    language : str, optional
        What the figure's readers read, such as ``es``; the chart's own unless told.
    mobile : chart, optional
        The chart designed for a phone, such as ``charts.shots_over_time(incident, layout="mobile")``. Without it
        panels are stacked and narrowed.
    data : DataFrame, optional
        What is plotted, for ``data.csv``; needed with matplotlib, whose figures do not hold their table.
    people : bool
        Whether columns that name people may be published.
    text : {'real', 'outlined'}
        Whether texts in the SVGs are texts, with their letters inside the file, or shapes.
    one_file : bool
        Whether ``embed.html`` holds all it needs, instead of sharing Vega with the other figures (700 KB each).
    inputs : paths, optional
        Files outside ``data/`` that the figure was made from, so that a change to them is noticed.
    out : path, optional
        The folder that holds all figures; ``published/`` unless told.

    Returns
    -------
    Published
        ``<out>/<slug>/`` holds ``embed.html iframe.html snippet.html desktop.svg desktop.png desktop.pdf mobile.svg
        mobile.png social.png data.csv figure.json`` and, of an Altair chart, ``chart.json``. ``<out>/assets/`` holds
        what embeds share, and ``<out>/index.html`` shows all figures.

    Raises
    ------
    InputError
        If the words are refused (see ``Words.check``), the alt text is a draft that nobody confirmed, the chart takes
        data from an address, a plotted column names people, simulated data is drawn without its mark, or the folder
        cannot be written. What was published before under this slug is then left as it was.
    """
    base = Path(out) if out is not None else paths.out()
    if not (hasattr(chart, "savefig") or hasattr(chart, "to_dict")):
        raise InputError(
            Problem("not a chart", "Pass an Altair chart or a matplotlib figure.", column=f"{slug}: chart")
        )
    alt_texts.refuse_draft(slug, alt)
    words = Words(slug, title, alt, source, subtitle, credit, notes, as_of, status, language or language_of(chart))
    words.check()
    draw = _matplotlib if hasattr(chart, "savefig") else _altair
    drawn = draw(chart, mobile, words, data, text)
    if not people:
        plotted.refuse_people(slug, drawn.table)
    names = assets.write_assets(base)
    with files.build_folder(base / slug) as folder:
        for name, content in drawn.files.items():
            files.write(folder / name, content)
        files.write_csv(folder / "data.csv", drawn.table)
        for name, page in _pages(drawn, names, one_file).items():
            files.write(folder / name, page)
        made = sorted(file.name for file in folder.iterdir())
        about = _about(drawn, folder, made) | {"alt_text": alt_texts.how_known(alt, chart), "assets": names}
        about["warnings"] = list(warnings.of_figure(about, drawn.svgs, designed=mobile is not None))
        about |= {"text": text, "one_file": one_file} | origin.made_from(inputs)
        files.write(folder / "figure.json", json.dumps(about, indent=1, ensure_ascii=False) + "\n")
    gallery(base)
    return Published(slug, base / slug, (*made, "figure.json"))


def figures(
    drawn: Mapping[str, Drawn], *, source: str, notes: str = "", inputs: Iterable[str | Path | None] = ()
) -> list[Published | str]:
    """Publish charts by slug, each under its own headline and alt text.

    Of a chart that could not be drawn, the answer is a sentence that says so and why; nothing is published.
    """
    from .. import desk

    return [
        figure(each.desktop, mobile=each.mobile, slug=slug, title=headline(each.desktop), source=source,
               alt=each.desktop.description, notes=notes, inputs=inputs)
        if each.desktop is not None else f"not published {slug}: {each.why}"
        for slug, each in desk.progress(drawn.items(), f"publishing {len(drawn)} figures")
    ]  # fmt: skip


def _altair(chart: Any, mobile: Any, words: Words, data: pd.DataFrame | None, text: str) -> _Drawing:
    specs, stated = _specs(chart, mobile, words.slug)
    stated += plotted.statuses_of_frames(data)
    status = _agreed_status(words, "simulated" if "simulated" in stated else stated[0])
    table = plotted.table(specs["desktop"])
    if table.empty:
        raise InputError(Problem("the chart plots no rows", "Give it data.", column=f"{words.slug}: chart"))
    # Each layout's pictures carry its own subtitle; pages carry the desktop's.
    told = {name: words.subtitle or pictures.subtitle(spec) for name, spec in specs.items()}
    words = replace(words, status=status, subtitle=told["desktop"])
    whole = {
        name: pictures.composed(spec, replace(words, subtitle=told[name]), style.LAYOUTS[name])
        for name, spec in specs.items()
    }
    for spec in specs.values():
        plotted.refuse_unmarked(words.slug, status, spec)
    svgs = {
        name: compiled.as_svg(words.slug, compiled.vega(words.slug, spec), words.spoken) for name, spec in whole.items()
    }
    bare = {name: compiled.vega(words.slug, pictures.bare(spec)) for name, spec in specs.items()}
    plain = {
        name: social.Drawing(
            pictures.size_without_words(svgs[name], whole[name]),
            lambda spec=spec: compiled.as_svg(words.slug, spec, words.spoken),
        )
        for name, spec in bare.items()
    }
    made: dict[str, bytes | str] = {f"{name}.png": pictures.to_png(svg) for name, svg in svgs.items()}
    made["desktop.pdf"] = pictures.to_pdf(svgs["desktop"])
    made["social.png"] = social.card(list(plain.values()), words)
    made["chart.json"] = json.dumps(whole["desktop"], indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    layouts, rows = compiled.shared_rows(bare)
    in_page = pages.Interactive(layouts, rows, compiled.follows_the_page(list(svgs.values())))
    svgs = _lettered(svgs, words, text)
    made |= {f"{name}.svg": svg for name, svg in svgs.items()}
    return _Drawing(words, svgs, made, plotted.writable(table if data is None else data), in_page)


def _specs(chart: Any, mobile: Any, slug: str) -> tuple[dict[str, dict[str, Any]], list[str | None]]:
    """Each layout's specification, cut down to what it plots, and how its data says that it is known."""
    specs, stated = {}, []
    for size in style.LAYOUTS.values():
        given = chart if size.name == "desktop" or mobile is None else mobile
        # The notebook has shown it, and so it is valid: to validate it again takes as long as to draw it.
        whole = given.to_dict(validate=False)
        compiled.refuse_addresses(slug, whole)
        # Read before columns are cut: a column need not be plotted to say that its rows are simulated.
        stated += [plotted.stated_status(whole), *plotted.statuses_of_frames(given)]
        spec = style.drawable(plotted.only_plotted(whole))
        compiled.refuse_inherited(slug, datasets(spec))
        specs[size.name] = pictures.for_phone(spec, size) if size.name == "mobile" and mobile is None else spec
    return specs, stated


def _matplotlib(chart: Figure, mobile: Figure | None, words: Words, data: pd.DataFrame | None, text: str) -> _Drawing:
    if data is None:
        remedy = "Pass data=, the table that is plotted, with no other columns."
        raise InputError(Problem("a matplotlib figure does not hold its data", remedy, column=f"{words.slug}: data"))
    status = _agreed_status(words, "simulated" if "simulated" in plotted.statuses_of_frames(data) else None)
    words = replace(words, status=status)
    svgs, made = {}, {}
    for name, given in (("desktop", chart), ("mobile", mobile or printed.for_phone(chart))):
        plotted.refuse_unmarked(words.slug, status, given)
        svg = printed.draw(given, "svg", words).decode()
        # matplotlib names the typeface alone; a reader without it should get another sans-serif.
        svgs[name] = svg.replace(f"'{style.FONT}'", f"'{style.FONT}', Helvetica, Arial, sans-serif")
        made[f"{name}.png"] = printed.draw(given, "png", words)
    made["desktop.pdf"] = printed.draw(chart, "pdf", words)
    alone = printed.draw(chart, "svg", None).decode()
    made["social.png"] = social.card([social.Drawing(pictures.size(alone), lambda: alone)], words)
    svgs = _lettered(svgs, words, text)
    made |= {f"{name}.svg": svg for name, svg in svgs.items()}
    return _Drawing(words, svgs, made, plotted.writable(data), None)


def _lettered(svgs: dict[str, str], words: Words, text: str) -> dict[str, str]:
    """The SVGs with their letters inside, or as shapes; both layouts share what letters they need."""
    if text not in ("real", "outlined"):
        raise InputError(Problem(f"{text!r} is not known", "Use 'real' or 'outlined'.", column=f"{words.slug}: text"))
    if text == "outlined":
        done = {name: lettering.outlined(svg) for name, svg in svgs.items()}
    else:
        needed: dict[str, frozenset[str]] = {}
        for svg in svgs.values():
            needed |= {cut: needed.get(cut, frozenset()) | found for cut, found in lettering.letters(svg).items()}
        done = {name: lettering.with_letters(svg, needed) for name, svg in svgs.items()}
    return {name: pictures.accessible(svg, words, name) for name, svg in done.items()}


def _agreed_status(words: Words, stated: str | None) -> str | None:
    if stated == "simulated" and words.status not in (None, "simulated"):
        what = f"{words.status!r}, but the data is simulated"
        raise InputError(Problem(what, "Leave status out, or pass 'simulated'.", column=f"{words.slug}: status"))
    return words.status or stated


def _pages(drawn: _Drawing, names: dict[str, str], one_file: bool) -> dict[str, str]:
    size, phone = (_size(drawn.files[f"{name}.png"]) for name in ("desktop", "mobile"))
    alone = {"whole": assets.assets(), "pictures": drawn.svgs, "csv": files.as_csv(drawn.table)} if one_file else {}
    return {
        "snippet.html": pages.snippet(drawn.words, drawn.table, size=size, phone=phone),
        "embed.html": pages.embed(
            drawn.words, drawn.table, drawn.chart, size=size, phone=phone, names=names, **alone
        ),
        "iframe.html": pages.iframe(drawn.words, size[1] + 160),
    }  # fmt: skip


def _about(drawn: _Drawing, folder: Path, made: list[str]) -> dict[str, Any]:
    return asdict(drawn.words) | {
        "data_sha256": files.sha256(folder / "data.csv"),
        "files": {name: files.sha256(folder / name) for name in made},
        "follows_dark": bool(drawn.chart and drawn.chart.dark),
    }


def _size(png: bytes | str) -> tuple[int, int]:
    """The width and height a PNG is to be shown at: two big-endian numbers at byte 16, at twice the size."""
    return tuple(int.from_bytes(png[place : place + 4], "big") // pictures.SCALE for place in (16, 20))
