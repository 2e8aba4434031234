"""Whose shots, whose wounds, which officers: the part a number plays in its sentence.

Each reading gives ``(head, deed, who)``. What the sentence does not say stays '': a fact may fill it, never a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon import HEADS, VERBS
from .words import stem

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

from .officers import FORCES
from .shots import Role
from .unsaid import Unsaid

__all__ = ["Role", "role"]


class _Role(Unsaid):
    """The part of one quantity, read from its sentence."""

    def role(self) -> Role:
        """As its noun and verb say; "ten shots apiece" are each one's."""
        head, action, who = self._role()
        after = self.right + 1
        acting = VERBS.get(stem(self.low(after))) or self.low(after) in ("of", "had", "has", "have", "would")
        shared = after in self.taken or bool(acting)
        apiece = self.low(self.right) == "apiece" or (self.low(self.right) == "each" and not shared)
        return (
            (head, action, "each") if apiece and head in ("shot", "times") and who != "other" else (head, action, who)
        )

    def _role(self) -> Role:
        quantity = self.quantity
        noun = self.low(quantity.head) if quantity.head is not None else ""
        if noun in ("others", "other"):
            noun = ""  # "four others returned fire": of those told of before
        head = HEADS.get(stem(noun), "") if noun else ""
        if noun == "times" or quantity.form == "once":
            return self.times()
        if noun in ("police", "cops") or (stem(noun) == "member" and self._of_force()):
            head = "officer"
        if noun in FORCES and any(self.low(at) in ("member", "man", "officer", "person") for at in quantity.nouns):
            head = "officer"  # "the five-member team"
        crew = {self.low(at) for at in range(self.right, self.right + 2)} & FORCES
        if noun in ("man", "member", "person") and crew and self.low(quantity.head - 1) == "-":
            head = "officer"  # "a five-man crew"
        if head == "shot":
            return self.shots()
        if head == "wound":
            return "wound", "hit", self._whose_wounds()
        if head == "officer":
            return "officer", self.officers(), ""
        if not noun:
            return self.elliptical()
        if stem(noun) in ("reload", "magazin"):
            return "reload", "reload", ""
        return head or stem(noun), "", ""


def role(scene: Scene, quantity: Quantity) -> Role:
    """The part of a quantity: what it counts (a class of `HEADS` or a stem), what was done, and by or to whom."""
    return _Role(scene, quantity).role()
