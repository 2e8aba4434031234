"""Figures ready for an article: an embed, pictures, a snippet, the plotted data and where it all comes from."""

from .alt import draft_alt
from .figure import Published, figure, figures
from .gallery import gallery

__all__ = ["Published", "draft_alt", "figure", "figures", "gallery"]
