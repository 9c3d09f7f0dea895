"""What would wait for somebody to decide, in words: how much of which kind, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext, ngettext

from kientoan.domains.plans.models import Part, Target
from kientoan.domains.plans.queries.target_words import plan_text, span_label
from kientoan.domains.plans.queries.waits_ahead import Ahead, WaitsFor
from kientoan.domains.plans.rules.target_fates import Due
from kientoan.domains.reorganisation.queries import UnitEffects

MOST = 8  # targets of one unit that are told one by one


def waiting_words(one: UnitEffects) -> list[str]:
    """Lines for one unit: records counted by kind and reason, targets that meet others one by one."""
    meeting = [ahead for ahead in one.waits if ahead.fated is not None and ahead.fated.there is not None]
    counted: Counter[tuple[str, str, WaitsFor]] = Counter()
    for ahead in one.waits:
        if ahead not in meeting:
            counted[ahead.subject, str(ahead.part), ahead.why] += ahead.count
    lines = [_counted(subject, part, why, count) for (subject, part, why), count in counted.items()]
    lines += [words for ahead in meeting[:MOST] for words in _met(ahead, one.met)]
    if more := len(meeting) - MOST if len(meeting) > MOST else 0:
        words = ngettext("và %(count)d chỉ tiêu khác như vậy", "và %(count)d chỉ tiêu khác như vậy", more)
        lines.append(words % {"count": more})
    return lines


def _counted(subject: str, part: str, why: WaitsFor, count: int) -> str:
    kinds = {
        "task": ngettext("%(n)d nhiệm vụ", "%(n)d nhiệm vụ", count),
        "target": ngettext("%(n)d chỉ tiêu", "%(n)d chỉ tiêu", count),
        "target_set": ngettext("%(n)d bộ chỉ tiêu", "%(n)d bộ chỉ tiêu", count),
        "programme_duty": ngettext(
            "%(n)d chương trình, kế hoạch phải lập", "%(n)d chương trình, kế hoạch phải lập", count
        ),
        "submission": ngettext("%(n)d biểu số liệu", "%(n)d biểu số liệu", count),
        "role_grant": ngettext("%(n)d vai trò", "%(n)d vai trò", count),
    }
    told = kinds[subject] % {"n": count}
    if subject in ("task", "target") and part not in (Part.LEAD, Part.UNIT):
        told = f"{told} ({Part(part).label})"
    return f"{told}: {why.label}"


def _met(ahead: Ahead, names: Mapping[int, str]) -> Iterator[str]:
    """One target, with what it asks and what the heir has."""
    target, there = ahead.target, ahead.fated.there if ahead.fated is not None else None
    if target is None or there is None:
        return
    values = {"name": _named(target), "own": plan_text(target.operator, target.low, target.high)}
    if (name := names.get(there.unit)) is None:
        words = gettext("chỉ tiêu %(name)s, %(own)s: %(why)s")
        yield words % {**values, "why": ahead.why.label}
        return
    words = gettext("chỉ tiêu %(name)s, %(own)s; %(unit)s có %(other)s: %(why)s")
    yield words % {**values, "unit": name, "other": _asked(there), "why": ahead.why.label}


def _named(target: Target) -> str:
    return f"“{target.indicator.name}” ({span_label(target.period_start, target.period_end)})"


def _asked(due: Due) -> str:
    return plan_text(due.bounds.operator, due.bounds.low, due.bounds.high)
