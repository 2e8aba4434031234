"""What the notebook of rates shows, whichever records it is given."""

import pandas as pd
import pytest

from helpers import charts, force, incidents, publish
from helpers.force import chicago
from helpers.problems import InputError
from helpers.sources import layouts

WORDS = {"one": "fatal police shooting", "many": "fatal police shootings"}


def _places(number, events=20):
    return [force.rate(events + n, 4e6, place=f"City {n:02d}", period="2015", **WORDS) for n in range(number)]


def test_an_event_is_called_what_its_publishers_definition_says():
    def called(definition):
        return force.event_words(pd.DataFrame({"definition": [definition]}))["many"]

    assert called("killings by police, by any force") == "killings by police"
    assert called("something else") == force.event_words(pd.DataFrame({"events": [1]}))["many"] == "events"
    assert force.event_words(pd.DataFrame({"definition": ["something else"]}), "stop", "stops")["one"] == "stop"


def test_every_layouts_definition_has_its_words():
    from helpers.force.overview import EVENTS

    assert {layout.definition for layout in layouts.ALL} <= set(EVENTS)


def test_a_league_table_ranks_or_says_why_not():
    ranked = force.league_table(_places(15))
    assert ranked["rank"].is_monotonic_increasing and len(ranked) == 12
    few = force.league_table(_places(3))
    assert "rank" not in few
    assert set(few["why_not"]) == {"3 places are too few to compare as many"}
    assert list(few["place"]) == ["City 02", "City 01", "City 00"]
    scarce = force.league_table(_places(15, events=0)[:1] + [
        force.rate(0, 4e6, place=f"None {n}", period="2015") for n in range(11)
    ])  # fmt: skip
    assert scarce["why_not"].iloc[0] == "no place has an event"


def test_peers_are_shown_or_the_reason_why_not_and_a_strange_place_is_refused():
    shown = force.peers_or_why(_places(15))
    assert shown["place"].iloc[0] == "City 14" and len(shown) == 15
    assert force.peers_or_why(_places(2))["peers"].iloc[0] == "City 01 has 1 peers of similar size"
    with pytest.raises(InputError, match="Atlantis"):
        force.peers_or_why(_places(15), "Atlantis")


def test_small_counts_are_withheld_only_when_asked():
    made = [force.rate(x, 1e6, place="Ohio", group=group) for group, x in (("A", 3), ("B", 40), ("C", 12))]
    made += [force.rate(x, 1e6, place="Utah", group=group) for group, x in (("A", 30), ("B", 41), ("C", 13))]
    everything = force.for_publication(made)
    assert everything["events"].sum() == 139 and "withheld" not in everything
    held = force.for_publication(made, withhold_under=10).set_index(["place", "group"])
    assert held.loc[("Ohio", "A"), "withheld"] == "small"
    assert held.loc[("Ohio", "A"), ["events", "rate", "low", "high"]].isna().all()
    assert (held["withheld"] != "").sum() >= 4  # Neither its row nor its column gives it away.
    assert force.for_publication([], withhold_under=10).empty


def test_what_cannot_be_drawn_says_why_and_wrong_data_still_raises(tmp_path):
    nothing = charts.both(charts.rate_dots, [])
    assert nothing.desktop is None
    assert nothing._repr_mimebundle_()["text/plain"].startswith("Nothing to draw: there is no rate to draw.")
    assert charts.both(charts.ratio_dots, []).why.startswith("no ratio can be drawn")
    assert charts.both(charts.rates_by_year_and_place, []).desktop is None
    with pytest.raises(InputError, match="count different things"):
        charts.both(charts.rate_dots, [*_places(2), force.rate(3, 1e5, many="arrests")])
    (said,) = publish.figures({"rates": nothing}, source="The Post")
    assert said.startswith("not published rates: there is no rate to draw.")


def test_ten_places_make_a_funnel_and_fewer_make_dots():
    assert "Funnel plot of 12 places" in charts.rates_by_place(_places(12)).description
    assert "Dot chart of 3 rates" in charts.rates_by_place(_places(3)).description


def test_a_group_without_a_rate_is_compared_with_nothing():
    made = [force.rate(5, 1e6, group=group, place="Ohio", period="2015") for group in ("Black", "White")]
    assert [each.of.group for each in force.ratios_if_any(made, against="White")] == ["Black"]
    assert force.ratios_if_any(made, against="Asian") == []
    assert force.told([], nothing="None.") == "None."


def test_the_incident_in_focus_stands_among_chicagos_and_a_simulation_does_not():
    every = chicago.read()
    reed = chicago.among(every, incidents.load("dexter-reed-2024"))
    assert str(reed) == (
        "About 96 shots are more than in 974 of the 974 police shootings in Chicago from 2004-02-19 to 2023-09-02 with "
        "a known count; none had more."
    )
    assert (reed.under_five, reed.most, reed.median) == (608, 89, 3)
    rehearsal = chicago.among(every, incidents.load("rehearsal"))
    assert (rehearsal.shots, rehearsal.more) == (0, 974)
    assert "no number of shots is compared with them" in str(rehearsal)
    assert "chicago_more_shots" not in {fact["name"] for fact in chicago.facts(rehearsal)}


def test_chicagos_years_are_halved_with_no_shooting_lost():
    halves = chicago.periods(chicago.read())
    assert list(halves) == ["Chicago, 2004-2013", "Chicago, 2014-2023"]
    assert [len(half) for half in halves.values()] == [638, 336]
