"""The kit for reporters who cover police shootings: the map of the house.

A module imports only from floors below its own.

===== ============================================ ==================================================
floor room                                         what lives there
===== ============================================ ==================================================
6     ``helpers.cli``                              the ``kit`` command: parse, call, print
5     ``helpers.rerun``, ``helpers.lab``           runs the notebooks on given data into a folder; JupyterLab
4     ``helpers.publish``, ``helpers.claims``      figures ready for an article, and their gallery; checking
                                                   an article's numbers against the facts
3     ``helpers.charts``                           tables to charts; the house style; notebook display
2     ``helpers.incidents``, ``helpers.facts``     one incident, documented shootings; named numbers
      ``helpers.force``, ``helpers.records``       tallies, rates, comparisons; a menu of files of records
 1     ``helpers.sources``, ``helpers.shots``       reading publishers' files; shot logs and annotation formats
       ``helpers.footage``                          sound on the clock, proposals, alignment, review, a simulator
0     ``helpers.schema``, ``helpers.provenance``,  the tables' columns and checks; how a number is known;
      ``helpers.problems``, ``helpers.files``,     errors written for a reporter; writing files whole;
      ``helpers.paths``, ``helpers.desk``          where folders are; how it all shows in a notebook;
      ``helpers.renderer``                         charts' pictures, drawn by a process of their own
===== ============================================ ==================================================

Notebooks read ``from helpers import charts, facts, incidents, publish, shots``. Importing ``helpers`` alone loads
nothing heavy. In a notebook it has the kit's errors and tables shown as a reporter reads them.
"""

import sys as _sys

__version__ = "0.1.0"

if "IPython" in _sys.modules and (_shell := _sys.modules["IPython"].get_ipython()) is not None:
    from . import desk as _desk

    _desk.install(_shell)
