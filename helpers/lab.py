"""JupyterLab as a reporter's home: on this machine only, without a network, and without anything left when it ends.

It runs in a session of its own: what Jupyter notes of a running server, its workspaces and IPython's history go to a
temporary folder; settings that a reporter changes stay with the kit's environment. A reporter's own Jupyter
configuration is not read, so that it behaves the same on every desk.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import desk, paths
from .problems import InputError, Problem

__all__ = ["FIRST", "run"]

FIRST = "notebooks/00-start-here.ipynb"
# What JupyterLab would otherwise ask of the network, or of the reporter on the first day.
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False, "disclaimed": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
}


def run(
    root: Path | None = None,
    *,
    start: str = FIRST,
    port: int = 8888,
    browser: bool = True,
    scripted: bool = False,
    told: Callable[[str], None] = print,
) -> None:
    """Open JupyterLab and stay until it is stopped, by Ctrl+C or its own menu.

    Parameters
    ----------
    root : Path, optional
        The folder it shows; the kit's unless told.
    start : str
        The notebook it opens, below ``root``.
    port : int
        The first port to try; the next ones where it is taken.
    browser : bool
        Whether to open the reporter's browser.
    scripted : bool
        Whether the page lets a script drive it, for tests.
    told : callable
        Is given the address, in words.

    Raises
    ------
    InputError
        If there is no such notebook, or no port near the one named is free.
    """
    root = (root or paths.root()).resolve()
    if not (root / start).is_file():
        raise InputError(Problem("there is no such notebook", "Check the name and the folder.", start))
    if not 1024 <= port <= 65535:
        raise InputError(Problem(f"{port} is no port for this", "Name one with --port, from 1024 to 65535."))
    with _undisturbed(), _session() as session, _no_checkpoints_left(root):
        server = _server(root, session, start=start, port=port, browser=browser, scripted=scripted)
        # In the loop, after its first task, which takes a port: only then is the address known, and does it answer.
        server.io_loop.add_callback(_tell, server, start, told)
        _stops_at(server)
        try:
            server.start()
        except SystemExit as ended:
            if ended.code:
                remedy = "Name another with --port, or stop what uses it."
                raise InputError(Problem(f"no port from {port} on is free", remedy)) from None
        finally:
            _answer_stops(signal.SIG_IGN)
            _end_what_is_under_way(server)


def _stops_at(server: Any) -> None:
    """Let Ctrl+C, a closed terminal and a plain `kill` stop the server in order, once.

    Python's own Ctrl+C is an exception in whatever code is running, which may swallow it; a second one must not break
    off the clearing up that the first began. What does not end by itself is ended after ten seconds.
    """

    def stop(*_: Any) -> None:
        _answer_stops(signal.SIG_IGN)
        server.stop(from_signal=True)
        server.io_loop.add_callback_from_signal(server.io_loop.call_later, 10, server.io_loop.stop)

    _answer_stops(stop)


def _answer_stops(handler: Any) -> None:
    for each in _STOPS:
        signal.signal(each, handler)


def _end_what_is_under_way(server: Any) -> None:
    """Cancel what the stopped loop left undone, as `asyncio.run` does: threads that wait for it would wait for ever."""

    async def end() -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=5) if left else None

    server.io_loop.asyncio_loop.run_until_complete(end())


def _tell(server: Any, start: str, told: Callable[[str], None]) -> None:
    address = f"http://127.0.0.1:{server.port}/lab/tree/{start}?token={server.identity_provider.token}"
    told(f"\nJupyterLab is open, on this machine only:\n\n  {address}\n\nStop it here with Ctrl+C.\n")


def _server(root: Path, session: Path, *, start: str, port: int, browser: bool, scripted: bool) -> Any:
    """JupyterLab, listening, with the kit's settings."""
    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

    config = Config()
    config.Application.log_level = "ERROR"
    config.ServerApp.update(
        {
            "ip": "127.0.0.1",
            "port": port,
            "root_dir": str(root),
            "open_browser": browser,
            "answer_yes": True,
            # In a container a reporter may well be root; loopback and the token still guard the door.
            "allow_root": True,
            # Language servers ask npm for its folders at every start.
            "jpserver_extensions": {"jupyterlab": True, "jupyter_server_terminals": True, "jupyter_lsp": False},
            "terminado_settings": {"shell_command": [os.environ.get("SHELL", "sh")]},
        }
    )
    config.LabApp.update(
        {
            "default_url": f"/lab/tree/{start}",
            "news_url": None,
            "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "expose_app_in_browser": scripted,
            "workspaces_dir": str(session / "workspaces"),
            "user_settings_dir": str(Path(sys.prefix, "share", "jupyter", "kit-settings")),
            "app_settings_dir": str(session / "settings"),
        }
    )
    (session / "settings").mkdir()
    (session / "settings" / "overrides.json").write_text(json.dumps(OVERRIDES))
    server = LabApp.initialize_server(argv=[], config=config)
    server.contents_manager.register_pre_save_hook(desk.save_hook)
    # The kit says the address itself, once.
    server.log.addFilter(lambda record: "To access the server" not in record.getMessage())
    return server


_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Give the signals back as they were when it has ended."""
    before = {each: signal.getsignal(each) for each in _STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextlib.contextmanager
def _session() -> Iterator[Path]:
    """A folder for what a running server notes, gone when it ends; the kit's own commands are on the path."""
    with tempfile.TemporaryDirectory(prefix="kit-lab-", ignore_cleanup_errors=True) as folder:
        session = Path(folder)
        os.environ |= {
            "JUPYTER_RUNTIME_DIR": str(session / "runtime"),
            "JUPYTER_CONFIG_DIR": str(session / "config"),
            # Which notebooks are trusted stays with the environment.
            "JUPYTER_DATA_DIR": str(Path(sys.prefix, "share", "jupyter")),
            "IPYTHONDIR": str(session / "ipython"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        }
        yield session


@contextlib.contextmanager
def _no_checkpoints_left(root: Path) -> Iterator[None]:
    """Remove the folders of checkpoints that this session makes; those that were there before stay."""
    name = ".ipynb_checkpoints"
    before = set(_below(root, name))
    try:
        yield
    finally:
        for folder in set(_below(root, name)) - before:
            shutil.rmtree(folder, ignore_errors=True)


def _below(root: Path, name: str) -> Iterator[Path]:
    for folder, inside, _ in os.walk(root):
        inside[:] = [each for each in inside if each not in (".venv", ".git", "node_modules")]
        if name in inside:
            yield Path(folder, name)
