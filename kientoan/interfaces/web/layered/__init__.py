"""Drawings of boxes joined by lines, in layers: the relations of a document, the lineage of a unit.

`beside` sets the layers from left to right, `below` one under the other for a narrow window.
"""

from .columns import beside
from .shapes import LETTERS, Box, Drawing, Joint, Line, Placed, Text, cut, wrapped
from .stacked import NARROW, below

__all__ = [
    "LETTERS",
    "NARROW",
    "Box",
    "Drawing",
    "Joint",
    "Line",
    "Placed",
    "Text",
    "below",
    "beside",
    "cut",
    "wrapped",
]
