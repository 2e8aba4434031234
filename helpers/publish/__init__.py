"""Figures ready for an article: pictures, a snippet, the plotted data and where it all comes from."""

from .figure import Published, figure, figures
from .gallery import gallery

__all__ = ["Published", "figure", "figures", "gallery"]
