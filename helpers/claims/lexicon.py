"""The field's words: what may be counted, what may be done, and by whom, by their stems.

A word that is not here is compared by its stem alone; these tables only say which words mean the same thing.
"""

from __future__ import annotations

from .words import stem

__all__ = ["ACTIONS", "CONTRASTS", "HEADS", "MONTHS", "PEOPLE", "UNITS"]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


def _by_stem(table: dict[str, str]) -> dict[str, str]:
    return {stem(word): name for name, text in table.items() for word in text.split()}


# What is counted. Words of one class may stand for each other.
HEADS = _by_stem(
    {
        "shot": "shot shots gunshot gunshots round rounds bullet bullets cartridge casing casings gunfire slug slugs "
        "discharge discharges projectile",
        "wound": "wound wounds injury injuries",
        "officer": "officer officers cop cops policeman policemen policewoman deputy deputies trooper troopers",
        "person": "person people man men woman women civilian civilians resident residents suspect suspects victim "
        "victims motorist motorists driver drivers passenger passengers bystander bystanders child children "
        "teenager teenagers",
        "killing": "killing killings death deaths fatality fatalities homicide homicides",
        "shooting": "shooting shootings",
    }
)

# What is done. "shot" is settled by its grammar: who shoots, or who is shot.
ACTIONS = _by_stem(
    {
        "fire": "fire fired firing discharge discharged gunfire barrage volley fusillade shootout shoot shooting "
        "shooter unleash unleashed unload unloaded gunshot gunshots salvo hail gunfight",
        "hit": "hit strike struck wound wounded injure injured graze grazed pierce pierced",
        "stop": "stop stopped detain detained surround surrounded approach approached assign assigned involve involved "
        "encounter confront confronted participate participated pull pulled conduct conducted initiate initiated "
        "arrive arrived unit team tactical scene seatbelt",
        "kill": "kill killed fatal fatally death die died dead deadly slain homicide killing deceased",
        "reload": "reload reloaded reloading",
        "sue": "lawsuit sue sued suit complaint",
        "release": "release released publish published posted",
        "autopsy": "autopsy",
    }
)

# Who: words for the police, and words for the person they met.
PEOPLE = _by_stem(
    {
        "police": "officer officers police cop cops policeman policemen policewoman deputy deputies trooper troopers "
        "cpd lapd nypd",
        "other": "driver motorist suspect victim gunman man woman civilian civilians passenger teenager",
    }
)

# Words of which only one can hold: a fact of one says nothing about another.
CONTRASTS = {
    "race": _by_stem(
        {
            "Black": "black african-american african",
            "white": "white",
            "Hispanic": "hispanic latino latina latinos hispanics",
            "Asian": "asian asians",
            "Native": "native indigenous",
        }
    ),
    "sex": _by_stem({"men": "men male males", "women": "women female females"}),
    "arms": _by_stem({"unarmed": "unarmed", "armed": "armed"}),
    "outcome": _by_stem({"killed": "killed killing kill fatal fatally death die died dead deadly homicide fatality"}),
    "statistic": _by_stem({"median": "median"}),
    "age group": _by_stem({"children": "child children minor minors juvenile juveniles", "adults": "adult adults"}),
}

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan jan.",
            "february feb feb.",
            "march mar mar.",
            "april apr apr.",
            "may",
            "june jun",
            "july jul",
            "august aug aug.",
            "september sept sep sept. sep.",
            "october oct oct.",
            "november nov nov.",
            "december dec dec.",
        ],
        start=1,
    )
    for name in names.split()
}

# Units of measure, each as its quantity and its size in that quantity's base unit.
_MEASURES = {
    "time": {
        0.001: "millisecond milliseconds ms",
        1.0: "second seconds sec secs s",
        60.0: "minute minutes min mins",
        3600.0: "hour hours hr hrs",
        86400.0: "day days",
        604800.0: "week weeks",
        2629800.0: "month months",
        31557600.0: "year years yr yrs",
        315576000.0: "decade decades",
    },
    "length": {
        0.0254: "inch inches",
        0.3048: "foot feet ft",
        0.9144: "yard yards",
        1.0: "meter meters metre metres",
        1609.344: "mile miles",
        1000.0: "kilometer kilometers kilometre kilometres km",
    },
    "money": {1.0: "dollar dollars usd", 0.01: "cent cents"},
    "percent": {1.0: "percent % pct"},
}
UNITS = {
    word: (quantity, size)
    for quantity, sizes in _MEASURES.items()
    for size, words in sizes.items()
    for word in words.split()
}
