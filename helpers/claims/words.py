"""An article's words: tokens with their places in the text, sentences, paragraphs and stems.

>>> [token.text for token in tokens("a 41-second period")]
['a', '41', '-', 'second', 'period']
>>> stem("fired") == stem("firing") == stem("fires")
True
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["STOP_WORDS", "Sentence", "Token", "fold", "sentences", "stem", "stems", "tokens", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark, with its offsets in the text; ``low`` is the word in lower case, quotes made plain."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit() or (self.text[0] == "." and len(self.text) > 1) or self.text[0] in FRACTION_SIGNS

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


FRACTION_SIGNS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅘": 0.8}

_TOKEN = re.compile(
    r"""(?x)
    \d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])     # 1,000 and 1,000.5
    | \d+(?:\.\d+)?                          # 41 and 2.3
    | (?<![\w.])\.\d+                        # .40
    | [½⅓⅔¼¾⅕⅘]
    | (?:Mr|Mrs|Ms|Dr|St|Ave|Blvd|Rd|Lt|Sgt|Det|Ald|Gov|Sen|Rep|Jr|Sr|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.
    | (?:[ap]\.m\.|U\.S\.|D\.C\.)
    | [^\W\d_]+(?:['’][^\W\d_]+)*(?:['’](?=\s))? # words, with their apostrophes
    | \S
    """
)


def tokens(text: str) -> list[Token]:
    """Every word, number and mark of ``text``, in order, with offsets."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        found.append(Token(word, word.lower().replace("’", "'"), match.start(), match.end()))
    return found


@dataclass(frozen=True)
class Sentence:
    """A sentence: its tokens by index (``first`` up to ``last``), its offsets and the number of its paragraph."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


LONGEST = 90
_ENDS = {".", "!", "?"}
_CLOSERS = {'"', "”", "’", "'", ")", "]"}


def sentences(text: str, words: list[Token]) -> list[Sentence]:
    """The sentences of a text, in order and without gaps. A blank line ends one too, and so does `LONGEST`."""
    found: list[Sentence] = []
    first, paragraph = 0, 0
    for index, token in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        gap = text[token.end : following.start] if following else "\n\n"
        new_paragraph = gap.count("\n") > 1 or (gap.count("\n") == 1 and following.text in {"-", "*", "#", "|", ">"})
        closing = token.text in _CLOSERS and index > first and words[index - 1].text in _ENDS
        stop = (token.text in _ENDS or closing) and bool(gap) and not (following and following.text in _CLOSERS)
        if stop and token.text == "." and following and following.text[0].islower():
            stop = False
        # A list of thousands of numbers without a stop is no sentence; reading it as one would take for ever.
        if stop or new_paragraph or index - first >= LONGEST:
            found.append(Sentence(first, index + 1, words[first].start, token.end, paragraph))
            first = index + 1
        paragraph += new_paragraph
    return found


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


STOP_WORDS = vocabulary(
    """a about after all also an and any are as at be been before being between but by can could did do does during
    each for from had has have he her hers him his how i if in into is it its itself more most near no nor not of
    off on one only or other our out over own per she so some than that the their them then there these they this
    those through to total under until up was we were what when where which while who whom whose will with within
    would you number count counted counts value many much said says say according people person time times average
    rate share ratio s approximately roughly around nearly almost least part seen"""
)

_IRREGULAR = {
    "struck": "strike", "stricken": "strike", "hit": "hit", "fell": "fall", "fallen": "fall", "shot": "shot",
    "shots": "shot", "slain": "kill", "slew": "kill", "died": "die", "dying": "die", "dead": "dead", "men": "man",
    "women": "woman", "policemen": "policeman", "said": "say", "told": "tell", "found": "find", "sued": "sue",
    "left": "leave", "rose": "rise", "risen": "rise", "grew": "grow", "took": "take", "taken": "take", "lay": "lie",
    "lying": "lie", "made": "make", "went": "go", "gone": "go", "came": "come", "held": "hold", "bodies": "body",
    "lives": "live", "deputies": "deputy", "casings": "casing", "firing": "fire", "used": "use", "fatally": "fatal",
    "killings": "killing", "killing": "killing", "shootings": "shooting", "shooting": "shooting",
    "kids": "child", "children": "child", "wounds": "wound", "casing": "casing",
    "injuries": "injury", "police": "police", "minutes": "minute", "rounds": "round", "series": "series",
    "wore": "wear", "worn": "wear", "paid": "pay", "drew": "draw", "drawn": "draw", "began": "begin", "lasting": "last",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its endings, so that its forms compare equal; not always a word itself."""
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    else:
        for ending in ("ing", "ed", "es", "s"):
            base = word.removesuffix(ending)
            if base != word and len(base) > 2 and not (ending == "s" and base.endswith(("s", "u", "i"))):
                word = base
                if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                    word = word[:-1]
                break
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name as it is compared: without accents, apostrophes and a possessive ending.

    >>> fold("Terán's"), fold("O'Neal")
    ('teran', 'oneal')
    """
    name = name.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words of meaning; underscores and hyphens part words."""
    return frozenset(
        stem(word) for word in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", text.lower()) if word not in STOP_WORDS
    )
