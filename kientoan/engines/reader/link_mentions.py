"""Link words that stand for documents cited before them: short names given there, "Nghị định nêu trên".

Linking adds no citation: a link says which of the citations found the words mean. Where the text leaves open
which, nothing is linked; "Nghị định này" is the document itself and no link.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .alternatives import by_first_letter
from .citation_rules import TYPES
from .model import Citation, Link
from .rules import CONFIDENCE

_TYPE = by_first_letter(
    "|".join(re.escape(kind).replace("\\ ", r"\s+") for kind in sorted(TYPES, key=len, reverse=True))
)
_GIVEN = re.compile(
    r"[^.;()\n]{0,60}\(?\s*(?:[Ss]au\s+đây\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung)\s+là\s*:?\s*"
    r"(?:[“\"](?P<quoted>[^”\"\n]{3,60})[”\"]|(?P<bare>[^“\"”(),.;:\n]{3,60}))"
)
_OPENS = re.compile(rf"(?:{_TYPE})(?!\w)")
_ABOVE = re.compile(
    rf"(?:(?P<many>[Cc]ác|[Nn]hững)\s+)?(?P<types>(?:{_TYPE})(?:(?:,\s+|\s+và\s+)(?:{_TYPE})){{0,4}})\s+"
    r"(?:nêu\s+trên|nói\s+trên|trên\s+đây|trên(?=\s*[.,;:)]|\s*$|\s+(?:đã|được|và|để|do)(?!\w)))(?!\w)"
)
_ABOVE_CUE = re.compile(r"trên(?!\w)")
_EACH = re.compile(_TYPE)
_NOT_SHORT = re.compile(r"\s+(?:này|số|của|nêu|nói|trên|khác|lần)(?!\w)|[-/]\w")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_MOST_NAMES = 40
_REACH = 160
_NEAR = 1_500


def link_mentions(text: str, citations: Sequence[Citation]) -> tuple[Link, ...]:
    """Give the links of ``text`` in order, each with the places in ``citations`` of what it stands for."""
    if not citations:
        return ()
    links = [*_link_names(text, citations), *_link_above(text, citations)]
    return tuple(sorted(links, key=lambda link: (link.start, link.end)))


def _link_names(text: str, citations: Sequence[Citation]) -> list[Link]:
    """Link each later use of a name given by "(sau đây viết tắt là …)"; a name given twice is none."""
    given: dict[str, tuple[int, int] | None] = {}
    for place, citation in enumerate(citations):
        stop = citations[place + 1].start if place + 1 < len(citations) else len(text)
        found = _GIVEN.match(text, citation.end, min(citation.end + _REACH, len(text)))
        if found is None or found.start("quoted" if found["quoted"] else "bare") > stop + 200:
            continue
        name = (found["quoted"] or found["bare"]).strip()
        if _is_name_of(name, text[citation.start : citation.end]):
            given[name] = None if name in given else (place, found.end())
    links = []
    for name, where in list(given.items())[:_MOST_NAMES]:
        if where is None:
            continue
        at = text.find(name, where[1])
        while at >= 0:
            end = at + len(name)
            whole = not text[at - 1].isalnum() and not text[end : end + 1].isalnum()
            if whole and not _NOT_SHORT.match(text, end):
                links.append(_link(text, at, end, (where[0],), "link.name"))
            at = text.find(name, end)
    return links


def _is_name_of(name: str, cited: str) -> bool:
    """Say whether a name is made of words of the citation before it: its type, its name, number or year.

    Else it may belong to another: "Nghị định … hướng dẫn Luật A (sau đây viết tắt là Nghị định 152)". A name
    with a whole number is a citation by itself.
    """
    if "/" in name or not _OPENS.match(name) or _OPENS.fullmatch(name):
        return False
    known = set(_WORD.findall(cited.casefold()))
    return known.issuperset(_WORD.findall(name.casefold()))


def _link_above(text: str, citations: Sequence[Citation]) -> list[Link]:
    """Link "Nghị định nêu trên" to the only decree cited before, "các Nghị quyết trên" to all of them."""
    starts = [citation.start for citation in citations]
    first = _first_of_each(text, citations)
    links = []
    for cue in _ABOVE_CUE.finditer(text):
        found = None
        for head in _ABOVE.finditer(text, max(0, cue.start() - 90), min(len(text), cue.end() + 8)):
            if head.start() < cue.start() < head.end():
                found = head
        if found is None:
            continue
        kinds = {" ".join(kind[0].split()) for kind in _EACH.finditer(found["types"])}
        before = [place for place in first[: bisect_left(starts, found.start())] if place >= 0]
        meant = [place for place in before if citations[place].type in kinds]
        if _is_certain(found, kinds, [citations[place] for place in meant]):
            rule = "link.many" if found["many"] else "link.one"
            links.append(_link(text, found.start(), found.end(), tuple(meant), rule))
    return links


def _first_of_each(text: str, citations: Sequence[Citation]) -> list[int]:
    """Give for each citation its place, or -1 where the same document was cited before."""
    seen: set[tuple[str, str]] = set()
    first = []
    for place, citation in enumerate(citations):
        words = citation.number or " ".join(text[citation.start : citation.end].split()).casefold()
        first.append(-1 if (citation.type, words) in seen else place)
        seen.add((citation.type, words))
    return first


def _is_certain(found: re.Match[str], kinds: set[str], meant: Sequence[Citation]) -> bool:
    """One alone must be the only one of its kind; many must be two or more, each kind cited, all near."""
    if not found["many"]:
        return len(kinds) == 1 and len(meant) == 1
    if len(meant) < 2 or {citation.type for citation in meant} != kinds:
        return False
    return found.start() - min(citation.start for citation in meant) <= _NEAR


def _link(text: str, start: int, end: int, refers_to: tuple[int, ...], rule: str) -> Link:
    return Link(start, end, text[start:end], refers_to, rule, CONFIDENCE[rule])
