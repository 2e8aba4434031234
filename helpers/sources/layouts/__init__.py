"""The publishers' layouts the kit knows, one small module each over the one mechanism in `helpers.sources.layout`."""

from ..layout import Layout
from . import austin, buzzfeed, chicago, mapping_police_violence, the_counted, washington_post

__all__ = ["ALL"]

ALL: tuple[Layout, ...] = (
    washington_post.V2,
    washington_post.V1,
    mapping_police_violence.LAYOUT,
    chicago.LAYOUT,
    austin.LAYOUT,
    the_counted.THE_COUNTED,
    the_counted.FIVETHIRTYEIGHT,
    buzzfeed.LAYOUT,
)
