"""`kit shots` and `kit align` as a reporter runs them."""

from __future__ import annotations

import json
import subprocess
import sys
import wave

import numpy as np
import pytest

from helpers import cli
from helpers.footage.simulate import Camera, simulate
from helpers.shots import read
from tests.recordings import clicks, write


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """Two cameras on one scene, and one elsewhere."""
    folder = tmp_path_factory.mktemp("clips")
    cameras = Camera("A"), Camera("B", x_m=2, offset_s=0.8)
    paths = simulate(shots=10, shooters=1, cameras=cameras, seed=21).write(folder)
    return [*map(str, paths), str(simulate(shots=9, seed=77, cameras=(Camera("C"),)).recordings[0].write(folder))]


def test_shots_as_json_is_a_list_with_an_object_a_clip(clips, capsys):
    assert cli.main(["shots", *clips[:2], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["clip"] for one in told] == ["simulated-A.wav", "simulated-B.wav"]
    assert told[0]["shots"] and told[0]["duration_s"] > 1 and told[0]["fitness"]["rate"] == 22050


def test_shots_for_a_reader_names_the_clip_its_fitness_and_each_proposal(clips, capsys):
    assert cli.main(["shots", clips[0]]) == 0
    told = capsys.readouterr().out
    assert "simulated-A.wav" in told and "reaches" in told and "dB over the noise" in told


def test_shots_writes_a_log_that_the_kit_reads_and_that_stays_marked_as_simulated(clips, tmp_path, capsys):
    out = tmp_path / "shots.csv"
    assert cli.main(["shots", clips[0], "--recall", "high", "-o", str(out)]) == 0
    log = read(out)
    assert (log["status"] == "simulated").all() and log.attrs["status"] == "simulated"


def test_shots_of_two_cameras_are_fused_into_one_log(clips, tmp_path, capsys):
    out = tmp_path / "shots.csv"
    assert cli.main(["shots", *clips[:2], "--recall", "high", "-o", str(out)]) == 0
    assert read(out)["note"].str.contains("heard on 2 of 2 cameras").sum() >= 5


def test_a_fused_log_has_the_first_cameras_own_times_wherever_it_heard_the_shot(clips, tmp_path, capsys):
    out = tmp_path / "shots.csv"
    assert cli.main(["shots", *clips[:2], "--recall", "high", "-o", str(out), "--json"]) == 0
    alone = {shot["t_s"]: shot["u_s"] for shot in json.loads(capsys.readouterr().out)[0]["shots"]}
    both = read(out).query("note.str.contains('heard on 2 of 2 cameras')")
    assert len(both) >= 5 and set(both["clip"]) == {"simulated-A.wav"}
    assert [alone[t_s] for t_s in both["t_s"]] == both["u_s"].tolist()


def test_nothing_is_written_where_one_clip_cannot_be_used(clips, tmp_path, capsys):
    out, broken = tmp_path / "shots.csv", tmp_path / "broken.wav"
    broken.write_bytes(b"")
    silent = write(tmp_path / "silent.wav", np.zeros(48000), codec="pcm_s16le")
    assert cli.main(["shots", clips[0], str(broken), "-o", str(out)]) == 1
    assert "broken.wav: the file is empty" in capsys.readouterr().err and not out.exists()
    assert cli.main(["shots", clips[0], str(silent), "-o", str(out)]) == 1
    assert "silent.wav: the sound is silent" in capsys.readouterr().err and not out.exists()


def test_every_file_at_fault_is_named_at_once(tmp_path, capsys):
    names = [str(tmp_path / name) for name in ("one.mp4", "two.mp4")]
    assert cli.main(["shots", *names]) == 1
    told = capsys.readouterr().err
    assert "one.mp4" in told and "two.mp4" in told and "Traceback" not in told


def test_align_as_json_gives_the_reference_and_an_offset_for_each_clip(clips, capsys):
    assert cli.main(["align", *clips[:2], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reference"] == "simulated-A.wav"
    assert {"clip", "offset_s", "u_s", "confidence"} <= told["offsets"][1].keys()
    assert told["offsets"][1]["offset_s"] == pytest.approx(0.8, abs=0.02)


def test_align_refuses_strangers_with_status_one_and_says_so_in_the_json(clips, capsys):
    assert cli.main(["align", clips[0], clips[2], "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["offsets"][1]["offset_s"] is None
    assert "simulated-C.wav" in told.err and "align it by hand" in told.err


def test_align_of_one_clip_is_wrong_usage(clips, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["align", clips[0]])
    assert left.value.code == 2


def test_a_recording_in_a_container_is_proposed_on_its_own_clock(tmp_path, capsys):
    path = write(tmp_path / "late.mkv", clicks() + 0.001, codec="flac", video="mpeg4", late_s=0.5)
    assert cli.main(["shots", str(path), "--recall", "high", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["fitness"]["start_s"] == pytest.approx(0.5, abs=0.002)
    assert all(0.5 < shot["t_s"] < 4.6 for shot in told["shots"])


HOUR = """
import sys
from helpers.cli import main
status = main(["shots", sys.argv[1], "--json"])
# Its own peak: getrusage would count the testing process that it was forked from.
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak) * 1024, file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read where Linux tells it")
def test_an_hour_of_sound_takes_less_than_half_a_gigabyte(tmp_path):
    rate, piece = 48000, np.random.default_rng(0).normal(0, 0.01, 48000 * 60)
    piece[rate :: rate * 7] = 0.9
    with wave.open(str(tmp_path / "hour.wav"), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        for _ in range(60):
            file.writeframes((piece * 32767).clip(-32768, 32767).astype("<i2").tobytes())
    command = [sys.executable, "-c", HOUR, str(tmp_path / "hour.wav")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)[0]["duration_s"] == pytest.approx(3600, abs=0.1)
    assert int(done.stderr.split()[-1]) < 500e6
