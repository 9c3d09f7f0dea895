"""From pieces of text with places on a page to paragraphs in reading order.

Used for PDF files and for scans alike: both give lines of letters with boxes, in points,
with y growing downwards. Rules of Vietnamese official layout are used where they help: the
head and the foot stand in two columns, the body is justified with a first-line indent, the
page number stands alone in a margin.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from .extracted import TextBuilder
from .lines import HEAD, PageLayout, Row, RuledTable, Segment, join_lines, read_rows, row_text

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*)?(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?$", re.IGNORECASE
)
_FOOT = re.compile(r"^Nơi\s+nhận|^(?:TM|KT|TL|TUQ)\s*\.\s*[A-ZĐ]|^(?:T/M|K/T|T/L)\s")
_MARKER = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị)\s|Nơi nhận:"
    r"|(?:Phần|Chương|Mục|Tiểu mục|Điều|Phụ lục|PHẦN|CHƯƠNG|MỤC|PHỤ LỤC)\s+(?:thứ\s+)?[\dIVXLC]+\b"
    r"|(?:\d{1,2}\.)+\d*\s|\d{1,2}\)\s|[a-zđ]\)\s|[IVX]{1,5}[.\-]\s?|[-+–•*]\s"
)


def add_pages(builder: TextBuilder, pages: Sequence[PageLayout]) -> None:
    """Add all pages to `builder` as paragraphs and table rows, without running heads."""
    bodies = [read_rows(page) for page in pages]
    running = _running_heads(pages, bodies)
    writer = _Writer(builder)
    for page, rows in zip(pages, bodies, strict=True):
        kept = [row for row in rows if not _is_margin(page, row, running)]
        writer.add_page(page, kept)
    writer.flush()


def _folded(row: Row) -> str:
    return re.sub(r"\d+", "#", row_text(row)).casefold()


def _in_margin(page: PageLayout, row: Row) -> bool:
    return row[0].bottom < 0.09 * page.height or row[0].top > 0.91 * page.height


def _running_heads(pages: Sequence[PageLayout], bodies: list[list[Row]]) -> set[str]:
    """Return the texts that stand in the margin of at least three pages and of half of them."""
    seen = Counter(
        text
        for page, rows in zip(pages, bodies, strict=True)
        for text in {_folded(row) for row in rows if _in_margin(page, row)}
    )
    return {text for text, count in seen.items() if count >= max(3, len(pages) / 2)}


def _is_margin(page: PageLayout, row: Row, running: set[str]) -> bool:
    return _in_margin(page, row) and (
        _PAGE_NUMBER.match(row_text(row)) is not None or _folded(row) in running
    )


class _Writer:
    """Turns rows into paragraphs; a paragraph may go on over a page's end."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._open: str = ""
        self._open_page: int | None = None
        self._last: Segment | None = None
        self._tables = 0
        self._table_row = 0
        self._last_ruled: RuledTable | None = None
        self._end_of_ruled = 0

    def add_page(self, page: PageLayout, rows: list[Row]) -> None:
        lines = [row for row in rows if not isinstance(row[0], RuledTable)]
        left, right = _body_edges(lines)
        pitch = _line_pitch(lines)
        self._mark_page(page, rows, left, right)
        head = _head_end(page, rows)
        foot, foot_end = _foot_span(page, rows, head)
        self._columns(page, rows[:head])
        self._body(page, rows[head:foot], left, right, pitch, fresh=head == 0)
        self._columns(page, rows[foot:foot_end])
        self._body(page, rows[foot_end:], left, right, pitch, fresh=False)

    def _body(
        self, page: PageLayout, rows: list[Row], left: float, right: float, pitch: float, *, fresh: bool
    ) -> None:
        index = 0
        while index < len(rows):
            drawn = rows[index][0]
            if isinstance(drawn, RuledTable):
                self._ruled(page, drawn)
                index, fresh = index + 1, False
                continue
            head = _head_end(page, rows[index:]) if len(rows[index]) > 1 else 0
            if head:  # a form inside the document has a head of its own
                self._columns(page, rows[index : index + head])
                index, fresh = index + head, False
                continue
            end = index
            while end < len(rows) and len(rows[end]) > 1 and not _is_line_apart(rows[end]):
                end += 1
            if end - index > 1 or (end > index and _widest_gap(rows[index]) > 45):
                self._table(page, rows[index:end])
                index = end
            else:  # one line with a word the recognition lost, or a list number set off by a tab
                self._line(page, _merge(rows[index]), left, right, pitch, fresh=fresh)
                index += 1
            fresh = False

    def flush(self) -> None:
        """Close the open paragraph."""
        if self._open:
            self._builder.add_paragraph(self._open, page=self._open_page)
        self._open, self._last = "", None

    def _mark_page(self, page: PageLayout, rows: list[Row], left: float, right: float) -> None:
        """Start the page in the builder; an open paragraph that goes on belongs to the page before."""
        first = next((row for row in rows), None)
        if self._open and not (first and len(first) == 1 and self._goes_on(first[0], left, right)):
            self.flush()
        if self._open:
            self._page_waiting = page.number
        else:
            self._builder.start_page(page.number)
            self._page_waiting = None

    _page_waiting: int | None = None

    def _goes_on(self, line: Segment, left: float, right: float) -> bool:
        """Say whether `line`, first on its page, continues the open paragraph."""
        if self._last is None or _MARKER.match(line.text) or line.left > left + 12:
            return False
        return self._last.right > right - 30 and not self._open.rstrip().endswith((".", ";", ":", "./."))

    def _line(
        self, page: PageLayout, line: Segment, left: float, right: float, pitch: float, *, fresh: bool
    ) -> None:
        if self._open and self._last is not None:
            if fresh or self._same_paragraph(line, left, right, pitch):
                self._open = join_lines(self._open, line.text)
                self._last = line
                return
            self.flush()
        if self._page_waiting is not None:
            self._builder.start_page(self._page_waiting)
            self._page_waiting = None
        self._open, self._open_page, self._last = line.text, page.number, line

    def _same_paragraph(self, line: Segment, left: float, right: float, pitch: float) -> bool:
        last = self._last
        assert last is not None
        if line.top - last.top > 1.45 * pitch or abs(line.height - last.height) > 0.35 * last.height:
            return False
        if _is_centred(line, left, right) and not _is_centred(last, left, right):
            return False
        if _is_centred(last, left, right) and _is_centred(line, left, right):
            return (
                not _MARKER.match(line.text)
                and not self._open.rstrip().endswith((".", ";", ":"))
                and last.text.isupper() == line.text.isupper()
                and (last.right - last.left > 0.55 * (right - left))
            )
        if line.left > left + 12 and line.left > last.left + 8:
            return False
        first_word = (line.right - line.left) * len(line.text.split(" ")[0]) / max(len(line.text), 1)
        if last.right + first_word + 4 < right - 6:
            return False
        return not (_MARKER.match(line.text) and self._open.rstrip().endswith((".", ";", ":", ",")))

    def _table(self, page: PageLayout, rows: list[Row]) -> None:
        self._close(page)
        self._tables += 1
        edges = _column_edges(rows)
        for number, row in enumerate(rows, start=1):
            cells = [(_column_of(segment, edges), segment.text) for segment in row]
            self._builder.add_row(cells, table=self._tables, row=number, page=page.number)

    def _ruled(self, page: PageLayout, table: RuledTable) -> None:
        """Write a drawn table; one with the same columns as the last thing before goes on with it."""
        self._close(page)
        rows = list(table.rows)
        last = self._last_ruled
        if (
            last is not None
            and _same_edges(last.edges, table.edges)
            and len(self._builder) == self._end_of_ruled
        ):
            if rows and rows[0] == last.rows[0]:
                del rows[0]  # the header, repeated on the new page
        else:
            self._tables += 1
            self._table_row = 0
            last = table
        for row in rows:
            self._table_row += 1
            self._builder.add_row(list(row), table=self._tables, row=self._table_row, page=page.number)
        self._last_ruled, self._end_of_ruled = last, len(self._builder)

    def _columns(self, page: PageLayout, rows: list[Row]) -> None:
        """Write rows of two columns: the whole left one, then the whole right one."""
        if not rows:
            return
        self._close(page)
        centre = _gutter(page, rows)
        for side in (0, 1):
            for row in rows:
                line = [s for s in row if ((s.left + s.right) / 2 > centre) == bool(side)]
                if line:
                    self._builder.add_paragraph(row_text(line), page=page.number)

    def _close(self, page: PageLayout) -> None:
        self.flush()
        if self._page_waiting is not None:
            self._builder.start_page(self._page_waiting)
            self._page_waiting = None


def _body_edges(rows: list[Row]) -> tuple[float, float]:
    """Return the left and right edge of the text column: the commonest long lines' edges."""
    if not rows:
        return 0.0, 0.0
    widest = max(row[-1].right - row[0].left for row in rows)
    long = [row for row in rows if row[-1].right - row[0].left > 0.8 * widest]
    return min(row[0].left for row in long), median(row[-1].right for row in long)


def _line_pitch(rows: list[Row]) -> float:
    steps = [b[0].top - a[0].top for a, b in pairwise(rows)]
    close = [step for step in steps if 4 < step < 40]
    return sorted(close)[len(close) // 3] if close else 20.0


def _head_end(page: PageLayout, rows: list[Row]) -> int:
    """Return how many of the first rows are a two-column head, 0 where there is none."""
    last = 0
    named = False
    for index, row in enumerate(rows[:12]):
        named = named or any(HEAD.search(segment.text) for segment in row)
        sided = all(s.right < 0.56 * page.width or s.left > 0.40 * page.width for s in row)
        title = (
            len(row) == 1 and abs((row[0].left + row[0].right) / 2 - 0.53 * page.width) < 0.06 * page.width
        )
        if not sided or title:
            break
        last = index + 1
    return last if named and last else 0


def _foot_span(page: PageLayout, rows: list[Row], head: int) -> tuple[int, int]:
    """Return the rows [start, end) of the signature block, (n, n) where there is none."""
    for start in range(head, len(rows)):
        if any(_FOOT.match(segment.text) for segment in rows[start]):
            end = start
            while end < len(rows) and all(s.right - s.left < 0.58 * page.width for s in rows[end]):
                end += 1
            sides = {(s.left + s.right) / 2 > page.width / 2 for row in rows[start:end] for s in row}
            if end - start >= 2 and len(sides) == 2:
                return start, end
    return len(rows), len(rows)


def _gutter(page: PageLayout, rows: list[Row]) -> float:
    """Return the x that parts two columns: the one fewest segments cross, middle of its stretch."""
    segments = [segment for row in rows for segment in row]
    tried = [page.width * step / 200 for step in range(60, 141)]
    crossed = [sum(1 for s in segments if s.left < x < s.right) for x in tried]
    best = [x for x, count in zip(tried, crossed, strict=True) if count == min(crossed)]
    return median(best)


def _is_line_apart(row: Row) -> bool:
    """A number or a bullet set off from its line by a tab is no table."""
    return len(row) == 2 and len(row[0].text) <= 4 and row[1].left - row[0].right < 40


def _same_edges(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < 3 for x, y in zip(a, b, strict=True))


def _widest_gap(row: Row) -> float:
    return max((after.left - before.right for before, after in pairwise(row)), default=0.0)


def _merge(row: Row) -> Segment:
    return Segment(
        row_text(row),
        row[0].left,
        min(s.top for s in row),
        row[-1].right,
        max(s.bottom for s in row),
    )


def _is_centred(line: Segment, left: float, right: float) -> bool:
    before, after = line.left - left, right - line.right
    return before > 14 and after > 14 and abs(before - after) < 24


def _column_edges(rows: list[Row]) -> list[float]:
    edges: list[float] = []
    for left in sorted(segment.left for row in rows for segment in row):
        if not edges or left - edges[-1] > 18:
            edges.append(left)
    return edges


def _column_of(segment: Segment, edges: list[float]) -> int:
    return sum(1 for edge in edges if edge <= segment.left + 1) or 1
