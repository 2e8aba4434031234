"""What the later readings look among, worked out from the facts where it is first needed, and once."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import permutations

from .cells import Cell, cells
from .known import Known
from .reckonings import Reckoning, of_incident
from .sourced import Sources
from .unnamed import Unnamed

__all__ = ["Tables"]

_COMPARED = ("", "pace", "each", "people")


class Tables(Unnamed):
    """The facts as cells of years, groups and incidents, what they give, and whose word they are."""

    def __init__(self, facts):
        super().__init__(facts)
        self.sources = Sources(self.known)
        self._reckonings: dict[str, list[Reckoning]] | None = None

    def reckonings(self, kind: str) -> list[Reckoning]:
        """Every simple reckoning of a kind over the facts of each incident, worked out once."""
        if self._reckonings is None:
            self._reckonings = {}
            of_case: dict[str, list[Known]] = {}
            for known in self.known:
                of_case.setdefault(known.incident, []).append(known)
            for facts in of_case.values():
                for one in of_incident(facts):
                    self._reckonings.setdefault(one.kind, []).append(one)
        return self._reckonings.get(kind, [])

    @cached_property
    def cells(self) -> list[Cell]:
        """Every value that the facts give, with what follows from them at once."""
        return cells(self.known)

    @cached_property
    def places(self) -> list[Cell]:
        """One cell of each place."""
        return list({cell.place: cell for cell in self.cells}.values())

    def bases(self, known: Known) -> set[str]:
        """The ways in which the figure of a fact's name is counted."""
        alike = (one for one in self.known if (one.fact.name, one.incident) == (known.fact.name, known.incident))
        return {one.fact.basis for one in alike}

    @cached_property
    def contrasts(self) -> frozenset[str]:
        """The contrasts (race, sex, ...) by which the record tells anything apart."""
        return frozenset(name for cell in self.cells for name, _ in cell.groups)

    @cached_property
    def sorts(self) -> list[list[Cell]]:
        """The cells that may be compared, sort by sort."""
        found: dict[tuple, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            if cell.made not in ("limit", "share", "missed share", "proportion"):
                found[cell.sort].append(cell)
        return [alike for alike in found.values() if len(alike) > 1]

    @cached_property
    def comparable(self) -> list[tuple[Cell, Cell]]:
        """The ordered pairs of cells of one sort that differ in one coordinate: incident, years or groups."""
        found = []
        for sort in self.sorts:
            for one, other in permutations((cell for cell in sort if cell.made in _COMPARED), 2):
                if (one.case != other.case) + (one.years != other.years) + (one.groups != other.groups) == 1:
                    found.append((one, other))
        return found

    @cached_property
    def series_cells(self) -> list[list[Cell]]:
        """The cells of one sort of which each is of one year, in order, one a year."""
        found = []
        for sort in self.sorts:
            by_year = {cell.year: cell for cell in reversed(sort) if cell.year and not cell.groups}
            found += [[by_year[year] for year in sorted(by_year)]] if len(by_year) > 1 else []
        return found

    @cached_property
    def incidents_in_order(self) -> list[str]:
        """The incidents' ids in the order of the scene's cases."""
        return list(dict.fromkeys(one.incident for one in self.known if one.incident))
