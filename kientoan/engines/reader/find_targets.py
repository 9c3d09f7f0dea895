"""Find quantified goals in sentences and in tables of indicators.

A number is a goal only where its clause or the heading above says so; facts, rates, limits and conditions are
left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from ..vietnamese import CAPITALS
from .find_matrix_targets import find_matrix_targets
from .model import Span, Target
from .numbers import to_number
from .read_tables import Row, Table
from .split_blocks import Block, BlockIndex
from .target_rules import (
    BASELINE,
    CHANGE,
    GOAL,
    GOAL_SECTION,
    NOT_GOAL,
    NUMBER,
    OPERATORS,
    PERIOD,
    UNITS,
)

_CANDIDATE = re.compile(
    rf"(?<![\w/.,\-–])(?=\d)(?P<low>{NUMBER})(?:\s*%(?=\s*(?:[-–]|đến\s)))?(?:\s*(?:[-–]|đến)"
    rf"\s*(?P<high>{NUMBER})(?=\s*%|"
    rf"\s+[^\W\d_]))?\s*(?P<unit>{UNITS})(?!\w)"
)
_GROWS = re.compile(r"tăng (?:trung bình|bình quân|thêm)$")
_WORDY = re.compile(r"[^\W\d_]{3,}\s+[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]")
_VALUE = re.compile(
    rf"\s*(?P<sign>≥|>=|≤|<=|>|<|=|~|(?i:trên|dưới|tối\s+thiểu|ít\s+nhất|không\s+quá|tối\s+đa|khoảng|"
    rf"đạt|từ|hơn|giảm|tăng))?\s*"
    rf"(?P<low>{NUMBER})\s*%?(?:\s*[-–]\s*(?P<high>{NUMBER}))?(?P<rest>[^;\d]{{0,40}})"
)
_OPERATORS = tuple((sign, re.compile(rf"(?<!\w){words}\s*$")) for sign, words in OPERATORS)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "trên": ">",
    "hơn": ">",
    "dưới": "<",
    "tối thiểu": ">=",
    "ít nhất": ">=",
    "không quá": "<=",
    "tối đa": "<=",
    "khoảng": "~",
    "đạt": "=",
    "từ": "=",
    "giảm": "decrease",
    "tăng": "increase",
}
_GOAL = re.compile(GOAL, re.IGNORECASE)
_CHANGE = re.compile(CHANGE, re.IGNORECASE)
_SECTION = re.compile(GOAL_SECTION, re.IGNORECASE)
_NOT_GOAL = tuple(re.compile(pattern, re.IGNORECASE) for pattern, _ in NOT_GOAL)
_PERIOD = re.compile(PERIOD)
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
_OPENING = re.compile(r"^(?:phấn đấu|đảm bảo|bảo đảm|trong đó|và)\s+", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(
    r"\s*(?:(?:đạt|từ|trên|dưới|khoảng|hơn|ít nhất|tối thiểu|tối đa|không quá|không vượt quá|còn|là|"
    r"(?<!trở )lên|xuống|bình quân|trung bình|tăng|giảm)\s*)+$"
)
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
    targets = [target for table in tables for target in _from_table(text, table)]
    targets.extend(find_matrix_targets(text, index.blocks, heading_of))
    taken = [(target.start, target.end) for target in targets]
    for table in tables:
        if "indicator" in table.roles:
            taken.extend((row.cells[0][0], row.cells[-1][1]) for row in table.rows)
    taken.sort()
    for found in _CANDIDATE.finditer(text):
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
    period = _period(_BASELINE.sub("", sentence + found[0] + after)) or _period(heading_of(block))
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
        0.7,
    )


def _is_goal(
    block: Block,
    sentence: str,
    clause: str,
    after: str,
    found: re.Match[str],
    heading_of: Callable[[Block], str],
) -> bool:
    if any(pattern.search(sentence) for pattern in _NOT_GOAL[:3]) or _NOT_GOAL[3].search(clause):
        return False
    percent = found["unit"].startswith(("%", "phần"))
    around = sentence + after
    if _SECTION.search(heading_of(block)) and not _SECTION.search(around):
        return bool(percent or _CHANGE.search(clause) or _GOAL.search(sentence))
    if re.search(r"(?i:phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu)", sentence):
        return bool(percent or _CHANGE.search(clause))
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
    growth = _GROWTH.search(clause)
    if growth and not re.search(r"(?:còn|xuống|lên|đạt)\s*(?:dưới|trên|khoảng|từ)?\s*$", clause):
        return ("increase" if growth["word"].casefold() == "tăng" else "decrease"), low, high
    if high is not None:
        return "range", low, high
    if re.match(r"\s+trở\s+lên", after):
        return ">=", low, None
    if re.match(r"\s+trở\s+xuống", after):
        return "<=", None, low
    for sign, pattern in _OPERATORS:
        if pattern.search(clause):
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


def _period(words: str) -> str | None:
    found = _PERIOD.search(words)
    if found is None:
        return None
    if found["from"]:
        return f"{found['from']}/{found['to']}"
    if found["quarter"]:
        return f"{found['qyear']}-Q{ {'I': 1, 'II': 2, 'III': 3, 'IV': 4}[found['quarter']] }"
    return found["year"]


def _from_table(text: str, table: Table) -> list[Target]:
    column = table.column("indicator")
    if column is None:
        return []
    targets = []
    for row in table.rows:
        if column < len(row.cells):
            targets.extend(_from_row(text, table, row, column))
    return targets


def _from_row(text: str, table: Table, row: Row, column: int) -> list[Target]:
    name = row.cells[column]
    indicator = re.sub(r"\s+", " ", text[slice(*name)]).strip()
    if not indicator:
        return []
    unit_place, base_place = table.column("unit"), table.column("baseline")
    unit = _cell(text, row, unit_place)
    baseline = _cell(text, row, base_place)
    group = text[slice(*row.group)] if row.group else ""
    targets: list[Target] = []
    for place, role in enumerate(table.roles):
        if role != "value" or place >= len(row.cells):
            continue
        period = _period(table.headings[place]) or _year(table.headings[place]) or _period(group)
        for span, operator, low, high, own in _values(text, row.cells[place]):
            first = not targets and name[1] <= span[0]
            grows = operator in ("=", "range") and _GROWS.search(indicator)
            change = "increase" if grows else operator
            targets.append(
                Target(
                    name[0] if first else span[0],
                    span[1],
                    indicator,
                    change,
                    low,
                    high,
                    unit or own,
                    period,
                    baseline,
                    "table",
                    0.9,
                )
            )
    return targets


def _cell(text: str, row: Row, place: int | None) -> str | None:
    if place is None or place >= len(row.cells):
        return None
    return re.sub(r"\s+", " ", text[slice(*row.cells[place])]).strip() or None


def _year(heading: str) -> str | None:
    found = re.search(r"(?<!\d)20\d\d(?!\d)", heading)
    return found[0] if found else None


def _values(text: str, cell: Span) -> list[tuple[Span, str, float | None, float | None, str | None]]:
    """Read the values of a cell: "≤ 3 Đông Nam Á; ≤ 50 Thế giới" holds two."""
    values = []
    start = cell[0]
    for part in text[slice(*cell)].split(";"):
        found = _VALUE.match(part)
        if (
            found
            and (found["sign"] or not _WORDY.search(found["rest"]))
            and not re.match(r"\s*[/.]\s*\d", part[found.end() :])
        ):
            sign = re.sub(r"\s+", " ", (found["sign"] or "=").casefold())
            operator = _SIGNS.get(sign, sign)
            low, high = to_number(found["low"]), to_number(found["high"]) if found["high"] else None
            if high is not None:
                operator = "range"
            elif re.match(r"\s*trở\s+lên", found["rest"]):
                operator = ">="
            left = start + len(part) - len(part.lstrip())
            right = start + found.end("high" if found["high"] else "low")
            right += 1 if text[right : right + 1] == "%" else 0
            upper = operator in ("<", "<=")
            own = "%" if "%" in part else None
            values.append(((left, right), operator, None if upper else low, low if upper else high, own))
        start += len(part) + 1
    return values
