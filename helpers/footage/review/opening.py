"""From recordings to a review: their sound read, shots proposed, cameras aligned and fused, and the session begun."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import paths
from ...problems import InputError, Problem
from .session import Recording, Review, start

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ..align import Offset
    from ..fitness import Fitness
    from ..sound import Clip

# Below this nothing is shown to a reviewer at all.
LEAST_FUSED = 0.05

__all__ = ["Footage", "incident_folder", "open_footage", "rehearsal_scene"]


@dataclass(frozen=True)
class Footage:
    """Recordings of one incident, listened to once: ``clips``, the first of them the reference, and their ``fitness``.

    ``offsets`` puts each on the reference's clock; ``proposals`` are fused, on that clock, in high recall, and
    ``balanced`` those that are more likely shots than not. ``truth`` is when each shot reached the reference camera,
    where the sound is ``simulated``, and else None.
    """

    clips: tuple[Clip, ...]
    fitness: tuple[Fitness, ...]
    offsets: tuple[Offset, ...]
    proposals: pd.DataFrame
    balanced: pd.DataFrame
    truth: np.ndarray | None = None
    _folder: Any = field(default=None, repr=False)

    @property
    def simulated(self) -> bool:
        """Whether it never happened."""
        return self.truth is not None or bool((self.proposals["status"] == "simulated").any())

    def recordings(self, officers: Sequence[str] = ()) -> list[Recording]:
        """The clips as a review knows them; ``officers`` says who wore each camera, in the clips' order."""
        named = [*officers, *[""] * len(self.clips)]
        return [
            Recording(clip.name, clip.sha256, clip.rate, round(clip.start_s, 6), round(clip.stop_s, 6),
                      round(offset.offset_s, 6), round(offset.u_s, 6), round(offset.drift_ppm, 3), officer)
            for clip, offset, officer in zip(self.clips, self.offsets, named, strict=False)
        ]  # fmt: skip

    def review(self, reviewer: str, folder: str | PathLike[str] | None = None, officers: Sequence[str] = ()) -> Review:
        """Begin this reviewer's review, or go on with it; its journal is in the incident's folder.

        ``folder`` is an incident's id or folder. Simulated sound needs none: its journal goes where the sound is, and
        is gone with it.
        """
        place = Path(self._folder.name) if folder is None and self._folder else incident_folder(folder)
        return start(place, reviewer, self.recordings(officers), self.proposals, simulated=self.simulated)

    def alignment(self) -> pd.DataFrame:
        """A row a clip: ``clip, offset_s, u_s, drift_ppm, matched``."""
        import pandas as pd

        columns = ("clip", "offset_s", "u_s", "drift_ppm", "matched")
        rows = [[getattr(offset, name) for name in columns] for offset in self.offsets]
        return pd.DataFrame(rows, columns=list(columns)).round({"offset_s": 4, "u_s": 4, "drift_ppm": 1})


def incident_folder(folder: str | PathLike[str] | None) -> Path:
    """The folder of an incident, by its id or its path.

    Raises
    ------
    InputError
        If none is named, or there is none.
    """
    if folder is None:
        remedy = "Make one with: kit incident new ID, and name it."
        raise InputError(Problem("a review of real footage belongs into an incident's folder", remedy))
    known = {place.name: place for place in paths.incident_folders()}
    place = known.get(str(folder), Path(folder))
    if not (place / "incident.toml").is_file():
        remedy = f"There are: {', '.join(known)}. Make another with: kit incident new ID."
        raise InputError(Problem("there is no such incident", remedy, value=str(folder)))
    return place


def open_footage(clips: Sequence[str | PathLike[str]] = (), *, salvage: bool = False) -> Footage:
    """Listen to recordings of one incident, the first of them the reference; a simulated scene where none is given.

    Raises
    ------
    InputError
        If a recording cannot be read, or cannot be aligned with the others: then review it alone.
    """
    if not clips:
        return rehearsal_scene()
    return _listened([Path(clip) for clip in clips], salvage)


def rehearsal_scene(seed: int = 20240321) -> Footage:
    """A simulated shooting on three cameras, for learning: the same for the same seed. No real event."""
    from ...shots.simulate import simulate as shot_times
    from ..simulate import Camera, simulate

    cameras = (
        Camera("car", snr_db=16.0),
        Camera("officer-a", x_m=2.2, y_m=-1.4, offset_s=1.7, snr_db=14.0, agc=True),
        Camera("officer-b", x_m=-1.6, y_m=1.9, offset_s=-0.8, snr_db=12.0, clip_db=6.0),
    )
    # Bursts with pauses, as the rehearsal's shot log has them; the first shot two seconds in.
    fired = shot_times(shots=40, span_s=22.0, shooters=3, seed=seed)["t_s"].to_numpy() + 2.0
    scene = simulate(shots=fired, shooters=3, cameras=cameras, clutter_per_minute=10.0, seed=seed)
    folder = tempfile.TemporaryDirectory(prefix="kit-rehearsal-")
    truth = scene.recordings[0].arrivals["t_s"].to_numpy()
    return _listened([one.write(Path(folder.name)) for one in scene.recordings], False, truth, folder)


def _listened(files: list[Path], salvage: bool, truth: np.ndarray | None = None, folder: Any = None) -> Footage:
    from ..align import Offset, aligned
    from ..fuse import fuse
    from ..log import heard
    from ..propose import proposals
    from ..sound import open_clip

    clips = [open_clip(file, salvage=salvage) for file in files]
    twice = {clip.name for clip in clips if sum(clip.name == other.name for other in clips) > 1}
    if twice:
        raise InputError(Problem("two recordings share a name", "Rename one.", value=", ".join(sorted(twice))))
    analyses, fitness, proposed = zip(*heard(clips, "high"), strict=True)
    single = [Offset(clips[0].name, 0.0, 0.0, 1.0)]
    offsets = aligned(analyses) if len(clips) > 1 else single
    refused = [
        Problem(
            f"cannot be aligned with {clips[0].name}: {offset.refused}", "Leave it out, and review it alone.", clip.path
        )
        for clip, offset in zip(clips, offsets, strict=True)
        if offset.offset_s is None
    ]
    if refused:
        raise InputError(refused)
    if len(clips) > 1:
        spans = [(clip.start_s, clip.stop_s) for clip in clips]
        # A review joins the alignment's part of the bound itself, also where a hand moves a mark (`outcome.timing`).
        every, balanced = (
            table.assign(u_s=table["heard_u_s"])
            for table in (fuse(proposed, offsets, spans, least=LEAST_FUSED), fuse(proposed, offsets, spans))
        )
    else:
        every, balanced = proposed[0], proposals(analyses[0], "balanced")
    return Footage(tuple(clips), fitness, tuple(offsets), every, balanced, truth, folder)
