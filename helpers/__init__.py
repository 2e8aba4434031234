"""The kit for reporters who cover police shootings: the map of the house.

A module imports only from floors below its own.

===== ============================================ ==================================================
floor room                                         what lives there
===== ============================================ ==================================================
6     ``helpers.cli``                              the ``kit`` command: parse, call, print
5     ``helpers.rerun``                            runs the notebooks on given data into a folder
4     ``helpers.publish``, ``helpers.claims``      figures ready for an article, and their gallery; checking
                                                   an article's numbers against the facts
3     ``helpers.charts``                           tables to charts; the house style; notebook display
2     ``helpers.incidents``, ``helpers.facts``     one incident, documented shootings; named numbers
      ``helpers.force``                            tallies, rates, comparisons with their uncertainty
1     ``helpers.sources``, ``helpers.shots``       reading publishers' files; shot logs and annotation formats
      ``helpers.footage``                          sound on the clock, proposals, alignment, review, a simulator
0     ``helpers.schema``, ``helpers.provenance``,  the tables' columns and checks; how a number is known;
      ``helpers.problems``, ``helpers.files``,     errors written for a reporter; writing files whole;
      ``helpers.paths``                            where folders are
===== ============================================ ==================================================

Notebooks read ``from helpers import charts, facts, incidents, publish, shots``. Importing ``helpers`` alone loads
nothing heavy.
"""

__version__ = "0.1.0"
