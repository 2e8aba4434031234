"""The charts' renderer, started while Python is still loading what draws: the first chart is there a second sooner."""

from __future__ import annotations

import threading

__all__ = ["begin"]

# The least that makes vl-convert start its engine and compile Vega-Lite's code.
_LEAST = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{}]}, "mark": "point"}


def begin() -> threading.Thread:
    """Start the renderer on another processor; whoever draws before it is ready waits for it as ever.

    vl-convert lets go of Python's lock while it works. The thread is no daemon: one that Python killed at exit would
    take the renderer's own code down with it, with an error message.
    """
    thread = threading.Thread(target=_start, name="kit-renderer")
    thread.start()
    return thread


def _start() -> None:
    try:
        import vl_convert

        vl_convert.vegalite_to_png(_LEAST)
    except Exception:
        # The first chart meets the same fault, and tells it where it can be seen.
        pass
