"""A real JupyterLab for the tests: started as ``make lab`` starts it, driven in a headless browser.

    @pytest.fixture(scope="module")
    def lab(tmp_path_factory):
        with jupyterlab.serving(tmp_path_factory.mktemp("lab")) as running:
            yield running

    def test_...(lab, browser):
        opened = lab.open(browser, "02-shots-from-footage")
        opened.run_all()
        assert opened.errors() == []

It shows a copy of the notebooks, so that its saving never touches the reference ones; figures go beside the copy.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from helpers import paths

SERVE = "from pathlib import Path; from helpers import lab; lab.run(Path({root!r}), start={start!r}, browser=False, \
scripted=True, told=lambda words: print(words, flush=True))"
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"
OPEN = """async path => {
  const panel = await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  // A dialog, such as which kernel to use, would wait for ever.
  const late = new Promise((_, no) => setTimeout(() => no(new Error('no kernel is ready: is a dialog open?')), 40000));
  await Promise.race([panel.sessionContext.ready, late]);
  return panel.id;
}"""
CLOSE = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  panel.sessionContext.shutdown();
  panel.dispose();
}"""
RUN_ALL = """id => {
  window.kitRan = window.kitRan || {};
  window.kitRan[id] = null;
  window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.kitRan[id] = 'done'; },
                                                                   error => { window.kitRan[id] = String(error); });
}"""
# JupyterLab puts off what is out of sight; a test looks at everything.
SHOW_ALL = """async () => {
  const registry = window.jupyterapp.serviceManager.settings;
  await registry.save('@jupyterlab/notebook-extension:tracker', JSON.stringify({windowingMode: 'none'}));
}"""


@contextmanager
def serving(folder: Path, notebooks: Path | None = None) -> Iterator[Lab]:
    """A JupyterLab on loopback that shows a copy of ``notebooks`` (the kit's) below ``folder``; stopped at the end."""
    copy = Path(shutil.copytree(notebooks or paths.notebooks(), folder / "notebooks"))
    start = "notebooks/" + sorted(copy.glob("*.ipynb"))[0].name
    environment = os.environ | {"KIT_OUT": str(folder / "published"), "HOME": str(folder / "home")}
    # Matplotlib's list of fonts takes seconds to make: the machine's own is used.
    environment.setdefault("MPLCONFIGDIR", str(Path.home() / ".cache" / "matplotlib"))
    (folder / "home").mkdir()
    process = subprocess.Popen([sys.executable, "-c", SERVE.format(root=str(folder), start=start)], cwd=paths.root(),
                               env=environment, stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        for line in process.stdout:
            address = re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?token=(\w+)", line)
            if address:
                break
        else:
            raise RuntimeError("JupyterLab did not start")
        yield Lab(folder, *address.groups(), process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the ``root`` folder it shows, its ``address``, its ``token`` and its ``process``."""

    root: Path
    address: str
    token: str
    process: subprocess.Popen

    def kill_kernel(self, id: str) -> None:
        """End a kernel as a system short of memory does: at once, and without a word."""
        import psutil

        for process in psutil.Process(self.process.pid).children(recursive=True):
            if id in " ".join(process.cmdline()):
                process.kill()
                return
        raise LookupError(f"no kernel {id}")

    def page(self, browser, *, width: int = 1400, height: int = 1100) -> Page:
        """JupyterLab in a page of its own, no notebook open yet."""
        page = browser.new_page(viewport={"width": width, "height": height})
        told: list[str] = []
        page.on("console", lambda said: told.append(f"{said.type}: {said.text}"))
        page.goto(f"{self.address}/lab?token={self.token}&reset")
        page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
        page.evaluate("() => window.jupyterapp.restored")
        page.evaluate(SHOW_ALL)
        return Page(page, told)

    def open(self, browser, notebook: str, **size: int) -> Opened:
        """Open a notebook by its name in a page of its own, ready to run."""
        return self.page(browser, **size).open(notebook)


@dataclass(frozen=True)
class Page:
    """JupyterLab in the browser: Playwright's ``page``, and what it ``told`` its console."""

    page: object
    told: list[str]

    def open(self, notebook: str) -> Opened:
        """Open a notebook by its name in a tab, and show it."""
        return Opened(self.page, self.told, self.page.evaluate(OPEN, f"notebooks/{notebook}.ipynb"))


@dataclass(frozen=True)
class Opened:
    """A notebook in a tab of JupyterLab: its ``id`` there, and what was ``seen`` in it."""

    page: object
    told: list[str]
    id: str
    seen: dict = field(default_factory=dict)

    def show(self) -> Opened:
        """Bring its tab to the front: what is asked below is asked of the tab in front."""
        self.page.evaluate("id => window.jupyterapp.shell.activateById(id)", self.id)
        self.page.wait_for_selector(f"#{self.id}:not(.lm-mod-hidden) .jp-Cell")
        return self

    def look(self) -> None:
        """Note in ``seen`` what is to be seen now: see the tests for its keys."""
        here = self.page.locator(NOTEBOOK)
        outputs = here.locator(".jp-OutputArea-output")
        self.seen.update(
            errors=self.errors(),
            pictures=self.pictures(),
            live=self.live(),
            texts=outputs.all_text_contents(),
            counts=[count.strip() for count in here.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()],
            # Tables scroll; pictures do not.
            clipped=outputs.locator("img, svg.marks").evaluate_all(
                "all => all.filter(each => each.getBoundingClientRect().right > window.innerWidth).length"
            ),
        )

    def start_all(self) -> None:
        """Begin to run all cells, and do not wait."""
        self.show().page.evaluate(RUN_ALL, self.id)

    def wait(self, seconds: float = 120) -> None:
        """Wait until all cells have run, and show it."""
        self.page.wait_for_function("id => window.kitRan[id] !== null", arg=self.id, timeout=1000 * seconds)
        told = self.show().page.evaluate("id => window.kitRan[id]", self.id)
        assert told == "done", told
        # The last outputs are drawn a moment after the last cell has run.
        self.page.wait_for_timeout(300)

    def run_all(self, seconds: float = 120) -> None:
        """Run all cells from top to bottom."""
        self.start_all()
        self.wait(seconds)

    def cell(self, number: int):
        """The notebook's cell of that number, counted from 0, prose included."""
        return self.page.locator(f"{NOTEBOOK} .jp-Cell").nth(number)

    def errors(self) -> list[str]:
        """The texts of outputs that are errors, or that a library wrote to standard error."""
        kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        there = ", ".join(f"{NOTEBOOK} .jp-OutputArea-output[data-mime-type='{kind}']" for kind in kinds)
        return self.page.locator(there).all_inner_texts()

    def pictures(self) -> list[dict]:
        """Every picture among the outputs: its ``alt`` text, and its ``width`` and ``height`` as drawn, in pixels."""
        return self.page.locator(f"{NOTEBOOK} .jp-OutputArea-output img").evaluate_all(
            "all => all.map(each => ({alt: each.alt, width: each.naturalWidth && each.clientWidth,"
            " height: each.clientHeight}))"
        )

    def live(self) -> int:
        """How many live charts are drawn: with a picture in them, not just a place for one."""
        return self.page.locator(f"{NOTEBOOK} .jp-OutputArea-output svg.marks").count()

    def picture(self, path: Path) -> None:
        """The whole notebook as a PNG, for a person to look at."""
        size = self.page.viewport_size
        outer = self.page.locator(f"{NOTEBOOK} .jp-WindowedPanel-outer")
        bottom = (
            "each => [...each.querySelectorAll('.jp-Cell')].reduce((sum, cell) => sum + cell.offsetHeight + 8, 160)"
        )
        self.page.set_viewport_size({"width": size["width"], "height": min(outer.evaluate(bottom), 16000)})
        outer.evaluate("each => { each.scrollTop = 0; }")
        self.page.wait_for_timeout(500)
        self.page.screenshot(path=path)
        self.page.set_viewport_size(size)

    def close(self) -> None:
        """Stop its kernel and close its tab."""
        # Not waited for: a dialog that the page may show would wait for ever.
        self.show().page.evaluate(CLOSE)
