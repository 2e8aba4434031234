"""Comparative statistics of police force: rates, ratios, trends and league tables with honest uncertainty.

The method, formula and source of each is in this folder's ``README.md``. Importing this loads nothing heavy.
"""

from .agencies import city_police, compared_with_all, funnel, overdispersion, peers, ranks, shrunken
from .comparison import change, rate_difference, rate_ratio, ratios, ratios_table, year_over_year
from .definitions import DENOMINATORS, combine, definition_of
from .exposure import complete_years, places_by_group, places_in_both
from .loading import load, load_shots, named_source
from .on_record import facts_of, facts_of_ratios
from .overview import event_words, for_publication, league_table, peers_or_why, ratios_if_any, told, unknown_by_year
from .proportions import association, counts_table, shares
from .rates import Rate, partial_rates, rate, rates, side_by_side, table_of
from .shots_fired import compare, hit_rate, shots_per_incident, shots_per_officer, standing
from .standardise import standardise
from .suppression import suppress
from .tally import tally, tally_files
from .trends import change_point, trend, trends_if_enough
from .unknown import MULTI_RACE_RULE, bounds, shares_by_year

__all__ = [
    "DENOMINATORS",
    "MULTI_RACE_RULE",
    "Rate",
    "association",
    "bounds",
    "change",
    "change_point",
    "city_police",
    "combine",
    "compare",
    "compared_with_all",
    "complete_years",
    "counts_table",
    "definition_of",
    "event_words",
    "facts_of",
    "facts_of_ratios",
    "for_publication",
    "funnel",
    "hit_rate",
    "league_table",
    "load",
    "load_shots",
    "named_source",
    "overdispersion",
    "partial_rates",
    "peers",
    "peers_or_why",
    "places_by_group",
    "places_in_both",
    "ranks",
    "rate",
    "rate_difference",
    "rate_ratio",
    "rates",
    "ratios",
    "ratios_if_any",
    "ratios_table",
    "shares",
    "shares_by_year",
    "shots_per_incident",
    "shots_per_officer",
    "shrunken",
    "side_by_side",
    "standardise",
    "standing",
    "suppress",
    "table_of",
    "tally",
    "tally_files",
    "told",
    "trend",
    "trends_if_enough",
    "unknown_by_year",
    "year_over_year",
]
