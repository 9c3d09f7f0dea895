"""Charts as pictures: one Vega-Lite description drawn as SVG for pages and PNG for Word, offline.

Each chart has a title, says its source and is described in words for those who do not see
it. One accent colour; status by word as well as by colour; numbers the Vietnamese way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kientoan.engines.vietnamese import format_number

from .chart_shapes import HeatCell, Number, Point, Status, StatusBar, Tone
from .sparkline import to_decimal

ACCENT = "#1D5FA6"
INK, QUIET, GRID = "#1F2933", "#5B6773", "#E4E7EB"
_FONTS = "Be Vietnam Pro, Noto Sans, sans-serif"
_TONES: dict[Tone, str] = {
    "good": "#2E7D5B",
    "calm": "#7FA8D1",
    "warn": "#C98A1B",
    "bad": "#B23A3A",
    "none": "#C9CFD6",
}
_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0₫"], "minus": "-"}
_CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": _FONTS,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "fontSize": 15,
        "fontWeight": 600,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 12,
        "offset": 12,
    },
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 400,
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
        "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "labelFontSize": 12, "orient": "top", "title": None, "labelLimit": 300},
    "text": {"font": _FONTS, "fontSize": 12, "color": INK},
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to draw. `description` says in words what the picture shows."""

    title: str
    description: str
    spec: dict[str, Any]

    def to_svg(self) -> str:
        """Draw as SVG, with title and description for screen readers."""
        drawn: str = _renderer().vegalite_to_svg(json.dumps(self.spec), format_locale=_LOCALE)
        start = drawn.index("<svg")
        end = drawn.index(">", start)
        words = f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>"
        label = quoteattr(f"{self.title}. {self.description}")
        return f'{drawn[start:end]} role="img" aria-label={label}>{words}{drawn[end + 1 :]}'

    def to_png(self, *, scale: float = 2.0) -> bytes:
        """Draw as PNG on white, for Word; `scale` 2 prints sharply at 150 mm."""
        spec = {**self.spec, "background": "white"}
        drawn: bytes = _renderer().vegalite_to_png(json.dumps(spec), scale=scale, format_locale=_LOCALE)
        return drawn


def _renderer() -> Any:
    """Load the renderer when the first chart is drawn: it is large, and most pages draw none."""
    import vl_convert

    return vl_convert


def register_fonts(folder: Path) -> None:
    """Let the charts use the font files of a folder (the interface's own font)."""
    _renderer().register_font_directory(str(folder))


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
    rows = [_point_row(point, index) for index, point in enumerate(points)]
    order = [row["label"] for row in rows]
    horizontal = {
        "field": "label",
        "type": "ordinal",
        "sort": order,
        "title": None,
        "axis": {"labelAngle": 0},
    }
    line = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
        "encoding": {"x": horizontal, "y": _measure("value")},
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
    layers: list[dict[str, Any]] = [line, dots, *_target_layers(target, unit)]
    return _chart(title, source, unit, _describe(points, unit, target), rows, layers, width, height)


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
    rows = [_point_row(item, index) for index, item in enumerate(items)]
    vertical = {
        "field": "label",
        "type": "ordinal",
        "sort": [row["label"] for row in rows],
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelColor": INK},
    }
    bar = {
        "mark": {"type": "bar", "color": ACCENT, "cornerRadiusEnd": 2, "height": {"band": 0.62}},
        "encoding": {
            "y": vertical,
            "x": _measure("value"),
            "opacity": {"condition": {"test": "datum.estimated", "value": 0.55}, "value": 1},
        },
    }
    words = {
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {
            "y": vertical,
            "x": {"field": "place", "type": "quantitative"},
            "text": {"field": "shown"},
        },
    }
    layers: list[dict[str, Any]] = [bar, words, *_target_layers(target, unit, axis="x")]
    return _chart(title, source, unit, _describe(items, unit, target), rows, layers, width, {"step": 26})


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
            "value": _plain(cell.value),
            "shown": cell.text or ("–" if cell.value is None else _shown(cell.value)),
        }
        for cell in cells
    ]
    place = {
        "x": {
            "field": "column",
            "type": "ordinal",
            "sort": list(dict.fromkeys(cell.column for cell in cells)),
            "title": None,
            "axis": {
                "orient": "top",
                "labelAngle": 0,
                "domain": False,
                "ticks": False,
                "labelLimit": step[0] * 2,
            },
        },
        "y": {
            "field": "row",
            "type": "ordinal",
            "sort": list(dict.fromkeys(cell.row for cell in cells)),
            "title": None,
            "axis": {"domain": False, "ticks": False, "labelColor": INK},
        },
    }
    known = [float(cell.value) for cell in cells if cell.value is not None]
    deep = min(known) + 0.66 * (max(known) - min(known)) if known else 0.0
    square = {
        "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2, "invalid": "show"},
        "encoding": {
            **place,
            "color": {
                "condition": {"test": "!isValid(datum.value)", "value": "#F1F3F5"},
                "field": "value",
                "type": "quantitative",
                "scale": {"range": ["#E3EDF7", "#14477F"]},
                "legend": None,
            },
        },
    }
    words = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            **place,
            "text": {"field": "shown"},
            "color": {
                "condition": {"test": f"isValid(datum.value) && datum.value >= {deep}", "value": "white"},
                "value": "#10161D",
            },
        },
    }
    described = f"{_count(cells)} ô. " + "; ".join(
        f"{cell.row}, {cell.column}: {cell.text or _shown(cell.value)}" for cell in cells[:60]
    )
    if len(known) < len(cells):
        unit = f"{unit} (–: chưa báo cáo)".strip()
    return _chart(title, source, unit, described, rows, [square, words], {"step": step[0]}, {"step": step[1]})


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
    place = {
        "y": {
            "field": "label",
            "type": "ordinal",
            "sort": [group.label for group in groups],
            "scale": {"domain": [group.label for group in groups]},
            "title": None,
            "axis": {"ticks": False, "domain": False, "labelColor": INK},
        },
        "order": {"field": "order"},
    }
    colour = {
        "field": "status",
        "type": "nominal",
        "scale": {
            "domain": [status.label for status in statuses],
            "range": [_TONES[status.tone] for status in statuses],
        },
        "legend": {"columns": 4},
    }
    bar = {
        "mark": {"type": "bar", "stroke": "white", "height": {"band": 0.66}},
        "encoding": {
            **place,
            "x": {"field": "count", "type": "quantitative", "stack": "zero", "title": None, "axis": None},
            "color": colour,
        },
    }
    light = {status.label for status in statuses if status.tone in ("none", "calm")}
    words = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            **place,
            "x": {"field": "count", "type": "quantitative", "stack": "zero", "bandPosition": 0.5},
            "text": {"field": "count", "format": ",d"},
            "detail": {"field": "status"},
            "color": {
                "condition": {
                    "test": f"indexof({json.dumps(sorted(light))}, datum.status) >= 0",
                    "value": INK,
                },
                "value": "white",
            },
        },
    }
    nothing = {
        "data": {"values": [{"label": group.label} for group in groups if not any(group.counts.values())]},
        "mark": {"type": "text", "align": "left", "dx": 5, "color": QUIET},
        "encoding": {"y": place["y"], "x": {"value": 0}, "text": {"value": "không có"}},
    }
    described = "; ".join(f"{group.label}: {_say_counts(group, statuses)}" for group in groups) + "."
    return _chart(title, source, "", described, rows, [bar, words, nothing], width, {"step": 28})


def _chart(
    title: str,
    source: str,
    unit: str,
    description: str,
    rows: list[dict[str, Any]],
    layers: list[dict[str, Any]],
    width: int | dict[str, int],
    height: int | dict[str, int],
) -> Chart:
    subtitle = [
        part
        for part in (f"Đơn vị tính: {unit}" if unit else "", f"Nguồn: {source}" if source else "")
        if part
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "subtitle": " · ".join(subtitle)} if subtitle else {"text": title},
        "width": width,
        "height": height,
        "padding": 8,
        "data": {"values": rows},
        "layer": layers,
        "resolve": {"scale": {"color": "independent"}},
        "config": _CONFIG,
    }
    return Chart(title, description, spec)


def _point_row(point: Point, index: int) -> dict[str, Any]:
    value = _plain(point.value)
    shown = _shown(point.value) + (" (ước)" if point.estimated and value is not None else "")
    return {
        "label": point.label,
        "index": index,
        "value": value,
        "place": value if value is not None and value > 0 else 0,
        "estimated": point.estimated,
        "shown": shown,
    }


def _measure(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",~f", "tickCount": 5, "domain": False, "ticks": False},
        "scale": {"zero": True, "nice": True},
    }


def _target_layers(target: Number | None, unit: str, *, axis: str = "y") -> list[dict[str, Any]]:
    if target is None:
        return []
    place = {axis: {"datum": _plain(target)}}
    words = f"Chỉ tiêu {_shown(target)}" + (" %" if unit == "%" else "")
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
    said = [
        f"{point.label}: {_shown(point.value)}" + (" (ước)" if point.estimated else "")
        for point in points[:60]
    ]
    aim = f" Chỉ tiêu: {_shown(target)} {unit}".rstrip() + "." if target is not None else ""
    return "; ".join(said) + (f" {unit}." if unit else ".") + aim


def _plain(value: Number | None) -> float | None:
    return None if value is None else float(value)


def _shown(value: Number | None) -> str:
    return "chưa báo cáo" if value is None else format_number(to_decimal(value))


def _say_counts(group: StatusBar, statuses: Sequence[Status]) -> str:
    said = [f"{group.counts[s.key]} {s.label.lower()}" for s in statuses if group.counts.get(s.key)]
    return ", ".join(said) or "không có"


def _count(cells: Sequence[HeatCell]) -> str:
    return format_number(len(cells))
