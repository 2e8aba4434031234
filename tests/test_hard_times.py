"""A full disk, a read-only folder, a kernel that is killed: clear messages, and nothing that was there is lost.

The disks are real: a tmpfs of a few kilobytes, and a bind mount made read-only, each in a mount namespace of its own
(``unshare``), which ends with the process. Where the system allows no such namespace, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from helpers import paths
from helpers.problems import InputError
from helpers.rerun import rerun
from tests.test_rerun import _everything, _notebook

HASHES = """
import hashlib
from pathlib import Path
def hashes(folder):
    files = [file for file in sorted(Path(folder).rglob('*')) if file.is_file()]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
"""


def _in_namespace(mount: str, script: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python after a mount that nobody else sees."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("no mount namespaces here")
    command = ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$0" -c "$1"', sys.executable, script]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, cwd=paths.root())


def test_a_disk_that_fills_while_publishing_leaves_every_figure_and_fact_as_it_was(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        HASHES
        + """
import json, os
from helpers import charts, facts, incidents, publish
from helpers.problems import InputError
case = incidents.load("dexter-reed-2024")
chart = charts.what_facts_allow(case)
words = dict(slug="figure", alt=chart.description, source="COPA")
facts.notebook("01-x"); facts.record("shots", 96, counts="shots", source="COPA"); facts.save()
publish.figure(chart, title="The first", **words)
before = hashes(DISK)
free = os.statvfs(DISK).f_bavail * os.statvfs(DISK).f_frsize
told = []
with open(DISK + "/junk", "wb") as junk:
    junk.write(b"x" * (free - ROOM)); junk.flush()
    for work in (lambda: publish.figure(chart, title="The second", **words), lambda: publish.figure(chart, title="New",
                 **{**words, "slug": "another"})):
        try:
            work()
        except InputError as error:
            told.append(str(error))
    left = {name: value for name, value in hashes(DISK).items() if name != "junk"}
    rest = [name for name in os.listdir(DISK)]
os.remove(DISK + "/junk")
publish.figure(chart, title="The second", **words)
print(json.dumps([told, left == before, sorted(rest), "The second" in open(DISK + "/figure/figure.json").read()]))
"""
    )
    script = script.replace("DISK", repr(str(disk))).replace("ROOM", "40_000")
    done = _in_namespace(f"mount -t tmpfs -o size=6m tmpfs {disk}", script, KIT_OUT=str(disk))
    assert done.returncode == 0, done.stderr
    told, same, rest, again = json.loads(done.stdout.splitlines()[-1])
    assert len(told) == 2 and all("the disk is full. Free some space and run it again" in line for line in told)
    assert same and again
    assert rest == ["assets", "facts", "facts.json", "figure", "index.html", "junk"], "nothing half built is left"


def test_with_a_read_only_data_folder_the_kit_reads_runs_and_says_where_else_to_write(tmp_path):
    root = tmp_path / "kit"
    _notebook(root / "notebooks", "01-one")
    shutil.copytree(paths.data() / "incidents", root / "data" / "incidents")
    before = _everything(root)
    script = f"""
from helpers.cli import main
out = {str(tmp_path / "out")!r}
print(main(["incident", "check", "rehearsal"]), main(["rerun", "--incident", "rehearsal", "--out", out]))
print(main(["incident", "new", "main-street-2026"]))
import os; os.environ["KIT_INCIDENTS"] = {str(tmp_path / "mine")!r}
print(main(["incident", "new", "main-street-2026"]))
"""
    done = _in_namespace(f"mount --bind {root} {root} && mount -o remount,bind,ro {root}", script, KIT_ROOT=str(root))
    lines = done.stdout.splitlines()
    assert "0 0" in lines and lines[-1] == "0", (done.stdout, done.stderr)
    assert "the disk is read-only. Choose another folder" in done.stderr and "KIT_INCIDENTS" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "mine" / "main-street-2026" / "incident.toml").is_file()
    assert (tmp_path / "out" / "facts.json").is_file() and _everything(root) == before


def test_a_kernel_killed_in_mid_run_is_told_in_words_and_what_ran_before_it_is_kept(tmp_path, monkeypatch):
    root = tmp_path / "kit"
    shutil.copytree(paths.data() / "incidents", root / "data" / "incidents")
    notebook = _notebook(root / "notebooks", "02-two")
    monkeypatch.setenv("KIT_ROOT", str(root))
    out = tmp_path / "out"
    rerun(out=out)
    before = _everything(out)
    content = nbformat.read(notebook, as_version=4)
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    content.cells += [nbformat.v4.new_code_cell("print('this ran')"), nbformat.v4.new_code_cell(kill)]
    nbformat.write(content, notebook)
    with pytest.raises(InputError) as caught:
        rerun(out=out)
    (line,) = str(caught.value).splitlines()
    assert "the kernel was ended while it ran, most often because memory ran out" in line and "out-failed" in line
    assert _everything(out) == before
    kept = nbformat.read(tmp_path / "out-failed" / "02-two.ipynb", as_version=4)
    assert any("this ran" in output.get("text", "") for cell in kept.cells for output in cell.get("outputs", []))
