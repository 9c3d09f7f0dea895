"""Pictures of targets: the small line in a table, the trend on the page of a target."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kientoan.domains.plans.queries.target_words import period_label
from kientoan.domains.plans.queries.targets import TargetRow, series_of
from kientoan.engines.rollup import ESTIMATE
from kientoan.engines.writers.chart_shapes import Point
from kientoan.engines.writers.charts import trend
from kientoan.engines.writers.sparkline import sparkline

MOST_POINTS = 24


@dataclass(frozen=True)
class Drawn:
    """A target with its small line."""

    row: TargetRow
    line: SafeString


def drawn(row: TargetRow) -> Drawn:
    """The row with the line of its last figures; bounds are drawn where they compare with the figures."""
    target = row.target
    low, high = (None, None) if target.indicator.accumulates else (target.low, target.high)
    values = [value for _day, value in row.trend]
    line = sparkline(values, low=low, high=high, label=target.indicator.name) if len(values) > 1 else ""
    return Drawn(row, mark_safe(line))


def trend_picture(row: TargetRow) -> SafeString:
    """The trend of the figures as SVG; '' when there are fewer than two."""
    series = series_of(row.readings)
    if len(series) < 2:
        return SafeString("")
    points = [
        Point(period_label(one.period), one.value.normalize(), one.vintage == ESTIMATE)
        for one in series[-MOST_POINTS:]
    ]
    target = row.target
    bound = None if row.indicator.accumulates else target.low if target.low is not None else target.high
    chart = trend(
        points,
        title=row.indicator.name,
        unit=row.indicator.unit_of_measure,
        target=bound.normalize() if bound is not None else None,
        source=_("Số liệu đã duyệt của %(unit)s") % {"unit": row.unit.name},
    )
    return mark_safe(chart.to_svg())
