"""JupyterLab as ``make lab`` opens it: on this machine only, with its token, and nothing left when it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from helpers import lab, paths
from helpers.problems import InputError


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    first = nbformat.v4.new_notebook()
    first.cells = [nbformat.v4.new_code_cell("print('here')")]
    nbformat.write(first, folder / lab.FIRST)
    (folder / "home").mkdir()
    (folder / "tmp").mkdir()
    return folder


def _started(root: Path, *more: str) -> tuple[subprocess.Popen, str]:
    """`kit lab` with a home and a temporary folder of its own, and the address it says."""
    environment = os.environ | {
        "KIT_ROOT": str(root),
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        # A proxy that nothing answers: whatever asks the network fails.
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-m", "helpers", "lab", "--no-browser", *more]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = ""
    for line in process.stdout:
        told += line
        if "Ctrl+C" in line:
            break
    addresses = re.findall(r"http://\S+", told)
    assert len(addresses) == 1, told
    return process, addresses[0]


def _asked(address: str) -> tuple[int, str]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def test_it_opens_at_the_first_notebook_on_loopback_with_its_token_and_leaves_nothing_behind(root):
    process, address = _started(root)
    server, token = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/lab/tree/\S+ipynb\?token=(\w{48})", address).groups()
    assert lab.FIRST in address
    try:
        status, page = _asked(address)
        assert status == 200
        # JupyterLab's own settings of the page: it asks nobody for news, and can be driven by no script.
        page = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))
        assert page["news"] == {"disabled": True} and page["exposeAppInBrowser"] is False
        assert _asked(f"{server}/api/contents")[0] == 403, "without the token"
        assert _asked(f"{server}/api/contents?token={token}")[0] == 200
        port = int(server.rsplit(":", 1)[1])
        other = socket.gethostbyname(socket.gethostname())
        if not other.startswith("127."):
            with pytest.raises(OSError), socket.create_connection((other, port), timeout=2):
                pass
        # A notebook is saved, as the browser would, with what is live in it.
        data = {"image/png": "aGk=", "application/vnd.jupyter.widget-view+json": {"model_id": "x"}}
        output = nbformat.v4.new_output("display_data", data, metadata={"kit": "live"})
        content = nbformat.v4.new_notebook()
        content.cells = [nbformat.v4.new_code_cell("1", outputs=[output])]
        body = json.dumps({"type": "notebook", "content": content}).encode()
        asked = urllib.request.Request(f"{server}/api/contents/notebooks/saved.ipynb?token={token}", body, method="PUT")
        asked.add_header("Content-Type", "application/json")
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=20).close()
        (saved,) = nbformat.read(root / "notebooks" / "saved.ipynb", 4).cells[0].outputs
        assert saved.data == {"image/png": "aGk="} and saved.metadata == {}
        assert any((root / "tmp").glob("kit-lab-*"))
    finally:
        # Twice, as an impatient reporter does.
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0]
    assert process.returncode == 0, told
    assert "Traceback" not in told
    assert list((root / "tmp").iterdir()) == [] and list((root / "home").iterdir()) == []
    left = {path.name for path in root.rglob("*") if path.is_file()}
    assert left == {"00-start-here.ipynb", "saved.ipynb"}
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        pass


def test_a_port_in_use_is_passed_over_and_a_closed_terminal_stops_it_too(root):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process, address = _started(root, "--port", str(port))
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=30)
    assert f":{port}/" not in address and process.returncode == 0 and list((root / "tmp").iterdir()) == []


def test_what_is_no_port_is_told(root):
    refused = subprocess.run(
        [sys.executable, "-m", "helpers", "lab", "--port", "99999"], capture_output=True, text=True
    )
    assert refused.returncode == 1 and "--port" in refused.stderr and "Traceback" not in refused.stderr


def test_a_notebook_that_is_not_there_is_told_before_anything_starts(tmp_path):
    with pytest.raises(InputError, match="there is no such notebook"):
        lab.run(tmp_path)


def test_make_lab_runs_kit_lab_in_the_kits_environment():
    command = ["make", "-n", "--no-print-directory", "-C", str(Path(__file__).parent.parent), "lab"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.stdout.rstrip().endswith(".venv/bin/kit lab")
    assert (paths.root() / lab.FIRST).is_file()
