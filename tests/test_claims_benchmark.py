"""The benchmark's bars on its articles: what is false is caught, what is true is not flagged."""

import os
from collections import Counter
from pathlib import Path

import pytest

from helpers import incidents
from helpers.claims import check
from tests.benchmarks import claims as benchmark
from tests.benchmarks import every_number

UNSEEN = ("reed-tallies", "reed-sum")  # never used to mend a rule
QUICK = ("reed-cnn", "reed-stop", "force-rates")
NAMES = [
    pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
    for name in sorted(path.stem for path in benchmark.HERE.glob("*.toml"))
]
CNN = Path(os.environ.get("KIT_SHARED", benchmark.SHARED)) / "articles" / "reed-cnn.txt"


@pytest.mark.parametrize("name", NAMES)
def test_changes_to_one_number_are_caught_where_false_and_let_stand_where_true(name):
    if name == "reed-cnn" and not CNN.exists():
        pytest.skip("no shared articles here")
    counted: Counter = benchmark.run(name)
    assert counted["caught"] >= 0.93 * counted["false"]
    if benchmark.part(name) == "development":
        assert counted["base"] == 0
        assert counted["caught"] >= 0.95 * counted["false"]
        assert counted["flagged"] <= 0.02 * counted["true"]
    else:
        # Written to find what the rules do not know; what each still misses is in the benchmark's own output.
        assert counted["flagged"] <= (0.35 if name in UNSEEN else 0.17) * counted["true"]


@pytest.mark.skipif(not CNN.exists(), reason="no shared articles here")
def test_every_number_of_the_cnn_article_is_supported_or_marked():
    report = check(CNN, incidents.load("dexter-reed-2024").facts)
    assert [(claim.text, claim.status) for claim in report.claims] == [
        ("96 shots", "supported"),
        ("March 21", "supported"),
        ("26-year-old", "supported"),
        ("March 21", "supported"),
        ("one", "not a claim"),
        ("dozens of gunshots", "supported"),
        ("five", "supported"),
        ("District 11", "not a claim"),
        ("one officer", "supported"),
        ("four officers", "supported"),
        ("approximately 96 times", "supported"),
        ("41-second", "supported"),
    ]


@pytest.mark.parametrize("name", ["reed-stop", "reed-column", "reed-mother", "diallo"])
def test_every_number_changed_by_rule_is_caught_and_none_is_flagged_for_being_written_in_words(name):
    counted: Counter = every_number.run(name, every=2)
    assert counted["true"] and counted["false"] > 15
    assert counted["flagged"] == 0
    assert counted["caught"] >= 0.93 * counted["false"]
