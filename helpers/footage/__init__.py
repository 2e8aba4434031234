"""Footage: sound on the clock, its fitness, proposals of shots, several recordings together, and a simulator."""
