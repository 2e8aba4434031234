"""Charts' pictures from a process of their own: the same ones, and there whatever becomes of that process."""

import io
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from helpers import charts, incidents, paths, renderer
from helpers.charts import style

POINT = {
    "data": {"values": [{"a": 1, "b": 2}]},
    "mark": "point",
    "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}},
}


def drawn(spec=POINT) -> bytes:
    return renderer.picture(spec, fonts=str(style.font_folder()), scale=2, locales={})


@pytest.fixture(autouse=True)
def running(monkeypatch):
    """The process is there at first, and is started anew where a test has ended it."""
    if renderer._process is None:
        monkeypatch.setattr(renderer, "_starter", None)
        renderer.start()
    yield
    if renderer._process is None:
        renderer._starter = None
        renderer.start()


def test_the_process_draws_what_this_one_would(monkeypatch):
    spec = charts.shots_over_time(incidents.load("dexter-reed-2024")).to_dict()
    apart = drawn(spec)
    assert renderer._process is not None and renderer._process.poll() is None
    monkeypatch.setattr(renderer, "_process", None)
    assert drawn(spec) == apart


def test_a_process_that_was_killed_costs_no_picture():
    before = drawn()
    renderer._process.kill()
    renderer._process.wait()
    assert drawn() == before
    assert drawn() == before


def test_a_process_that_cannot_start_costs_no_picture(monkeypatch):
    before = drawn()
    monkeypatch.setattr(renderer, "_process", None)
    monkeypatch.setattr(renderer, "_starter", None)
    monkeypatch.setattr(renderer.sys, "executable", "/nowhere/python")
    renderer.start()
    assert renderer._process is None
    assert drawn() == before


def test_what_cannot_be_drawn_is_said_and_the_next_is_drawn():
    with pytest.raises(ValueError, match=r"(?i)mark|invalid|error"):
        drawn({"data": {"values": []}, "mark": 7})
    assert drawn() == drawn()
    assert renderer._process is not None


def test_what_the_engine_prints_does_not_come_between_the_pictures(tmp_path, capfd):
    # A module of vl-convert's name that prints before it draws, found before the real one.
    (tmp_path / "vl_convert.py").write_text(
        "import os\n"
        "def register_font_directory(folder): os.write(1, b'loading ' * 9)\n"
        "def vegalite_to_png(spec, **how):\n"
        "    import io; from PIL import Image\n"
        "    os.write(1, b'drawing'); made = io.BytesIO(); Image.new('RGB', (7, 5)).save(made, 'png')\n"
        "    return made.getvalue()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-P", renderer.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    asked = b'{"spec": {}, "fonts": "x", "scale": 2, "locales": {}}'
    answers, _ = process.communicate(renderer.HEAD.pack(len(asked), True) + asked, timeout=120)
    size, well = renderer.HEAD.unpack(answers[: renderer.HEAD.size])
    assert well and len(answers) == renderer.HEAD.size + size
    assert Image.open(io.BytesIO(answers[renderer.HEAD.size :])).size == (7, 5)
    assert "drawing" in capfd.readouterr().err


def test_an_interrupted_picture_is_not_taken_for_the_next(monkeypatch):
    told = renderer._told

    def interrupted(pipe):
        raise KeyboardInterrupt

    other = drawn({**POINT, "mark": "bar"})
    monkeypatch.setattr(renderer, "_told", interrupted)
    with pytest.raises(KeyboardInterrupt):
        drawn()
    monkeypatch.setattr(renderer, "_told", told)
    assert drawn({**POINT, "mark": "bar"}) == other != drawn()


def test_a_process_that_was_forked_off_does_not_speak_on_its_parents_pipes(monkeypatch):
    before, process = drawn(), renderer._process
    monkeypatch.setattr(renderer.os, "getpid", lambda: -1)
    monkeypatch.setattr(renderer, "_told", lambda pipe: pytest.fail("it asked"))
    assert drawn() == before
    renderer._stop()
    assert process.poll() is None, "and it does not end what its parent started"
    monkeypatch.undo()
    renderer._process = process
    assert drawn() == before


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, None], ids=["killed", "ended", "done"])
def test_the_process_ends_with_the_one_that_started_it(sent):
    code = "from helpers import renderer; import time; renderer.start(); print(renderer._process.pid, flush=True)"
    started = subprocess.Popen(
        [sys.executable, "-c", code + ("; time.sleep(60)" if sent else "")],
        stdout=subprocess.PIPE, text=True, cwd=paths.root(),
    )  # fmt: skip
    apart = int(started.stdout.readline())
    if sent:
        started.send_signal(sent)
    started.communicate()
    until = time.monotonic() + 60
    while _runs(apart) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _runs(apart)


def _runs(pid: int) -> bool:
    """Whether a process is there and not just waiting to be taken note of."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def png(pixels: np.ndarray) -> bytes:
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, format="png")
    return written.getvalue()


def read(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))


def test_a_compact_picture_keeps_every_colour_there_is_room_for():
    pixels = np.zeros((20, 30, 3), "u1")
    pixels.reshape(-1, 3)[:255, 0] = range(255)
    pixels.reshape(-1, 3)[:255, 1] = 7
    pixels[0, 0] = 255, 255, 255
    assert (read(renderer.compact(png(pixels))) == pixels).all()


def test_a_compact_picture_of_more_colours_stays_near_them():
    ramp = np.arange(64) * 4
    pixels = np.stack(np.broadcast_arrays(ramp[:, None], ramp[None, :], 90), axis=2).astype("u1")
    compact = renderer.compact(png(pixels))
    assert len(Image.open(io.BytesIO(compact)).getcolors()) <= 256
    assert abs(read(compact).astype(int) - pixels).max() < 40
