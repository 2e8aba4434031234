"""The report on an article: in the terminal, as a page, as JSON, and the command's exit status."""

import html.parser
import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import cli, facts, incidents
from helpers.claims import as_json, as_page, as_text, check, check_text, facts_for
from helpers.facts import Fact
from helpers.files import write
from tests.browsing import axe_violations

ROWS = {"sentence", "text", "value", "unit", "status", "fact", "fact_value", "working", "start", "end"}


@pytest.fixture(autouse=True)
def nothing_published(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_OUT", str(tmp_path / "published"))


@pytest.fixture(scope="module")
def reed():
    return incidents.load("dexter-reed-2024").facts


def story(tmp_path, text, name="story.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_json_holds_every_claim_with_offsets_into_the_text(tmp_path, reed):
    path = story(tmp_path, "Police fired about 96 shots.\n\nOn March 21, Reed fired 12 shots on District 11.")
    document = json.loads(as_json(check(path, reed)))
    assert document["claims"] and all(row.keys() >= ROWS for row in document["claims"])
    text = document["article_text"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in document["claims"])
    assert [(row["value"], row["unit"], row["status"], row["fact"]) for row in document["claims"]] == [
        (96, "shots", "supported", "shots_by_police"),
        ("--03-21", "date", "supported", "date"),
        (12, "shots", "contradicted", "shots_by_others"),
        (None, "", "not a claim", None),
    ]
    assert document["claims"][2]["fact_value"] == 11


class Tags(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs]

    def handle_data(self, data):
        self.words += data


def test_the_page_takes_nothing_of_article_or_facts_as_html(tmp_path):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    known = [Fact("shots_by_police", 96, "shots", counts="shots fired by police", source=evil, note=evil)]
    path = story(tmp_path, f"Police fired 96 shots. {evil} Police fired 97 shots & {evil}.")
    page = Tags(as_page(check(path, known)))
    assert "script" not in page.tags and "img" not in page.tags
    assert page.words.count("<script>alert(1)</script>") >= 3


def test_the_page_is_told_to_those_who_do_not_see_it(tmp_path, reed):
    page = as_page(check(story(tmp_path, "Police fired 96 shots. Police fired 97 shots."), reed))
    tags = Tags(page)
    assert {"h1", "h2", "main", "title", "mark"} <= set(tags.tags) and '<html lang="en">' in page
    assert "CONTRADICTED, note 2" in tags.attributes
    targets = {value for value in tags.attributes if value and not value.startswith("#")}
    assert all(value[1:] in targets for value in tags.attributes if value and value.startswith("#"))
    assert "http" not in page.replace("https://", "", 0) or "src=" not in page


def test_the_terminal_tells_what_is_wrong_first(reed):
    lines = as_text(check_text("Police fired 96 shots. Police fired 97 shots.", reed)).splitlines()
    assert lines[0].startswith("CONTRADICTED") and "97 shots" in lines[0]
    assert "1 supported, 1 contradicted" in lines[-1]


def run(capsys, *argv):
    status = cli.main(["claims", *map(str, argv)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_exit_status_is_1_where_something_is_contradicted(tmp_path, capsys):
    good, bad, unknown = (
        story(tmp_path, text, name)
        for text, name in (
            ("Police fired 96 shots.", "a.txt"),
            ("Police fired 97 shots.", "b.txt"),
            ("Police spent $97.", "c.txt"),
        )
    )
    assert run(capsys, good)[0] == 0
    assert run(capsys, bad)[0] == 1
    assert run(capsys, unknown)[0] == 0
    assert run(capsys, unknown, "--strict")[0] == 1


def test_a_fault_in_a_file_is_one_clear_message(tmp_path, capsys):
    status, out, err = run(capsys, tmp_path / "none.txt")
    assert (status, out) == (1, "") and "no such file" in err
    path = story(tmp_path, "Police fired 96 shots.")
    assert "no such file" in run(capsys, path, "--facts", tmp_path / "none.json")[2]
    assert run(capsys, path, "--incident", "no-such-incident")[0] == 1


def test_the_page_is_written_where_told(tmp_path, capsys):
    status, out, _ = run(
        capsys, story(tmp_path, "Police fired 96 shots."), "--html", tmp_path / "report.html", "--json"
    )
    assert status == 0 and json.loads(out)["counts"]["supported"] == 1
    assert (tmp_path / "report.html").read_text().startswith("<!doctype html>")


def test_since_tells_what_no_longer_holds(tmp_path, capsys):
    def saved(name, value):
        row = {"name": "shots_by_police", "value": value, "unit": "shots", "counts": "shots fired by police"}
        return write(tmp_path / name, json.dumps({"facts": [row]}))

    path = story(tmp_path, "Police fired 96 shots.")
    status, out, _ = run(capsys, path, "--facts", saved("new.json", 104), "--since", saved("old.json", 96))
    assert status == 1 and "No longer holds" in out and "was supported, is contradicted" in out
    status, out, _ = run(capsys, path, "--facts", saved("new.json", 96), "--since", saved("old.json", 96))
    assert status == 0 and "still holds" in out


def test_published_facts_come_before_the_default_incident(tmp_path):
    assert facts_for()[1] == "the incident dexter-reed-2024"
    write(tmp_path / "published" / "facts.json", '{"facts": [{"name": "pages", "value": 81, "unit": "pages"}]}')
    known, told = facts_for()
    assert [fact.name for fact in known] == ["pages"] and told.endswith("facts.json")
    assert facts_for(incident="rehearsal")[1] == "the incident rehearsal"


def test_an_incidents_facts_stand_once_where_the_file_holds_them_too(tmp_path, reed):
    facts.notebook("test-claims")
    facts.record_all(reed)
    place = facts.save(tmp_path)
    known, told = facts_for(place, "dexter-reed-2024")
    assert len(known) == len(reed) and " and " in told


def test_help_shows_examples_and_loads_nothing_heavy():
    code = "import sys; from helpers import cli\ntry: cli.main(['claims', '--help'])\nexcept SystemExit: pass\n"
    code += "assert not {'pandas', 'altair', 'numpy'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--since" in done.stdout and "<!-- fact:" in done.stdout


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 375])
def test_the_page_is_accessible_in_light_and_dark_wide_and_narrow(browser, reed, scheme, width):
    article = Path(__file__).parent / "articles" / "reed-stop.md"
    wrong = check_text("Police fired 120 shots. Reed fired 11 shots. Ninety people marched in District 11.", reed)
    for shown in (check(article, reed), wrong):
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.set_content(as_page(shown))
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
