"""Deciding who takes what waits, and taking that back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import Part, Rule, Succession, Update
from kientoan.domains.plans.operations.other_succession import settle_others, take_others_back
from kientoan.domains.plans.operations.succession import Estate, take_tasks_back
from kientoan.domains.plans.operations.target_succession import (
    CannotBeAdded,
    settle_targets,
    take_targets_back,
)
from kientoan.domains.plans.operations.task_settling import settle_tasks
from kientoan.domains.plans.rules.succession import Takeover
from kientoan.domains.plans.rules.target_fates import Meeting

from ..queries.undoing import touched_since
from ..queries.waiting import DECIDERS, waiting
from .post_heirs import post_heirs


class CannotSettle(Exception):
    """It cannot pass to that unit, or not be taken back; `str(error)` says why and what to do."""


@transaction.atomic
def settle(
    *,
    succession_ids: Collection[int],
    unit_id: int,
    viewer: Viewer,
    at: datetime,
    meeting: Meeting = Meeting.STANDS,
) -> int:
    """Give what waits to a unit; how many records passed. `unsettle` takes it back.

    A role passes like everything else: a person decided so. `meeting`: which target holds where the unit has
    one for the same thing. Raises `NotAllowed` when one of them is not the
    viewer's to decide, or the unit is not; `CannotSettle` when the unit does not exist on the day or somebody
    else decided first.
    """
    rows = Succession.objects.select_for_update(of=("self",)).filter(pk__in=succession_ids)
    chosen = list(rows.select_related("decision").order_by("decision_id", "from_unit_id", "pk"))
    if any(row.to_unit_id is not None for row in chosen) or len(chosen) != len(set(succession_ids)):
        raise CannotSettle(_("Có việc đã được người khác quyết định. Hãy tải lại danh sách."))
    if waiting(viewer).filter(pk__in=succession_ids).count() != len(chosen):
        raise NotAllowed(*DECIDERS)
    if not viewer.administers_all and not viewer.has(*DECIDERS, unit=unit_id):
        raise NotAllowed(*DECIDERS)
    if not Unit.objects.on(viewer.day).filter(pk=unit_id).exists():
        raise CannotSettle(_("Đơn vị nhận không còn hoặc chưa có trong ngày này. Hãy chọn đơn vị khác."))
    for _key, group in groupby(chosen, key=lambda row: (row.decision_id, row.from_unit_id)):
        _settle(list(group), unit_id, viewer, at, meeting)
    detail = {"successions": sorted(succession_ids), "unit": unit_id, "meeting": str(meeting)}
    subject = Unit.objects.get(pk=unit_id)
    record(actor=viewer.user, verb="succession.settle", at=at, subject=subject, detail=detail)
    return len(chosen)


def _settle(rows: Sequence[Succession], heir: int, viewer: Viewer, at: datetime, meeting: Meeting) -> None:
    """What waits of one unit ended by one decision."""
    decision, unit = rows[0].decision, rows[0].from_unit_id
    takeover = Takeover(unit, Rule.WAIT, heir)
    estate = Estate(decision, [takeover], post_heirs(decision, [takeover]), at, viewer.user)
    settle_tasks(estate, [row for row in rows if row.task_id], viewer)
    targets = [row for row in rows if row.target_id]
    if targets:
        wanted: dict[Part, set[int]] = {}
        for row in targets:
            wanted.setdefault(Part(row.part), set()).add(row.target_id or 0)
        Succession.objects.filter(pk__in=[row.pk for row in targets]).delete()
        try:
            settle_targets(estate, wanted, meeting)
        except CannotBeAdded as refusal:
            words = _("Hai chỉ tiêu “%(name)s” không cộng được. Hãy chọn một trong hai chỉ tiêu.")
            raise CannotSettle(words % {"name": refusal.target.indicator.name}) from refusal
    settle_others(estate, [row for row in rows if not row.task_id and not row.target_id])


@transaction.atomic
def unsettle(*, succession_ids: Collection[int], viewer: Viewer, at: datetime) -> int:
    """Take a settling back: what was given waits again. Raises `NotAllowed`, and `CannotSettle` when the unit
    that got it did something with it since."""
    chosen = list(Succession.objects.select_for_update(of=("self",)).filter(pk__in=succession_ids))
    lines = Update.objects.filter(pk__in={row.update_id for row in chosen if row.update_id})
    chosen += Succession.objects.filter(update__in=lines).exclude(pk__in=[row.pk for row in chosen])
    if any(not _may_decide(viewer, row) for row in chosen):
        raise NotAllowed(*DECIDERS)
    rows = Succession.objects.filter(pk__in=[row.pk for row in chosen])
    if any(row.rule != Rule.WAIT or row.to_unit_id is None for row in chosen) or touched_since(rows, lines):
        raise CannotSettle(_("Đơn vị nhận đã làm việc khác trên đó, nên không lấy lại được."))
    take_tasks_back(lines, rows, forget=False)
    again = [
        Succession(
            decision_id=row.decision_id, target_id=row.target_id, target_set_id=row.target_set_id,
            programme_duty_id=row.programme_duty_id, submission_id=row.submission_id,
            role_grant_id=row.role_grant_id, part=row.part, from_unit_id=row.from_unit_id, day=row.day,
            rule=row.rule, at=at, by=viewer.user,
        )
        for row in chosen
        if row.task_id is None
    ]  # fmt: skip
    take_targets_back(rows)
    take_others_back(rows)
    Succession.objects.bulk_create(again)
    detail = {"successions": sorted(succession_ids)}
    record(actor=viewer.user, verb="succession.unsettle", at=at, subject=chosen[0].decision, detail=detail)
    return len(chosen)


def _may_decide(viewer: Viewer, row: Succession) -> bool:
    return viewer.administers_all or viewer.has(*DECIDERS, unit=row.from_unit_id)
