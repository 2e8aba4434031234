"""The review widget in a real JupyterLab with its own kernel: keys are the review's, and the journal is on the disk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest

from helpers.footage import review as reviews
from tests import review_page

jupyterlab = pytest.importorskip("tests.jupyterlab", reason="there is no JupyterLab to drive")

CELL = """
from pathlib import Path
from helpers.footage import review
from helpers.footage.review.widget import ReviewWidget
from helpers.footage.sound import open_clip
folder = Path({folder!r})
mine = review.Review.read(folder / "reviews" / "ana-ortiz.jsonl")
ReviewWidget(mine, [open_clip(folder / name) for name in ("car.wav", "body.wav")], title="Rehearsal")
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory, browser):
    """A notebook whose one cell shows the widget, run in JupyterLab; ``folder`` holds its recordings and journal."""
    folder = tmp_path_factory.mktemp("incident")
    widget, review = review_page.session(folder)
    widget.close()
    notebooks = tmp_path_factory.mktemp("source")
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL.format(folder=str(folder)))])
    content.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(content, notebooks / "review.ipynb")
    with jupyterlab.serving(tmp_path_factory.mktemp("lab"), notebooks) as lab:
        notebook = lab.open(browser, "review")
        notebook.run_all()
        notebook.page.wait_for_selector(".kit-review")
        yield notebook, review.journal.path
        notebook.close()


def _counts(page, words):
    page.wait_for_function("words => document.querySelector('.kit-counts').textContent.includes(words)", arg=words)


def test_keys_judge_and_leave_the_notebook_alone(opened):
    notebook, journal = opened
    page = notebook.page
    assert notebook.errors() == []
    cells = page.locator(f"{jupyterlab.NOTEBOOK} .jp-Cell").count()
    page.locator(".kit-review").focus()
    # x cuts a cell in JupyterLab's command mode, a adds one above, c copies, and m makes it prose.
    for key, done in (("c", "1 of 5"), ("x", "2 of 5"), ("p", "3 of 5"), ("e", "4 of 5")):
        page.keyboard.press(key)
        _counts(page, done)
    canvas = page.locator("canvas.kit-clip").first
    canvas.click(position={"x": canvas.bounding_box()["width"] * 0.9, "y": 60})
    page.locator(".kit-review").focus()
    page.keyboard.press("a")
    _counts(page, "5 of 6")
    assert page.locator(f"{jupyterlab.NOTEBOOK} .jp-Cell").count() == cells
    written = [json.loads(line)["do"] for line in journal.read_text().splitlines()[1:]]
    assert written == ["confirm", "reject", "possible", "echo", "add"]
    if folder := os.environ.get("KIT_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "review-widget.png")


def test_the_waveform_comes_over_the_kernels_own_wire(opened):
    page = opened[0].page
    page.wait_for_function("""() => {
      const canvas = document.querySelectorAll('canvas.kit-clip')[0];
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height / 2).data;
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at] < 110 && data[at + 3] === 255) dark++;
      return dark > 300;
    }""")


def test_a_kernel_that_dies_loses_nothing(opened):
    notebook, journal = opened
    before = reviews.Review.read(journal).marks
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    again = reviews.Review.read(journal)
    assert again.marks == before and again.progress() == (5, 6)
