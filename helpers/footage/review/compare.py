"""Two blind reviews beside each other: where they agree, and the shots that each has and the other has not.

Marks are paired by time, nearest first, within a tolerance; each stands in one pair at most. Agreement is told in two
ways: the share of marks on which both say the same, and Cohen's kappa (Cohen 1960, *Educational and Psychological
Measurement* 20), which takes off what two people who guess would agree on. Kappa counts only the proposals that both
judged: what neither marked is not a thing that can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...problems import InputError, Problem
from .outcome import MERGE_FLOOR_S, as_log, log_row
from .session import Mark, Review

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "compare", "joint_log", "kappa", "pairs"]


@dataclass(frozen=True)
class Comparison:
    """Two reviews compared.

    ``table``: a row a mark of either, in order of time: ``t_s, first, second, same, together`` (verdicts, '' for none;
    ``together`` the confidence both give, None for no shot). ``agreement`` is the share of rows with the same verdict,
    ``kappa`` NaN where chance leaves nothing to agree on. ``missed_by_first`` and ``missed_by_second`` are the times of
    the shots that the other one has.
    """

    reviewers: tuple[str, str]
    table: pd.DataFrame
    agreement: float
    kappa: float
    missed_by_first: tuple[float, ...]
    missed_by_second: tuple[float, ...]

    def __str__(self) -> str:
        first, second = self.reviewers
        parts = [f"{first} and {second} agree on {int(self.table['same'].sum())} of {len(self.table)} marks"]
        parts[0] += f" (kappa {self.kappa:.2f})" if self.kappa == self.kappa else ""
        for name, times in ((first, self.missed_by_first), (second, self.missed_by_second)):
            shown = ", ".join(f"{time:.2f}" for time in times[:10]) + (" ..." if len(times) > 10 else "")
            parts.append(f"{name} has not: {len(times)} shots" + (f" (at {shown} s)" if times else ""))
        return ". ".join(parts) + "."


def compare(first: Review, second: Review, *, within_s: float = MERGE_FLOOR_S) -> Comparison:
    """Compare two reviews of the same recordings.

    Raises
    ------
    InputError
        If they are by one person, or of other recordings.
    """
    import pandas as pd

    if first.journal.path == second.journal.path or first.reviewer == second.reviewer:
        raise InputError(Problem("both reviews are by one person", "Two blind reviews need two.", first.journal.path))
    if [one.sha256 for one in first.recordings] != [one.sha256 for one in second.recordings]:
        raise InputError(Problem("the reviews are of other recordings", "Compare two of one.", second.journal.path))
    rows = [
        {"t_s": (one or other).t_s, "first": one.verdict if one else "", "second": other.verdict if other else ""}
        for one, other in pairs(first, second, within_s)
    ]
    table = pd.DataFrame(rows, columns=["t_s", "first", "second"]).sort_values("t_s", ignore_index=True)
    # What neither judged is no agreement.
    table = table[(table["first"] != "") | (table["second"] != "")].reset_index(drop=True)
    table["same"] = table["first"] == table["second"]
    together = [_together(*pair) for pair in zip(table["first"], table["second"], strict=True)]
    table["together"] = pd.Series(together, dtype="object", index=table.index)
    both = table[(table["first"] != "") & (table["second"] != "")]
    heard = table[["first", "second"]].isin(["confirmed", "possible", "echo"])
    return Comparison(
        (first.reviewer, second.reviewer),
        table,
        float(table["same"].mean()),
        kappa(list(both["first"]), list(both["second"])),
        tuple(table["t_s"][~heard["first"] & heard["second"]]),
        tuple(table["t_s"][heard["first"] & ~heard["second"]]),
    )


def _together(first: str, second: str) -> str | None:
    """Both certain is certain; both against is none; an echo to either may be one; all else is possible."""
    words = {first, second}
    if words <= {"rejected", ""}:
        return None
    if words == {"confirmed"}:
        return "certain"
    return "possible echo" if "echo" in words else "possible"


def pairs(first: Review, second: Review, within_s: float = MERGE_FLOOR_S) -> list[tuple[Mark | None, Mark | None]]:
    """Marks of both reviews, each in one pair; those that only one has stand with None.

    What both took for a shot pairs first, then a proposal with itself, then the nearest: so a shot that one confirmed
    at its proposal and the other added by hand beside it is one shot.
    """
    near = sorted(
        (
            not (_heard(one) and _heard(other)),
            one.added or one.id != other.id,
            abs(one.t_s - other.t_s),
            one.id,
            other.id,
        )
        for one in first.ordered()
        for other in second.ordered()
        if abs(one.t_s - other.t_s) <= within_s
    )
    taken: dict[str, str] = {}
    for *_, one, other in near:
        if one not in taken and other not in taken.values():
            taken[one] = other
    of_first = [(one, second.marks.get(taken.get(one.id, ""))) for one in first.ordered()]
    used = set(taken.values())
    return of_first + [(None, other) for other in second.ordered() if other.id not in used]


def _heard(mark: Mark) -> bool:
    return mark.verdict in ("confirmed", "possible", "echo")


def joint_log(first: Review, second: Review, *, zero_s: float | None = None) -> pd.DataFrame:
    """The shot log that both reviews give together: what only one heard is possible, what one took for an echo may be.

    A shot's time is the first reviewer's where both have it, and its uncertainty is no less than half the distance
    between the two. Marks that neither judged a shot are left out.

    Raises
    ------
    InputError
        As `compare`; or if a review is not finished, or no shot is left.
    """
    compare(first, second)
    for review in (first, second):
        done, there = review.progress()
        if done < there:
            what = f"{review.reviewer} has not reviewed {there - done} of {there} marks"
            raise InputError(Problem(what, "Finish both reviews first.", review.journal.path))
    rows = []
    for one, other in pairs(first, second):
        confidence = _together(one.verdict if one else "", other.verdict if other else "")
        if confidence is None:
            continue
        mark, review = (one, first) if one and _heard(one) else (other, second)
        row = log_row(mark, review, confidence)
        if one and other and _heard(one) and _heard(other):
            row["u_s"] = max(row["u_s"], round(abs(one.t_s - other.t_s) / 2, 6))
            if row["shooter"] != other.shooter and other.shooter != "unknown":
                row |= {"shooter": "unknown", "note": _said(row["note"], f"{mark.shooter} or {other.shooter} fired")}
        row["reviewer"] = f"{first.reviewer} and {second.reviewer}"
        rows.append(row)
    return as_log(rows, first, zero_s)


def _said(*parts: str | None) -> str:
    return "; ".join(filter(None, parts))


def kappa(first: list[str], second: list[str]) -> float:
    """Cohen's kappa of two judges' words on the same things; NaN where chance alone would make them agree on all.

    >>> kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    if not first:
        return float("nan")
    observed = sum(one == other for one, other in zip(first, second, strict=True)) / len(first)
    expected = sum(first.count(word) * second.count(word) for word in set(first)) / len(first) ** 2
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")
