"""Sentences that say again what was said before them in the same surroundings: each is read once.

An article repeats itself little; a log, a table or a text made to be slow does, and would else be read anew each time.
"""

from __future__ import annotations

from .subjects import Scene

__all__ = ["twins"]

# How far around a sentence its reading looks: years eight sentences back, what lasted one ahead.
_BACK, _AHEAD = 8, 1


def twins(scene: Scene) -> list[int]:
    """For each sentence the first one that is read just as it is, itself where there is none; describes all numbers."""
    texts: dict[str, int] = {}
    said = [texts.setdefault(scene.text[one.start : one.end], len(texts)) for one in scene.sentences]
    seen: dict[tuple, int] = {}
    found = []
    for number in range(len(scene.sentences)):
        twin = seen.setdefault(_surroundings(scene, number, said), number) if scene.in_sentence(number) else number
        if twin == number:
            for quantity in scene.in_sentence(number):
                if not quantity.reason:
                    scene.describe(quantity)
        else:
            scene.take_over(number, twin)
        found.append(twin)
    return found


def _surroundings(scene: Scene, number: int, said: list[int]) -> tuple:
    """All that the reading of a sentence depends on: its numbers, the sentences around it, how they were read."""
    first = scene.sentences[number].first
    near = range(max(0, number - _BACK), min(len(said), number + _AHEAD + 1))
    return (
        number - near.start,
        tuple(said[one] for one in near),
        tuple(scene.sentences[one].paragraph - scene.sentences[number].paragraph for one in near),
        tuple((q.first - first, q.last - first, q.kind, q.written, q.reason) for q in scene.in_sentence(number)),
        scene.topic(number),
        scene.told_cases.earlier(number),
        tuple((m.who, m.plural) for m in scene.people.mentions(number - 1)) if number else (),
        tuple(scene.described(quantity) for quantity in scene.in_sentence(number - 1)) if number else (),
    )
