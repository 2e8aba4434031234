"""What all embeds of a run share: Vega with its interpreter, the kit's own script, the typeface and the style.

Each file's name holds the hash of what is in it, so that it can be cached for ever and never be the wrong version.
Vega and its interpreter are in ``runtime/`` as their publisher released them; ``RELEASED`` are their hashes.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from .. import files
from ..charts import style
from . import lettering

__all__ = ["FOLDER", "Assets", "assets", "released", "write_assets"]

RUNTIME = Path(__file__).parent / "runtime"
FOLDER = "assets"
RELEASED = {
    "vega.min.js": "ea6a5936381d06f912466354e2b6a20eb66c4d41f1ca9dff1e0236dfee6ee392",  # vega 6.2.0
    "vega-interpreter.js": "e900e82bfa450c113ba70c5af8935caed9e52ef570445c1b4f40d38f2cfff71e",  # 2.2.1
}
CUTS = (("Regular", "normal", 400), ("It", "italic", 400), ("Bold", "normal", 700))


@dataclass(frozen=True)
class Assets:
    """The text of the shared files: ``chart`` and ``frame`` are scripts, ``style`` is a stylesheet."""

    chart: str
    frame: str
    style: str

    def names(self) -> dict[str, str]:
        """Each one's file name, which holds the first 12 digits of its SHA-256."""
        ending = {"chart": "js", "frame": "js", "style": "css"}
        return {
            name: f"{name}-{files.sha256(text)[:12]}.{ending[name]}" for name, text in asdict(self).items()
        }  # fmt: skip


@cache
def assets() -> Assets:
    """The shared files of this version of the kit, the same bytes on every machine."""
    frame = _runtime("frame.js")
    interpreter = _runtime("vega-interpreter.js")
    first, *rest = interpreter.splitlines()
    # The release is a module: what it takes from Vega's tools is in Vega already, and what it gives is handed over.
    body = "\n".join(line for line in rest if not line.startswith(("export ", "//# sourceMappingURL")))
    taken = first.removeprefix("import ").partition(" from ")[0]
    interpreter = (
        f"const expressionInterpreter = (() => {{\nconst {taken} = vega;\n{body}\nreturn expression;\n}})();\n"
    )
    licence = "/*!\n" + _runtime("vega-LICENSE.txt").strip() + "\n*/\n"
    # One function around it all: nothing but `vega` reaches the page's own names.
    chart = f"{licence}{_runtime('vega.min.js')}\n(() => {{\n{interpreter}{_runtime('chart.js')}}})();\n"
    return Assets(chart=chart + frame, frame=frame, style=_stylesheet())


def released() -> dict[str, bool]:
    """Whether each file of others in ``runtime/`` holds just the bytes its publisher released, by name."""
    return {name: files.sha256(RUNTIME / name) == known for name, known in RELEASED.items()}


def write_assets(out: Path) -> dict[str, str]:
    """Write the shared files below ``out`` where they are not there yet; returns their names by what they are."""
    made = assets()
    for name, file in made.names().items():
        place = out / FOLDER / file
        if not place.is_file() or files.sha256(place) != files.sha256(getattr(made, name)):
            files.write(place, getattr(made, name))
    return made.names()


def _runtime(name: str) -> str:
    return (RUNTIME / name).read_text(encoding="utf-8")


def _stylesheet() -> str:
    """The style of an embed: typeface, roles in light and dark, and the chart's own colours by their roles."""
    light, dark = asdict(style.COLOURS), asdict(style.DARK)
    night = " ".join(f"--{role}: {colour};" for role, colour in dark.items())
    day = " ".join(f"--{role}: {colour};" for role, colour in light.items())
    roles = [
        f":root {{ color-scheme: light; {day} }}",
        f"@media screen and (prefers-color-scheme: dark) {{"
        f' :root:not([data-theme="light"]) {{ color-scheme: dark; {night} }} }}',
        f'@media screen {{ :root[data-theme="dark"] {{ color-scheme: dark; {night} }} }}',
    ]
    # A chart in the house's colours follows the page: the style wins over the attribute that Vega writes.
    marks = [
        f'#chart:not(.card) svg [{kind}="{colour}"] {{ {kind}: var(--{role}); }}'
        for role, colour in light.items()
        for kind in ("fill", "stroke")
    ]
    text = _runtime("embed.css").replace("FONT_STACK", f'"{style.FONT}", Helvetica, Arial, sans-serif')
    return "\n".join([*_faces(), *roles, text.replace("LIGHT_BACKGROUND", light["background"]).rstrip(), *marks, ""])


def _faces() -> list[str]:
    """The typeface's cuts as rules that hold the letters themselves."""
    faces = []
    for cut, slope, weight in CUTS:
        letters = base64.b64encode(lettering.latin(cut)).decode()
        faces.append(
            f'@font-face {{ font-family: "{style.FONT}"; font-style: {slope}; font-weight: {weight};'
            f' src: url("data:font/woff;base64,{letters}") format("woff"); }}'
        )
    return faces
