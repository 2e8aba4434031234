"""A web server on this machine for a test, gone when the test is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

__all__ = ["serving"]


@contextmanager
def serving(handler: Callable, *, poll_s: float = 0.5) -> Iterator[ThreadingHTTPServer]:
    """A running server; ``at`` is its address. It looks every ``poll_s`` seconds whether it should end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.at = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(poll_s,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
