"""How charts show in a notebook: a picture with alt text, and beside it a text fingerprint that nbval compares.

A picture alone is skipped by nbval, so a chart whose bars changed would pass. The *fingerprint* is text: the chart's
specification as one sorted line of JSON, then its rows one a line up to a limit, then the number of rows and a hash
over all of them. A changed datum, label or mark then fails with the very line that changed. JupyterLab shows the
picture and hides the text.
"""

from __future__ import annotations

import io
import json
import math
import struct
from typing import TYPE_CHECKING, Any

from .. import renderer
from ..files import sha256
from . import style
from .language import DEFAULT, Language, language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["datasets", "fingerprint", "fingerprint_figure", "language_of", "register", "show"]

MOST_ROWS = 120
SCALE = 2
DATA_KEYS = ("$schema", "config", "datasets", "usermeta")


def register() -> None:
    """Make Altair show charts this way, in the house style, and pandas show texts in full."""
    import altair as alt
    import pandas as pd

    # A note that is cut off after fifty letters may lose its "not".
    pd.set_option("display.max_colwidth", None)

    alt.theme.register("kit", enable=True)(lambda: alt.theme.ThemeConfig(**style.altair_theme()))
    alt.renderers.register("kit", _render)
    alt.renderers.enable("kit")


def _render(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = style.drawable(spec)
    fonts, locales = str(style.font_folder()), spoken_in(spec).locales()
    picture = renderer.picture(spec, fonts=fonts, scale=SCALE, locales=locales)
    return _bundle(picture, fingerprint(spec), spec.get("description", ""))


def spoken_in(spec: dict[str, Any]) -> Language:
    """The language that a chart's specification says it was drawn in."""
    return language(spec.get("usermeta", {}).get("kit", {}).get("language", DEFAULT))


def show(figure: Figure, *, alt: str) -> None:
    """Show a matplotlib figure in a notebook, with alt text and its fingerprint."""
    from IPython.display import display

    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=figure.dpi * SCALE)
    bundle, metadata = _bundle(renderer.compact(picture.getvalue()), fingerprint_figure(figure), alt)
    display(bundle, raw=True, metadata=metadata)


def _bundle(picture: bytes, text: str, alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    # A PNG's first chunk is its size.
    width, height = struct.unpack(">II", picture[16:24])
    look = {"alt": alt, "width": width // SCALE, "height": height // SCALE}
    return {"image/png": picture, "text/plain": text}, {"image/png": look}


def language_of(chart: Any) -> str:
    """The code of the language that a chart was drawn in, English where it does not say."""
    about = getattr(chart, "usermeta", None)
    return about.get("kit", {}).get("language", DEFAULT) if isinstance(about, dict) else DEFAULT


def datasets(spec: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows that a Vega-Lite specification holds, by the data's name, in the order they appear."""
    found: dict[str, list[dict[str, Any]]] = dict(spec.get("datasets", {}))

    def look(part: Any) -> None:
        if isinstance(part, dict):
            data = part.get("data")
            if isinstance(data, dict) and isinstance(data.get("values"), list):
                found.setdefault(data.get("name", f"data-{len(found) + 1}"), data["values"])
            for key, value in part.items():
                if key not in ("data", "datasets"):
                    look(value)
        elif isinstance(part, list):
            for value in part:
                look(value)

    look(spec)
    return found


def fingerprint(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as text that changes when anything a reader sees does."""
    lines = [f"chart {_line(_without_data(spec))}"]
    for name, rows in datasets(spec).items():
        lines += _rows(name, [{key: row[key] for key in sorted(row)} for row in rows])
    return "\n".join(lines)


def fingerprint_figure(figure: Figure) -> str:
    """A matplotlib figure as text that changes when anything a reader sees does: texts, lines, areas and points."""
    lines = [f"figure {_line({'size': figure.get_size_inches().tolist(), 'texts': _texts(figure)})}"]
    for number, axes in enumerate(figure.axes, start=1):
        about = {"xlim": axes.get_xlim(), "ylim": axes.get_ylim(), "texts": _texts(axes)}
        about |= {axis: [label.get_text() for label in getattr(axes, f"get_{axis}ticklabels")()] for axis in ("x", "y")}
        lines.append(f"axes {number} {_line(about)}")
        for kind, artists in (("line", axes.lines), ("area", axes.collections), ("patch", axes.patches)):
            for artist in artists:
                lines += _rows(f"{kind} {_line(_look(artist))}", _points(artist))
    return "\n".join(lines)


def _texts(holder: Any) -> list[str]:
    from matplotlib.text import Text

    return [text.get_text() for text in holder.findobj(Text, include_self=False) if text.get_text()]


def _look(artist: Any) -> dict[str, Any]:
    from matplotlib.colors import to_hex

    looks = {}
    for name in ("color", "facecolor", "edgecolor"):
        value = getattr(artist, f"get_{name}", lambda: None)()
        if value is None or len(value) == 0:
            continue
        colours = [value] if isinstance(value, str) or not hasattr(value[0], "__len__") else value
        looks[name] = sorted({to_hex(colour, keep_alpha=True) for colour in colours})
    for name in ("linestyle", "marker", "linewidth"):
        value = getattr(artist, f"get_{name}", lambda: None)()
        looks[name] = str(value)
    return looks


def _points(artist: Any) -> list[dict[str, float]]:
    if hasattr(artist, "get_xydata"):
        points = artist.get_xydata()
    elif hasattr(artist, "get_offsets") and len(artist.get_offsets()) > 1:
        points = artist.get_offsets()
    elif hasattr(artist, "get_paths"):
        points = [point for path in artist.get_paths() for point in path.vertices]
    else:
        points = artist.get_path().transformed(artist.get_patch_transform()).vertices
    return [{"x": float(x), "y": float(y)} for x, y in points]


def _rows(name: str, rows: list[dict[str, Any]]) -> list[str]:
    texts = [" ".join(f"{key}={_plain(value)}" for key, value in row.items()) for row in rows]
    more = [f"  ... {len(texts) - MOST_ROWS} more"] if len(texts) > MOST_ROWS else []
    whole = f"{name}: {len(texts)} rows, sha256 {sha256(chr(10).join(texts))[:16]}"
    return [whole, *(f"  {text}" for text in texts[:MOST_ROWS]), *more]


def _without_data(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {key: _without_data(value) for key, value in part.items() if key not in DATA_KEYS}
        if isinstance(part.get("data"), dict):
            kept["data"] = part["data"].get("name", "")
        return kept
    return [_without_data(value) for value in part] if isinstance(part, list) else part


def _line(part: Any) -> str:
    return json.dumps(_rounded(part), sort_keys=True, ensure_ascii=False)


def _rounded(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _rounded(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_rounded(value) for value in part]
    return float(_plain(part)) if isinstance(part, float) and math.isfinite(part) else part


def _plain(value: Any) -> str:
    return f"{value:.9g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
