"""Targets and their status in words, in the reader's language."""

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from kientoan.domains.results.models import Indicator, Vintage
from kientoan.engines.periods import Period, PeriodError
from kientoan.engines.vietnamese import format_number

from ..models import Target
from ..rules.targets import (
    ABOUT_TOLERANCE,
    BETTER,
    EXCEEDED,
    MEETS,
    MET,
    MISSED,
    NOT_REPORTED,
    ON_THE_WAY,
    Goal,
    Status,
)

STATE_LABELS: dict[str, str | Promise] = {
    EXCEEDED: gettext_lazy("Vượt"),
    MET: gettext_lazy("Đạt"),
    ON_THE_WAY: gettext_lazy("Đang thực hiện"),
    MISSED: gettext_lazy("Không đạt"),
    NOT_REPORTED: gettext_lazy("Chưa báo cáo"),
}
_TO_ENGLISH = str.maketrans(",.", ".,")
VINTAGE_LABELS = dict(Vintage.choices)


def period_label(period: Period) -> str:
    """'quý II/2018' or 'Q2 2018'."""
    return period.label("en" if (get_language() or "vi").startswith("en") else "vi")


def span_label(start: date, end: date) -> str:
    """The stretch in words: a period when it is one, else the two days."""
    try:
        return period_label(Period.spanning(start, end))
    except PeriodError:
        last = date.fromordinal(end.toordinal() - 1)
        return _("%(start)s đến %(end)s") % {"start": f"{start:%d/%m/%Y}", "end": f"{last:%d/%m/%Y}"}


def number(value: Decimal, decimals: int) -> str:
    """With as many places as the indicator shows, or as the value needs: 1.234,50."""
    places = max(decimals, -int(value.normalize().as_tuple().exponent))
    return _written(format_number(value, min(places, 6)))


def plain_number(value: Decimal) -> str:
    """As short as it is: 82,5; 7,8; 1.600."""
    return _written(format_number(value.normalize()))


def _written(text: str) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    return text.translate(_TO_ENGLISH) if (get_language() or "vi").startswith("en") else text


def shown_value(value: Decimal | None, indicator: Indicator) -> str:
    """A figure rounded as the indicator shows it; '' when there is none."""
    return "" if value is None else _written(format_number(value, indicator.decimals))


def plan_text(operator: str, low: Decimal | None, high: Decimal | None) -> str:
    """What is demanded, short: '≥ 82,5', '7,5-8', '≤ 1,55', '≈ 1.000', '400'."""
    signs = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "≈ ", "=": "", "range": ""}
    return signs[operator] + "–".join(plain_number(bound) for bound in (low, high) if bound is not None)


def baseline_text(target: Target) -> str:
    """The base with its year and vintage: '2,55 (2017, ước)'; '' when there is none."""
    if target.baseline is None:
        return ""
    notes = [str(target.baseline_year)] if target.baseline_year else []
    if target.baseline_vintage:
        notes.append(str(VINTAGE_LABELS[target.baseline_vintage]).lower())
    shown = plain_number(target.baseline)
    return f"{shown} ({', '.join(notes)})" if notes else shown


def goal_of(target: Target) -> Goal:
    """The target as the rule takes it; its path must be loaded."""
    return Goal(
        operator=target.operator,
        low=target.low,
        high=target.high,
        start=target.period_start,
        end=target.period_end,
        ascending=target.indicator.ascending,
        accumulates=target.indicator.accumulates,
        decimals=target.indicator.decimals,
        path=tuple((point.period_end, point.value) for point in target.path.all()),
    )


def explain(target: Target, goal: Goal, status: Status, day: date) -> str:
    """Why the state is what it is, with all numbers, in two or three sentences."""
    if status.value is None:
        words = {"period": span_label(goal.start, goal.end), "day": f"{day:%d/%m/%Y}"}
        return _("Đến ngày %(day)s chưa có số liệu nào của %(period)s được duyệt.") % words
    parts = [_figure(target, goal, status), _compared(target, goal, status)]
    if status.partial:
        parts.append(_missing(status))
    if status.state == NOT_REPORTED:
        parts.append(_("Kỳ đã hết nhưng số liệu chưa phủ cả kỳ nên chưa kết luận."))
    if status.pace is not None and status.state == ON_THE_WAY:
        parts.append(_pace(target, status))
    if change := _change(target):
        parts.append(change)
    if goal.operator == "~":
        percent = plain_number(ABOUT_TOLERANCE * 100)
        parts.append(_("«Khoảng» được hiểu là chênh không quá %(percent)s %%.") % {"percent": percent})
    if status.provisional and status.state in {MET, EXCEEDED, MISSED}:
        parts.append(_("Kết luận còn là tạm tính."))
    return " ".join(parts)


def _figure(target: Target, goal: Goal, status: Status) -> str:
    assert status.value is not None
    words = {
        "value": number(status.value, target.indicator.decimals),
        "unit": target.indicator.unit_of_measure,
        "vintage": str(VINTAGE_LABELS[status.vintage]).lower(),
        "known": f"{status.known_on:%d/%m/%Y}",
    }
    if status.basis == "sum":
        assert status.until is not None
        words["period"] = span_label(goal.start, status.until)
        return _("Cộng dồn %(period)s: %(value)s %(unit)s (%(vintage)s, biết ngày %(known)s).") % words
    assert status.period is not None
    words["period"] = period_label(status.period)
    return _("Số %(vintage)s của %(period)s: %(value)s %(unit)s (biết ngày %(known)s).") % words


def _compared(target: Target, goal: Goal, status: Status) -> str:
    assert status.value is not None
    words = {
        "plan": plan_text(goal.operator, goal.low, goal.high),
        "gap": number(_distance(goal, status.value), target.indicator.decimals),
    }
    sentence = {
        EXCEEDED: gettext("Chỉ tiêu %(plan)s: vượt %(gap)s."),
        MET: gettext("Chỉ tiêu %(plan)s: đạt."),
        MISSED: gettext("Chỉ tiêu %(plan)s: lệch %(gap)s, không đạt."),
    }.get(status.state, gettext("Chỉ tiêu %(plan)s: còn cách %(gap)s."))
    return sentence % words


def _distance(goal: Goal, value: Decimal) -> Decimal:
    """How far the value is from the nearest bound that the document names."""
    return min(abs(value - bound) for bound in goal.bounds)


def _missing(status: Status) -> str:
    parts = []
    if status.reported < status.expected:
        parts.append(
            _("tính từ %(reported)s/%(expected)s đơn vị")
            % {"reported": status.reported, "expected": status.expected}
        )
    if status.gaps:
        gaps = ", ".join(span_label(start, end) for start, end in status.gaps)
        parts.append(_("thiếu %(gaps)s") % {"gaps": gaps})
    return _("Chưa đủ: %(what)s.") % {"what": "; ".join(parts)}


def _pace(target: Target, status: Status) -> str:
    assert status.pace is not None
    side = {BETTER: _("vượt lộ trình"), MEETS: _("đúng lộ trình")}.get(
        status.pace.side, _("chậm so với lộ trình")
    )
    words = {
        "until": f"{date.fromordinal(status.pace.until.toordinal() - 1):%d/%m/%Y}",
        "planned": plain_number(status.pace.planned),
        "value": number(status.pace.value, target.indicator.decimals),
        "side": side,
    }
    return _("Lộ trình đến hết %(until)s: %(planned)s; thực hiện: %(value)s, %(side)s.") % words


def _change(target: Target) -> str:
    """A target in two forms: the level is judged, the change is shown with its base."""
    bound = target.high if target.operator in {"<=", "<"} else target.low
    if target.baseline is None or bound is None or target.operator == "range" or target.indicator.accumulates:
        return ""
    words = {
        "change": plain_number(abs(bound - target.baseline)),
        "base": baseline_text(target),
    }
    if bound < target.baseline:
        return _("Tức là giảm %(change)s so với %(base)s.") % words
    return _("Tức là tăng %(change)s so với %(base)s.") % words if bound > target.baseline else ""
