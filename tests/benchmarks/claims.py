"""How well claims are checked: true articles with one number changed at a time.

    python tests/benchmarks/claims.py [--show] [ARTICLE ...]

Each ``tests/articles/<name>.toml`` lists changes to the article beside it (one is ``reed-cnn.txt`` in ``../shared``,
skipped where that is absent), sorted by hand into those that make it false and those that keep it true. A false one is
caught if a claim in the changed sentences is contradicted or unsupported; a true one is wrongly flagged if one there
is (even if it was before the change); of a whole paragraph only the sentences that differ count. An article's ``set``
says when it was written: those without were used to make the rules ("development"); H1, H2, ... were each written
before the rules were changed, looked at once, and only then used to mend them (H17 but for one verb; of H18 four of
six, reed-tallies and reed-sum not). `FIRST_LOOK` keeps what that first look gave, which is what to expect of an article
nobody has seen. Time is for 100 KB of text.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
import tomllib
from collections import Counter
from pathlib import Path

from helpers import facts, incidents
from helpers.claims import check_text

HERE = Path(__file__).resolve().parent.parent / "articles"
SHARED = Path(os.environ.get("KIT_SHARED", Path(__file__).resolve().parents[3] / "shared"))
# What each held-out set gave when it was first looked at, with the rules as they then were: false caught, true flagged,
# in percent; beside it the rules before, which were made for single cases.
FIRST_LOOK = {"H1": "94 / 10 (before: 94 / 28)", "H2": "98 / 33 (before: 96 / 47)", "H3": "100 / 32 (before: 99 / 38)",
              "H4": "99 / 33 (before: 98 / 51)", "H5": "100 / 15",
              "H6": "100 / 26", "H7": "93 / 33", "H8": "97 / 42", "H9": "100 / 24", "H10": "95 / 46",
              "H11": "97 / 38", "H12": "97 / 40", "H13": "100 / 17", "H14": "100 / 24",
              "H15": "96 / 40", "H17": "100 / 7 (before: 97 / 19)", "H18": "96 / 15"}  # fmt: skip
# Text made to be slow: units that are said over and over.
SLOW = ("1 ", "1-", "1. ", "96 shots, ", "96 shots\n", "about 1 x ", "Reed 1 ", "He fired 96. They fired 11. ",
        "For every shot Reed fired, the police fired 9, ")  # fmt: skip
FLAGGED = ("contradicted", "unsupported")


def changes(name: str):
    """The article's text, its facts and its changes: (what was, what it becomes, whether it stays true)."""
    table = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    if "article" in table:
        text = (SHARED / "articles" / table["article"]).read_text(encoding="utf-8")
    else:
        text = next(path for path in HERE.glob(f"{name}.*") if path.suffix in (".md", ".txt")).read_text(
            encoding="utf-8"
        )
    known = (
        facts.read(HERE / table["facts"]) if table["facts"].endswith(".json") else incidents.load(table["facts"]).facts
    )
    listed = []
    for change in table["change"]:
        assert text.count(change["find"]) == 1, f"{name}: {change['find']!r} stands {text.count(change['find'])} times"
        listed += [(change["find"], other, False) for other in change["false"]]
        listed += [(change["find"], other, True) for other in change["true"]]
    return text, known, listed


def part(name: str) -> str:
    """The set an article belongs to: ``development``, or ``H1`` and so on."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")).get("set", "development")


def flagged(text: str, known, start: int = 0, end: int | None = None) -> list:
    """The claims that would be shown to the reporter as wrong, in the sentences that ``start`` to ``end`` touch."""
    claims = check_text(text, known).claims
    if end is None:
        return [claim for claim in claims if claim.status in FLAGGED]
    before, after = _sentence_start(text, start), _sentence_end(text, end)
    # A claim may begin before what looks like a sentence's start: "Aug. | 23".
    return [claim for claim in claims if claim.status in FLAGGED and claim.start < after and claim.end > before]


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from their beginning."""
    differ = (at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1)
    return next(differ, min(len(one), len(other)))


def _sentence_start(text: str, at: int) -> int:
    return max((match.end() for match in re.finditer(r"[.?!][”\"]?\s+|\n\n", text[:at])), default=0)


def _sentence_end(text: str, at: int) -> int:
    match = re.compile(r"[.?!][”\"]?\s+|\n\n").search(text, max(at - 2, 0))
    return match.end() if match else len(text)


def run(name: str, show: bool = False) -> Counter:
    """Counts for one article: ``false``, ``caught``, ``true``, ``flagged`` and ``base`` (flagged before any change)."""
    text, known, listed = changes(name)
    base = flagged(text, known)
    counted = Counter(base=len(base))
    for claim in base if show else ():
        print(f"  {name}: flagged as it stands: {claim.text!r}: {claim.status}: {claim.working}")
    for old, new, stays_true in listed:
        start = text.index(old)
        same, rest = _alike(old, new), _alike(old[::-1], new[::-1])
        end = start + max(same, len(new) - rest)
        found = flagged(text.replace(old, new), known, start + same, end)
        counted["true" if stays_true else "false"] += 1
        counted["flagged" if stays_true else "caught"] += bool(found)
        if show and bool(found) == stays_true:
            why = "; ".join(f"{claim.text!r} {claim.status}: {claim.working}" for claim in found)
            print(f"  {name}: {'TRUE, FLAGGED' if stays_true else 'FALSE, MISSED'}: {old!r} -> {new!r} {why}")
    return counted


def speed(known) -> float:
    """Processor seconds for 100 KB of prose dense with numbers (over 2,000 of them)."""
    text = "\n\n".join(
        path.read_text(encoding="utf-8") for path in sorted(HERE.glob("reed*.[mt]*")) if path.suffix != ".toml"
    )
    text = (text + "\n\n") * (100_000 // len(text) + 1)
    start = time.process_time()
    check_text(text[:100_000], known)
    return time.process_time() - start


def tumbled(size: int) -> str:
    """Words of the field and numbers in no order and without a stop: one line in which no sentence is said twice."""
    text = "police officers fired Reed shots 96 about the in of 41 seconds four and he was hit 13 times"
    words = text.split()
    drawn = random.Random(7)
    return " ".join(drawn.choice(words) for _ in range(size // 3))[:size]


def show_times(known) -> None:
    """Processor seconds for 50, 100 and 200 KB: twice the text should take about twice the time."""
    kinds = {repr(unit): lambda size, unit=unit: (unit * size)[:size] for unit in SLOW}
    kinds["one line without a stop"] = tumbled
    for label, made in kinds.items():
        taken = []
        for size in (50_000, 100_000, 200_000):
            start = time.process_time()
            check_text(made(size), known)
            taken.append(f"{time.process_time() - start:.2f} s")
        print(f"{label:52} 50, 100, 200 KB in {', '.join(taken)} of processor time")
    print(f"100 KB, dense with numbers, in {speed(known):.2f} s of processor time")


def line(label: str, counted: Counter) -> str:
    caught, false = counted["caught"], counted["false"]
    wrong, true = counted["flagged"], counted["true"]
    rates = (
        f"{caught / max(false, 1):7.1%} of {false:4} false caught, {wrong / max(true, 1):6.1%} of {true:4} true flagged"
    )
    return f"{label:22} {rates}, {counted['base']} flagged as it stands"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*")
    parser.add_argument("--show", action="store_true", help="show each miss")
    args = parser.parse_args()
    totals: dict[str, Counter] = {}
    names = args.articles or sorted(path.stem for path in HERE.glob("*.toml") if path.stem != "claims")
    for name in names:
        if name == "reed-cnn" and not (SHARED / "articles" / "reed-cnn.txt").exists():
            print(f"{name:22} skipped: no {SHARED.name}/articles/reed-cnn.txt here")
            continue
        counted = run(name, args.show)
        print(line(name, counted))
        totals.setdefault(part(name), Counter()).update(counted)
    for label, counted in sorted(totals.items()):
        first = f"; held out, first look {FIRST_LOOK[label]}" if label in FIRST_LOOK else ""
        print(line(label.upper(), counted) + first)
    show_times(incidents.load("dexter-reed-2024").facts)


if __name__ == "__main__":
    main()
