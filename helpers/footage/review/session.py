"""A review: what one person decided about each proposed shot, and nothing of how it is shown.

The kit proposes; a person decides. A mark begins as a proposal without a verdict, or is added by the reviewer. Each
action is written to the journal before it counts, and the state is always what the journal says: opening a review again
gives the state back, undo and redo included.

Times are on the *reference* clock, that of the first clip; see `Recording`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import schema
from ...problems import InputError, Problem
from .journal import Journal, file_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["VERDICTS", "Mark", "Recording", "Review", "start"]

# A verdict, and the confidence it gives the shot in the log; None is no row.
VERDICTS = {"confirmed": "certain", "possible": "possible", "echo": "possible echo", "rejected": None}
FOLDER = "reviews"
# What a hand can place: a mark is never taken to be known better than this.
HAND_S = 0.001
# A muzzle blast lasts 3 to 5 ms: nearer than this, a second mark would be the same shot entered twice.
SAME_S = 0.005


@dataclass(frozen=True)
class Recording:
    """One clip as a review knows it: its file's name and hash, its rate, and where it stands on the reference clock.

    ``offset_s`` is added to a time on the clip's clock to give the reference's, after the clip's clock was put right by
    ``drift_ppm`` millionths; ``u_s`` is that offset's uncertainty, 0 for the reference itself. ``start_s`` and
    ``stop_s`` are on the clip's own clock.
    """

    file: str
    sha256: str
    rate: int
    start_s: float
    stop_s: float
    offset_s: float = 0.0
    u_s: float = 0.0
    drift_ppm: float = 0.0
    officer: str = ""

    def on_reference(self, t_s: float) -> float:
        """A time on the clip's own clock on the reference's."""
        return self.offset_s + t_s * (1 + self.drift_ppm * 1e-6)

    def on_own(self, t_s: float) -> float:
        """A time on the reference clock on the clip's own."""
        return (t_s - self.offset_s) / (1 + self.drift_ppm * 1e-6)


@dataclass(frozen=True)
class Mark:
    """One mark: where it is, what the detector said of it, and what the reviewer did. ``verdict`` '' is none yet."""

    id: str
    t_s: float
    u_s: float
    clip: str
    score: float | None = None
    proposed: str = ""
    reasons: tuple[str, ...] = ()
    verdict: str = ""
    shooter: str = "unknown"
    side: str = "unknown"
    note: str = ""
    moved: bool = False
    at: str = ""

    @property
    def added(self) -> bool:
        """Whether the reviewer added it, rather than the detector."""
        return self.id.startswith("a")


@dataclass
class Review:
    """One reviewer's review of one incident's recordings; see `start`.

    >>> review.do("confirm", mark="p1")                                     # doctest: +SKIP
    >>> review.progress()                                                   # doctest: +SKIP
    (1, 97)
    """

    journal: Journal
    recordings: tuple[Recording, ...]
    simulated: bool
    clock: Callable[[], datetime.datetime]
    marks: dict[str, Mark] = field(default_factory=dict)
    _done: list[dict[str, Any]] = field(default_factory=list)
    _undone: list[dict[str, Any]] = field(default_factory=list)

    @property
    def reviewer(self) -> str:
        """Who reviews."""
        return self.journal.head["reviewer"]

    def __post_init__(self) -> None:
        for action in self.journal.actions:
            self._take(action)
        self._fold()

    @classmethod
    def read(cls, path: str | Path, *, clock: Callable[[], datetime.datetime] | None = None) -> Review:
        """Open the review that a journal file holds.

        Raises
        ------
        InputError
            See `Journal.read`.
        """
        journal = Journal.read(Path(path))
        try:
            recordings = tuple(Recording(**entry) for entry in journal.head["clips"])
            return cls(journal, recordings, bool(journal.head["simulated"]), clock or _now)
        except (KeyError, TypeError, ValueError) as error:
            what = f"the journal does not fit together ({error})"
            raise InputError(Problem(what, "Restore the file from a copy.", path)) from None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return bool(self._undone)

    # What the reviewer does

    def do(self, what: str, **more: Any) -> Mark | None:
        """Do one thing, write it to the journal, and return the mark it was about.

        ==================== ===========================================================================
        what                 more
        ==================== ===========================================================================
        confirm, possible,   ``mark``
        echo, reject, clear
        add                  ``t_s``, ``u_s``, ``clip``: a shot that was not proposed; it counts as confirmed
        move                 ``mark``, ``t_s``, ``u_s``: the new time and how closely it could be placed
        shooter              ``mark``, ``shooter``, ``side``
        note                 ``mark``, ``note``
        undo, redo
        ==================== ===========================================================================

        Raises
        ------
        ValueError
            If there is no such mark or action, a time is outside the recordings, a shot is added where a mark stands
            already, or there is nothing to undo.
        InputError
            If the journal cannot be written; the state is then as it was.
        """
        action = {"do": what, **more}
        if what == "add":
            action["mark"] = f"a{sum(one['do'] == 'add' for one in self.journal.actions) + 1}"
        self._check(action)
        self.journal.append(action | {"at": self.clock().isoformat(timespec="seconds")})
        self._take(self.journal.actions[-1])
        self._fold()
        return self.marks.get(action.get("mark", ""))

    def _check(self, action: dict[str, Any]) -> None:
        what = action["do"]
        if what in ("undo", "redo"):
            if not (self._done if what == "undo" else self._undone):
                raise ValueError(f"there is nothing to {what}")
            return
        if what not in _EFFECTS:
            raise ValueError(f"{what!r} is not something a reviewer does")
        if what != "add" and action.get("mark") not in self.marks:
            raise ValueError(f"there is no mark {action.get('mark')!r}")
        if what in ("add", "move"):
            self._check_time(action)
        if what == "add":
            self._check_apart(action["t_s"])
        if what == "add" and action.get("clip") not in {recording.file for recording in self.recordings}:
            raise ValueError(f"there is no clip {action.get('clip')!r} in this review")
        if what == "shooter" and action.get("side") not in schema.SHOT_LOG["side"].choices:
            raise ValueError(f"{action.get('side')!r} is not a side")
        if what in ("shooter", "note") and not isinstance(action.get(what), str):
            raise ValueError(f"{what} takes a text")

    def _check_time(self, action: dict[str, Any]) -> None:
        times = action.get("t_s"), action.get("u_s")
        if not all(isinstance(time, (int, float)) and math.isfinite(time) for time in times) or times[1] < 0:
            raise ValueError("a mark needs a time and how closely it is known, in seconds")
        first, last = self.extent()
        if not first <= times[0] <= last:
            raise ValueError(f"{times[0]:.3f} s is outside the recordings")

    def _check_apart(self, t_s: float) -> None:
        """Refuse a shot where one stands already, but for rejected ones: it would be counted twice."""
        for mark in self.ordered():
            if mark.verdict != "rejected" and abs(mark.t_s - t_s) < SAME_S:
                raise ValueError(f"a mark stands at {mark.t_s:.3f} s already: judge or move that one")

    # What follows from it

    def _take(self, action: dict[str, Any]) -> None:
        if action["do"] == "undo":
            self._undone.append(self._done.pop())
        elif action["do"] == "redo":
            self._done.append(self._undone.pop())
        else:
            self._done.append(action)
            self._undone.clear()

    def _fold(self) -> None:
        self.marks = {entry["id"]: _proposed(entry) for entry in self.journal.head["proposals"]}
        for action in self._done:
            self.marks[action["mark"]] = _EFFECTS[action["do"]](self.marks.get(action["mark"]), action)

    def ordered(self) -> list[Mark]:
        """The marks in order of time."""
        return sorted(self.marks.values(), key=lambda mark: (mark.t_s, mark.id))

    def extent(self) -> tuple[float, float]:
        """From where to where there is a recording, in seconds on the reference clock."""
        return (
            min(recording.on_reference(recording.start_s) for recording in self.recordings),
            max(recording.on_reference(recording.stop_s) for recording in self.recordings),
        )

    def progress(self) -> tuple[int, int]:
        """How many marks have a verdict, and how many there are."""
        return sum(bool(mark.verdict) for mark in self.marks.values()), len(self.marks)

    def next_unreviewed(self, after: str | None = None) -> Mark | None:
        """The first mark without a verdict after this one, going on from the start; None where all have one."""
        order = self.ordered()
        place = next((place + 1 for place, mark in enumerate(order) if mark.id == after), 0)
        return next((mark for mark in (*order[place:], *order[:place]) if not mark.verdict), None)

    def shooters(self) -> dict[str, str]:
        """The shooters named so far with their sides, in the order they were named."""
        named = {action["shooter"]: action["side"] for action in self._done if action["do"] == "shooter"}
        return {name: side for name, side in named.items() if name and name != "unknown"}

    def recording(self, file: str) -> Recording:
        """The recording of a file's name."""
        return next(recording for recording in self.recordings if recording.file == file)


def _proposed(entry: dict[str, Any]) -> Mark:
    return Mark(**{**entry, "reasons": tuple(entry["reasons"])})


def _judged(verdict: str):
    return lambda mark, action: replace(mark, verdict=verdict, at=action["at"])


def _added(mark: Mark | None, action: dict[str, Any]) -> Mark:
    return Mark(action["mark"], action["t_s"], max(action["u_s"], HAND_S), action["clip"], verdict="confirmed",
                at=action["at"])  # fmt: skip


def _moved(mark: Mark, action: dict[str, Any]) -> Mark:
    return replace(mark, t_s=action["t_s"], u_s=max(action["u_s"], HAND_S), moved=True, at=action["at"])


_EFFECTS: dict[str, Callable[[Mark, dict[str, Any]], Mark]] = {
    "confirm": _judged("confirmed"),
    "possible": _judged("possible"),
    "echo": _judged("echo"),
    "reject": _judged("rejected"),
    "clear": _judged(""),
    "add": _added,
    "move": _moved,
    "shooter": lambda mark, action: replace(mark, shooter=action["shooter"].strip() or "unknown", side=action["side"]),
    "note": lambda mark, action: replace(mark, note=action["note"].strip()),
}


def start(
    folder: str | Path,
    reviewer: str,
    recordings: Sequence[Recording],
    proposals: pd.DataFrame,
    *,
    simulated: bool = False,
    clock: Callable[[], datetime.datetime] | None = None,
) -> Review:
    """Begin a review, or go on with the one this reviewer has begun.

    Parameters
    ----------
    folder : path
        The incident's folder; the journal is ``reviews/<reviewer>.jsonl`` in it.
    reviewer : str
        Who reviews. Two reviewers of one incident do not see each other's verdicts: see `compare`.
    recordings : sequence of Recording
        The first is the reference.
    proposals : DataFrame
        ``t_s`` (reference clock), ``u_s``, ``score``, ``confidence``, ``reasons``, ``clip``, as `propose` and `fuse`
        give them.

    Raises
    ------
    InputError
        If the reviewer has no name, or has begun a review of other recordings or other proposals.
    """
    path = Path(folder) / FOLDER / file_name(reviewer)
    if not recordings:
        raise ValueError("a review needs a recording")
    entries = [
        {"id": f"p{number}", "t_s": round(float(row["t_s"]), 6), "u_s": round(float(row["u_s"]), 6),
         "clip": row["clip"], "score": round(float(row["score"]), 4), "proposed": row["confidence"],
         "reasons": list(row["reasons"])}
        for number, row in enumerate(proposals.sort_values("t_s", kind="stable").to_dict("records"), start=1)
    ]  # fmt: skip
    head = {"reviewer": " ".join(reviewer.split()), "simulated": simulated, "proposals": entries,
            "clips": [asdict(recording) for recording in recordings]}  # fmt: skip
    if path.exists():
        review = Review.read(path, clock=clock)
        _refuse_other(review, head, path)
        return review
    return Review(Journal.start(path, head), tuple(recordings), simulated, clock or _now)


def _refuse_other(review: Review, head: dict[str, Any], path: Path) -> None:
    """Refuse to go on with a review of something else: verdicts would land on other sounds."""
    had = review.journal.head
    if [entry["sha256"] for entry in had["clips"]] != [entry["sha256"] for entry in head["clips"]]:
        what = f"{had['reviewer']}'s journal is of other recordings: {', '.join(e['file'] for e in had['clips'])}"
        raise InputError(Problem(what, "Move it away to begin anew, or open its own recordings.", path))
    same = [(entry["t_s"], entry["clip"]) for entry in had["proposals"]]
    if same != [(entry["t_s"], entry["clip"]) for entry in head["proposals"]]:
        what = f"{had['reviewer']}'s journal is of other proposals ({len(same)}, now {len(head['proposals'])})"
        remedy = "Go on with it by Review.read, or move it away to begin anew with these."
        raise InputError(Problem(what, remedy, path))


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
