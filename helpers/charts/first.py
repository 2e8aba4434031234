"""Imported before the rest of this package, so that a notebook's first chart is soon there.

The process that draws pictures gets ready while pandas and Altair are imported. Meanwhile Python's collector of garbage
rests, and afterwards it leaves alone what is there: what an import makes stays, and looking through it again and again
takes a fifth of the time in vain (``tests/benchmarks/imports.py``).
"""

import gc

from .. import renderer

renderer.start()
_collected = gc.isenabled()
gc.disable()
try:
    import altair  # noqa: F401
    import pandas  # noqa: F401

    gc.freeze()
finally:
    if _collected:
        gc.enable()
