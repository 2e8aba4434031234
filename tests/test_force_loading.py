"""Opening records, tallies and populations for rates, and putting the results on record."""

import pytest

from helpers import force
from helpers.problems import InputError

POPULATION = """place,year,group,people,source
OH,2015,all,11000000,Census Bureau
OH,2015,Black,1500000,Census Bureau
OH,2015,White,9000000,Census Bureau
UT,2015,all,3000000,Census Bureau
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_the_shipped_tally_and_population_open():
    loaded = force.load()
    assert loaded.tally["events"].sum() == 9_518
    assert len(loaded.places) == 51
    assert loaded.notes == ()
    grouped = loaded.by_group()
    assert grouped.population_year == 2010
    assert grouped.how == "events of the city's own police department"
    assert "Chicago, IL" in grouped.places
    assert "Washington, DC" in grouped.without


def test_chicagos_police_are_counted_under_their_city_joint_shootings_too():
    grouped = force.load().by_group()
    chicago = grouped.tally[grouped.tally["place"] == "Chicago, IL"]
    # 52 is the total of agency 265 in the Post's own list of agencies, shared shootings among them; 2024 is partial.
    assert int(chicago["events"].sum()) == 52
    assert chicago.loc[chicago["year"] == 2024, "partial"].all()


def test_a_tally_without_groups_has_no_rates_by_group_and_says_so(written):
    tally = written("tally.csv", "place,year,events\nOH,2015,30\nUT,2015,4\n")
    loaded = force.load(tally, written("population.csv", POPULATION))
    assert not loaded.has_groups
    assert loaded.notes == ("The file does not say whose group it was: there are no rates by group.",)
    assert loaded.by_group().words == "No place of the records has a population by group: there are no rates by group."
    assert [each.events for each in force.rates(loaded.tally, loaded.population)] == [30, 4]


def test_what_has_no_population_or_no_year_is_counted_in_a_note(written):
    text = "place,year,group,events\nOH,2015,Black,3\nOH,,Black,2\nGU,2015,White,4\n"
    loaded = force.load(written("tally.csv", text), written("population.csv", POPULATION))
    assert loaded.notes == (
        "2 of 9 have no year and are in no rate.",
        "4 are of places without a population and in no rate: GU.",
    )
    assert loaded.places == ["OH"]
    assert loaded.by_group().how == "events there"


def test_a_tally_that_names_cities_has_rates_by_the_city_of_the_shooting(written):
    rows = "place,year,group,people,source\nOH,2015,all,11000000,Census\n" + "".join(
        f'"Toledo, OH",2015,{group},{people},Census\n' for group, people in (("all", 280000), ("Black", 76000))
    )
    text = "place,city,year,group,events\nOH,Toledo,2015,Black,3\nOH,Lima,2015,Black,1\n"
    grouped = force.load(written("tally.csv", text), written("population.csv", rows)).by_group()
    assert grouped.how == "events in the city, by whichever agency"
    assert grouped.tally[["place", "events"]].to_numpy().tolist() == [["Toledo, OH", 3]]


def test_records_and_population_of_different_places_are_refused(written):
    tally = written("tally.csv", "place,year,events\nOhio,2015,30\n")
    with pytest.raises(InputError, match=r"tally.csv: no place of the records is in the population: Ohio"):
        force.load(tally, written("population.csv", POPULATION))


def test_a_missing_file_or_column_is_said(written, tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        force.load(tmp_path / "none.csv")
    with pytest.raises(InputError, match="there is no column 'place' to count by"):
        force.load(written("tally.csv", "county,year,events\nLake,2015,30\n"))


def test_a_file_of_shots_is_read_and_its_faults_named(written):
    assert force.load_shots(written("shots.csv", "shots,officers\n3,1\n,2\n"))["shots"].isna().tolist() == [False, True]
    with pytest.raises(InputError, match=r"row 2, column shots, value 'three': not a whole number"):
        force.load_shots(written("shots.csv", "shots\nthree\n"))


def test_rates_and_ratios_go_on_record_with_their_interval_and_sum():
    words = dict(many="fatal shootings", place="94 cities", period="2015-2023")
    black, white = force.rate(688, 1.05e8, group="Black", **words), force.rate(498, 2e8, group="White", **words)
    found = {fact.name: fact for fact in force.facts_of([black, white], source="The Post")}
    rate = found["rate_black_94_cities_2015_2023"]
    assert (rate.value, rate.unit) == (6.55, "per million Black residents a year")
    assert rate.note.startswith("95% interval 6.07 to 7.06.")
    assert found["events_black_94_cities_2015_2023"].value == 688
    (ratio,) = force.facts_of_ratios([force.rate_ratio(black, white)], source="The Post")
    assert (ratio.name, ratio.value) == ("ratio_black_94_cities_2015_2023_to_white", 2.63)
    nothing = force.rate(0, 1e6, group="Asian", **words)
    assert force.facts_of_ratios([force.rate_ratio(black, nothing)], source="The Post") == []


def test_a_file_that_was_given_is_named_without_its_folder():
    assert force.named_source("desk/secret/mine.csv") == "mine.csv; population: US Census Bureau"
