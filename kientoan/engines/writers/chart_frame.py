"""Charts as pictures: one Vega-Lite description drawn as SVG for pages and PNG for Word, offline.

Each chart has a title, says its source and is described in words for those who do not see
it. One accent colour; status by word as well as by colour; numbers the Vietnamese way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kientoan.engines.vietnamese import format_number

from .chart_shapes import Number, Tone
from .sparkline import to_decimal

ACCENT = "#1D5FA6"
INK, QUIET, GRID = "#1F2933", "#5B6773", "#E4E7EB"
_FONTS = "Be Vietnam Pro, Noto Sans, sans-serif"
TONES: dict[Tone, str] = {
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


def build_chart(
    title: str,
    *,
    description: str,
    rows: list[dict[str, Any]],
    layers: list[dict[str, Any]],
    width: int | dict[str, int],
    height: int | dict[str, int],
    unit: str = "",
    source: str = "",
) -> Chart:
    """Put layers over one table of rows under a title that names unit and source."""
    under = [f"Đơn vị tính: {unit}"] * bool(unit) + [f"Nguồn: {source}"] * bool(source)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "subtitle": " · ".join(under)} if under else {"text": title},
        "width": width,
        "height": height,
        "padding": 8,
        "data": {"values": rows},
        "layer": layers,
        "resolve": {"scale": {"color": "independent"}},
        "config": _CONFIG,
    }
    return Chart(title, description, spec)


def ordinal(field: str, order: list[str], *, axis: dict[str, Any] | None = None) -> dict[str, Any]:
    """A channel of names in the order given."""
    look = axis or {"ticks": False, "domain": False, "labelColor": INK}
    return {"field": field, "type": "ordinal", "sort": order, "title": None, "axis": look}


def plain(value: Number | None) -> float | None:
    """Make the value a number that JSON holds; a blank stays a blank."""
    return None if value is None else float(value)


def shown(value: Number | None) -> str:
    """Write the value the Vietnamese way; a blank is "chưa báo cáo"."""
    return "chưa báo cáo" if value is None else format_number(to_decimal(value))
