"""Proposing shots: candidates, two looks at each, a score with its reasons, and times off the waveform.

The kit proposes; a person decides. A score is not a probability: it orders proposals, and it was fitted to recordings
that are not yours. Echoes and crack-blast pairs are flagged, never deleted.

>>> from helpers.footage.sound import open_clip
>>> propose(open_clip("bodycam.mp4"), recall="high")                      # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import model
from .analysis import ENVELOPE_S, analyse
from .candidates import candidates
from .context import CONTEXT, context
from .features import features

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .analysis import Analysis
    from .sound import Clip

__all__ = ["COLUMNS", "RECALL", "chosen", "less_for_machines", "proposals", "propose", "scored"]

COLUMNS = ["t_s", "u_s", "score", "confidence", "reasons", "status", "clip"]
RECALL = ("balanced", "high")
# A candidate whose first guess is lower than this is not looked at again.
HARDLY = 0.004
# Neighbours nearer than this may be one shot heard twice, and two may be heard as one: the merge floor.
CLOSE_S = 0.035
# Nearer than this, balanced takes two for the crack and the blast, or the two blows, of one shot.
PAIR_S = 0.033
# As much less likely, in log odds, the earlier of the two may be.
NEARLY = 1.5
GAP_TIED = 0.4
# A clip without anything that scores as much may hold no shot at all: there, more is asked of each sound.
SURELY = 0.9
# So many sure shots are few, and so many are many.
SURE = (3, 24)
# The thresholds between or at which a balanced cut may lie.
CUTS = ("balanced", "alone", "gap_from", "gap_to")
MOST_A_SHOT, MOST_A_MINUTE = 2.4, 6.0
# By as many log odds a lone sound is likelier than any other of its clip.
STANDS_OUT = 2.8
# Strokes as even as the first may be a gun's, as the second are a machine's and this many log odds less likely a shot.
EVEN, MACHINE = (0.5, 0.65), 6.0
MASKED_DB = 3.0
# log10 of 1 + 3 clipped samples.
CLIPPED = 0.602
ECHO_VOTES = 2.0
ECHO_SHARE = 0.4
CERTAIN = 0.8


def propose(clip: Clip, recall: str = "balanced") -> pd.DataFrame:
    """Propose the shots of a clip.

    Parameters
    ----------
    clip : Clip
        From `sound.open_clip`.
    recall : {'balanced', 'high'}
        ``balanced`` proposes what is more likely a shot than not, and one of two onsets nearer than `PAIR_S`; ``high``
        misses few and proposes more that are none.

    Returns
    -------
    DataFrame
        A row a proposal in order of time: ``t_s`` seconds on the clip's clock, of the sound's arrival; ``u_s`` timing
        bound ± s; ``score`` 0 to 1; ``confidence`` (``certain``, ``possible``, ``possible echo``); ``reasons`` (a tuple
        of sentences); ``status`` ``detected`` (``simulated`` for the simulator's own clips); ``clip`` the file's name.

    Raises
    ------
    InputError
        If the sound cannot be read whole, or is silent.
    """
    return proposals(analyse(clip), recall)


def proposals(analysis: Analysis, recall: str = "balanced") -> pd.DataFrame:
    """As `propose`, of a clip that was analysed already."""
    if recall not in RECALL:
        raise ValueError(f"recall is one of {', '.join(RECALL)}, not {recall!r}")
    table = scored(analysis)
    kept = chosen(table["t_s"].to_numpy(), table["score"].to_numpy(), model.shipped()["thresholds"], recall)
    return _told(table[kept].reset_index(drop=True), analysis)


def chosen(t_s: np.ndarray, score: np.ndarray, thresholds: dict[str, float], recall: str) -> np.ndarray:
    """Which candidates a setting proposes, as a boolean array.

    Balanced: of candidates within `PAIR_S` of each other the likelier, for a crack and its blast are one shot; of these
    all above a cut that is the clip's own (`_cut`). High: besides, what lies up to ``deeper`` log odds below the cut
    and scores ``high``, pairs and all, the likeliest first: no more than `MOST_A_SHOT` for each balanced proposal or
    `MOST_A_MINUTE`, for nobody reviews an hour of noise.
    """
    import numpy as np

    odds = log_odds(score)
    # What lies further below any cut than `NEARLY` decides nothing.
    worth = np.flatnonzero(odds >= min(log_odds(value) for value in (thresholds[name] for name in CUTS)) - NEARLY)
    balanced = np.zeros(len(odds), bool)
    balanced[worth] = _one_of_a_pair(t_s[worth], odds[worth])
    cut = _cut(np.sort(odds[balanced]), thresholds)
    balanced &= odds >= cut
    if recall == "balanced":
        return balanced
    others = np.flatnonzero(~balanced & (odds >= max(cut - thresholds["deeper"], log_odds(thresholds["high"]))))
    minutes = np.ptp(t_s) / 60 if len(t_s) else 0.0
    most = max(MOST_A_SHOT * balanced.sum() + 2, MOST_A_MINUTE * minutes) - balanced.sum()
    likeliest = others[np.argsort(-odds[others], kind="stable")[: int(np.ceil(most))]]
    return balanced | np.isin(np.arange(len(t_s)), likeliest)


def _cut(odds: np.ndarray, thresholds: dict[str, float]) -> float:
    """Where a clip's shots part from the rest, by its own scores as log odds in ascending order.

    How sure a model can be differs from recording to recording, but shots and the rest lie apart. So in a clip that
    surely holds a shot (`SURELY`) the cut is in the middle of the widest gap from ``gap_from`` to ``gap_to``, gaps
    further from the usual cut counting `GAP_TIED` less for each log odd. That is ``few`` where few shots are sure and
    ``many`` where many are (`SURE`): of two doubtful sounds, the one in a volley is likelier a shot. A clip with one
    sound that stands out of all others has that one, if it scores ``alone``. In all others what scores ``balanced`` is
    proposed.
    """
    import numpy as np

    first, last, few, many = (log_odds(thresholds[name]) for name in ("gap_from", "gap_to", "few", "many"))
    sure = int((odds >= log_odds(SURELY)).sum())
    if sure:
        usual = np.interp(np.log(sure), np.log(SURE), (few, many))
        edges = np.concatenate([[first], odds[(odds > first) & (odds < last)], [last]])
        middles = 0.5 * (edges[1:] + edges[:-1])
        return float(middles[np.argmax(np.diff(edges) - GAP_TIED * np.abs(middles - usual))])
    alone = len(odds) == 1 or (len(odds) > 1 and odds[-1] - odds[-2] >= STANDS_OUT)
    if alone and odds[-1] >= log_odds(thresholds["alone"]):
        return float(odds[-1])
    return float(log_odds(thresholds["balanced"]))


def log_odds(score):
    """Scores as log odds, none further out than 1 in 100,000."""
    import numpy as np

    score = np.clip(score, 1e-5, 1 - 1e-5)
    return np.log(score / (1 - score))


def _one_of_a_pair(t_s: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Candidates without likelier ones within `PAIR_S`; the earlier of two nearly as likely is when the shot began."""
    import numpy as np

    near = np.searchsorted(t_s, t_s - PAIR_S), np.searchsorted(t_s, t_s + PAIR_S)
    first, last = (places.tolist() for places in near)
    likely, kept = odds.tolist(), [False] * len(t_s)
    for place in np.argsort(-odds, kind="stable").tolist():
        kept[place] = not any(kept[first[place] : last[place]])
    first = np.searchsorted(t_s, t_s - PAIR_S, side="right").tolist()
    for place in [place for place, is_kept in enumerate(kept) if is_kept]:
        earlier = next((k for k in range(first[place], place) if likely[k] >= likely[place] - NEARLY), None)
        # Not one that another shot stands before in turn.
        if earlier is not None and not any(kept[first[earlier] : place]):
            kept[place], kept[earlier] = False, True
    return np.array(kept, bool)


def scored(analysis: Analysis) -> pd.DataFrame:
    """Every candidate that the second look saw, with its measures and ``score``; what training and tests look at."""
    weights = model.shipped()
    table = first_look(analysis)
    table = second_look(table, weights["first"].score(table))
    table["score"] = less_for_machines(weights["second"].score(table), table["beat"].to_numpy())
    return table


def less_for_machines(score: np.ndarray, beat: np.ndarray) -> np.ndarray:
    """Scores, less where sounds strike evenly for longer than a magazine lasts (`texture.beat`, `EVEN`).

    No line of the model: there are too few jackhammers to learn one from that spares bursts.
    """
    import numpy as np

    odds = log_odds(score) - MACHINE * np.clip((beat - EVEN[0]) / (EVEN[1] - EVEN[0]), 0, 1)
    return np.where(beat > EVEN[0], 1 / (1 + np.exp(-odds)), score)


def first_look(analysis: Analysis) -> pd.DataFrame:
    """All candidates of a clip with their measures."""
    return features(analysis, *candidates(analysis))


def second_look(table: pd.DataFrame, guess: np.ndarray) -> pd.DataFrame:
    """The candidates worth a second look, with what the likely shots tell about them."""
    import pandas as pd

    kept = guess >= HARDLY
    table = table[kept].reset_index(drop=True)
    if table.empty:
        return table.reindex(columns=[*table.columns, *CONTEXT, "echo_lag_s"])
    return pd.concat([table, context(table, guess[kept])], axis=1)


def _told(table: pd.DataFrame, analysis: Analysis) -> pd.DataFrame:
    """Proposals as a reporter reads them."""
    import numpy as np
    import pandas as pd

    gap = np.diff(table["t_s"].to_numpy(), prepend=-np.inf, append=np.inf)
    close = np.minimum(gap[:-1], gap[1:]) < CLOSE_S if len(table) else np.zeros(0, bool)
    echo = (10 ** table["echo_votes"].to_numpy() - 1 >= ECHO_VOTES) & (table["echo_share"].to_numpy() >= ECHO_SHARE)
    reasons = [
        _reasons(row, near, heard) for row, near, heard in zip(table.to_dict("records"), close, echo, strict=True)
    ]
    score = table["score"].to_numpy()
    confidence = np.where(score >= CERTAIN, "certain", "possible")
    confidence = np.where(echo & (score < CERTAIN), "possible echo", confidence)
    told = pd.DataFrame(
        {
            "t_s": table["t_s"].round(5), "u_s": _bounds(table, analysis), "score": table["score"].round(3),
            "confidence": confidence, "reasons": reasons, "clip": analysis.clip.name,
            "status": "simulated" if analysis.clip.simulated else "detected",
        }
    )  # fmt: skip
    return told[COLUMNS]


def _reasons(row: dict, close: bool, echo: bool) -> tuple[str, ...]:
    """What stands for and against a proposal, in a reporter's words."""
    told = []
    if row["over"] > 0:
        told.append(f"{row['over']:.0f} dB over the noise, rises {row['jump_max']:.0f} dB")
    if row["clipped"] > CLIPPED:
        told.append("clipped: its level is not known")
    if row["likely_masked"] < MASKED_DB:
        told.append("masked by the shot before")
    if echo:
        lag, votes = row["echo_lag_s"] * 1000, round(10 ** row["echo_votes"] - 1)
        told.append(f"echo or crack-blast lag {lag:.0f} ms seen {votes + 1} times")
    if row["beat"] >= EVEN[1]:
        told.append("one of many strokes as even as a machine's")
    if close:
        told.append("under 35 ms from its neighbour")
    return tuple(told)


def _bounds(table: pd.DataFrame, analysis: Analysis):
    """The timing bound of each proposal: the envelope's step and, where the attack is slow or masked, the attack."""
    import numpy as np

    attack = table["attack_ms"].to_numpy() / 1000
    masked = table["jump_max"].to_numpy() < 6
    return np.round(ENVELOPE_S + 1 / analysis.rate + 0.001 + np.where(masked, attack, 0.25 * attack), 5)
