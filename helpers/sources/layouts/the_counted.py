"""The Guardian's The Counted (2015 and 2016), and FiveThirtyEight's police_killings.csv, which was made from it."""

from __future__ import annotations

from ..layout import Layout, Take

__all__ = ["FIVETHIRTYEIGHT", "THE_COUNTED"]

_SHARED = (
    Take("date", ("date",), "date", parts=("month", "day", "year")),
    Take("name", ("name",), "name"),
    Take("age", ("age",), "age"),
    Take("gender", ("gender",), "gender", {"words": {"non-conforming": "non-binary"}}),
    Take("race", ("raceethnicity", "race ethnicity", "race"), "race", {"separators": ";"}),
    Take("city", ("city",)),
    Take("state", ("state",)),
    Take("agency", ("lawenforcementagency", "law enforcement agency", "agency")),
    Take("armed", ("armed",)),
)

THE_COUNTED = Layout(
    name="the-counted",
    publisher="The Guardian",
    title="The Counted",
    counts="people killed by police in the United States in 2015 and 2016 by any force, deaths in custody among them",
    definition="killings by police, by any force",
    licence="The Guardian asks for credit and a link to theguardian.com/thecounted",
    credit="The Guardian, The Counted",
    gaps="Ends with 2016. No number of shots.",
    url="https://www.theguardian.com/thecounted",
    marks=(
        ("uid",),
        ("raceethnicity",),
        ("classification",),
        ("lawenforcementagency",),
        ("armed",),
        ("streetaddress",),
    ),
    takes=(Take("record_id", ("uid", "id")), *_SHARED, Take("cause", ("classification",))),
    fixed={"outcome": "killed"},
)

FIVETHIRTYEIGHT = Layout(
    name="fivethirtyeight",
    publisher="FiveThirtyEight",
    title="Police killings, joined to census tracts",
    counts="people killed by police in the United States from January to early June 2015 by any force",
    definition="killings by police, by any force",
    licence="CC BY 4.0",
    credit="FiveThirtyEight, from The Guardian's The Counted and the American Community Survey",
    gaps="Five months. Names with accents were damaged by the publisher. Without an id.",
    url="https://github.com/fivethirtyeight/data/tree/master/police-killings",
    marks=(("raceethnicity",), ("lawenforcementagency",), ("cause",), ("tract ce",), ("nat bucket",), ("comp income",)),
    takes=(
        *_SHARED,
        Take("cause", ("cause",)),
        Take("latitude", ("latitude",), "number", {"low": -90, "high": 90}),
        Take("longitude", ("longitude",), "number", {"low": -180, "high": 180}),
        Take("nat_bucket", ("nat bucket",), "number"),
        Take("share_black", ("share black",), "number"),
    ),
    fixed={"outcome": "killed"},
)
