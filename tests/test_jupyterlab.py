"""Every notebook in a real JupyterLab, driven as a reporter drives it, with the network cut to this machine.

``KIT_SCREENSHOTS=folder`` keeps a picture of each notebook, to be looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest

from helpers import incidents, paths
from tests import jupyterlab

NOTEBOOKS = [notebook.stem for notebook in sorted(paths.notebooks().glob("*.ipynb"))]
AT_A_TIME = 2
PLAYED_WITH = ("00-start-here", "03-shootings-in-context")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with jupyterlab.serving(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def opened(lab, browser):
    """Every notebook, opened and run from top to bottom, and what was then to be seen in it; two at a time.

    Those that are played with below stay open; the others are closed, for their kernels hold memory.
    """
    page, found = lab.page(browser), {}
    for start in range(0, len(NOTEBOOKS), AT_A_TIME):
        together = NOTEBOOKS[start : start + AT_A_TIME]
        for name in together:
            found[name] = page.open(name)
            found[name].start_all()
        for name in together:
            here = found[name]
            here.wait(200)
            here.look()
            if folder := os.environ.get("KIT_SCREENSHOTS"):
                here.picture(Path(folder) / f"{name}.png")
            if name not in PLAYED_WITH:
                here.close()
    yield found
    page.page.close()


def _stored_pictures(name: str) -> int:
    content = nbformat.read(paths.notebooks() / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in content.cells for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs_and_every_chart_is_drawn(opened, name):
    seen = opened[name].seen
    assert seen["errors"] == []
    assert all(picture["width"] > 200 and picture["height"] > 80 for picture in seen["pictures"]), seen["pictures"]
    assert len(seen["pictures"]) + seen["live"] == _stored_pictures(name) > 0
    assert seen["counts"] == [f"[{number}]:" for number in range(1, len(seen["counts"]) + 1)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_a_reader_sees_is_neither_raw_nor_broken(opened, name):
    raw = re.compile(r"object at 0x|Error displaying widget|Loading widget|Traceback|Warning:")
    assert [text for text in opened[name].seen["texts"] if raw.search(text)] == []
    assert opened[name].seen["clipped"] == 0
    # JupyterLab asks for settings of a workspace that need not be there.
    assert [line for line in opened[name].told if line.startswith("error") and "404" not in line] == []


def _cell_with(here, words: str):
    cells = here.page.locator(f"{jupyterlab.NOTEBOOK} .jp-CodeCell").filter(has_text=words)
    found = cells.first
    found.scroll_into_view_if_needed()
    return found


def test_another_incident_is_picked_and_the_chart_below_follows(opened):
    here = opened["00-start-here"].show()
    cell = _cell_with(here, "incidents.pick(")
    before = cell.locator("img").get_attribute("src")
    cell.locator("select").select_option(label="Rehearsal: a simulated shooting (simulated shot log)")
    here.page.wait_for_function(
        "([cell, before]) => cell.querySelector('img').src !== before", arg=[cell.element_handle(), before]
    )
    tall = cell.locator("img").evaluate("each => each.decode().then(() => each.clientHeight)")
    assert tall > 500, "three panels, where the other incident has one"
    assert here.errors() == []


def test_a_mark_is_pointed_at_and_its_tooltip_read(opened):
    here = opened["00-start-here"].show()
    cell = _cell_with(here, "charts.explore(")
    mark = cell.locator("svg.marks .mark-rect:not(.marked_brush):not(.marked_brush_bg) path").first
    assert mark.get_attribute("d")
    mark.hover(force=True)
    tip = here.page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    # The first certain shot of the simulated log.
    assert (
        re.sub(r"\s+", " ", tip.inner_text()) == "seconds 0 who fired Shooter B confidence certain how known simulated"
    )


def test_a_stretch_of_time_is_marked_and_counted_and_the_chart_zooms(opened):
    here = opened["00-start-here"].show()
    cell = _cell_with(here, "charts.explore(")
    area = cell.locator("svg.marks .mark-area path").first.bounding_box()
    middle = area["y"] + area["height"] / 2
    said = cell.locator("[role=status]")
    assert "Drag to mark" in said.inner_text()
    here.page.mouse.move(area["x"] + 0.25 * area["width"], middle)
    here.page.mouse.down()
    here.page.mouse.move(area["x"] + 0.5 * area["width"], middle, steps=6)
    here.page.mouse.up()
    here.page.wait_for_function("each => each.innerText.startsWith('From')", arg=said.element_handle())
    start, end, shots = re.search(
        r"From ([\d.]+) to ([\d.]+) s .*shots: (\d+) \(\d+ certain", said.inner_text()
    ).groups()

    log = incidents.load("rehearsal").shots
    # The sentence shows four digits of each end.
    slack = 0.01
    assert ((log["t_s"] > float(start) + slack) & (log["t_s"] < float(end) - slack)).sum() <= int(shots)
    assert int(shots) <= ((log["t_s"] > float(start) - slack) & (log["t_s"] < float(end) + slack)).sum()
    before = cell.locator("svg.marks .mark-area path").first.get_attribute("d")
    here.page.mouse.move(area["x"] + 0.4 * area["width"], middle)
    here.page.mouse.wheel(0, -400)
    here.page.wait_for_function(
        "([cell, before]) => cell.querySelector('svg.marks .mark-area path').getAttribute('d') !== before",
        arg=[cell.element_handle(), before],
    )


def test_a_table_is_sorted_and_searched(opened):
    here = opened["03-shootings-in-context"].show()
    cell = _cell_with(here, "facts.table()")
    rows = cell.locator("tbody tr")
    assert rows.count() > 8
    heading = cell.locator("th").first
    heading.locator("button").click()
    names = [row.split("\t")[0] for row in rows.all_inner_texts()]
    assert heading.get_attribute("aria-sort") == "ascending" and names == sorted(names, key=str.lower)
    cell.locator("input[type=search]").fill(names[0])
    shown = [row for row in rows.all() if row.is_visible()]
    assert (
        0 < len(shown) < len(names) and f"{len(shown)} of {len(names)} rows" in cell.locator(".kit-count").inner_text()
    )


def test_what_is_saved_is_the_still_picture(opened, lab):
    here = opened["00-start-here"].show()
    here.page.evaluate("() => { window.jupyterapp.commands.execute('docmanager:save'); }")
    file = lab.root / "notebooks" / "00-start-here.ipynb"
    here.page.wait_for_function(
        "() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=10_000, polling=200
    )
    saved = nbformat.read(file, as_version=4)
    outputs = [output for cell in saved.cells for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == _stored_pictures("00-start-here")
    assert not any(key for output in outputs for key in output.get("data", {}) if "widget" in key)
    assert all(len(output.metadata["image/png"]["alt"]) > 60 for output in pictures) and "widgets" not in saved.metadata


def test_a_kernel_killed_in_mid_run_is_told_and_what_was_drawn_stays(opened, lab):
    here = opened["03-shootings-in-context"].show()
    before = here.pictures()
    # A cell that runs on, and the end that a system short of memory gives a kernel.
    here.page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute("
        "{code: 'import time; time.sleep(60)'}); }"
    )
    here.page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
    )
    lab.kill_kernel(here.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"))
    dialog = here.page.locator(".jp-Dialog")
    dialog.wait_for(timeout=30_000)
    assert "Kernel Restarting" in dialog.inner_text() and "restart automatically" in dialog.inner_text()
    dialog.get_by_role("button", name="Ok").click()
    assert here.pictures() == before
    here.page.evaluate("() => { window.jupyterapp.commands.execute('docmanager:save'); }")
    here.page.wait_for_function(
        "() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=10_000, polling=200
    )
    saved = nbformat.read(lab.root / "notebooks" / "03-shootings-in-context.ipynb", as_version=4)
    kept = [
        output for cell in saved.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert len(kept) == _stored_pictures("03-shootings-in-context")
