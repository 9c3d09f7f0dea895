"""Find duties laid on named bodies, sentence by sentence, with what a list head or heading says above.

A body comes from an order ("Giao Sở Nội vụ …"), from the subject ("Sở Nội vụ chủ trì …"), from after a
fronted
clause ("Trường hợp …, Sở Nội vụ …"), from the list head, or from the sentence before. No body, no task.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from . import task_patterns as patterns
from .cues import find_at_cues
from .cut_sentences import cut_segments, cut_sentences
from .duty import Duty, Lead, task_of
from .find_bodies import (
    ANY_BODY,
    BODY,
    Subject,
    is_body,
    read_ordered,
    read_subject,
    split_bodies,
)
from .model import Deadline, Task
from .outline import Outline
from .split_blocks import Block

_LEADERS = frozenset("…._□☐")


class TaskFinder:
    """Finds the tasks of one text; holds what the search needs at hand."""

    def __init__(
        self, text: str, outline: Outline, deadlines: Sequence[Deadline], own_type: str | None
    ) -> None:
        self._text = text
        self._own_type = (own_type or "").casefold()
        self._outline = outline
        self._deadlines = deadlines
        self._starts = [item.start for item in deadlines]
        self._orders = list(find_at_cues(patterns.ORDER_CUE, patterns.ORDER, text))
        self._order_starts = [found.start() for found in self._orders]
        self._sentence_end = 0
        self._known: dict[int, tuple[bool, Lead | None]] = {}
        self._heads: dict[int, Lead | None] = {}

    def find(self, blocks: Sequence[Block]) -> list[Task]:
        """Give the tasks in the sentences of ``blocks``; rows of tables are read elsewhere."""
        tasks: list[Task] = []
        for block in blocks:
            if block.cells or block.end - block.start < 12:
                continue
            for duty in self._read_block(block):
                tasks.append(self._task(duty))
        return tasks

    def _read_block(self, block: Block) -> list[Duty]:
        text = self._text
        start, end = block.start, block.end
        if text[start:end].isupper():
            return []
        closed, head = self._from_above(self._outline.above(block))
        colon = text[end - 1] == ":"
        if colon:
            end = self._tail_start(start, end)
            if patterns.ANSWER.search(text, block.end - 16, block.end):
                return []
            if patterns.LIST_HEAD.search(text, max(start, end - 90), end) or end - start < 60:
                return []
        elif self._is_heading(block):
            return []
        duties: list[Duty] = []
        for left, right in cut_sentences(text, start, end):
            near = bool(duties) and left - duties[-1].end <= 4
            last = duties[-1].lead if near else None
            duties.extend(self._read_sentence(left, right, head, last, closed))
        if duties and _LEADERS.intersection(text[start:end]) and patterns.FORM.search(text, start, end):
            return []
        return duties

    def _tail_start(self, start: int, end: int) -> int:
        """Give where ", cụ thể như sau:" begins, the words before a list that are no part of the duty."""
        near = max(start, end - 160)
        tail = self._text[near:end]
        bare = tail[:-1].rstrip()
        if not bare.endswith(patterns.TAIL_ENDS):
            return near + len(bare)
        found = patterns.TAIL.search(tail)
        return near + found.start() if found else end

    def _from_above(self, above: tuple[Block, ...]) -> tuple[bool, Lead | None]:
        """Say whether no duty is laid under what stands above, and give the bodies it names.

        Blocks with the same nearest heading or list head have all of what is above in common.
        """
        if not above:
            return False, None
        nearest = above[0].line_start
        if nearest not in self._known:
            closed = any(map(self._is_closed, above[:3]))
            head = self._inherited(above)
            if head is not None and any(map(self._is_standard, above[:3])):
                head = None
            self._known[nearest] = closed, head
        return self._known[nearest]

    def _is_closed(self, heading: Block) -> bool:
        """Say whether no duty is laid under a heading."""
        return patterns.CLOSED_SECTION.match(self._text, heading.start, heading.start + 60) is not None

    def _is_standard(self, heading: Block) -> bool:
        """Say whether a heading tells that the list says what somebody must be."""
        return patterns.STANDARD_SECTION.match(self._text, heading.start, heading.start + 60) is not None

    def _is_heading(self, block: Block) -> bool:
        """Say whether a block is only a heading: an article's title, or a body alone."""
        if block.kind in ("dieu", "chuong", "muc", "phan", "tieu_muc", "phu_luc"):
            return self._text[block.end - 1] not in ".;" and block.end - block.start < 140
        return False

    def _read_sentence(
        self, start: int, end: int, head: Lead | None, last: Lead | None, closed: bool
    ) -> list[Duty]:
        duties: list[Duty] = []
        text = self._text
        self._sentence_end = end
        for place, (left, right) in enumerate(cut_segments(text, start, end)):
            left = self._skip_connective(left, right)
            found = self._explicit(left, right)
            if found is not None and head is not None and place == 0 and patterns.MAY_ASK.match(text, left):
                found = self._implied(left, right, head, None) or found
            if found is not None and head is not None and found.lead.rule == "fronted":
                found = self._before_fronted(found, head, last) or found
            if closed and (found is None or found.lead.rule not in ("order", "subject.duty")):
                continue
            if found is None and place == 0:
                found = self._implied(left, right, head, last)
            if found is not None:
                duties.extend(self._split_at_commas(found))
            elif duties:
                self._go_on(duties, left, right)
        return duties

    def _before_fronted(self, duty: Duty, head: Lead, last: Lead | None) -> Duty | None:
        """Under a list head, "Căn cứ …, cung cấp cho Bộ A, Bộ B …" is the head's duty, not that of Bộ B."""
        verb = patterns.FRONTED_VERB.search(self._text, duty.start, duty.lead.spans[0][0])
        return self._implied(duty.start, duty.end, head, last) if verb else None

    def _go_on(self, duties: list[Duty], left: int, right: int) -> None:
        """A further segment of the sentence: more of the last duty, or another one of the same body."""
        text = self._text
        last = duties[-1]
        way = patterns.WAY.match(text, left)
        own = self._deadline_in(left, right)
        had = self._deadline_in(last.start, last.end)
        if had is not None and self._governs_sentence(self._deadlines[had], last.start):
            had = None
        verb = patterns.VERB_START.match(text, left)
        fronted = patterns.FRONT.match(text, left) or self._at_deadline(left) is not None
        if not way and ((own is not None and (verb or fronted)) or (had is not None and verb)):
            lead = Lead(last.lead.spans, None, True, "sentence.next")
            duties.append(Duty(left, right, left, lead))
        else:
            last.end = right

    def _governs_sentence(self, item: Deadline, start: int) -> bool:
        """ "Định kỳ, Sở A …; …" holds for every segment, "định kỳ báo cáo …; khen thưởng …" for the first."""
        if item.operator != "every" or item.start != start:
            return False
        return patterns.SOON_VERB.match(self._text, item.end) is None

    def _split_at_commas(self, duty: Duty) -> list[Duty]:
        """Cut "…, định kỳ hằng năm báo cáo …" off as a duty of its own."""
        text = self._text
        place = bisect_left(self._starts, duty.verb + 8)
        if place >= len(self._deadlines) or self._deadlines[place].start >= duty.end:
            return [duty]
        item = self._deadlines[place]
        if item.recurrence is None or text[item.start - 2 : item.start] != ", ":
            return [duty]
        after = item.end + len(text[item.end : item.end + 3]) - len(text[item.end : item.end + 3].lstrip())
        if not patterns.VERB_START.match(text, after):
            return [duty]
        second = Duty(item.start, duty.end, after, Lead(duty.lead.spans, None, True, "sentence.next"))
        duty.end = item.start - 2
        return [duty, second]

    def _explicit(self, start: int, end: int) -> Duty | None:
        """A duty whose body stands in the segment itself."""
        text = self._text
        order = patterns.ORDER_START.match(text, start, end) or self._inner_order(start, end)
        if order:
            subject = read_subject(text, order.end(), end, small=True)
            if subject:
                return self._duty(start, end, subject, "order")
            colon = text.find(":", order.end(), end)
            if colon > 0:
                spans = split_bodies(text, order.end(), colon)
                return Duty(start, end, colon + 1, Lead(spans, None, False, "order"))
            ordered = (
                read_ordered(text, order.end(), end) if patterns.PLAIN_ORDER.match(order[0].strip()) else None
            )
            return self._duty(start, end, ordered, "order.unknown_verb") if ordered else None
        subject = read_subject(text, start, end)
        if subject:
            return self._duty(start, end, subject, f"subject.{subject.kind}")
        if not patterns.FRONT.match(text, start) and self._at_deadline(start) is None:
            return None
        for pattern in (patterns.FRONTED_SMALL, patterns.FRONTED_BODY):
            for found in pattern.finditer(text, start, end):
                before = text[start : found.start() + 1]
                if self._is_agent(before) or patterns.OTHER_MUST.search(before):
                    break
                subject = read_subject(text, found.end(), end, small=True)
                if subject:
                    return self._duty(start, end, subject, "fronted")
        return None

    @staticmethod
    def _is_agent(before: str) -> bool:
        """Say whether what follows is one of those by whom a thing is done: "do Sở A, Sở B giao"."""
        agents = patterns.AGENTS.search(before)
        return agents is not None and before[-1] == "," and patterns.ANY_VERB.search(agents["bodies"]) is None

    def _inner_order(self, start: int, end: int) -> re.Match[str] | None:
        """ "Bộ Chính trị giao Đảng đoàn Quốc hội …": the one who orders stands before."""
        place = bisect_left(self._order_starts, start)
        while place < len(self._orders) and self._order_starts[place] < end:
            found = self._orders[place]
            place += 1
            before = self._text[start : found.start()]
            if patterns.ORDER_NOUN.search(before) or patterns.ORDERED_THING.match(before):
                continue
            clause = patterns.LAST_CLAUSE.search(before)
            if patterns.ANY_VERB.search(before, clause.end() if clause else 0):
                continue
            if (
                is_body(self._text, start)
                or (patterns.FRONT.match(before) and re.search(BODY, before))
                or len(before) < 40
            ):
                return found
        return None

    def _duty(self, start: int, end: int, subject: Subject, rule: str) -> Duty | None:
        text = self._text
        if patterns.PASSIVE.match(text, subject.verb):
            return None
        if subject.kind == "verb" and patterns.VERB_ALONE.fullmatch(text, subject.verb, end):
            return None
        if subject.kind == "power" and self._deadline_in(start, max(end, self._sentence_end)) is None:
            return None
        if self._own_type and self._enacts(subject.verb):
            return None
        spans = split_bodies(text, subject.start, subject.end)
        if not spans:
            return None
        return Duty(start, end, subject.verb, Lead(spans, None, False, rule))

    def _enacts(self, verb: int) -> bool:
        """The formula "Thủ tướng Chính phủ ban hành Quyết định …" issues the document itself."""
        words = re.sub(r"\s+", " ", self._text[verb : verb + 40]).casefold()
        return words.startswith(f"ban hành {self._own_type}")

    def _implied(self, start: int, end: int, head: Lead | None, last: Lead | None) -> Duty | None:
        """A duty whose body stands in the list head or in the sentence before."""
        text = self._text
        lead = last or head
        if lead is None:
            return None
        verb = patterns.VERB_START.match(text, start, end)
        at = start if verb else -1
        if verb is None and re.search(rf"\sthì\s+(?={ANY_BODY})", text[start:end]):
            return None
        if verb is None and (patterns.FRONT.match(text, start, end) or self._at_deadline(start) is not None):
            fronted = patterns.FRONTED_VERB.search(text, start, end)
            near = self._at_deadline(start)
            if fronted:
                at = fronted.end("joint")
            elif near is not None:
                at = self._deadlines[near].end
        if patterns.NOUN_START.match(text, start, end):
            return None
        if (
            at < 0
            or patterns.NO_START.match(text, start)
            or patterns.THEN_NOBODY.search(text, start, max(at, start + 1) + 1)
        ):
            return None
        inherited = Lead(
            lead.spans,
            head.deadline if head and lead is head else None,
            True,
            lead.rule if lead is head else "sentence.before",
        )
        return Duty(start, end, at, inherited)

    def _inherited(self, above: tuple[Block, ...]) -> Lead | None:
        """Give the bodies that the nearest list head or heading above names."""
        for block in above[:5]:
            if block.line_start not in self._heads:
                self._heads[block.line_start] = self._read_head(block)
            lead = self._heads[block.line_start]
            if lead is not None:
                return lead
        return None

    def _read_head(self, block: Block) -> Lead | None:
        text, start, end = self._text, block.start, block.end
        if block.cells or end - start > 1200 or end <= start:
            return None
        colon = text[end - 1] == ":"
        if colon and patterns.THINGS_HEAD.search(text, max(start, end - 120), end):
            return None
        stop = end - 1 if colon else end
        named = patterns.DUTY_OF.match(text, start, end)
        if named and not is_body(text, named.end(), small=True):
            return None
        if named and end - start < 300:
            return Lead(split_bodies(text, named.end(), stop), None, True, "heading")
        if not colon and (text[end - 1] in ".;," or end - start > 220):
            return None
        duty = self._explicit(start, end) if colon else None
        if duty is not None:
            return Lead(duty.lead.spans, self._deadline_in(start, end), True, "list_head")
        order = patterns.ORDER_START.match(text, start, end)
        first = order.end() if order else start
        if not is_body(text, first):
            return None
        if colon and re.search(r"(?:trách\s+nhiệm|nhiệm\s+vụ|thực\s+hiện)[^:]{0,40}$", text[first:stop]):
            subject = read_subject(text, first, end)
            return Lead(split_bodies(text, first, subject.end), None, True, "list_head") if subject else None
        if read_subject(text, first, stop) is not None:
            return None
        if re.search(r"(?<!\w)(?:là|được|gồm|do|không|có|quy định|hướng dẫn)(?!\w)", text[first:stop]):
            return None
        return Lead(split_bodies(text, first, stop), None, True, "heading")

    def _skip_connective(self, start: int, end: int) -> int:
        found = patterns.CONNECTIVE.match(self._text, start, end)
        return found.end() if found else start

    def _at_deadline(self, start: int) -> int | None:
        place = bisect_left(self._starts, start)
        if place < len(self._deadlines) and self._deadlines[place].start - start <= 1:
            return place
        return None

    def _deadline_in(self, start: int, end: int) -> int | None:
        place = bisect_left(self._starts, start)
        if place < len(self._deadlines) and self._deadlines[place].end <= end:
            return place
        return None

    def _task(self, duty: Duty) -> Task:
        end = duty.end
        while end > duty.start and (self._text[end - 1].isspace() or self._text[end - 1] in ".;:,*_/\\"):
            end -= 1
        place = self._deadline_in(duty.start, end)
        if place is None:
            place = duty.lead.deadline
        recurrence = self._deadlines[place].recurrence if place is not None else None
        return task_of(self._text, duty, end, place, recurrence)
