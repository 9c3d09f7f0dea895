"""Heat maps and status bars: many units at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kientoan.engines.vietnamese import format_number

from .chart_frame import INK, QUIET, TONES, Chart, build_chart, ordinal, plain, shown
from .chart_shapes import HeatCell, Status, StatusBar

_PALE, _DEEP, _BLANK, _DARK_INK = "#E3EDF7", "#14477F", "#F1F3F5", "#10161D"


def heatmap(
    cells: Sequence[HeatCell],
    *,
    title: str,
    unit: str = "",
    source: str = "",
    step: tuple[int, int] = (74, 26),
) -> Chart:
    """Units down, fields across; the deeper the colour the higher the value.

    A square without a value is grey with a dash; the subtitle says that it was not reported.
    """
    rows = [
        {
            "row": cell.row,
            "column": cell.column,
            "value": plain(cell.value),
            "shown": cell.text or ("–" if cell.value is None else shown(cell.value)),
        }
        for cell in cells
    ]
    across = {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False, "labelLimit": step[0] * 2}
    place = {
        "x": ordinal("column", list(dict.fromkeys(cell.column for cell in cells)), axis=across),
        "y": ordinal("row", list(dict.fromkeys(cell.row for cell in cells))),
    }
    blank = any(cell.value is None for cell in cells)
    described = "; ".join(
        f"{cell.row}, {cell.column}: {cell.text or shown(cell.value)}" for cell in cells[:60]
    )
    return build_chart(
        title,
        source=source,
        unit=f"{unit} (–: chưa báo cáo)".strip() if blank else unit,
        description=f"{format_number(len(cells))} ô. {described}",
        rows=rows,
        layers=[_squares(place), _square_words(place, cells)],
        width={"step": step[0]},
        height={"step": step[1]},
    )


def status_bars(
    groups: Sequence[StatusBar],
    *,
    statuses: Sequence[Status],
    title: str,
    source: str = "",
    width: int = 480,
) -> Chart:
    """One bar per group, cut by status in the order given, with the number in each part."""
    rows = [
        {"label": group.label, "status": status.label, "order": index, "count": group.counts[status.key]}
        for group in groups
        for index, status in enumerate(statuses)
        if group.counts.get(status.key)
    ]
    labels = [group.label for group in groups]
    vertical = {**ordinal("label", labels), "scale": {"domain": labels}}
    empty = [{"label": group.label} for group in groups if not any(group.counts.values())]
    nothing = {
        "data": {"values": empty},
        "mark": {"type": "text", "align": "left", "dx": 5, "color": QUIET},
        "encoding": {"y": vertical, "x": {"value": 0}, "text": {"value": "không có"}},
    }
    place = {"y": vertical, "order": {"field": "order"}}
    return build_chart(
        title,
        source=source,
        description="; ".join(f"{group.label}: {_say_counts(group, statuses)}" for group in groups) + ".",
        rows=rows,
        layers=[_status_parts(place, statuses), _status_words(place, statuses), nothing],
        width=width,
        height={"step": 28},
    )


def _squares(place: dict[str, Any]) -> dict[str, Any]:
    colour = {
        "condition": {"test": "!isValid(datum.value)", "value": _BLANK},
        "field": "value",
        "type": "quantitative",
        "scale": {"range": [_PALE, _DEEP]},
        "legend": None,
    }
    mark = {"type": "rect", "stroke": "white", "strokeWidth": 2, "invalid": "show"}
    return {"mark": mark, "encoding": {**place, "color": colour}}


def _square_words(place: dict[str, Any], cells: Sequence[HeatCell]) -> dict[str, Any]:
    """Words in the squares: white from two thirds of the range on, where dark ink would read worse."""
    known = [float(cell.value) for cell in cells if cell.value is not None]
    deep = min(known) + 0.66 * (max(known) - min(known)) if known else 0.0
    test = f"isValid(datum.value) && datum.value >= {deep}"
    colour = {"condition": {"test": test, "value": "white"}, "value": _DARK_INK}
    return {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {**place, "text": {"field": "shown"}, "color": colour},
    }


def _status_parts(place: dict[str, Any], statuses: Sequence[Status]) -> dict[str, Any]:
    scale = {
        "domain": [status.label for status in statuses],
        "range": [TONES[status.tone] for status in statuses],
    }
    return {
        "mark": {"type": "bar", "stroke": "white", "height": {"band": 0.66}},
        "encoding": {
            **place,
            "x": {"field": "count", "type": "quantitative", "stack": "zero", "title": None, "axis": None},
            "color": {"field": "status", "type": "nominal", "scale": scale, "legend": {"columns": 4}},
        },
    }


def _status_words(place: dict[str, Any], statuses: Sequence[Status]) -> dict[str, Any]:
    light = json.dumps(sorted(status.label for status in statuses if status.tone in ("none", "calm")))
    colour = {"condition": {"test": f"indexof({light}, datum.status) >= 0", "value": INK}, "value": "white"}
    return {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            **place,
            "x": {"field": "count", "type": "quantitative", "stack": "zero", "bandPosition": 0.5},
            "text": {"field": "count", "format": ",d"},
            "detail": {"field": "status"},
            "color": colour,
        },
    }


def _say_counts(group: StatusBar, statuses: Sequence[Status]) -> str:
    said = [f"{group.counts[s.key]} {s.label.lower()}" for s in statuses if group.counts.get(s.key)]
    return ", ".join(said) or "không có"
