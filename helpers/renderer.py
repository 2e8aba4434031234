"""A chart's picture, made in a process of its own that starts while pandas and Altair are still being imported.

vl-convert's JavaScript engine takes 0.6 s to start and holds Python's lock all the while, so a thread would not help.
A second process does it on another processor, and a notebook's first chart is there that much sooner
(``tests/benchmarks/imports.py``). Where the process cannot be started, or ends, the picture is drawn here: it is the
same picture.

This file is also what that process runs, so it imports nothing of the kit.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import struct
import subprocess
import sys
import threading
from typing import Any, BinaryIO

__all__ = ["compact", "picture", "start"]

# What is drawn while waiting, so that the engine has compiled what charts need: layers, an axis, a legend, texts.
WARM_UP = {
    "title": {"text": "a", "subtitle": "b"},
    "data": {"values": [{"a": 1, "b": "x"}]},
    "encoding": {"x": {"field": "a", "type": "quantitative", "axis": {"title": "a", "format": "d"}}},
    "layer": [
        {"mark": "point", "encoding": {"color": {"field": "b", "type": "nominal"}}},
        {"mark": "text", "encoding": {"text": {"field": "b"}, "y": {"value": 1}}},
    ],
}
# A message is its length, then a byte that says whether the picture was drawn, then the picture.
HEAD = struct.Struct("<I?")

_lock = threading.Lock()
_process: subprocess.Popen[bytes] | None = None
_starter: int | None = None  # the process that started it: one that was forked off must not speak on the same pipes


def start() -> None:
    """Start the process, once; where that is not possible, pictures are drawn here."""
    global _process, _starter
    if _starter == os.getpid():
        return
    _starter = os.getpid()
    try:
        # A session of its own: Ctrl-C in a terminal, or JupyterLab's interrupt, is not meant for it.
        _process = subprocess.Popen(
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except OSError:
        _process = None
    else:
        atexit.register(_stop)


def picture(spec: dict[str, Any], *, fonts: str, scale: float, locales: dict[str, Any]) -> bytes:
    """A Vega-Lite specification as a compact PNG.

    ``fonts`` is a folder of typefaces, ``locales`` how vl-convert is to write numbers and dates.

    Raises
    ------
    ValueError
        For a specification that vl-convert cannot draw.
    """
    asked = json.dumps({"spec": spec, "fonts": fonts, "scale": scale, "locales": locales}).encode()
    with _lock:
        drawn = _ask(asked)
    return _draw(asked) if drawn is None else drawn


def compact(png: bytes) -> bytes:
    """A PNG in its own colours, 256 at most, which takes a third of the room; of more, in the 256 nearest."""
    import numpy as np
    from PIL import Image

    image, small = Image.open(io.BytesIO(png)).convert("RGBX"), io.BytesIO()
    pixels = np.asarray(image).view("<u4")[..., 0]
    # Most of a chart is paper: only the rest has to be sorted by colour.
    paper = pixels[0, 0]
    drawn = pixels != paper
    colours, which = np.unique(pixels[drawn], return_inverse=True)
    if len(colours) < 256:
        index = np.zeros(pixels.shape, "u1")
        index[drawn] = which + 1
        flat = Image.fromarray(index, "P")
        flat.putpalette(np.append(paper, colours).astype("<u4").tobytes(), "RGBX")
    else:
        flat = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    flat.save(small, format="png")
    return small.getvalue()


def _ask(asked: bytes) -> bytes | None:
    """The picture from the process; None where there is none, or it could not draw it."""
    process = _process
    if process is None or _starter != os.getpid():
        return None
    try:
        process.stdin.write(HEAD.pack(len(asked), True) + asked)
        process.stdin.flush()
        return _told(process.stdout)
    except (OSError, EOFError):
        _stop()
        return None
    except BaseException:
        # Interrupted: the answer to this would be taken for the answer to the next.
        _stop()
        raise


def _told(pipe: BinaryIO) -> bytes | None:
    """The next message; None for one that says it could not be done."""
    size, well = HEAD.unpack(_exactly(pipe, HEAD.size))
    content = _exactly(pipe, size)
    return content if well else None


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _stop() -> None:
    """End the process, where this one started it."""
    global _process
    process, _process = _process, None
    if process is None or _starter != os.getpid():
        return
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was not sent yet has nobody to go to
            pipe.close()


def _draw(asked: bytes) -> bytes:
    import vl_convert

    asking = json.loads(asked)
    vl_convert.register_font_directory(asking["fonts"])
    return compact(vl_convert.vegalite_to_png(asking["spec"], scale=asking["scale"], **asking["locales"]))


def _serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw what is asked for until nobody is there to ask, however that one ended."""
    import vl_convert

    compact(vl_convert.vegalite_to_png(WARM_UP))
    while True:
        try:
            content = _told(asked) or b""
        except EOFError:
            return
        try:
            drawn, well = _draw(content), True
        except Exception:
            # The one who asked draws it again, and gets the error itself.
            drawn, well = b"", False
        try:
            answers.write(HEAD.pack(len(drawn), well) + drawn)
            answers.flush()
        except BrokenPipeError:
            return


if __name__ == "__main__":
    # What the engine may print must not come between the answers: it goes where errors go.
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _serve(sys.stdin.buffer, answering)
