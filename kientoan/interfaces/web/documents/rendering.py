"""The document as one reads it: paragraphs in the layout of a printed one, every finding marked in place.

One pass over the text and the sorted passages, so the time grows with their number and no faster. The text of
each paragraph is exactly `text[start:end]`: scripts turn a selection into offsets by counting characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kientoan.domains.documents.models import Passage, PassageState, Provision

LABELS = {"task": "NV", "target": "CT", "deadline": "", "citation": ""}
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*-\s*Tự do")
_PLACE_DATE = re.compile(r"^[^\n]{0,40}ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*$")
_BASIS = re.compile(r"^(?:Căn cứ|Xét|Theo đề nghị)\s")
_NUMBER = re.compile(r"^Số\s*:?\s*\d")
BAR = " | "  # between the cells of a table row, see the intake
_AUTHORITY = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\. |^[TK]/[MTL] ")
TOP = 3000  # characters in which the head stands
_HEADINGS = {"phan", "chuong", "muc", "tieu_muc", "phu_luc", "la_ma"}


@dataclass(frozen=True, slots=True)
class Head:
    """Words of the register that the text sets apart: subject under the type, the signature at the foot."""

    subject: str = ""
    signer: str = ""
    signer_title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its span and the provision that begins in it."""

    start: int
    end: int
    provision: Provision | None


def render_paper(
    text: str,
    passages: Sequence[Passage],
    provisions: Sequence[Provision],
    pages: Sequence[Sequence[int]] = (),
    head: Head | None = None,
) -> SafeString:
    """The whole document as HTML; dropped passages are not marked. `head`: what is set apart at both ends."""
    shown = sorted(
        (item for item in passages if item.state != PassageState.DROPPED),
        key=lambda item: (item.start, -item.end, item.pk),
    )
    marker = _Marker(text, shown)
    breaks = {start: number for number, start, _ in pages if number > 1}
    starts = sorted(breaks)
    parts = []
    for line in _lines(text, provisions):
        place = bisect_left(starts, line.start)
        page = breaks[starts[place]] if place < len(starts) and starts[place] < line.end else None
        css = _css(text, line, head or Head())
        content = _cells(text, line, marker)
        if content:
            css += " line--cells"
        parts.append(_paragraph(line, css, content or marker.mark(line.start, line.end), page))
    return mark_safe("".join(parts))


def _lines(text: str, provisions: Sequence[Provision]) -> Iterator[Line]:
    """The paragraphs of the text with the outermost provision that begins in each."""
    order = sorted(provisions, key=lambda item: (item.start, -item.end))
    index, position = 0, 0
    for raw in text.split("\n"):
        start, end = position, position + len(raw)
        position = end + 1
        while index < len(order) and order[index].start < start:
            index += 1
        found = order[index] if index < len(order) and order[index].start < max(end, start + 1) else None
        if raw.strip():
            yield Line(start, end, found)


def _paragraph(line: Line, css: str, content: str, page: int | None) -> str:
    anchor = f' id="e-{escape(line.provision.eid)}"' if line.provision else ""
    mark = f' data-page="{page}"' if page else ""
    return f'<p class="{css}"{anchor} data-start="{line.start}"{mark}>{content}</p>'


def _cells(text: str, line: Line, marker: _Marker) -> str:
    """A row of a table, cell by cell; '' for any other paragraph. The bars stay, unseen, as they are text."""
    found = text[line.start : line.end].split(BAR)
    if len(found) < 3:
        return ""
    parts, position = [], line.start
    for cell in found:
        if position > line.start:
            parts.append(f'<span class="bar">{marker.mark(position, position + len(BAR))}</span>')
            position += len(BAR)
        parts.append(f'<span class="cell-text">{marker.mark(position, position + len(cell))}</span>')
        position += len(cell)
    return "".join(parts)


def _css(text: str, line: Line, head: Head) -> str:
    """The look of a paragraph: as the clerks set it, not as the file happened to break it."""
    words = text[line.start : line.end].strip()
    kind = line.provision.kind if line.provision else ""
    if kind in _HEADINGS:
        return f"line line--heading line--{kind}"
    if kind:
        return f"line line--{kind}"
    if line.start < TOP and (found := _at_top(words, head)):
        return found
    if words in (head.signer, head.signer_title) or _AUTHORITY.match(words):
        return "line line--sign"
    if words.isupper() and 8 < len(words) < 160:
        return "line line--head"
    if _BASIS.match(words):
        return "line line--basis"
    return "line line--row" if " | " in words else "line"


def _at_top(words: str, head: Head) -> str:
    if _MOTTO.search(words) or (words.isupper() and len(words) < 110):
        return "line line--head"
    if _PLACE_DATE.match(words):
        return "line line--place"
    if _NUMBER.match(words) and len(words) < 40:
        return "line line--number"
    if len(words) > 8 and head.subject and words in head.subject:
        return "line line--subject"
    return ""


class _Marker:
    """Wraps the passages of successive stretches of the text; nested ones nest, crossing ones are cut."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self.text = text
        self.passages = passages
        self.next = 0
        self.open: list[Passage] = []  # begun before and not ended yet
        self.named: set[int] = set()

    def mark(self, start: int, end: int) -> str:
        """The HTML of `text[start:end]`; stretches have to come in order."""
        parts: list[str] = []
        stack: list[Passage] = []
        self.open = [item for item in self.open if item.end > start]
        position = start
        for item in self.open:
            parts.append(self._begin(item))
            stack.append(item)
        while True:
            following = self.passages[self.next] if self.next < len(self.passages) else None
            begins = following.start if following is not None else end
            ends = min((item.end for item in stack), default=end)
            place = min(begins, ends, end)
            parts.append(escape(self.text[position:place]))
            position = max(position, place)
            if place >= end:
                break
            if ends <= begins:
                self._close(ends, stack, parts)
            elif following is not None:
                parts.append(self._begin(following))
                stack.append(following)
                self.next += 1
        parts.extend("</mark>" for _ in stack)
        self.open = [item for item in stack if item.end > end]
        return "".join(parts)

    def _close(self, place: int, stack: list[Passage], parts: list[str]) -> None:
        """End what ends here; what crosses it is closed and begun again."""
        reopened = []
        while any(item.end <= place for item in stack):
            item = stack.pop()
            parts.append("</mark>")
            if item.end > place:
                reopened.append(item)
        for item in reversed(reopened):
            parts.append(self._begin(item))
            stack.append(item)

    def _begin(self, item: Passage) -> str:
        name = ""
        if item.pk not in self.named:
            self.named.add(item.pk)
            label = LABELS[item.kind]
            name = f' id="p{item.pk}"' + (f' data-label="{label}"' if label else "")
        return f'<mark class="found found--{item.kind} is-{item.state}"{name} data-p="{item.pk}">'
