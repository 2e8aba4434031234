"""The field's words: what may be counted, what may be done, and by whom, by their stems.

A word that is not here is compared by its stem alone; these tables only say which words mean the same thing.
"""

from __future__ import annotations

from .words import stem, vocabulary

__all__ = [
    "ACTIONS", "BODY", "CONTRASTS", "DETERMINERS", "EVENTS", "GUNS", "HEADS", "KIN", "MONTHS", "ORGANISATIONS",
    "OTHER_EVENTS", "OTHER_LASTING", "PEOPLE", "PHRASES", "POLICE_COMPOUNDS", "PREPOSITIONS", "RECORD", "SAYING",
    "THINGS", "TITLES", "UNITS", "VERBS", "WAITING", "YEAR",
]  # fmt: skip


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


def _by_stem(table: dict[str, str]) -> dict[str, str]:
    return {stem(word): name for name, text in table.items() for word in text.split()}


# What is counted. Words of one class may stand for each other.
HEADS = _by_stem(
    {
        "shot": "shot shots gunshot gunshots round rounds bullet bullets cartridge casing casings shell shells gunfire "
        "slug slugs "
        "discharge discharges projectile projectiles",
        "wound": "wound wounds injury injuries hole holes hits",
        "officer": "officer officers cop cops policeman policemen policewoman deputy deputies trooper troopers "
        "patrolman patrolmen shooters colleague colleagues detective detectives sergeant sergeants "
        "defendant defendants",
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
        "defendants cpd lapd nypd patrolman patrolmen colleagues shooters detective detectives sergeant",
        "other": "driver motorist suspect victim gunman man woman civilian civilians passenger teenager teen boy girl "
        "dad mom "
        "guy kid youth youngster student robber robbers gunmen attacker assailant intruder",
    }
)

# What a verb tells of shots: that they were fired, that they hit, that somebody was hit by them, that they were found.
# "shoot" is both firing and hitting, and is settled by its grammar.
VERBS = _by_stem(
    {
        "fire": "fire discharge unload unleash loose squeeze empty emptied blast spray pump expend trigger lob",
        "shoot": "shoot shot",
        "hit": "hit strike wound injure graze pierce riddle hurt perforate pepper",
        "receive": "suffer sustain absorb receive take",
        "find": "recover find collect locate discover tally count link trace match attribute list record log show say",
        "kill": "kill slay die fell fall",
        "reload": "reload",
        "stop": "stop detain surround approach confront pull conduct initiate encounter box curb corner converge",
    }
)
# Verbs of two words, at most three tokens apart: pulled the trigger, returned fire, found their mark.
PHRASES = {
    tuple(stem(word) for word in pair.split()): deed
    for deed, text in {
        "fire": "pull trigger|squeeze trigger|open fire|opened fire|return fire|exchange fire|let rip|let fly|let loose"
        "|let off|get off|got off|open up|blaze away|blast away|used guns|used weapons|used gun|use weapon|use gun"
        "|ended shooting|ended firing|wound shooting",
        "hit": "find way|found way|find mark|find target|found mark|found him|found her|found target|tear into"
        "|tore into|rip into|slam into|meet mark|hit home|enter body|entered body",
        "sound": "ring out|rang out|go off|went off",
        "stop": "make stop|made stop|conducted stop|take part|took part|pull over|pulled over|boxed in|jump out"
        "|pile out",
    }.items()
    for pair in text.split("|")
}
SAYING = _stems(
    """say said says tell told report reported announce announced confirm confirmed according claim claimed state
    stated write wrote add added argue argued allege alleged think believe insist insisted maintain concede"""
)
DETERMINERS = vocabulary(
    """the a an his her their its one two three four five six seven eight nine mr mr. mrs. ms. dr. of these those all
    several many another other chicago police tactical uniformed plainclothes unidentified first second both that this
    each fellow"""
)  # fmt: skip
PREPOSITIONS = vocabulary(
    """at on toward towards of to against near behind beside for about into onto with from upon by in around after
    before between among"""
)
TITLES = vocabulary("officer detective sergeant sgt. sgt deputy trooper lieutenant lt. patrolman det. det agent")
KIN = vocabulary(
    """mother father sister brother aunt uncle cousin friend girlfriend boyfriend wife husband neighbor widow
    grandmother grandfather parents family son daughter child boy client lawyer attorney"""
)
POLICE_COMPOUNDS = vocabulary(
    """department departments accountability body report reports source sources union chief district superintendent
    video footage data records custody fire gunfire shots shot bullets rounds killings violence station headquarters car
    vehicle commander board scanner - spokesman spokeswoman reform brutality tape"""
)  # fmt: skip
ORGANISATIONS = vocabulary(
    """police chicago street avenue county city park department office unit district area state national times tribune
    post news officer officers monday tuesday wednesday thursday friday saturday sunday the a an in on at of and or
    but mr mrs ms this that civilian accountability review board side south north west east crime court supreme grand
    jury house white black america american americans united states university school high hospital medical examiner
    center general attorney federal bureau justice patrol highway force washington journal association press radio
    television channel bell club hotel church chapel street drive road boulevard highway field union order january
    february march april may june july august september october november december jan feb aug sept oct nov dec
    body camera video use report figure table mother father judge mayor governor senator president"""
)  # fmt: skip
GUNS = vocabulary(
    "gun weapon handgun pistol guns weapons firearm firearms rifle revolver pistols handguns sidearm glock"
)
BODY = vocabulary(
    "forearm arm leg wrist hand chest back head shoulder neck thigh foot face hip torso abdomen knee body stomach side"
)
THINGS = vocabulary(
    """car vehicle suv truck van sedan window windows windshield door doors wall walls house houses home homes building
    garage fence tree trees cruiser jaguar hood roof"""
)
# The nouns under which a number stands without one of its own: "the count was 11", "the total came to 96".
RECORD = vocabulary("count number figure total tally toll sum")

# What a sentence may tell of, for dates and durations.
EVENTS = _by_stem(
    {
        "fire": "fired fire shot shoot shooting shots gunfire killed kill killing died death dead struck hit fatal "
        "fatally shootout slain firing gunshots wounded barrage volley fusillade burst discharged hail unleashed salvo "
        "gunfight "
        "rounds bullets bullet fusillades gunshot trigger shooters",
        "stop": "stop stopped encounter detained incident pulled surrounded confrontation happened occurred unfolded "
        "approached",
        "sue": "lawsuit sue sued suit complaint suing sues court",
    }
)
OTHER_EVENTS = _stems(
    """release released hearing vote voted meeting met born filed announce announced press conference statement arrest
    arrested funeral protest protested testify testified interview interviewed charged indicted resign resigned sworn
    appointed hired joined published updated posted spoke trial sentenced settlement settled approved election vigil
    memorial rally petition attended buried suspended reinstated acquitted convicted verdict budget"""
)
OTHER_LASTING = _stems(
    "stop encounter video chase call footage clip recording pause wait drive pursuit silence standoff hearing meeting "
    "press conference trial delay response career vigil"
)
WAITING = _stems(
    """waited wait paused pause drove drive chased chase spoke speaking talked interviewed detained searched slept held
    sat stood deliberated jailed prison served worked lived debated"""
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
YEAR = 31557600.0  # seconds: 365.25 days
_MEASURES = {
    "time": {
        0.001: "millisecond milliseconds ms",
        1.0: "second seconds sec secs s",
        60.0: "minute minutes min mins",
        3600.0: "hour hours hr hrs",
        86400.0: "day days",
        604800.0: "week weeks",
        2629800.0: "month months",
        YEAR: "year years yr yrs",
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
    "speed": {1.0: "mph", 0.621371: "kph kmh"},
}
UNITS = {
    word: (quantity, size)
    for quantity, sizes in _MEASURES.items()
    for size, words in sizes.items()
    for word in words.split()
}
