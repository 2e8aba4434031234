"""The publishers' layouts the kit knows, one small module each over the one mechanism in `helpers.sources.layout`."""

from ..layout import Layout
from . import chicago, washington_post

__all__ = ["ALL"]

ALL: tuple[Layout, ...] = (chicago.LAYOUT, washington_post.V2, washington_post.V1)
