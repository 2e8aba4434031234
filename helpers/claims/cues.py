"""The words that say what form a reckoning has, and by which a fact is spoken of without its number.

"17 short" is a difference, "apiece" an average, "the rest" what one part leaves; "their own reports" speak of the
officers' count, "the autopsy" of the wounds, "a single gun" of one officer's part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .counted import FIELD
from .lexicon import GUNS, HEADS
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known
    from .operands import Operands
    from .quantities import Quantity
    from .subjects import Scene
    from .words import Sentence

__all__ = [
    "AWAY", "EACH", "FEWER", "GAP", "HARMLESS", "HELD", "MISSED", "MORE", "OTHERS", "PACE", "REST", "TIMED",
    "TOGETHER", "WOUNDING", "of_one", "reckoned_only", "said", "share_of", "spoken",
]  # fmt: skip

FEWER = vocabulary("fewer less lower below short shy shorter smaller behind beneath missing")
MORE = vocabulary("more higher above greater longer extra larger beyond exceeds exceeded surplus excess outnumber")
GAP = vocabulary(
    """difference gap discrepancy disparity margin gulf shortfall apart differ differs differed separates separated
    separate unreported unaccounted unexplained omitted omit omits undercount undercounted deficit spread between"""
)
AWAY = vocabulary(
    """minus subtract subtracted subtracting subtraction away deduct deducting remove removing left leaves leave leaving
    remain remains remaining remainder without balance besides"""
)
REST = vocabulary(
    """other others rest remaining remainder remain remains else everyone everybody left leaves leave leaving colleagues
    partners apart aside balance another between"""
)
OTHERS = vocabulary("other others rest remaining colleagues partners else")
MISSED = vocabulary("missed miss misses missing wide astray elsewhere nowhere harmlessly somewhere failed than")
HARMLESS = MISSED | vocabulary("no not without never nothing none left rest remaining others other didn't")
HELD = vocabulary("never not holstered kept held hold holding without refrained didn't neither nor unfired no")
TIMED = vocabulary("every each per full whole rate pace would average speed")
EACH = vocabulary(
    "each apiece average averages averaged averaging evenly equally divide divided split mean per spread individually "
    "typical"
)
PACE = vocabulary("every between apart interval intervals gap gaps separated each pause average")
TOGETHER = vocabulary(
    """between together combined altogether total sum totaled totalled jointly both add adding adds added all plus and
    counting include including includes"""
)
# Said anywhere in a sentence these tell its form; all others only near the number.
_FAR = vocabulary(
    """minus subtract subtracted subtracting subtraction away deduct add adding added together combined altogether
    difference gap discrepancy disparity unreported unaccounted shortfall average averages averaged missed astray apiece
    evenly rest others remaining colleagues"""
)
_APART = vocabulary("fewer short shy apart higher lower")
_EACH_OF = vocabulary("apiece each")
_AVERAGED = vocabulary("averaged averaging averages")
_COMES = (["comes"], ["came"], ["amounts"])
_GAPS = vocabulary("gap difference shortfall discrepancy disparity margin")
_NEAR, _BOUND = 8, 3  # tokens on either side of a number; of one that is only a bound


def said(told: Operands) -> frozenset[str]:
    """The words that may say what form a reckoning has: those near a number that are no part of a hedge."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    loose = quantity.written.bounds and quantity.written.hedge != "just over"
    reach = _BOUND if loose else _NEAR
    end = max(quantity.number[1], (quantity.head or 0) + 1)
    near = range(max(sentence.first, quantity.first - reach), min(sentence.last, end + reach))
    beside = range(quantity.number[0] + 1, min(end + 2, sentence.last))
    hedges = {at for other in scene.in_sentence(told.number) for at in range(other.first, other.number[0])}
    # "17 fewer" compares; "fewer" or "over" some words on may belong to anything.
    found = {
        scene.low(at) for at in near if at not in hedges and not _in_hedge(told, at)
        and (at in beside or scene.low(at) not in FEWER | MORE)
    }  # fmt: skip
    if scene.low(end) in ("a", "an") and scene.low(end + 1) in ("man", "officer", "gun", "head", "person", "shooter"):
        found.add("each")
    if any(scene.low(q.number[0] - 1) == "other" for q in scene.in_sentence(told.number)):
        found.add("others")  # "the other 12 fired 88 rounds, seven each"
    if scene.low(quantity.first - 1) == "by":
        found.add(scene.low(quantity.first - 2))  # "higher by 17"
    after = [scene.low(at) for at in range(end, min(end + 8, sentence.last))]
    if {"not", "never", "didn't", "no"} & set(after) and _HURT & {stem(word) for word in after}:
        found.add("missed")  # "83 of them did not hit him"
    if scene.low(quantity.first - 1) in ("but", "except", "save", "bar"):
        found.add("without")  # "all but one"
    return frozenset(found if loose else found | (told.words & _FAR))


def reckoned_only(quantity: Quantity, scene: Scene) -> bool:
    """Whether the words make a count a difference or an average: "17 short", "24 apiece", "the gap comes to 17"."""
    if quantity.kind != "count":
        return False
    end = max(quantity.last, quantity.number[1], (quantity.head or 0) + 1)
    beside = {scene.low(at) for at in range(quantity.number[0] + 1, quantity.number[1] + 1)}
    if beside & _APART or scene.low(end) in _APART | _EACH_OF:
        return True
    if len(scene.cases) > 1 and scene.low(quantity.number[0] + 1) in ("more", "fewer") and quantity.head is not None:
        return True  # of several incidents, "the one has eight more officers"
    if scene.low(quantity.first - 1) in _AVERAGED or scene.low(quantity.first - 2) in ("average", "mean"):
        return True
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    before = [scene.low(at) for at in range(max(sentence.first, quantity.first - 3), quantity.first)]
    if before[-2:] in (["all", "but"], ["for", "every"], ["for", "each"]) or _for_every_one(quantity, scene, sentence):
        return True
    led = before[-1:] in (["is"], ["was"], ["of"]) or (before[-1:] == ["to"] and before[-2:-1] in _COMES)
    gap = any(scene.low(at) in _GAPS for at in range(max(sentence.first, quantity.first - 12), quantity.first))
    others = any(q.last <= quantity.first for q in scene.siblings(quantity) if q is not quantity)
    return led and gap and not others


def _for_every_one(quantity: Quantity, scene: Scene, sentence: Sentence) -> bool:
    """Whether a number is set against each of others: "for every shot of Reed's there were nearly nine of theirs"."""
    first = sentence.first
    opens = scene.low(first) == "for" and scene.low(first + 1) in ("every", "each") and scene.low(first + 2) != "of"
    return opens and all(q.first >= quantity.first or q.first - first < 3 for q in scene.siblings(quantity))


def of_one(told: Operands) -> bool:
    """Whether a sentence tells of one officer's part: "one of them", "a single gun", "from one person"."""
    scene, sentence = told.scene, told.scene.sentences[told.number]
    named = any(m.who == "one officer" for m in scene.people.mentions(told.number))
    one = any(scene.low(at) == "one" and scene.low(at + 1) in _PERSON for at in range(sentence.first, sentence.last))
    return named or one or bool(told.words & _SOLE_WORDS)


def share_of(told: Operands, heads: set[str]) -> bool:
    """Whether a share's noun is of these classes: a share "of it" or "of the total" is one of shots, not of people."""
    quantity = told.quantity
    word = told.scene.low(quantity.head) if quantity.head is not None else ""
    inner = [told.scene.low(at) for at in range(quantity.number[0] + 1, quantity.number[1])]
    word = next((one for one in inner if HEADS.get(stem(one)) in FIELD), word)  # "one officer in five"
    noun = HEADS.get(stem(word), "")
    if noun in FIELD:
        return noun in heads or (noun == "wound" and "shot" in heads)
    fired = {told.scene.low(at) for at in range(quantity.last, quantity.last + 5)} & {"fired", "shots", "rounds"}
    if fired and "shot" not in heads:
        return False  # "more than half of all those fired" is no share of wounds
    behind = {told.scene.low(at) for at in range(quantity.number[1], quantity.number[1] + 3)}
    return "officer" not in heads or word in _THEM or {"of", "those"} <= behind


def _in_hedge(told: Operands, at: int) -> bool:
    """Whether a word belongs to a hedge behind a number: "50 or more", "46 at the most"."""
    low = told.scene.low
    if low(at) == "left" and {low(at + 1), low(at + 2)} & GUNS:
        return True  # "58 rounds left their guns" leaves nothing over
    return low(at) in ("more", "fewer", "less", "over", "under") and low(at - 1) in ("or", "no", "and")


_WOUND = frozenset(
    stem(word)
    for word in vocabulary(
        """wound wounds hit hits struck strike autopsy autopsies examiner coroner pathologist doctor doctors hole holes
        body bodies missed miss landed reached target mark astray wide injuries"""
    )
)
_OWN = vocabulary("reports paperwork themselves statements accounts recollections self-reported tallies")
_THEM = vocabulary("them those team unit men people force crew police group")
_HURT = frozenset(stem(word) for word in ("hit", "strike", "struck", "wound", "reach", "touch", "find", "land"))
WOUNDING = _HURT | frozenset(
    stem(word) for word in ("wounds", "pierce", "tear", "tore", "cut", "enter", "entered", "found")
)
_PERSON = vocabulary("person man gun shooter weapon pistol woman")
_SOLE_WORDS = vocabulary("single lone busiest individual")
_SOLE = _SOLE_WORDS | vocabulary("one that 50 fifty")
_SECONDS = vocabulary("second seconds minute minutes pace rate every time moment speed interval intervals")


def spoken(known: Known, told: Operands) -> bool:
    """Whether the words near a number speak of a fact: by its value, by its source, or by what it is of."""
    if told.is_stated(known) or id(known) in told.sourced:
        return True
    fact, words = known.subject, told.near_words
    if known.kind == "duration":
        return bool(words & _SECONDS) or told.fires
    if fact.head == "officer":
        return any(HEADS.get(stem(word)) in ("officer", "person") for word in words) or bool(words & {"police", "team"})
    if fact.head == "wound":
        return any(stem(word) in _WOUND for word in words)
    if fact.basis == "self-reported":
        return bool(words & _OWN) or any(told.scene.self_reported(one) for one in told.near[-2:])
    if fact.who == "one officer":
        if words & {"others", "rest", "remaining", "colleagues"} or {"the", "other"} <= words:
            return True  # those besides the one
        return "one officer" in told.doers or bool(words & _SOLE)
    if fact.who == "other":
        return "other" in told.doers
    return True
