"""Numbers that leave their unit to another: ``from 3.1 deaths per million to 3.45``, ``for whites it was 2.49``.

A decimal counts nothing by itself, and "from ... to ..." puts two numbers of one kind together; what either leaves out
is that of the nearest number before it (or after it, in "from 3.1 to 3.45 deaths per million").
"""

from __future__ import annotations

from dataclasses import replace

from .phrases import FALLING, RISING
from .quantities import Quantity
from .words import Token

__all__ = ["completed"]

_LENDING = ("rate", "percent", "ratio", "interval", "money", "duration", "points")
_NEAR = 12  # tokens: one part of a sentence
_FAR = 45  # tokens: some two sentences


def completed(found: list[Quantity], words: list[Token]) -> list[Quantity]:
    """The quantities of a text, those without a unit of their own with that of the number they go with."""
    out: list[Quantity] = []
    lender: Quantity | None = None
    for place, quantity in enumerate(found):
        if quantity.reason or quantity.kind != "count" or quantity.head is not None:
            lender = quantity if quantity.kind in _LENDING else None if quantity.kind == "count" else lender
            out.append(quantity)
            continue
        before = words[quantity.first - 1].low if quantity.first else ""
        whole = quantity.written.low == int(quantity.written.low)
        following = found[place + 1] if place + 1 < len(found) else None
        it_was = before in ("was", "is") and words[quantity.first - 2].low == "it"
        whole = whole or words[quantity.last].low == "of" if quantity.last < len(words) else whole
        measured = lender is not None and lender.kind not in ("duration", "money")
        to_one = [word.low for word in words[quantity.last : quantity.last + 3] if word.low not in ("-", "‐")][:1] == [
            "to"
        ]
        it_was = it_was and not to_one  # "it is nearly nine to one"
        other_side = before == "to" and quantity.written.low == 1 and out and out[-1].last >= quantity.first - 1
        joined = not other_side and (
            not whole
            or (it_was and measured)
            or (before == "to" and lender is not None and lender.kind != "duration" and _moves(words, quantity.first))
        )
        # "14 shots a second at Walker and two at Reed": the second pace leaves its unit out.
        after, name = words[quantity.last : quantity.last + 2] if quantity.last + 1 < len(words) else (None, None)
        beside = name is not None and after.low in ("at", "for", "in") and name.capital
        # "In Akron, 14 shots a second; in Vallejo, 16": so does one that stands behind its place.
        opening = [word.low for word in words[max(0, quantity.first - 5) : quantity.first]]
        beside = beside or (quantity.head is None and bool({"in", "for"} & set(opening)) and opening[-1] == ",")
        near = lender is not None and quantity.first - lender.last < _NEAR
        joined = joined or (beside and near and lender.kind == "rate")
        if lender and quantity.first - lender.last < _FAR and joined:
            out.append(_lent(quantity, lender))
        elif before == "from" and following and following.kind in _LENDING and following.first - quantity.last <= 2:
            out.append(_lent(quantity, following))
        else:
            if before == "from":
                lender = None  # "from 995 in 2015 to 1,162": two counts, whatever was told before them
            out.append(quantity)
    return out


def _moves(words: list[Token], at: int) -> bool:
    """Whether a number goes "to" another from one told before: "fell from 3.5 to 2.9", not "the sum came to 79"."""
    told = {word.low for word in words[max(0, at - 14) : at]}
    return bool(told & (RISING | FALLING | {"from", "compared", "went"}) - {"up", "down"})


def _lent(quantity: Quantity, lender: Quantity) -> Quantity:
    written = quantity.written
    if lender.kind in ("money", "duration"):
        written = written.times(lender.scale)
    return replace(
        quantity,
        kind=lender.kind,
        unit=lender.unit,
        per=lender.per,
        scale=lender.scale,
        head=lender.head,
        nouns=(),
        written=written,
        direction=lender.direction,
        form="lent",
    )
