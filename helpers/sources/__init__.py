"""Reading publishers: any use-of-force file to records, with a report of what is wrong with it."""

from .records import Reading, read, recognise

__all__ = ["Reading", "read", "recognise"]
