"""Published figures that the kit must reproduce from the publishers' own files, or say where they do not."""

import os
from pathlib import Path

import pandas as pd
import pytest

from helpers import force
from helpers.force import proportions, trends

SHARED = Path(os.environ.get("KIT_SHARED", Path(__file__).parents[2] / "shared"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the publishers' files are not here; set KIT_SHARED")

# Cities where Mapping Police Violence's published rate is not what its own columns give, of the 100 largest.
PUBLISHED = {
    "all": ("All", "total", "Rate of All Police Killings per 1M", set()),
    "White": ("White Victims", "white", "Rate of Police Killings of White People per 1M", set()),
    "Black": ("Black Victims", "black", "Rate of Police Killings of Black People per 1M", {"Hialeah"}),
}


@pytest.fixture(scope="module")
def cities():
    # As text: a rate published as 16 says less than one published as 16.0.
    return pd.read_csv(SHARED / "data/mpv-cities-2015/cities.csv", dtype="str")


def _disagree(cities: pd.DataFrame, victims: str, people: str, published: str) -> set[str]:
    """The cities whose published rate, to the decimals it is published with, is not that of their own columns."""
    killed = pd.to_numeric(cities[victims]).fillna(0).astype(int)
    found = pd.Series([force.rate(x, n).rate for x, n in zip(killed, cities[people].astype(int), strict=True)])
    stated = pd.to_numeric(cities[published], errors="coerce")
    decimals = cities[published].str.partition(".")[2].str.len()
    # Half of the last decimal, and a hair for a rate that falls on the line between two.
    return set(cities.loc[~((stated - found).abs() <= 0.5 * 10.0**-decimals + 1e-9), "city"])


@pytest.mark.parametrize("group", PUBLISHED)
def test_mapping_police_violences_rates_of_100_cities_are_reproduced(cities, group):
    victims, people, published, known = PUBLISHED[group]
    assert len(cities) == 100
    assert _disagree(cities, victims, people, published) == known


def test_hialeahs_published_black_rate_is_not_what_its_own_columns_give(cities):
    """One Black person killed of 1,209 is 827.1 a million; 164.9 was published."""
    hialeah = cities.set_index("city").loc["Hialeah"]
    assert (hialeah["Black Victims"], hialeah["black"]) == ("1.0", "1209")
    assert force.rate(1, 1209).rate == pytest.approx(827.1, abs=0.05)
    assert hialeah["Rate of Police Killings of Black People per 1M"] == "164.9"


def test_the_six_hispanic_rates_that_do_not_reproduce_are_known(cities):
    """Two published cells hold a spreadsheet's error, four a number that is not theirs; each beside what it gives."""
    published = "Rate of Police Killings of Hispanic People per 1M"
    known = {
        "Hialeah": ("#VALUE!", 0.0),
        "Glendale": ("#REF!", 0.0),
        "Chandler": ("45.3", 19.3),
        "Durham": ("36.6", 30.8),
        "Laredo": ("11.2", 4.4),
        "Lubbock": ("8.9", 27.2),
    }
    assert _disagree(cities, "Hispanic Victims", "hispanic", published) == set(known)
    by_city = cities.set_index("city")
    for city, (stated, given) in known.items():
        assert by_city.loc[city, published] == stated
        killed = pd.to_numeric(by_city.loc[city, "Hispanic Victims"])
        events = 0 if pd.isna(killed) else int(killed)
        assert force.rate(events, int(by_city.loc[city, "hispanic"])).rate == pytest.approx(given, abs=0.05)


def test_chicagos_rate_is_reproduced(cities):
    chicago = cities.set_index("city").loc["Chicago"]
    assert (chicago["All"], chicago["total"]) == ("23", "2695598")
    assert force.rate(23, 2_695_598).rate == pytest.approx(8.5, abs=0.05)
    assert (chicago["Black Victims"], chicago["black"]) == ("16.0", "872286")
    assert force.rate(16, 872_286).rate == pytest.approx(18.3, abs=0.05)


@pytest.fixture(scope="module")
def buzzfeed():
    cases = pd.read_csv(SHARED / "data/buzzfeed-2015/wapo.csv")
    return cases[cases["race"].notna()]


def test_buzzfeeds_percentages_are_reproduced(buzzfeed):
    shares = proportions.shares(buzzfeed["race"].value_counts()).set_index("group")["percent"]
    stated = {"W": 51.1, "B": 27.1, "H": 17.9, "O": 1.5, "A": 1.4, "N": 1.0}
    assert shares.round(1).to_dict() == stated


def test_buzzfeeds_table_and_chi_squared_are_reproduced(buzzfeed):
    names = {"W": "White", "B": "Black", "H": "Hispanic"}
    cases = pd.DataFrame(
        {
            "race": buzzfeed["race"].map(names).fillna("other"),
            "unarmed": (buzzfeed["armed"] == "unarmed").map({True: "unarmed", False: "armed or undetermined"}),
        }
    )
    table = proportions.counts_table(cases, "race", "unarmed")
    assert table["unarmed"].to_dict() == {"Black": 31, "Hispanic": 17, "White": 29, "other": 5}
    assert table["armed or undetermined"].to_dict() == {"Black": 204, "Hispanic": 138, "White": 414, "other": 29}
    found = proportions.association(table, rows="races", columns="the share unarmed")
    assert found.chi2 == pytest.approx(9.7171, abs=5e-5)
    assert (found.df, found.test) == (3, "chi-squared")
    assert found.p == pytest.approx(0.02113, abs=5e-6)
    # One cell in eight is expected under 5, so the chi-squared test stands; the exact one, of R 4.2.2, is near it.
    assert found.smallest_expected < 5
    assert found.p_exact == pytest.approx(0.014803981796, abs=1e-10)


def test_fivethirtyeights_killings_in_the_poorest_tracts_are_reproduced():
    tracts = pd.read_csv(SHARED / "data/fivethirtyeight/police_killings.csv", encoding="latin-1", na_values="-")
    assert (len(tracts), int((tracts["nat_bucket"] == 1).sum())) == (467, 139)
    share = proportions.shares(tracts["nat_bucket"].value_counts(dropna=False)).set_index("group")["percent"]
    assert share["1.0"] == pytest.approx(29.76, abs=0.005)


def test_fivethirtyeights_quarter_in_majority_black_tracts_does_not_reproduce():
    """The article says a quarter; its own file gives 55 of 467, 11.8 %: never to be repeated as a known answer."""
    tracts = pd.read_csv(SHARED / "data/fivethirtyeight/police_killings.csv", encoding="latin-1", na_values="-")
    share = proportions.shares((tracts["share_black"] > 50).value_counts()).set_index("group").loc["True"]
    assert share["events"] == 55
    assert share["percent"] == pytest.approx(11.8, abs=0.05)
    assert share["high"] < 25


@pytest.fixture(scope="module")
def post_by_year():
    cases = pd.read_csv(SHARED / "data/washington-post/fatal-police-shootings-data_v2_2024-04.csv")
    years = pd.to_datetime(cases["date"]).dt.year.value_counts().sort_index()
    tally = pd.DataFrame({"place": "United States", "year": years.index, "events": years.to_numpy()})
    states = pd.read_csv(
        SHARED / "data/population/historical_state_population_by_year.csv", names=["state", "year", "people"]
    )
    people = states.groupby("year", as_index=False)["people"].sum()
    return tally, people.assign(place="United States", source="US Census Bureau, by way of FRED")


def test_the_posts_counts_and_rates_by_year_are_reproduced(post_by_year):
    found = force.rates(*post_by_year, by=["year"], partial=[2024], one="fatal shooting", many="fatal shootings")
    assert [each.events for each in found] == [995, 958, 984, 992, 997, 1020, 1050, 1095, 1162]
    assert round(found[0].rate, 2) == 3.10
    assert round(found[-1].rate, 2) == 3.45
    assert min(each.rate for each in found) == found[1].rate == pytest.approx(2.97, abs=0.005)


def test_the_posts_series_rises_and_2024_is_no_part_of_it(post_by_year):
    found = trends.trend(force.rates(*post_by_year, by=["year"], partial=[2024]))
    assert found.years == "2015-2023"
    assert found.interval[0] > 0
    pooled = force.rates(*post_by_year, by=[], partial=[2024])[0]
    assert (pooled.left_out, pooled.events) == ("2024", 9253)
