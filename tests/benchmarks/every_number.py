"""Every supported number of an article changed by rule: no hand chooses the changes.

    python -m tests.benchmarks.every_number [--show] [--every N] [ARTICLE ...]

Each number that a fact supports is replaced by others (one more, one less, a third more or less, double, three figures
of record), its unit by another ("minutes" for "seconds") and its hedge by a bound that does not hold; each time the
article has become false, and the number should be flagged. It is also written in words for digits or digits for words,
and "about" in its other words; then it should not be. A change to what another source, or another fact of the same
sort, says is left out where the kit reports a conflict between sources: it may be true.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator

from helpers.claims import Claim, check_text

from .claims import FLAGGED, HERE, changes, line, part

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ABOUT = ("about", "roughly", "approximately", "some", "around")
_SPREAD = 2  # paragraphs around a number that are read with it


def in_words(number: int) -> str:
    """A number below a hundred in words.

    >>> in_words(41), in_words(13)
    ('forty-one', 'thirteen')
    """
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")


_WORDS = {in_words(number): number for number in range(100)}
_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_HEDGE = re.compile(rf"(?:{'|'.join(_ABOUT)})\s+", re.IGNORECASE)


def variants(claim: Claim, figures: list[float], dice: random.Random) -> Iterator[tuple[str, bool]]:
    """What a supported number's words may become, each with whether it stays true."""
    match = _NUMBER.search(claim.text)
    digits = match.group()[0].isdigit()
    value = float(match.group().replace(",", "")) if digits else float(_WORDS[match.group().lower()])

    def put(new: str) -> str:
        return claim.text[: match.start()] + new + claim.text[match.end() :]

    whole = value == int(value) and "third" not in claim.text
    if whole and value < 100:
        yield put(in_words(int(value)) if digits else f"{value:g}"), True
    hedge = _HEDGE.match(claim.text)
    if hedge and claim.hedge == "about" and value != 1:
        yield from ((f"{other} {claim.text[hedge.end() :]}", True) for other in _ABOUT)
    if claim.hedge not in ("", "about", "nearly", "exactly"):
        return
    if value == 1:
        return  # "one officer" cannot be four of them without other words
    if not claim.hedge and whole and value > 4 and claim.fact_value == value:
        yield put(f"more than {match.group()}" if value < 20 else f"fewer than {match.group()}"), False
    if "second" in claim.text and claim.kind == "duration":
        yield claim.text.replace("second", "minute"), False
    other = {value + 1, value - 1, value * 2, *(round(value * by, 0 if whole else 1) for by in (1.3, 0.7))}
    for number in sorted(other | set(dice.sample(figures, min(3, len(figures))))):
        close = claim.hedge and abs(number - value) <= 0.11 * max(number, value)
        close = close or _rounds(number, claim.fact_value)
        if number <= 1 or number > 2000 or close or abs(number - value) < 1e-9:
            continue
        if digits or (number == int(number) and number < 100):
            yield put(f"{number:g}" if digits else in_words(int(number))), False


def _rounds(number: float, figure: object) -> bool:
    """Whether a number is the figure of record itself, told more or less closely."""
    return isinstance(figure, (int, float)) and abs(number - figure) <= 0.025 * abs(figure)


def run(name: str, every: int = 1, show: bool = False) -> Counter:
    """Counts for one article: ``false``, ``caught``, ``true``, ``flagged``; of every ``every``-th supported number."""
    text, known, _ = changes(name)
    dice, counted, seen = random.Random(name), Counter(base=0), 0
    figures = sorted({float(fact.value) for fact in known if isinstance(fact.value, (int, float))})
    paragraphs = [match for match in re.finditer(r"(?:(?!\n\n).)+", text, re.DOTALL)]
    for place, paragraph in enumerate(paragraphs):
        start = paragraphs[max(0, place - _SPREAD)].start()
        end = paragraphs[min(len(paragraphs) - 1, place + 1)].end()
        for claim in check_text(text[start:end], known).claims:
            first = start + claim.start
            chosen = claim.status in ("supported", "rounded") and isinstance(claim.value, (int, float))
            chosen = chosen and claim.kind not in ("date", "year", "clock", "ordinal") and _NUMBER.search(claim.text)
            if not chosen or not paragraph.start() <= first < paragraph.end():
                continue
            seen += 1
            if seen % every:
                continue
            for new, stays_true in variants(claim, figures, dice):
                changed = text[start:first] + new + text[start + claim.end : end]
                found = _verdicts(changed, known, claim.start, claim.start + len(new))
                if not stays_true and any(one.status == "conflicting sources" for one in found):
                    continue
                bad = [one for one in found if one.status in FLAGGED]
                counted["true" if stays_true else "false"] += 1
                counted["flagged" if stays_true else "caught"] += bool(bad)
                if show and bool(bad) == stays_true:
                    why = "; ".join(f"{one.status}: {one.working}" for one in found)
                    said = " ".join(changed[max(0, claim.start - 60) : claim.start + len(new) + 40].split())
                    kind = "TRUE, FLAGGED" if stays_true else "FALSE, MISSED"
                    print(f"  {name}: {kind}: {claim.text!r} -> {new!r} in {said!r}: {why[:160]}")
    return counted


def _verdicts(text: str, known, start: int, end: int) -> list[Claim]:
    """The claims that a stretch of a text touches."""
    return [claim for claim in check_text(text, known).claims if claim.start < end and claim.end > start]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*")
    parser.add_argument("--show", action="store_true", help="show each miss")
    parser.add_argument("--every", type=int, default=1, help="change only every so manieth number")
    args = parser.parse_args()
    total: Counter = Counter()
    names = args.articles or sorted(
        path.stem for path in HERE.glob("*.toml") if path.stem not in ("claims", "reed-cnn") and part(path.stem)
    )
    for name in names:
        counted = run(name, args.every, args.show)
        print(line(name, counted))
        total += counted
    print(line("ALL", total))


if __name__ == "__main__":
    main()
