"""Downloads against a real HTTP server on this machine, which stalls, cuts off, redirects and refuses."""

import contextlib
import csv
import json
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest

from helpers import cli, files
from helpers.problems import InputError
from helpers.sources import catalogue, fetch
from tests import loopback

DATA = b"id,name\n1,A\n2,B\n"


@pytest.fixture
def server(monkeypatch):
    """An HTTP server whose answer to each path a test writes: ``server.answers[path] = function(handler, asked)``."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    answers, asked = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            asked.append(self.path)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                answers[parts.path](self, {key: value[0] for key, value in parse_qs(parts.query).items()})

        def log_message(self, *_):
            pass

    with loopback.serving(Handler, poll_s=0.02) as running:
        running.answers, running.asked = answers, asked
        yield running


def answer(handler, body=DATA, status=200, kind="text/csv", length=None, **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def get(server, path, folder, **options):
    return fetch.fetch("buzzfeed-2015", folder, url=server.at + path, **{"timeout": 0.5, "pause": 0.01} | options)


def test_a_download_comes_whole_with_its_hash_time_and_licence_beside_it(server, tmp_path):
    server.answers["/data.csv"] = lambda handler, asked: answer(handler)
    folder = get(server, "/data.csv", tmp_path / "out")
    assert (folder / "wapo.csv").read_bytes() == DATA
    told = json.loads((folder / "source.json").read_text())
    assert told["licence"] == "CC BY-NC-SA 4.0"
    entry = told["files"]["wapo.csv"]
    assert entry["sha256"] == files.sha256(DATA)
    assert entry["bytes"] == len(DATA)
    assert entry["fetched"].endswith("Z")


def test_a_redirect_is_followed_and_its_end_recorded(server, tmp_path):
    server.answers["/old.csv"] = lambda handler, asked: answer(handler, b"", 302, Location="/new.csv")
    server.answers["/new.csv"] = lambda handler, asked: answer(handler)
    folder = get(server, "/old.csv", tmp_path / "out")
    entry = json.loads((folder / "source.json").read_text())["files"]["wapo.csv"]
    assert entry["url"].endswith("/old.csv")
    assert entry["read_at"].endswith("/new.csv")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_refusal_that_passes_is_tried_again(server, tmp_path, status):
    refusals = iter([status, status])

    def sometimes(handler, asked):
        refused = next(refusals, None)
        answer(handler, b"" if refused else DATA, refused or 200)

    server.answers["/data.csv"] = sometimes
    folder = get(server, "/data.csv", tmp_path / "out")
    assert (folder / "wapo.csv").read_bytes() == DATA
    assert len(server.asked) == 3


def test_a_server_that_asks_to_wait_is_waited_for(server, tmp_path):
    first = iter([True])
    server.answers["/data.csv"] = lambda handler, asked: (
        answer(handler, b"", 429, Retry_After="1") if next(first, False) else answer(handler)
    )
    begun = time.monotonic()
    get(server, "/data.csv", tmp_path / "out")
    assert time.monotonic() - begun >= 1


def stall(handler, asked):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"id,")
    handler.wfile.flush()
    time.sleep(2)


def test_a_server_that_stalls_once_is_tried_again_and_nothing_comes_twice(server, tmp_path):
    first = iter([True])
    server.answers["/data.csv"] = lambda handler, asked: (
        stall(handler, asked) if next(first, False) else answer(handler)
    )
    folder = get(server, "/data.csv", tmp_path / "out")
    assert (folder / "wapo.csv").read_bytes() == DATA


FAILURES = {
    "not found": (lambda handler, asked: answer(handler, b"", 404), "answers 404"),
    "always 500": (lambda handler, asked: answer(handler, b"", 500), "answers 500"),
    "cut off": (lambda handler, asked: answer(handler, DATA, length=1000), "cut off"),
    "stalls": (stall, "fell silent"),
    "an error page with status 200": (
        lambda handler, asked: answer(handler, b"<!DOCTYPE html><p>Sign in</p>", kind="text/html"),
        "a web page",
    ),
    "redirects for ever": (lambda handler, asked: answer(handler, b"", 302, Location="/x"), "without end"),
    "empty": (lambda handler, asked: answer(handler, b""), "empty file"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_download_says_why_and_leaves_what_was_there(server, tmp_path, failure):
    respond, why = FAILURES[failure]
    server.answers["/x"] = respond
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "wapo.csv").write_text("older\n")
    with pytest.raises(InputError, match=why):
        get(server, "/x", folder, timeout=0.2)
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert (folder / "wapo.csv").read_text() == "older\n"


@pytest.mark.parametrize("announced", [True, False])
def test_more_than_the_limit_is_not_downloaded(server, tmp_path, announced):
    def endless(handler, asked):
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", "10000000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 100_000)

    server.answers["/x"] = endless
    with pytest.raises(InputError, match="limit"):
        get(server, "/x", tmp_path / "out", most_bytes=1_000_000)
    assert not (tmp_path / "out").exists()


def table(rows):
    return [{"_id": n, "id": str(n), "name": f"name {n}"} for n in range(rows)]


def test_socrata_is_paged_in_order_past_50000_rows(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "PAGE", 100)
    rows = table(250)

    def socrata(handler, asked):
        assert asked["$order"] == ":id"
        part = rows[int(asked["$offset"]) : int(asked["$offset"]) + int(asked["$limit"])]
        answer(handler, ("id,name\n" + "".join(f"{row['id']},{row['name']}\n" for row in part)).encode())

    server.answers["/resource/abcd.csv"] = socrata
    folder = fetch.fetch("dallas", tmp_path / "out", url=server.at + "/resource/abcd.csv", timeout=2, pause=0.01)
    read = list(csv.DictReader((folder / "dallas-ois.csv").open()))
    assert [row["id"] for row in read] == [row["id"] for row in rows]


def test_ckan_is_paged_by_what_came_up_to_its_own_total(server, tmp_path):
    rows = table(250)

    def ckan(handler, asked):
        part = rows[int(asked["offset"]) : int(asked["offset"]) + 100]
        fields = [{"id": "id"}, {"id": "name"}]
        body = {"success": True, "result": {"fields": fields, "records": part, "total": 250}}
        answer(handler, json.dumps(body).encode(), kind="application/json")

    server.answers["/api"] = ckan
    folder = fetch.fetch("phoenix", tmp_path / "out", url=server.at + "/api?resource_id=x", timeout=2, pause=0.01)
    assert len(list(csv.DictReader((folder / "phoenix-ois.csv").open()))) == 250
    assert "resource_id=x" in server.asked[1]


def test_arcgis_is_paged_and_its_times_are_dates(server, tmp_path):
    rows = [{"OBJECTID": n, "DAY": 1_709_251_200_000 + 86_400_000 * n} for n in range(5)]
    fields = [{"name": "OBJECTID", "type": "esriFieldTypeOID"}, {"name": "DAY", "type": "esriFieldTypeDate"}]

    def arcgis(handler, asked):
        begin = int(asked["resultOffset"])
        part = [{"attributes": row} for row in rows[begin : begin + 2]]
        body = {"fields": fields, "features": part, "exceededTransferLimit": begin + 2 < 5}
        answer(handler, json.dumps(body).encode(), kind="application/json")

    server.answers["/layer/query"] = arcgis
    folder = fetch.fetch("los-angeles-county", tmp_path / "out", url=server.at + "/layer", timeout=2, pause=0.01)
    read = list(csv.DictReader((folder / "incidents.csv").open()))
    assert [row["DAY"] for row in read] == ["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04", "2024-03-05"]


def test_a_portals_refusal_is_told(server, tmp_path):
    server.answers["/api"] = lambda handler, asked: answer(handler, b'{"success": false, "error": "no such resource"}')
    with pytest.raises(InputError, match="no such resource"):
        fetch.fetch("phoenix", tmp_path / "out", url=server.at + "/api", timeout=2, pause=0.01)


def test_the_command_fetches_and_fails_in_one_line(server, tmp_path, capsys):
    server.answers["/data.csv"] = lambda handler, asked: answer(handler)
    out = ["-o", str(tmp_path / "out")]
    assert cli.main(["fetch", "buzzfeed-2015", "--url", server.at + "/data.csv", *out]) == 0
    assert "wapo.csv" in capsys.readouterr().out
    assert cli.main(["fetch", "nobody", *out]) == 1
    assert "no publisher is called" in capsys.readouterr().err


def test_every_publisher_says_what_it_counts_its_coverage_and_its_licence(capsys):
    for publisher in catalogue.publishers().values():
        assert publisher.counts and publisher.coverage and publisher.licence and publisher.files
        assert publisher.kind in catalogue.KINDS
        assert all(url.startswith("https://") for url in publisher.files.values())
    assert cli.main(["sources"]) == 0
    assert "CC BY-NC-SA 4.0" in capsys.readouterr().out
