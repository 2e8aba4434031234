"""Places that an article may be about: the states of the United States and its larger cities.

Only to tell a claim about one place from a fact about another; a place that is not listed says nothing either way.
"""

from __future__ import annotations

from .words import Token

__all__ = ["STATES", "is_city", "of_text", "places"]

_STATES = """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida
|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland
|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada
|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma
|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont
|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"""
_CITIES = """Akron:OH Albuquerque:NM Anaheim:CA Anchorage:AK Arlington:TX Atlanta:GA Aurora: Austin:TX Bakersfield:CA
Baltimore:MD Baton_Rouge:LA Birmingham:AL Boise:ID Boston:MA Buffalo:NY Charlotte:NC Chicago:IL Cincinnati:OH
Cleveland:OH Colorado_Springs:CO Columbus:OH Dallas:TX Dayton:OH Denver:CO Des_Moines:IA Detroit:MI Durham:NC El_Paso:TX
Evanston:IL Ferguson:MO Fort_Worth:TX Fresno:CA Grand_Rapids:MI Greensboro:NC Hartford:CT Honolulu:HI Houston:TX
Indianapolis:IN Jacksonville:FL Kansas_City: Kenosha:WI Las_Vegas:NV Lexington:KY Lincoln:NE Little_Rock:AR
Long_Beach:CA Los_Angeles:CA Louisville:KY Madison:WI Memphis:TN Mesa:AZ Miami:FL Milwaukee:WI Minneapolis:MN Mobile:AL
Naperville:IL Nashville:TN Newark:NJ New_Orleans:LA New_York:NY Oakland:CA Oklahoma_City:OK Omaha:NE Orlando:FL
Peoria:IL Philadelphia:PA Phoenix:AZ Pittsburgh:PA Portland:OR Providence:RI Raleigh:NC Richmond:VA Riverside:CA
Rochester:NY Rockford:IL Sacramento:CA St._Louis:MO St._Paul:MN Salt_Lake_City:UT San_Antonio:TX San_Diego:CA
San_Francisco:CA San_Jose:CA Seattle:WA Spokane:WA Stockton:CA Tampa:FL Toledo:OH Tucson:AZ Tulsa:OK Vallejo:CA
Wichita:KS Brooklyn:NY"""
_STATE_OF = {
    entry.split(None, 1)[1].lower().strip(): entry.split()[0] for entry in _STATES.replace("\n", "").split("|")
}
STATES = (*sorted(_STATE_OF.values()), "DC")
_CITY_STATE = {name.replace("_", " ").lower(): state for name, state in (entry.split(":") for entry in _CITIES.split())}
_NAMES = {tuple(name.split()): name for name in [*_STATE_OF, *_CITY_STATE]}
_PAPERS = frozenset(["post", "times", "journal", "globe", "examiner", "chronicle"])  # "The Washington Post" is no place
_FIRST = frozenset(name[0] for name in _NAMES)


def places(words: list[Token], own: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """The places named among tokens, as (token, name in lower case); names of people that are also places are few.

    ``own`` are the record's places, which may be in no list; "Cleveland" is no other place than "East Cleveland".
    """
    known = {tuple(name.split()): name for name in own if len(name) > 2}
    first_of = _FIRST | {name[0] for name in known} if known else _FIRST
    parts = {name[-1] for name in known if len(name) > 1}
    found = []
    at = 0
    while at < len(words):
        first = words[at]
        for length in (3, 2, 1) if first.capital and first.low.removesuffix("'s") in first_of else ():
            run = words[at : at + length]
            said = tuple(token.low.removesuffix("'s") for token in run)
            name = known.get(said) or (_NAMES.get(said) if said[-1] not in parts else None)
            paper = at + length < len(words) and words[at + length].capital and words[at + length].low in _PAPERS
            if name and len(run) == length and all(token.capital for token in run) and not paper:
                found.append((at, name))
                at += length - 1
                break
        at += 1
    return found


def is_city(name: str) -> bool:
    """Whether a word in lower case is a city of the list."""
    return name in _CITY_STATE


def of_text(place: str) -> frozenset[str]:
    """The names by which an article may call a fact's place: its parts, and the state that holds it."""
    names = set()
    for part in place.replace(";", ",").split(","):
        part = part.strip()
        if any(letter.isdigit() for letter in part):
            continue  # "94 places" is no place that an article would name
        low = part.lower()
        by_code = next((name for name, code in _STATE_OF.items() if code == part), None)
        names |= {name for name in (low, by_code) if name}
        if _CITY_STATE.get(low):
            names |= {name for name, code in _STATE_OF.items() if code == _CITY_STATE[low]}
    return frozenset(names)
