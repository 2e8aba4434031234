"""Numbers that are no claims: part of a name, an address, a telephone number, a list.

Each is told apart by its form or by the words beside it, and keeps the reason, so that an editor sees why it was left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .numerals import BEGINNINGS, LONGEST_NUMBER, ordinal
from .places import STATES
from .words import STOP_WORDS, Token, tokens, vocabulary

__all__ = ["LABELS", "apart", "labelled", "reason", "runs", "spans"]

# Words whose number is a name: District 11, Route 66, Section 8.
LABELS = vocabulary(
    """district area beat unit squad car precinct ward route interstate highway hwy i us exit gate channel section
    chapter article title rule count exhibit figure table page item paragraph clause amendment case docket no no.
    number badge star # room rm suite floor apartment apt flight bus train line terminal level phase type class grade
    version model building lot zone region division station battalion engine ladder platoon company group team part
    step day tower size form bill house senate act code proposition prop measure session volume vol issue order
    courtroom courthouse suite cell tier dorm pier dock studio booth bay bed cabin docket kiosk hangar officer
    defendant witness juror clip video camera track camera- covid glock ruger colt hb sb fm am"""
)
# Words that label only with a capital, and count or stand alone without one.
_SLUGS = vocabulary("update wrapup refile corrected recast advisory take lead adv writethru timeline")
_CAPITAL_LABELS = vocabulary(
    """unit car team part day group count line article page case number house class type level form order act officer
    witness video camera step bus train gate item table figure us i am fm no bill star code company squad issue size
    floor room measure model station tower title defendant clip engine ladder region division building"""
)
# Those that label without a capital too, where nothing that is counted follows: page 4, exhibit 12.
_LOWER_LABELS = vocabulary("page article case room gate line item step table bus train floor issue class")
_STREETS = vocabulary(
    """street st st. avenue ave ave. road rd rd. boulevard blvd blvd. drive dr dr. lane ln place pl court ct way
    parkway pkwy terrace square highway plaza"""
)
_NAMED_AFTER = vocabulary(
    """district ward precinct amendment street avenue division circuit congress century infantry regiment place floor
    battalion anniversary grade"""
)  # fmt: skip
_DIALLED = vocabulary("dial dials dialed dialled dialing call calls called calling text texted phone phoned")
# "NewsCenter 6", "StormTeam 8"; not "McDonald 16 times".
_STATION = re.compile(r"^(?:News|Action|Storm)[A-Z]|[a-z](?:Center|Centre|News|Watch|Desk)$")
_STATIONS = vocabulary("channel fox news abc nbc cbs wgn pbs cw")

_DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}"
_CLOCK = r"\d{1,2}:\d\d(?: ?[AaPp]\.?[Mm]\b\.?)?"
_READERS = r"\d[\d.,]*[km]? (?:comments?|shares?|likes|views|replies|reactions|retweets|reposts)"
_SPANS = (
    (re.compile(r"(?:https?://|www\.)[^\s)>\]]+"), "part of a web address"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}"), "part of an e-mail address"),
    (re.compile(r"(?<![\w.])@\w*\d\w*"), "part of an account's name"),
    (re.compile(r"(?<![\w.])#\d+\b"), "a number in a list"),
    (re.compile(r"(?<![\w./-])(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])"), "a telephone number"),
    (re.compile(r"(?<![\w./-])\d{3}-\d{4}(?![\w-])"), "a telephone number"),
    (re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+)?\(?\d{1,3}[.)](?=[ \t])"), "the number of an item in a list"),
    (re.compile(r"\[\^?\d{1,3}\]"), "a reference"),
    (re.compile(r"(?i)(?<![\w.])(?:\.\d{2,3}|\d{1,2} ?-?mm|nine-millimeter|\d{2}-gauge)(?:[ -]?cal(?:iber|ibre)\b)?"),
     "a calibre: the kind of a weapon"),
    (re.compile(r"(?i)(?<![\w.])\d{2,3}-?(?: )?cal(?:iber|ibre)\b"), "a calibre: the kind of a weapon"),
    (re.compile(r"(?<![\w.])\d{2}-\d{2,}-?[A-Z]{0,3}-?\d{3,}\b"), "a case number"),
    (re.compile(r"(?<![\w.-])\d+-?[A-Z]{1,3}-\d+\b"), "a case number"),
    (re.compile(r"(?i)\b\d{1,3}[ -]min(?:ute)?s?\.?[ -](?:read|listen|watch)\b"), "how long the article takes to read"),
    (re.compile(rf"(?im)^\W*{_READERS}(?:\W+{_READERS})*\W*$"), "a page's own count of its readers"),
    (re.compile(r"(?i)\b(?:photo|image|slide|page|part|video|chart|exhibit) \d{1,3} of \d{1,3}\b"), "a place in a row"),
    (re.compile(rf"(?m)(?:^|(?<=[|·•]))[ \t]*(?:Last |First )?(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Mm]odified)"
                rf"(?: on| at)?:? (?:[A-Z][a-z]+day,? )?(?:{_DAY})(?:,?(?: at)? {_CLOCK})?(?: [A-Z]{{2,4}}\b)?"),
     "when the page was published"),
    (re.compile(r"\bISS?[BS]N:? [\d-]{8,17}[Xx]?"), "a book's or paper's number"),
    (re.compile(rf"\b(?:{'|'.join(STATES)}),? \d{{5}}(?:-\d{{4}})?\b"), "a postcode"),
    (re.compile(r"\b\d{1,4} (?:ILCS|I\.L\.C\.S\.|U\.?S\.?C\.?|C\.?F\.?R\.?)(?: §+)? ?\d[\d./-]*(?:\([a-z\d]+\))*"),
     "a law's number"),
    (re.compile(r"(?:§+ ?|\b(?:Section|Sec\.|Article|Chapter|Title) )\d[\d.:]*(?:\([a-z\d]+\))*(?:-\d[\d.]*)?"),
     "a law's number"),
    (re.compile(r"\b\d{1,5} [NSEW]\. (?=[A-Z])[\w.]+"), "an address"),
    (re.compile(r"(?i)\b(?:tonight|tomorrow|today|weeknights|news) at (?:\d\d?|five|six|nine|ten|eleven)\b(?!:)"),
     "a time of day"),
    (re.compile(r"(?i)\bat (?:number|no\.) \d+\b"), "an address"),
    (re.compile(r"(?i)\b(?:24/7|9/11|50-50|50/50|20/20|one-on-one|one-to-one|911)(?!\w)"), "an expression or a name"),
    (re.compile(r"(?<![\w$.])(?=\w*[A-Za-z])(?=\w*\d)(?!\d+(?:st|nd|rd|th|s|k|m|bn|ms|am|pm|mph|h|ft|km|min)\b)\w{2,}"),
     "part of a name that mixes letters and digits"),
)  # fmt: skip


def spans(text: str) -> list[tuple[int, int, str]]:
    """Spans of a text (start, end, reason) whose digits are no claims by their form alone; they do not overlap."""
    found: list[tuple[int, int, str]] = []
    for pattern, why in _SPANS:
        found += [(match.start(), match.end(), f"{why}: {match.group().strip()}") for match in pattern.finditer(text)]
    return apart(found)


# Twenty numbers in a row without a word between them are a table or a log, which no sentence claims.
LONG_RUN = 20
_NUMBER_WORDS = BEGINNINGS - {"a", "an", "the", "both", "single", "lone"}
_BETWEEN = vocabulary("and of a to or in out per about at the once half hundred thousand million dozen") | _NUMBER_WORDS


def runs(words: list[Token]) -> list[tuple[int, int, str]]:
    """Stretches of numbers (start, end, reason) with nothing between them that says what they count."""
    found, first, held, name = [], 0, 0, ""
    for at in range(len(words) + 1):
        token = words[at] if at < len(words) else None
        if token and (not token.is_word or token.is_number or token.low in _BETWEEN):
            held += token.is_number or token.low in _NUMBER_WORDS
            continue
        if token and token.capital and token.low == (name or token.low):
            name = token.low  # one name before each number, as in a table's column
            continue
        if held >= LONG_RUN:
            why = "one of a run of numbers without a word between them, as in a table"
            found.append((words[first].start, words[at - 1].end, why))
        first, held, name = at + 1, 0, ""
    return found


def apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans in order, without those that overlap one that begins before them or is longer."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def reason(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """Why the number at token ``at`` is a name by the words beside it: first token, token after, reason."""
    if words[at].is_number and len(words[at].text) > LONGEST_NUMBER:
        return at, at + 1, "a serial number, or digits of no use as a number"
    rank = ordinal(words, at)
    if rank:
        return _named_ordinal(words, at, rank[1])
    if not words[at].low[0].isdigit() and words[at].low not in _SPELLED:
        return None
    return _slug(words, at) or _labelled(words, at) or _address(words, at) or _joined(words, at) or _dialled(words, at)


_NUMBER_NAMES = "one two three four five six seven eight nine ten eleven twelve thirteen"
_VALUES = {word: value for value, word in enumerate(_NUMBER_NAMES.split(), 1)}
_SPELLED = frozenset(_VALUES)


def labelled(text: str) -> tuple[str, str]:
    """Label and number of a name, both ways round: ``District 11``, ``the 15th District``, ``Eleventh District``.

    >>> labelled("District 11"), labelled("Eleventh District"), labelled("District Seven"), labelled("AR-15")
    (('district', '11'), ('district', '11'), ('district', '7'), ('', ''))
    """
    words = re.findall(r"[a-z]+(?:-[a-z]+)?|\d+(?:st|nd|rd|th)?", text.lower().removeprefix("the "))
    if len(words) != 2 or " " not in text:
        return "", ""
    for label, number in (words, words[::-1]):
        rank = ordinal(tokens(number), 0)
        value = number if number.isdigit() else str(rank[0]) if rank else str(_VALUES.get(number, ""))
        if label.isalpha() and value and label not in _VALUES:
            return label, value
    return "", ""


def _low(words: list[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _show(words: list[Token], first: int, last: int) -> str:
    text = ""
    for at in range(first, last):
        text += (" " if at > first and words[at].start > words[at - 1].end else "") + words[at].text
    return text


def _named_ordinal(words: list[Token], at: int, after: int) -> tuple[int, int, str] | None:
    """``11th District``, ``Fourth Amendment``, ``16th Street``, ``19th century``."""
    for ahead in (0, 1):
        low = _low(words, after + ahead)
        named = low in _NAMED_AFTER or low in _STREETS
        if named and (words[after + ahead].capital or low == "century"):
            return at, after + ahead + 1, f"a name: {_show(words, at, after + ahead + 1)}"
    return None


def _slug(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """``UPDATE 2-Police ...``: how often a wire's story was sent, at the head of its line."""
    slug = words[at - 1] if at else None
    if slug and slug.low in _SLUGS and slug.text.isupper() and _low(words, at + 1) in ("-", "–", "—", ":"):
        return at - 1, at + 1, f"a wire's mark: {_show(words, at - 1, at + 1)}"
    return None


def _labelled(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """``District 11``, ``Officer 2``, ``No. 5``, ``Part One``: a label, then its number and nothing that it counts."""
    before = at - 1
    if _low(words, before) in ("-", "#", ".", "’") and before > 0:
        before -= 1
    low = _low(words, before)
    if low not in LABELS or (at - before > 1 and low not in ("no", "no.", "i", "us", "covid", "rm", "apt", "fl")):
        return None
    token = words[before]
    # "See figure 3" points at a figure; "gave the figure 31" gives one.
    pointed = low == "figure" and _low(words, before - 1) in ("(", "see", "in")
    housed = low == "number" and _low(words, before - 1) == "at"  # "at number 12 on that road"
    lower = (low in _LOWER_LABELS or pointed or housed) and _stands_alone(words, at + 1)
    if low in _CAPITAL_LABELS and not token.capital and not lower:
        return None
    sentence_start = before == 0 or words[before - 1].text in (".", "!", "?", "“", '"')
    if words[at].low in _SPELLED and (sentence_start or not words[at].capital):
        return None
    after = words[at + 1] if at + 1 < len(words) else None
    if sentence_start and after and after.is_word and after.low.endswith("s") and low in ("us", "i", "no", "am"):
        return None
    last = at + 1
    while _low(words, last) in ("-", "/", ".") and last + 1 < len(words) and words[last].end == words[last + 1].start:
        if not words[last + 1].low[0].isalnum() or words[last - 1].end != words[last].start:
            break
        last += 2
    return before, last, f"a name: {_show(words, before, last)}"


def _stands_alone(words: list[Token], at: int) -> bool:
    """Whether nothing that a number could count begins at token ``at``."""
    after = words[at] if at < len(words) else None
    return after is None or not after.is_word or after.low in STOP_WORDS


def _address(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """``2300 W. Ferdinand Street`` and ``the 3800 block``."""
    if not words[at].low[0].isdigit():
        return None
    if _low(words, at + 1) == "block":
        return at, at + 2, f"an address: {_show(words, at, at + 2)}"
    compass = words[at + 1] if at + 1 < len(words) and len(words[at].low) > 2 else None
    if compass is not None and compass.text in ("N", "S", "E", "W") and _low(words, at + 2) == ".":
        return at, at + 2, f"an address: {_show(words, at, at + 2)}"
    if _low(words, at + 1) == "-" and _low(words, at + 2) == "block":
        return at, at + 3, f"an address: {_show(words, at, at + 3)}"
    for ahead in range(1, 6):
        token = words[at + ahead] if at + ahead < len(words) else None
        if token is None or not (token.capital or token.low[0].isdigit() or token.text in "."):
            return None
        if token.low in _STREETS and ahead > 1:
            return at, at + ahead + 1, f"an address: {_show(words, at, at + ahead + 1)}"
    return None


def _dialled(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """``dial 311``, ``Call 988``; ``ABC 7``, ``NewsCenter 6``: a telephone number, a station's."""
    low = words[at].low
    if not low.isdigit():
        return None
    if len(low) == 3 and {_low(words, at - 1), _low(words, at - 2)} & _DIALLED and _stands_alone(words, at + 1):
        return at, at + 1, f"a telephone number: {low}"
    before = words[at - 1] if at else None
    station = before and before.capital and (before.low in _STATIONS or _STATION.search(before.text))
    if station and len(low) < 3 and before.end + 1 >= words[at].start:
        return at - 1, at + 1, f"a name: {_show(words, at - 1, at + 1)}"
    return None


def _joined(words: list[Token], at: int) -> tuple[int, int, str] | None:
    """``AR-15``, ``MS-13``, ``Glock 17``, ``Boeing 737``: a capitalised word joined to the number by a hyphen."""
    if _low(words, at - 1) in ("-", "‑") and at > 1 and words[at].low[0].isdigit():
        word = words[at - 2]
        joined = word.end == words[at - 1].start and words[at - 1].end == words[at].start
        if joined and word.is_word and word.capital:
            return at - 2, at + 1, f"a name: {_show(words, at - 2, at + 1)}"
    return None
