"""The review widget: what a browser asks of the kernel, and what it gets. State lives here, in the `Review`.

The browser holds no decision: it sends what the reviewer does, and shows the state that comes back, which is written to
the journal first. Sound and pictures go only in the stretches it asks for.

================================================================== ==================================================
the browser sends                                                  and gets, under the same ``id``
================================================================== ==================================================
``{kind: "do", id, action: {do, mark, ...}}``                      ``done`` with ``mark``, or ``error``; the new state
``{kind: "view", id, clip, start_s, stop_s, width}``               ``view`` and four buffers, see `picture.View`
``{kind: "sound", id, clip, start_s, stop_s}``                     ``sound`` and a buffer of int16 samples
================================================================== ==================================================

Times are on the reference clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ...problems import InputError
from ..sound import Clip
from . import picture
from .session import Mark, Review

__all__ = ["ReviewWidget"]

_HERE = Path(__file__).parent


class ReviewWidget(anywidget.AnyWidget):
    """Review in JupyterLab: ``ReviewWidget(review, clips)``, the clips in the order of the review's recordings.

    Raises
    ------
    ValueError
        If the clips are not those of the review.
    """

    _esm = _HERE / "widget.js"
    _css = _HERE / "widget.css"
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, review: Review, clips: Sequence[Clip], *, title: str = "", **more: Any):
        if [clip.name for clip in clips] != [recording.file for recording in review.recordings]:
            raise ValueError("the clips are not the review's, in its order")
        self.review, self.title = review, title
        self.overviews = {clip.name: picture.Overview(clip) for clip in clips}
        super().__init__(state=state_of(review, title), **more)
        for overview in self.overviews.values():
            overview.start()
        self.on_msg(lambda _, message, buffers: self.answer(message))

    def answer(self, message: dict[str, Any]) -> None:
        """Answer one message of the browser; a fault goes back as words to show, never as a traceback."""
        reply = {"kind": message.get("kind"), "id": message.get("id")}
        buffers: list[bytes] = []
        try:
            made, buffers = _ANSWERS[message["kind"]](self, message)
            reply |= made
        except (InputError, ValueError) as error:
            reply["error"] = str(error)
        except (KeyError, TypeError) as error:
            reply["error"] = f"a message the kernel does not understand ({error})"
        self.send(reply, buffers)

    def _do(self, message: dict[str, Any]) -> tuple[dict, list]:
        action = dict(message["action"])
        mark = self.review.do(action.pop("do"), **action)
        self.state = state_of(self.review, self.title)
        return {"mark": mark.id if mark else None}, []

    def _view(self, message: dict[str, Any]) -> tuple[dict, list]:
        overview, recording = self.overviews[message["clip"]], self.review.recording(message["clip"])
        start, stop = float(message["start_s"]), float(message["stop_s"])
        seen = picture.view(overview, recording.on_own(start), recording.on_own(stop), int(message["width"]))
        about = {
            "clip": message["clip"],
            "start_s": start,
            "stop_s": stop,
            "width": len(seen.low),
            "bands": picture.BANDS,
            "finished": overview.finished,
            "error": overview.error,
        }
        return about, [part.tobytes() for part in (seen.low, seen.high, seen.levels, seen.known)]

    def _sound(self, message: dict[str, Any]) -> tuple[dict, list]:
        overview, recording = self.overviews[message["clip"]], self.review.recording(message["clip"])
        start, stop = (recording.on_own(float(message[edge])) for edge in ("start_s", "stop_s"))
        t_s, sound = picture.heard(overview.clip, start, stop)
        if not len(sound):
            raise ValueError("there is no sound here on this recording")
        about = {
            "t_s": recording.on_reference(t_s),
            "rate": overview.clip.rate,
            "channels": sound.shape[1],
            "frames": len(sound),
        }
        return about, [sound.tobytes()]

    def close(self) -> None:
        """End the threads that work out overviews, and the widget."""
        for overview in getattr(self, "overviews", {}).values():
            overview.stop()
        super().close()


_ANSWERS = {"do": ReviewWidget._do, "view": ReviewWidget._view, "sound": ReviewWidget._sound}


def state_of(review: Review, title: str = "") -> dict[str, Any]:
    """All that the browser shows of a review, as JSON holds it."""
    done, there = review.progress()
    first, last = review.extent()
    counted = {word: sum(mark.verdict == word for mark in review.marks.values()) for word in _COUNTED}
    at = review.journal.actions[-1]["at"] if review.journal.actions else ""
    return {
        "title": title,
        "reviewer": review.reviewer,
        "simulated": review.simulated,
        "journal": review.journal.path.name,
        "saved_at": at,
        "actions": len(review.journal.actions),
        "extent": [first, last],
        "reviewed": done,
        "there": there,
        "counted": counted,
        "can_undo": review.can_undo,
        "can_redo": review.can_redo,
        "shooters": [{"name": name, "side": side} for name, side in review.shooters().items()],
        "clips": [
            {"file": one.file, "officer": one.officer, "rate": one.rate, "u_s": one.u_s,
             "start_s": one.on_reference(one.start_s), "stop_s": one.on_reference(one.stop_s)}
            for one in review.recordings
        ],
        "marks": [_shown(mark) for mark in review.ordered()],
    }  # fmt: skip


_COUNTED = ("confirmed", "possible", "echo", "rejected")


def _shown(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id,
        "t_s": mark.t_s,
        "u_s": mark.u_s,
        "clip": mark.clip,
        "score": mark.score,
        "reasons": list(mark.reasons),
        "verdict": mark.verdict,
        "shooter": mark.shooter,
        "side": mark.side,
        "note": mark.note,
        "added": mark.added,
        "moved": mark.moved,
    }
