"""A line the size of a word, drawn as a string: cheap enough for every row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from kientoan.engines.vietnamese import format_number

from .chart_shapes import Number


def sparkline(
    points: Sequence[Number | None],
    *,
    low: Number | None = None,
    high: Number | None = None,
    width: int = 120,
    height: int = 28,
    label: str = "",
) -> str:
    """Draw values in order as an SVG in the text's colour; None is a gap in the line.

    `low` and `high` are the target's bounds: one gives a dashed line, both a band. The last
    value is a dot. `label` names what is shown to screen readers; the last value is added.
    """
    known = [float(value) for value in points if value is not None]
    bounds = [float(bound) for bound in (low, high) if bound is not None]
    if not known:
        return _frame(width, height, f"{label}: chưa có số liệu".lstrip(": "), "")
    bottom, top = min(known + bounds), max(known + bounds)
    span = (top - bottom) or 1.0
    margin = 3.0

    def across(index: int) -> float:
        return margin + (width - 2 * margin) * (index / (len(points) - 1) if len(points) > 1 else 0.5)

    def up(value: float) -> float:
        return height - margin - (height - 2 * margin) * ((value - bottom) / span if top > bottom else 0.5)

    places = [(across(i), up(float(v))) if v is not None else None for i, v in enumerate(points)]
    drawn = _draw_target([up(bound) for bound in bounds], width) + _draw_line(places)
    x, y = next(place for place in reversed(places) if place is not None)
    drawn += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="currentColor"/>'
    last = next(value for value in reversed(points) if value is not None)
    words = f"{label}: gần nhất {format_number(to_decimal(last))}".lstrip(": ")
    return _frame(width, height, words, drawn)


def to_decimal(value: Number) -> Decimal:
    """Make a Decimal as a person would write the number: 0.1 + 0.2 is 0.3."""
    if isinstance(value, float):
        return Decimal(f"{Decimal(f'{value:.12g}'):f}")
    return Decimal(value)


def _draw_line(places: list[tuple[float, float] | None]) -> str:
    """Draw each unbroken stretch; a value between two gaps is a short dash."""
    path, moved = "", False
    for index, place in enumerate(places):
        if place is None:
            moved = False
            continue
        x, y = place
        alone = not moved and (index + 1 == len(places) or places[index + 1] is None)
        path += f"{'L' if moved else 'M'}{x:.1f} {y:.1f}" + ("h.1" if alone else "")
        moved = True
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _draw_target(heights: list[float], width: int) -> str:
    if not heights:
        return ""
    if len(heights) == 1:
        return (
            f'<path d="M0 {heights[0]:.1f}H{width}" stroke="currentColor" opacity=".45" '
            'stroke-dasharray="3 3"/>'
        )
    top, tall = min(heights), max(abs(heights[0] - heights[1]), 1.0)
    return (
        f'<rect x="0" y="{top:.1f}" width="{width}" height="{tall:.1f}" fill="currentColor" opacity=".12"/>'
    )


def _frame(width: int, height: int, words: str, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sparkline" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label={quoteattr(words)}>{drawn}</svg>'
    )
