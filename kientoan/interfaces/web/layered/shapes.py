"""What a drawing of boxes joined by lines is made of, and how words are cut to fit.

Plain numbers; drawn by `components/layered.html`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 216  # of a box, unless the caller wants another
SPACE, EDGE = 12, 8  # between two boxes of a layer; around the drawing
LINE, PAD = 16, 10  # height of a line of text; between the text and the edge of its box
LETTERS = 31  # of a line of text in a box of WIDTH


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a box; `css` of its look."""

    words: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box to draw: its layer, its lines of text, the page it leads to ('' for none).

    Layer 0 is what one looks at, negative ones stand before it. `is_centre`: the one the drawing is about.
    """

    key: str
    layer: int
    texts: tuple[Text, ...]
    url: str = ""
    css: str = ""
    label: str = ""
    is_centre: bool = False

    @property
    def height(self) -> int:
        """As high as its text."""
        return LINE * len(self.texts) + 2 * PAD


@dataclass(frozen=True, slots=True)
class Joint:
    """A line to draw from one box to another (their keys): its look, at most two rows of words on it.

    `label`: what the words stand for in full.
    """

    source: str
    target: str
    css: str = ""
    words: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its place."""

    box: Box
    x: int
    y: int
    width: int
    height: int

    @property
    def rows(self) -> list[tuple[int, Text]]:
        """Its lines of text, each with the height at which it stands."""
        top = self.y + (self.height - LINE * len(self.box.texts)) // 2 + 12
        return [(top + LINE * place, text) for place, text in enumerate(self.box.texts)]

    @property
    def text_x(self) -> int:
        """Where its text begins."""
        return self.x + PAD

    @property
    def middle(self) -> int:
        """Half its height."""
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes as an SVG path; its words, each row with the place where it begins."""

    joint: Joint
    path: str
    points: tuple[tuple[int, int], ...] = ()
    rows: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes and lines, and the size of the whole."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    lines: tuple[Line, ...]

    @property
    def centre(self) -> Placed:
        """The box the drawing is about; the first where none is marked."""
        return next((placed for placed in self.boxes if placed.box.is_centre), self.boxes[0])


def wrapped(words: str, lines: int, letters: int = LETTERS) -> list[str]:
    """The words on so many lines at most; what does not fit is cut with '…'."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= letters or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    rows = [cut(row, letters) for row in rows if row]
    if len(rows) <= lines:
        return rows
    last = rows[lines - 1]
    return [*rows[: lines - 1], (last if len(last) < letters else last[: letters - 1]).rstrip() + "…"]


def cut(text: str, letters: int) -> str:
    """The text, or its beginning with '…' where it has more letters."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def breadth(rows: Sequence[str]) -> int:
    """How wide small words on a line are at most: nothing measures a font here, so rather too wide."""
    return max((round(sum(map(_breadth, row))) for row in rows), default=0)


def _breadth(letter: str) -> float:
    if letter in " .,:;/-·…'()":
        return 4.2
    return 7.8 if letter.isupper() or letter in "mw%" else 6.6
