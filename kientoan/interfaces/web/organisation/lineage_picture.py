"""The drawing of a lineage: its times as boxes, its links as lines with their day and legal basis.

Predecessors stand left of the unit, successors right. A column holds the times that are equally many steps
away. The places are worked out by `layered`.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kientoan.domains.organisation.queries import Arc

from ..layered import Box, Drawing, Joint, Text, beside, cut, wrapped
from ..wording import day_text, percent_text
from .lineage_graph import Graph, Link, Time
from .timeline import MEASURES

WIDTH = 188  # of a box
TIP = 6  # of the arrows
LETTERS = 25  # of a name that fit on a line of a box
BASIS_LETTERS = 22
DUTIES = "duties"  # the kind of an arc along which only what was due passed
ORDER = ("population", "area", "headcount", "by_hand")  # the first that is known is told

_NUMBER = re.compile(r"\d+(?:/\d{4})?[/-](?:[A-ZĐ]{2,}[\w-]*)")


def short_basis(text: str) -> str:
    """'Nghị quyết số 1668/NQ-UBTVQH15 về …' → '1668/NQ-UBTVQH15'."""
    found = _NUMBER.search(text)
    return cut(found.group() if found else text, BASIS_LETTERS)


def share_of(arc: Arc) -> tuple[Decimal, str] | None:
    """The part that passed in percent, and of what; None when it is not known."""
    known = ((getattr(arc, measure), measure) for measure in ORDER)
    return next(((share * 100, measure) for share, measure in known if share is not None), None)


def share_words(arc: Arc) -> str:
    """'26,5 % diện tích'; 'một phần' when the share is not known."""
    share = share_of(arc)
    if share is None:
        return gettext("một phần")
    value, measure = share
    return f"{percent_text(value / 100, 1)} {MEASURES[measure]}".strip()


def drawing_of(graph: Graph, open_url: Callable[[str], str]) -> Drawing:
    """Lay the graph out. `open_url`: the name of a fold → the address that opens it."""
    columns = columns_of(graph)
    boxes = [_box(graph, time, columns[time], open_url) for time in graph.times]
    return beside(boxes, [_joint(link) for link in graph.links], WIDTH, TIP)


def key_of(time: Time) -> str:
    """What names the box of a time in the drawing."""
    return f"{time.unit}-{time.index}-{time.fold}"


def _box(graph: Graph, time: Time, column: int, open_url: Callable[[str], str]) -> Box:
    if time in graph.folded:
        more = graph.folded[time]
        words = ngettext("… và %(more)s đơn vị nữa", "… và %(more)s đơn vị nữa", more) % {"more": more}
        return Box(key_of(time), column, (Text(words),), open_url(time.fold), "more")
    named, is_centre = graph.names[time], time == graph.centre
    texts = [Text(row, "name") for row in wrapped(named.name, 2, LETTERS) or [""]]
    if named.code:
        texts.append(Text(named.code, "code"))
    url, css = reverse("unit_detail", args=[time.unit]), "centre" if is_centre else ""
    label = " ".join(part for part in (named.name, named.code) if part)
    return Box(key_of(time), column, tuple(texts), url, css, label, is_centre)


def _joint(link: Link) -> Joint:
    arc = link.arc
    ends = key_of(link.source), key_of(link.target)
    if arc is None:
        return Joint(*ends, css="same")
    many = link.source.fold or link.target.fold  # their parts differ
    day = day_text(arc.day)
    when = day if arc.full or many else f"{day}, {share_words(arc)}"
    css = "part" if not arc.full else "same" if arc.goes_on else "whole"
    if arc.kind == DUTIES:
        when, css = day if many else gettext("%(day)s, nhận việc") % {"day": day}, "duties"
    return Joint(*ends, css=css, words=(when, short_basis(arc.legal_basis)), label=arc.legal_basis)


def columns_of(graph: Graph) -> dict[Time, int]:
    """Time → column, 0 for the unit: every link leads to a higher one.

    First the longest way from the left; then what does not come from the unit moves right, up to what it
    became.
    """
    following: dict[Time, list[Time]] = {}
    before: dict[Time, int] = dict.fromkeys(graph.times, 0)
    for link in graph.links:
        following.setdefault(link.source, []).append(link.target)
        before[link.target] += 1
    order, columns = [time for time in graph.times if not before[time]], dict.fromkeys(graph.times, 0)
    for time in order:
        for target in following.get(time, []):
            columns[target] = max(columns[target], columns[time] + 1)
            before[target] -= 1
            if not before[target]:
                order.append(target)
    later = {graph.centre}
    for time in order:
        if time in later:
            later.update(following.get(time, []))
    for time in reversed(order):
        if time not in later and following.get(time):
            columns[time] = min(columns[target] for target in following[time]) - 1
    middle = columns[graph.centre]
    return {time: column - middle for time, column in columns.items()}
