"""A new incident folder, with everything a reporter has to fill in."""

from __future__ import annotations

import re
from pathlib import Path

from .. import files, paths
from ..problems import InputError, Problem

__all__ = ["new"]

_TOML = """\
# One police shooting. Fill in what stands between quotes, then run: kit incident check {id}
# Every number needs a source. What is not known is left out: the chart says so.
id = "{id}"
title = ""          # such as "The shooting of Dexter Reed"
# date = 2024-03-21      # the day, without quotes
place = ""          # such as "Chicago, IL"
agency = ""
zero = "the first police shot"      # what 0 seconds is

[[sources]]
id = "first"        # a short word that facts and events name
publisher = ""
title = ""
date = ""           # when it was published
url = ""
accessed = ""       # when you read it

# Facts the charts use. qualifier is exact, approx, at_least or at_most;
# basis is reported, self-reported, casings or heard.
# Where sources conflict, write each as [[facts.NAME]]; the first is the one charts use.

# [facts.shots_by_police]
# value = 96
# qualifier = "approx"
# unit = "shots"
# counts = "shots fired by police"
# basis = "reported"
# source = "first"

# [facts.firing_span]
# value = 41
# unit = "s"
# counts = "time over which police fired"
# source = "first"

# Counts known for a part of the span; leave from_s and to_s out where the times are not known.
# [[partial]]
# shots = 3
# what = "after he stopped moving"
# source = "first"

# A shot log, if there is one, goes into shots.csv beside this file, a row a shot:
# t_s,u_s,shooter,side,status,confidence
# 0.00,0.02,Officer A,police,annotated,certain
"""


def new(id: str, base: Path | None = None) -> Path:
    """Make ``<base>/<id>/`` with ``incident.toml`` and ``events.csv`` to fill in; returns the folder.

    ``base`` is where incidents are unless told.

    Raises
    ------
    InputError
        If the id is not lower-case words with hyphens, or the folder is there already.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        remedy = "Use lower-case words and numbers with hyphens, such as 'dexter-reed-2024'."
        raise InputError(Problem(f"{id!r} cannot be an incident's id", remedy))
    folder = (base or paths.incidents()) / id
    if folder.exists():
        raise InputError(Problem("this incident is there already", "Choose another id.", paths.shown(folder)))
    with files.build_folder(folder) as building:
        files.write(building / "incident.toml", _TOML.format(id=id))
        files.write(building / "events.csv", "t_s,label,source\n")
    return folder
