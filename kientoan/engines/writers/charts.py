"""Trends and bars: values over time or side by side, with their target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .chart_frame import ACCENT, QUIET, Chart, build_chart, ordinal, plain, shown
from .chart_shapes import Number, Point


def trend(
    points: Sequence[Point],
    *,
    title: str,
    unit: str = "",
    target: Number | None = None,
    source: str = "",
    width: int = 560,
    height: int = 220,
) -> Chart:
    """A line over periods in the order given, with the target as a dashed line.

    Periods not reported are gaps; estimated values are hollow points.
    """
    rows = [_point_row(point) for point in points]
    horizontal = ordinal("label", [row["label"] for row in rows], axis={"labelAngle": 0})
    line = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
        "encoding": {"x": horizontal, "y": _measure()},
    }
    dots = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {
            "type": "point",
            "filled": True,
            "size": 60,
            "stroke": ACCENT,
            "strokeWidth": 2,
            "opacity": 1,
        },
        "encoding": {
            "x": horizontal,
            "y": {"field": "value", "type": "quantitative"},
            "fill": {"condition": {"test": "datum.estimated", "value": "white"}, "value": ACCENT},
        },
    }
    return build_chart(
        title,
        source=source,
        unit=unit,
        description=_describe(points, unit, target),
        rows=rows,
        layers=[line, dots, *_target_layers(target, unit)],
        width=width,
        height=height,
    )


def bars(
    items: Sequence[Point],
    *,
    title: str,
    unit: str = "",
    target: Number | None = None,
    source: str = "",
    width: int = 420,
) -> Chart:
    """Horizontal bars in the order given, each with its value; "chưa báo cáo" where there is none."""
    rows = [_point_row(item) for item in items]
    vertical = ordinal("label", [row["label"] for row in rows])
    bar = {
        "mark": {"type": "bar", "color": ACCENT, "cornerRadiusEnd": 2, "height": {"band": 0.62}},
        "encoding": {
            "y": vertical,
            "x": _measure(),
            "opacity": {"condition": {"test": "datum.estimated", "value": 0.55}, "value": 1},
        },
    }
    length = {"field": "place", "type": "quantitative"}
    words = {
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {"y": vertical, "x": length, "text": {"field": "shown"}},
    }
    return build_chart(
        title,
        source=source,
        unit=unit,
        description=_describe(items, unit, target),
        rows=rows,
        layers=[bar, words, *_target_layers(target, unit, axis="x")],
        width=width,
        height={"step": 26},
    )


def _point_row(point: Point) -> dict[str, Any]:
    value = plain(point.value)
    return {
        "label": point.label,
        "value": value,
        "place": value if value is not None and value > 0 else 0,
        "estimated": point.estimated,
        "shown": _say(point),
    }


def _measure() -> dict[str, Any]:
    return {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",~f", "tickCount": 5, "domain": False, "ticks": False},
        "scale": {"zero": True, "nice": True},
    }


def _target_layers(target: Number | None, unit: str, *, axis: str = "y") -> list[dict[str, Any]]:
    """The target as a dashed line across the chart, with its words at the edge."""
    if target is None:
        return []
    place = {axis: {"datum": plain(target)}}
    words = f"Chỉ tiêu {shown(target)}" + (" %" if unit == "%" else "")
    look = {"align": "left", "dx": 4, "dy": -3} if axis == "y" else {"dy": -4}
    edge = {"x": {"value": 0}} if axis == "y" else {"y": {"value": 0}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": QUIET, "strokeDash": [5, 4], "strokeWidth": 1.5},
            "encoding": place,
        },
        {
            "data": {"values": [{}]},
            "mark": {"type": "text", "color": QUIET, "baseline": "bottom", **look},
            "encoding": {**place, **edge, "text": {"value": words}},
        },
    ]


def _describe(points: Sequence[Point], unit: str, target: Number | None) -> str:
    said = "; ".join(f"{point.label}: {_say(point)}" for point in points[:60])
    aim = f" Chỉ tiêu: {shown(target)} {unit}".rstrip() + "." if target is not None else ""
    return said + (f" {unit}." if unit else ".") + aim


def _say(point: Point) -> str:
    return shown(point.value) + (" (ước)" if point.estimated and point.value is not None else "")
