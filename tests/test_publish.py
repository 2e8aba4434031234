"""Published figures: what is in the folder, what is refused, what never leaks."""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import charts, facts, files, incidents, publish, shots
from helpers.problems import InputError
from helpers.publish.plotted import only_plotted, people_columns
from tests import boxes

CONTRACT = {
    "embed.html",
    "iframe.html",
    "desktop.pdf",
    "social.png",
    "desktop.svg",
    "desktop.png",
    "mobile.svg",
    "mobile.png",
    "snippet.html",
    "data.csv",
    "chart.json",
    "figure.json",
}
ALT = "Bar chart of police shots by year: 90 in 2023 and 96 in 2024."
WORDS = {"slug": "shots", "title": "Shots by police", "alt": ALT, "source": "COPA, 2024"}
HOSTILE = "</script><img src=x onerror=alert(1)>"


def _frame(**more):
    return pd.DataFrame({"year": ["2023", "2024"], "shots": [90, 96], **more})


def _bars(frame=None, **encoding):
    return alt.Chart(_frame() if frame is None else frame).mark_bar().encode(x="year:N", y="shots:Q", **encoding)


@pytest.fixture(scope="module")
def reed(tmp_path_factory):
    out = tmp_path_factory.mktemp("published")
    case = incidents.load("dexter-reed-2024")
    facts.notebook("01-shots-over-time")
    made = publish.figure(
        charts.shots_over_time(case),
        mobile=charts.shots_over_time(case, layout="mobile"),
        slug="reed",
        title=incidents.headline(case),
        alt=charts.shots_over_time(case).description,
        source=case.credits,
        notes="A note.",
        as_of=case.as_of,
        out=out,
    )
    facts.notebook("")
    return made


def test_a_figure_is_the_folder_of_the_contract(reed):
    assert {path.name for path in reed.folder.iterdir()} == CONTRACT


def test_figure_json_says_what_the_figure_is_and_which_bytes(reed):
    about = json.loads((reed.folder / "figure.json").read_text())
    assert {"title", "subtitle", "alt", "source", "credit", "notes", "status", "as_of", "data_sha256", "notebook",
            "versions"} <= about.keys()  # fmt: skip
    assert about["status"] == "reported" and about["notebook"] == "01-shots-over-time"
    assert {"kit", "altair", "pandas"} <= about["versions"].keys()
    assert set(about["files"]) == CONTRACT - {"figure.json"}
    for name, digest in about["files"].items():
        assert hashlib.sha256((reed.folder / name).read_bytes()).hexdigest() == digest
    assert about["data_sha256"] == about["files"]["data.csv"]


@pytest.mark.parametrize("name", ["desktop", "mobile"])
def test_pictures_carry_title_alt_and_source_and_nothing_is_clipped_or_covered(reed, name):
    svg = (reed.folder / f"{name}.svg").read_text()
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    told = [root.find(f".//*[@id='{id}']").text for id in ids]
    about = json.loads((reed.folder / "figure.json").read_text())
    assert told == [about["title"], about["alt"]]
    found, picture = boxes.texts(svg)
    words = " ".join(text.words for text in found)
    assert "Source: Civilian Office" in words and "41 seconds" in words
    assert boxes.overlaps(found) == []
    room = boxes.Box(-1, -1, picture.right + 1, picture.bottom + 1)
    assert [text.words for text in found if not text.box.within(room)] == []


def test_the_png_is_at_twice_the_size_and_the_phone_is_narrower(reed):
    wide, narrow = (Image.open(reed.folder / f"{name}.png") for name in ("desktop", "mobile"))
    assert 1380 < wide.width < 1500 and 660 < narrow.width < 760


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("img", "source", "meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def _parsed(html: str) -> _Tags:
    tags = _Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


def test_the_snippet_is_a_figure_with_alt_source_and_data_and_runs_nothing(reed):
    html = (reed.folder / "snippet.html").read_text()
    tags = _parsed(html)
    (image,) = [attrs for tag, attrs in tags.seen if tag == "img"]
    assert image["alt"].startswith("Area chart of The shooting of Dexter Reed")
    assert "Source: Civilian Office" in tags.text and "Get the data" in tags.text
    assert not {"script", "style"} & {tag for tag, _ in tags.seen}
    assert "http" not in html


def test_the_data_is_just_what_is_plotted(reed):
    data = pd.read_csv(reed.folder / "data.csv")
    assert set(data["table"]) == {"band", "counts", "average pace"}
    assert data.loc[data["table"] == "counts", "shots"].tolist() == [96, 79]


def test_publishing_twice_gives_the_same_bytes(tmp_path):
    made = []
    for run in "ab":
        folder = publish.figure(_bars(), **WORDS, out=tmp_path / run).folder
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]


@pytest.mark.parametrize(("words", "reason"), [
    ({"alt": ""}, "alt: missing"),
    ({"alt": "A chart."}, "shorter than"),
    ({"alt": "Shots by police!", "title": "shots by police"}, "only the title again"),
    ({"source": " "}, "source: missing"),
    ({"title": ""}, "title: missing"),
    ({"slug": "../evil"}, "not a name for a folder"),
    ({"slug": "notebooks"}, "not a name for a folder"),
    ({"status": "certain"}, "is not known"),
    ({"as_of": "yesterday"}, "is not a date"),
])  # fmt: skip
def test_what_must_not_be_published_is_refused(tmp_path, words, reason):
    with pytest.raises(InputError, match=reason):
        publish.figure(_bars(), **WORDS | words, out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_all_refusals_are_told_at_once(tmp_path):
    with pytest.raises(InputError) as caught:
        publish.figure(_bars(), slug="S", title="", alt="", source="", out=tmp_path)
    assert len(caught.value.problems) == 4


def test_a_column_that_names_people_is_refused_unless_it_is_meant(tmp_path):
    chart = _bars(_frame(name=["A. Person", "B. Person"]), tooltip="name:N")
    with pytest.raises(InputError, match="names people"):
        publish.figure(chart, **WORDS, out=tmp_path)
    publish.figure(chart, **WORDS, people=True, out=tmp_path)
    assert "A. Person" in (tmp_path / "shots" / "data.csv").read_text()


def test_names_that_are_not_plotted_reach_no_file(tmp_path):
    secret = "Nomen Nescio"
    frame = _frame(name=[secret, secret], victim=secret, **{"dotted.name": secret})
    layered = alt.layer(_bars(frame), alt.Chart(frame).mark_rule().encode(y="mean(shots):Q"))
    folder = publish.figure(layered, **WORDS, out=tmp_path).folder
    for file in folder.iterdir():
        assert secret.encode() not in file.read_bytes(), file.name


@pytest.mark.parametrize(
    "draw",
    [
        lambda frame: _bars(frame, color=alt.condition("datum.dark", alt.value("black"), alt.value("grey"))),
        lambda frame: _bars(frame).transform_filter("datum['dark'] == 1"),
        lambda frame: _bars(frame, order="dark:Q"),
        lambda frame: _bars(frame, x2="dark"),
        lambda frame: _bars(frame).transform_aggregate(total="sum(shots)", groupby=["dark"]),
        lambda frame: _bars(frame).transform_fold(["dark", "shots"]),
        lambda frame: _bars(frame).transform_window(r="rank()", sort=[alt.SortField("dark")]),
        lambda frame: alt.layer(_bars(frame), _bars(frame, y2="dark")),
        lambda frame: alt.hconcat(_bars(frame), _bars(frame, tooltip="dark:Q")),
        lambda frame: alt.Chart(frame).mark_bar().encode(x="dark:Q").facet("year:N"),
    ],
    ids=["condition", "filter", "order", "x2", "groupby", "fold", "window", "layer", "concat", "facet"],
)
def test_a_column_that_is_used_in_any_way_is_kept_and_no_other(draw):
    spec = only_plotted(draw(_frame(dark=[1, 0], other=["x", "y"])).to_dict())
    (rows,) = spec["datasets"].values()
    assert "dark" in rows[0] and "other" not in rows[0]


def test_the_chart_that_was_given_is_not_changed():
    spec = _bars(_frame(other=[1, 2])).to_dict()
    before = json.dumps(spec)
    only_plotted(spec)
    assert json.dumps(spec) == before


@pytest.mark.parametrize(("column", "names"), [
    ("name", True), ("Victim's name", True), ("victim_name", True), ("officer_name", True), ("Full Name", True),
    ("last_name", True), ("names", True), ("Subject name", True), ("Name of victim", True), ("NAME_LAST", True),
    ("officer_1_name", True), ("lname", True), ("suspect", True), ("person", True),
    ("shots", False), ("agency", False), ("shooter", False), ("label", False), ("city", False),
])  # fmt: skip
def test_which_columns_name_people(column, names):
    assert (people_columns(pd.DataFrame({column: ["x"]})) == [column]) == names


def test_simulated_data_without_its_mark_is_refused_and_with_it_published(tmp_path):
    chart = _bars(_frame(status="simulated"), tooltip="status:N")
    with pytest.raises(InputError, match="does not say so"):
        publish.figure(chart, **WORDS, out=tmp_path)
    publish.figure(charts.mark_simulated(chart), **WORDS, out=tmp_path)
    assert json.loads((tmp_path / "shots" / "figure.json").read_text())["status"] == "simulated"
    assert "SIMULATED" in (tmp_path / "shots" / "mobile.svg").read_text()


def test_simulated_data_cannot_be_called_something_else(tmp_path):
    case = incidents.load("rehearsal")
    with pytest.raises(InputError, match="the data is simulated"):
        publish.figure(charts.shots_over_time(case), **WORDS, status="reported", out=tmp_path)


def test_the_rehearsal_says_simulated_in_every_file_a_reader_may_see(tmp_path):
    case = incidents.load("rehearsal")
    chart = charts.shots_over_time(case)
    folder = publish.figure(chart, **WORDS | {"alt": chart.description}, out=tmp_path).folder
    for name in ("desktop.svg", "mobile.svg", "snippet.html", "data.csv", "chart.json", "figure.json"):
        assert "simulated" in (folder / name).read_text().lower(), name
    assert "Simulated: not a real event" in (tmp_path / "index.html").read_text()


def test_a_matplotlib_figure_is_published_the_same_way(tmp_path):
    case = incidents.load("lapd-fid-023-20")
    printed = charts.shots_over_time_print(case)
    with pytest.raises(InputError, match="does not hold its data"):
        publish.figure(printed, **WORDS, out=tmp_path)
    fired = case.shots[["t_s", "shooter", "confidence", "status"]]
    before = len(printed.texts)
    made = []
    for run in "ab":
        folder = publish.figure(printed, **WORDS, data=fired, status="measured", out=tmp_path / run).folder
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1] and set(made[0]) == CONTRACT - {"chart.json"}
    svg = made[0]["desktop.svg"].decode()
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img" and "Shots by police" in svg and "Source: COPA" in svg
    assert len(printed.texts) == before, "the reporter's figure is left as it was"


def test_a_matplotlib_figure_of_simulated_data_needs_the_mark(tmp_path):
    case = incidents.load("rehearsal")
    bare = Figure()
    bare.subplots().plot([1, 2])
    data = case.shots[["t_s", "status"]]
    with pytest.raises(InputError, match="does not say so"):
        publish.figure(bare, **WORDS, data=data, out=tmp_path)
    publish.figure(charts.shots_over_time_print(case), **WORDS, data=data, out=tmp_path)


def test_a_failure_leaves_the_figure_that_was_published_before(tmp_path, monkeypatch):
    publish.figure(_bars(), **WORDS, out=tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "shots").iterdir()}

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_csv", fail)
    with pytest.raises(InputError, match="disk is full"):
        publish.figure(_bars(_frame(), color="year:N"), **WORDS, out=tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "shots").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"shots", "index.html", "assets"}


def test_a_chart_without_rows_is_refused(tmp_path):
    with pytest.raises(InputError, match="plots no rows"):
        publish.figure(_bars(_frame()[:0]), **WORDS, out=tmp_path)


def test_a_chart_that_was_made_for_a_desktop_fits_a_phone(tmp_path):
    folder = publish.figure(alt.hconcat(_bars(), _bars()), **WORDS, out=tmp_path).folder
    assert Image.open(folder / "mobile.png").width < 780


def test_the_gallery_shows_every_figure_its_words_and_the_facts(tmp_path):
    publish.figure(_bars(), **WORDS, out=tmp_path)
    publish.figure(_bars(), **WORDS | {"slug": "other", "title": "Another"}, out=tmp_path)
    facts.notebook("test")
    facts.record("pace", 96 / 41, "shots a second", digits=3, counts="average", source="COPA")
    facts.save(tmp_path)
    facts.notebook("")
    page = publish.gallery(tmp_path).read_text()
    tags = _parsed(page)
    for words in ("Shots by police", "Another", "2.34 shots a second", ALT):
        assert words in tags.text
    assert all(attrs.get("alt") for tag, attrs in tags.seen if tag == "img")
    links = {attrs["href"] for tag, attrs in tags.seen if tag == "a" and not attrs["href"].startswith("#")}
    assert all((tmp_path / link).is_file() for link in links) and len(links) == 2 * len(CONTRACT)
    assert 'lang="en"' in page and {"main", "h1", "title"} <= {tag for tag, _ in tags.seen}


def test_hostile_words_and_cells_run_nothing(tmp_path):
    frame = _frame(place=[HOSTILE, "=cmd()"])
    words = {"slug": "shots", "title": HOSTILE, "alt": ALT + HOSTILE, "source": HOSTILE, "notes": "\u202e" + HOSTILE}
    folder = publish.figure(_bars(frame, color="place:N"), **words, out=tmp_path).folder
    for page in (folder / "snippet.html", tmp_path / "index.html"):
        tags = _parsed(page.read_text())
        assert all("onerror" not in attrs for _, attrs in tags.seen)
        own = 1 if page.name == "index.html" else 0
        assert [tag for tag, _ in tags.seen].count("script") == own
    for name in ("desktop", "mobile"):
        root = ElementTree.fromstring((folder / f"{name}.svg").read_text())
        assert not [node for node in root.iter() if node.tag.endswith(("script", "}img"))]
    assert "'=cmd()" in (folder / "data.csv").read_text()
    json.loads((folder / "chart.json").read_text())


@pytest.mark.parametrize("table", [
    lambda log: log[["t_s", "status"]], lambda log: log[["t_s"]], shots.cumulative, shots.rate,
], ids=["with its column", "without", "counted", "as a rate"])  # fmt: skip
def test_simulated_shots_are_known_even_where_no_plotted_column_says_so(tmp_path, table):
    rows = table(incidents.load("rehearsal").shots)
    with pytest.raises(InputError, match="does not say so"):
        publish.figure(alt.Chart(rows).mark_tick().encode(x="t_s"), **WORDS, out=tmp_path)
    bare = Figure()
    bare.subplots().plot(rows["t_s"])
    with pytest.raises(InputError, match="does not say so"):
        publish.figure(bare, **WORDS, data=rows, out=tmp_path)


def test_a_phones_chart_of_simulated_data_needs_its_mark_too(tmp_path):
    phone = alt.Chart(incidents.load("rehearsal").shots[["t_s"]]).mark_tick().encode(x="t_s")
    with pytest.raises(InputError, match="does not say so"):
        publish.figure(_bars(), mobile=phone, **WORDS, out=tmp_path)


@pytest.mark.parametrize("words", [{"alt": "x" * 50}, {"alt": None}, {"as_of": "2024-13-45"}])
def test_words_that_only_look_right_are_refused(tmp_path, words):
    with pytest.raises(InputError):
        publish.figure(_bars(), **WORDS | words, out=tmp_path)


def test_what_is_no_chart_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a chart"):
        publish.figure(None, **WORDS, out=tmp_path)
