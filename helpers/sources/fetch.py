"""Downloading a publisher's data: whole or not at all, with what it is, when and from where it came written beside it.

A download is built beside its place (`helpers.files.build_folder`) and takes it when every file of the publisher has
arrived and looks like data. Refusals that pass (429, 5xx, a lost connection, silence) are tried again after a pause.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import httpx

from .. import __version__, files, paths
from ..problems import InputError, Problem
from .catalogue import Publisher, publisher

__all__ = ["PAGE", "fetch"]

PAGE = 50_000
MOST_BYTES = 2_000_000_000
MOST_PAGES = 400
TRIES = 4
_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_PAUSE = 60.0
Told = Callable[[str, int, int | None], None]


def fetch(
    name: str,
    out: Path | None = None,
    *,
    url: str | None = None,
    told: Told = lambda file, done, size: None,
    timeout: float = 30.0,
    pause: float = 1.0,
    most_bytes: int = MOST_BYTES,
) -> Path:
    """Download a publisher's files into a folder and return it.

    Beside the files stands ``source.json``: publisher, licence, what is counted, and for each file its address, the
    address after redirects, the time (UTC), size and SHA-256.

    Parameters
    ----------
    name : str
        A publisher of `helpers.sources.catalogue`.
    out : path, optional
        The folder; ``data/raw/<name>`` otherwise. What stood there is replaced, once everything has arrived.
    url : str, optional
        Another address for the publisher's first file, which is then the only one that is fetched.
    told : callable
        Called with a file's name, the bytes so far and the whole size where it is known.
    timeout : float
        Seconds of silence after which a try is given up.
    pause : float
        Seconds before the second try; doubled before each further one.
    most_bytes : int
        More than this is not downloaded.

    Raises
    ------
    InputError
        If the address cannot be read after `TRIES` tries, answers with something other than data, or sends too much.
    """
    source = publisher(name)
    wanted = source.files if url is None else {next(iter(source.files)): url}
    folder = out or paths.data() / "raw" / name
    with files.build_folder(folder) as beside, _client(timeout) as client:
        entries = {}
        for file, address in wanted.items():
            download = _Download(client, source, file, address, told, pause, most_bytes)
            with (beside / file).open("wb") as sink:
                entries[file] = download.into(sink)
            entries[file] |= {"bytes": (beside / file).stat().st_size, "sha256": files.sha256(beside / file)}
        about = {
            word: getattr(source, word)
            for word in ("name", "publisher", "title", "counts", "licence", "credit", "coverage", "gaps")
        }
        (beside / "source.json").write_text(
            json.dumps(about | {"files": entries}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return folder


def _client(timeout: float) -> httpx.Client:
    agent = {"User-Agent": f"police-shootings-kit/{__version__}"}
    return httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5, headers=agent)


class _Download:
    """One file's download: its address, its tries, and how many bytes have come."""

    def __init__(
        self, client: httpx.Client, source: Publisher, file: str, address: str, told: Told, pause: float, most: int
    ):
        self.client, self.source, self.file, self.address = client, source, file, address
        self.told, self.pause, self.most, self.done = told, pause, most, 0
        self.final = address

    def into(self, sink: IO[bytes]) -> dict[str, Any]:
        """Write the file and say where and when it was read."""
        begun = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        write = {"file": self._file, "socrata": self._socrata, "arcgis": self._arcgis, "ckan": self._ckan}
        write[self.source.kind](sink)
        return {"url": self.address, "read_at": self.final, "fetched": begun}

    def _file(self, sink: IO[bytes]) -> None:
        self._tried(self.address, {}, sink)
        if sink.tell() == 0:
            raise self._problem("the address answers with an empty file", "Look at it in a browser.")

    def _socrata(self, sink: IO[bytes]) -> None:
        """CSV, a page of `PAGE` rows at a time in the order of the rows' own ids, so that none comes twice or never."""
        header = None
        for page in self._pages():
            text = self._text(self.address, {"$limit": PAGE, "$offset": page * PAGE, "$order": ":id"})
            rows = list(csv.reader(io.StringIO(text, newline="")))
            if not rows:
                raise self._problem("the address answers without a header row", "Look at it in a browser.")
            if header is not None and rows[0] != header:
                raise self._problem("its columns changed from one page to the next", "Try again later.")
            _write_rows(sink, rows if header is None else rows[1:])
            header = rows[0]
            if len(rows) - 1 < PAGE:
                return

    def _ckan(self, sink: IO[bytes]) -> None:
        """CSV from a CKAN datastore's pages, in the order of its own row ids."""
        fields: list[str] = []
        come = 0
        for _ in self._pages():
            answer = self._json(self.address, {"limit": PAGE, "offset": come, "sort": "_id"})
            result = answer.get("result") if answer.get("success") else None
            if not isinstance(result, dict) or "records" not in result:
                raise self._problem(f"CKAN refuses: {str(answer.get('error'))[:120]}", "Check the resource's id.")
            if not fields:
                fields = [field["id"] for field in result.get("fields", [])]
                _write_rows(sink, [fields])
            rows = [[_cell(record.get(field)) for field in fields] for record in result["records"]]
            _write_rows(sink, rows)
            # A portal may give fewer rows than were asked for: its own total says when all have come.
            come += len(rows)
            if come >= result.get("total", 0):
                return
            if not rows:
                raise self._problem(f"CKAN stopped at {come:,} of {result['total']:,} rows", "Try again later.")

    def _arcgis(self, sink: IO[bytes]) -> None:
        """CSV from an ArcGIS layer's pages, in the order of its object ids; times as ISO dates."""
        fields: list[dict[str, str]] = []
        offset = 0
        for _ in self._pages():
            asked = {"where": "1=1", "outFields": "*", "f": "json", "resultOffset": offset, "returnGeometry": "false"}
            answer = self._json(
                f"{self.address.rstrip('/')}/query", asked | ({"orderByFields": _object_id(fields)} if fields else {})
            )
            if "error" in answer or "features" not in answer:
                raise self._problem(f"ArcGIS refuses: {str(answer.get('error'))[:120]}", "Check the layer's address.")
            if not fields:
                fields = answer.get("fields", [])
                if not fields:
                    raise self._problem("ArcGIS names no fields", "Check the layer's address.")
                _write_rows(sink, [[field["name"] for field in fields]])
            rows = [feature["attributes"] for feature in answer["features"]]
            _write_rows(
                sink, [[_attribute(row.get(field["name"]), field.get("type", "")) for field in fields] for row in rows]
            )
            offset += len(rows)
            if not answer.get("exceededTransferLimit") or not rows:
                return

    def _pages(self) -> Iterator[int]:
        yield from range(MOST_PAGES)
        raise self._problem(f"more than {MOST_PAGES} pages", "Is this the right table?")

    def _text(self, address: str, asked: dict[str, Any]) -> str:
        buffer = io.BytesIO()
        self._tried(address, asked, buffer)
        try:
            return buffer.getvalue().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._problem(
                "the address answers with something that is not text", "Check it in a browser."
            ) from None

    def _json(self, address: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = json.loads(self._text(address, asked))
        except (json.JSONDecodeError, RecursionError):
            raise self._problem("the address does not answer with JSON", "Check it in a browser.") from None
        if not isinstance(answer, dict):
            raise self._problem("the address answers with another JSON than its kind of portal", "Check the address.")
        return answer

    def _tried(self, address: str, asked: dict[str, Any], sink: IO[bytes]) -> None:
        """Read an address into a sink, again where the refusal may pass."""
        begins, done = sink.tell(), self.done
        for attempt in range(1, TRIES + 1):
            try:
                self._read(address, asked, sink)
                return
            except (httpx.TransportError, _Refusal) as error:
                if (
                    isinstance(error, httpx.UnsupportedProtocol)
                    or attempt == TRIES
                    or not getattr(error, "passing", True)
                ):
                    raise self._problem(
                        _in_words(error), "Try again later, or name another address with --url."
                    ) from None
                sink.seek(begins)
                sink.truncate()
                self.done = done
                time.sleep(min(max(getattr(error, "wait", 0.0), self.pause * 2 ** (attempt - 1)), _LONGEST_PAUSE))
            except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.DecodingError, UnicodeError) as error:
                raise self._problem(_in_words(error), "Check the address.") from None

    def _read(self, address: str, asked: dict[str, Any], sink: IO[bytes]) -> None:
        with self.client.stream("GET", httpx.URL(address).copy_merge_params(asked)) as answer:
            if answer.status_code != 200:
                raise _Refusal(answer)
            self.final = str(answer.url)
            size = answer.headers.get("content-length", "")
            whole = int(size) if size.isdigit() and "content-encoding" not in answer.headers else None
            if whole is not None and self.done + whole > self.most:
                raise self._problem(f"the file is {whole:,} bytes; the limit is {self.most:,}", "Raise it with --most.")
            begun = False
            for chunk in answer.iter_bytes():
                if not begun and _is_page(chunk, answer.headers.get("content-type", "")):
                    raise self._problem("the address answers with a web page, not data", "Look at it in a browser.")
                begun = True
                self.done += len(chunk)
                if self.done > self.most:
                    raise self._problem(f"it sends more than {self.most:,} bytes", "Raise the limit with --most.")
                sink.write(chunk)
                self.told(self.file, self.done, whole)

    def _problem(self, what: str, remedy: str) -> InputError:
        return InputError(Problem(what, remedy, self.address))


class _Refusal(Exception):
    """An answer that is not data; ``passing`` tells whether to ask again, ``wait`` the seconds the server asks for."""

    def __init__(self, answer: httpx.Response):
        super().__init__(f"the address answers {answer.status_code} {answer.reason_phrase}".rstrip())
        self.passing = answer.status_code in _AGAIN
        after = answer.headers.get("retry-after", "")
        self.wait = float(after) if after.isdigit() else 0.0


def _in_words(error: Exception) -> str:
    """What went wrong, for a reporter."""
    if isinstance(error, _Refusal):
        return str(error)
    words = {
        httpx.ConnectTimeout: "the address does not answer",
        httpx.TimeoutException: "the address fell silent",
        httpx.ConnectError: "there is no connection to the address",
        httpx.RemoteProtocolError: "the connection was cut off before the file had come whole",
        httpx.UnsupportedProtocol: "the address does not begin with http:// or https://",
        httpx.TooManyRedirects: "the address sends from one place to the next without end",
        httpx.InvalidURL: "this is not an address",
    }
    return next((words[kind] for kind in words if isinstance(error, kind)), f"the download failed ({error})")


def _is_page(beginning: bytes, content_type: str) -> bool:
    """Whether an answer is a web page: errors and cookie walls come with status 200 too."""
    head = beginning[:400].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        "html" in content_type and head[:1] == b"<"
    )


def _write_rows(sink: IO[bytes], rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    sink.write(text.getvalue().encode())


def _cell(value: Any) -> str:
    return "" if value is None else json.dumps(value) if isinstance(value, (dict, list)) else str(value)


def _attribute(value: Any, kind: str) -> str:
    """An ArcGIS attribute; its times are milliseconds since 1970, which no reporter can read."""
    if kind == "esriFieldTypeDate" and isinstance(value, (int, float)) and abs(value) < 2**53:
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=value)
        return (
            moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ", timespec="seconds")
        )
    return _cell(value)


def _object_id(fields: list[dict[str, str]]) -> str:
    return next((field["name"] for field in fields if field.get("type") == "esriFieldTypeOID"), fields[0]["name"])
