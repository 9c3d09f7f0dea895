"""Find quantified goals in sentences and in tables of indicators.

A number is a goal only where its clause or the heading above says so; facts, rates, limits and conditions are
left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from ..vietnamese import CAPITALS
from .cues import find_at_cues
from .find_criteria import find_criteria
from .find_matrix_targets import find_matrix_targets
from .find_pairs import find_pairs
from .find_table_targets import find_table_targets
from .model import Target
from .numbers import to_number
from .read_tables import Table
from .rules import CONFIDENCE
from .split_blocks import Block, BlockIndex
from .target_rules import (
    BASELINE,
    CHANGE,
    GOAL,
    GOAL_SECTION,
    NOT_GOAL,
    NUMBER,
    OPERATORS,
    UNITS,
)
from .target_values import read_period

_CANDIDATE = re.compile(
    rf"(?P<low>{NUMBER})(?:\s*%(?=\s*(?:[-–]|đến\s)))?(?:\s*(?:[-–]|đến)"
    rf"\s*(?P<high>{NUMBER})(?=\s*%|"
    rf"\s+[^\W\d_]))?\s*(?P<unit>{UNITS})(?!\w)"
)
_CUE = re.compile(r"\d(?<![\w/.,\-–]\d)(?!\d*/)")
_OPERATORS = tuple((sign, re.compile(rf"(?<!\w){words}\s*$")) for sign, words in OPERATORS)
_GOAL = re.compile(GOAL, re.IGNORECASE)
_CHANGE = re.compile(CHANGE, re.IGNORECASE)
_SECTION = re.compile(GOAL_SECTION, re.IGNORECASE)
_NOT_GOAL = tuple(re.compile(pattern, re.IGNORECASE) for pattern, _ in NOT_GOAL)
_BASELINE = re.compile(BASELINE)
_CUT = re.compile(
    rf"[;:]\s|\.\s+(?=[A-Z{CAPITALS}(])|,\s|\||\s(?:và|để)\s+(?=(?:tiếp\s+tục\s+)?(?:nâng|tăng|giảm|đạt|phấn|"
    r"bảo|duy|bố\s+trí|dành|cắt))"
)
_CHANGE_WORD = re.compile(
    r"(?<!\w)(?i:cắt\s+giảm|giảm|tăng(?!\s+(?:trưởng|cường|tốc))|nâng|chi\s+đủ|bố"
    r"\s+trí|dành)(?!\w)"
)
_OBJECT = re.compile(r"\s+(?!trở|so\s|trong|vào|mỗi|trên|/|và\s|năm)[^\W\d_][^,;.|()]*")
_OPENING = re.compile(
    r"^(?:(?:phấn đấu|đảm bảo|bảo đảm|trong đó|và)\s+)?(?:(?:giảm|tăng|nâng)\s+(?=tỷ\s+lệ|số|"
    r"mức))?",
    re.IGNORECASE,
)
_NAMED_GOAL = re.compile(r"\W*(?:các\s+)?(?:chỉ\s+tiêu|mục\s+tiêu)[^:]{0,40}:", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(
    r"\s*(?:(?:đạt|từ|trên|dưới|khoảng|hơn|ít nhất|tối thiểu|tối đa|không quá|không vượt quá|còn|là|"
    r"(?<!trở )lên|xuống|bình quân|trung bình|tăng|giảm)\s*)+$"
)
_NEAR, _WORDS_OF_OPERATOR = 160, 48
_YEAR_ONLY = re.compile(r"(?:đến |trong )?năm 20\d\d", re.IGNORECASE)
_RATE = re.compile(r"%|phần|‰|.*(?:đồng|USD|đô la)")
_VERB_ONLY = re.compile(r"(?:giảm|tăng|cắt giảm|nâng|có|đạt|phấn đấu|bảo đảm|đảm bảo)", re.IGNORECASE)
_STOP = re.compile(r"[;:]\s|\.\s|\.$|\n\s*\n|\|")
_GROWTH = re.compile(
    r"(?<!\w)(?P<word>[tT]ăng|[gG]iảm|[cC]ắt\s+giảm)(?!\s+(?:trưởng|giá|cường|tốc|thu\s|"
    r"nghèo))(?:\s+(?:thêm|bình\s+quân|trung\s+bình|tối\s+thiểu|ít\s+nhất|khoảng|trên|từ|hằng\s+năm|"
    r"[^\W\d_]+)){0,5}\s*$"
)


def find_targets(
    text: str, index: BlockIndex, tables: list[Table], heading_of: Callable[[Block], str]
) -> list[Target]:
    """Give the goals of ``text`` in order. ``heading_of`` gives the headings above a block, joined."""
    targets = [target for table in tables for target in find_table_targets(text, table)]
    targets.extend(find_matrix_targets(text, index.blocks, heading_of))
    targets.extend(find_criteria(text, index.blocks, heading_of))
    targets.extend(find_pairs(text))
    taken = [(target.start, target.end) for target in targets]
    for table in tables:
        if "indicator" in table.roles:
            taken.extend((row.cells[0][0], row.cells[-1][1]) for row in table.rows)
    taken.sort()
    for found in find_at_cues(_CUE, _CANDIDATE, text):
        place = bisect_left(taken, (found.end(), 0)) - 1
        if place >= 0 and max(taken[place][1], taken[place - 1][1] if place else 0) > found.start():
            continue
        block = index.at(found.start())
        if block is not None:
            target = _from_sentence(text, block, found, heading_of)
            if target is not None:
                targets.append(target)
    targets.sort(key=lambda target: (target.start, target.end))
    kept: list[Target] = []
    for target in targets:
        if not kept or target.start >= kept[-1].end:
            if not target.indicator and kept and target.start - kept[-1].end < 40:
                target = replace(target, indicator=kept[-1].indicator)
            kept.append(target)
    return kept


def _from_sentence(
    text: str, block: Block, found: re.Match[str], heading_of: Callable[[Block], str]
) -> Target | None:
    floor = block.start
    if block.cells:
        floor = block.cells[max(0, bisect_left(block.cells, (found.start() + 1, 0)) - 1)][0]
    begin = max(floor, found.start() - 300)
    before = text[begin : found.start()]
    full_stops = list(re.finditer(r"[.;]\s+(?=[^\W\d_]|\()", before))
    sentence = before[full_stops[-1].end() :] if full_stops else before
    stop = _STOP.search(text, found.end(), min(block.end, found.end() + 200))
    after = text[found.end() : stop.start() if stop else min(block.end, found.end() + 200)]
    cuts = list(_CUT.finditer(sentence))
    clause = sentence[cuts[-1].end() :] if cuts else sentence
    if not _is_goal(block, sentence, clause, after, found, heading_of):
        return None
    operator, low, high = _operator(clause, found, after)
    start = begin + len(before) - len(clause)
    while start < found.start() and (text[start].isspace() or text[start] in "*_-–+("):
        start += 1
    if re.fullmatch(r"\s*", clause) is None and re.fullmatch(r"\W*(?:[Đđ]ến\s+)?năm\s+20\d\d\W*", clause):
        start = found.start()
    beyond = re.match(r"\s+trở\s+(?:lên|xuống)", after)
    end = found.end() + (beyond.end() if beyond else 0)
    change, thing = _CHANGE_WORD.search(clause), _OBJECT.match(after)
    if change and thing and not beyond:
        start = begin + len(before) - len(clause) + change.start()
        end = found.end() + len(thing[0].rstrip())
    indicator = _indicator(text[start : found.start()], _unit(found["unit"]), after)
    period = read_period(_BASELINE.sub("", sentence + found[0] + after)) or read_period(heading_of(block))
    baseline = _BASELINE.search(after) or _BASELINE.search(clause)
    return Target(
        start,
        min(end, block.end),
        indicator,
        operator,
        low,
        high,
        _unit(found["unit"]),
        period,
        baseline[0] if baseline else None,
        "sentence",
        CONFIDENCE["sentence"],
    )


def _is_goal(
    block: Block,
    sentence: str,
    clause: str,
    after: str,
    found: re.Match[str],
    heading_of: Callable[[Block], str],
) -> bool:
    percent = found["unit"].startswith(("%", "phần"))
    if sentence.upper() == sentence.lower():
        return percent and _SECTION.search(heading_of(block)) is not None and not _SECTION.search(after)
    if any(pattern.search(sentence) for pattern in _NOT_GOAL[:3]) or _NOT_GOAL[3].search(clause):
        return False
    around = sentence + after
    if _SECTION.search(heading_of(block)) and not _SECTION.search(around):
        return bool(percent or _CHANGE.search(clause) or _GOAL.search(sentence))
    if _SECTION.search(sentence):
        return bool(percent or _CHANGE.search(clause) or _NAMED_GOAL.match(sentence))
    if percent:
        return bool(_GOAL.search(around) and _CHANGE.search(clause + " ") and _firm(clause, sentence, after))
    return bool(
        re.search(
            r"(?:số\s+lượng|tổng\s+số)[^,;.]*sau\s+s(?:áp\s+nhập|ắp\s+xếp)[^,;.]*(?:là|"
            r"còn|có)\s*$",
            clause,
        )
    )


def _firm(clause: str, sentence: str, after: str) -> bool:
    """Say whether a percentage outside a section of goals is one: it must be bound to a year, a least or
    a change."""
    if re.match(r"\s+trở\s+lên", after) or re.search(r"(?:tối\s+thiểu|ít\s+nhất|nâng\s+lên)\s*$", clause):
        return True
    if re.search(r"(?<!\w)[Đđ]ến\s+(?:hết\s+|cuối\s+)?năm\s+20", sentence):
        return True
    return bool(
        re.search(r"(?:giảm|tăng)\s+(?:\w+\s+){0,3}$", clause)
        and re.search(r"so\s+với(?!\s+cùng\s+kỳ)", after)
    )


def _operator(clause: str, found: re.Match[str], after: str) -> tuple[str, float | None, float | None]:
    low = to_number(found["low"])
    high = to_number(found["high"]) if found["high"] else None
    clause = clause[-_NEAR:]
    growth = _GROWTH.search(clause)
    if growth and not re.search(r"(?:còn|xuống|lên|đạt)\s*(?:dưới|trên|khoảng|từ)?\s*$", clause):
        return ("increase" if growth["word"].casefold() == "tăng" else "decrease"), low, high
    if high is not None:
        return "range", low, high
    if re.match(r"\s+trở\s+lên", after):
        return ">=", low, None
    if re.match(r"\s+trở\s+xuống", after):
        return "<=", None, low
    near = clause.rstrip()[-_WORDS_OF_OPERATOR:]
    for sign, pattern in _OPERATORS:
        if pattern.search(near):
            return (sign, None, low) if sign in ("<", "<=") else (sign, low, None)
    return "=", low, None


def _indicator(words: str, unit: str, after: str) -> str:
    """Give what is measured: the words before the number, or the counted thing after it."""
    plain = re.sub(r"[\s*_]+", " ", words).strip(" ,-–")
    plain = _OPENING.sub("", plain)
    plain = _BEFORE_NUMBER.sub("", plain)
    if _YEAR_ONLY.fullmatch(plain):
        plain = ""
    thing = _OBJECT.match(after)
    rest = " ".join(_BASELINE.sub("", thing[0]).split())[:120] if thing else ""
    if not _RATE.match(unit):
        return f"{plain} {unit} {rest}".strip()
    return plain if plain and not _VERB_ONLY.fullmatch(plain) else rest or plain


def _unit(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
