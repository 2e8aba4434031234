"""Numbers that a typing error or a strange table gives: nought, "zero percent", "0 of 0", numbers without end."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import facts, incidents
from helpers.claims import check_text

ARTICLES = Path(__file__).parent / "articles"
NAMES = sorted(path.stem for path in ARTICLES.glob("*.toml") if path.stem not in ("claims", "reed-cnn"))
ODD = [
    "0", "zero", "0.0", "0%", "zero percent", "none", "one in 0", "0 to 0", "0 of 0", "-1", "1e400", "9" * 400,
    "0." + "0" * 400 + "1", "half", "twice", "1st", "March 0", "2024-3-99999999999999999999", "1,000,000", ".5",
]  # fmt: skip
NUMBER = re.compile(r"\d[\d,.]*\d|\d|\b(?:one|two|three|four|five|six|ten|eleven|fifty|half|twice)\b")


def known_for(name):
    path = ARTICLES / f"{name}.facts.json"
    return facts.read(path) if path.exists() else incidents.load("dexter-reed-2024").facts


@pytest.mark.parametrize("way", ["numbers", "facts", "both"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_odd_numbers_in_an_article_or_a_table_are_judged_without_fault(way, seed):
    dice = random.Random(seed)
    name = dice.choice(NAMES)
    text, known = next(ARTICLES.glob(f"{name}.[mt][dx]*")).read_text(encoding="utf-8"), known_for(name)
    paragraphs = text.split("\n\n")
    at, rate = dice.randrange(len(paragraphs)), dice.choice((0.1, 0.3, 0.8))
    text = "\n\n".join(paragraphs[max(0, at - 2) : at + 3])
    if way != "facts":
        text = NUMBER.sub(lambda found: dice.choice(ODD) if dice.random() < rate else found[0], text)
    if way != "numbers":
        values = (0, 1, 2, -1, 1e-4, 1e12, 10**20)
        known = [
            replace(fact, value=dice.choice(values))
            if isinstance(fact.value, (int, float)) and dice.random() < 0.3
            else fact
            for fact in known
        ]
    for claim in check_text(text, known).claims:
        assert text[claim.start : claim.end] == claim.text
