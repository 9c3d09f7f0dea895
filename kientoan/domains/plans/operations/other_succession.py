"""Passing on what is neither task nor target: target sets, duties to issue programmes, open submissions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from kientoan.domains.organisation.models import RoleGrant
from kientoan.domains.organisation.operations import inherit_grants, remove_inherited
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.results.models import Submission, SubmissionState
from kientoan.domains.results.operations.succession import pass_submissions_on, take_submissions_back

from ..models import SUBJECTS, Part, ProgrammeDuty, Succession, Target, TargetSet
from ..models.successions import SuccessionQuerySet
from ..rules.succession import WAIT, Takeover
from .succession import Estate

_NAME = 300


def line_of(estate: Estate, takeover: Takeover, part: Part, heir: int | None, **more: Any) -> Succession:
    """A succession of the estate, not saved."""
    return Succession(
        decision=estate.decision, part=part, from_unit_id=takeover.unit, to_unit_id=heir,
        day=estate.decision.effective_date, rule=takeover.rule, at=estate.at, by=estate.by, **more,
    )  # fmt: skip


def pass_sets_on(estate: Estate, wanted: models.QuerySet[TargetSet] | None = None) -> None:
    """Sets of this year and later, and those with a target that is not over: the unit that gives them.

    Where the heir has a set of that name and year, the unit it comes from stands behind the name.
    """
    day = estate.decision.effective_date
    takeovers = {one.unit: one for one in estate.takeovers}
    unfinished = Target.objects.filter(period_end__gt=day).values("target_set")
    due = TargetSet.objects.filter(models.Q(year__gte=day.year) | models.Q(pk__in=unfinished))
    chosen = due if wanted is None else wanted
    sets = chosen.select_for_update().filter(unit__in=takeovers).order_by("pk")
    heirs = {one.heir for one in estate.takeovers if one.heir is not None}
    taken = set(TargetSet.objects.filter(unit__in=heirs).values_list("name", "year", "unit_id"))
    names = units_on(day, takeovers)
    lines, moved = [], []
    for one in sets:
        takeover = takeovers[one.unit_id]
        if takeover.heir == takeover.unit:
            continue
        line = line_of(estate, takeover, Part.UNIT, takeover.heir, target_set=one)
        lines.append(line)
        if takeover.heir is None:
            continue
        name = one.name
        if (name, one.year, takeover.heir) in taken:
            name = f"{one.name} – {names[takeover.unit].name}"[:_NAME]
        taken.add((name, one.year, takeover.heir))
        line.before = {"name": one.name, "row_version": one.row_version + 1}
        one.unit_id, one.name, one.row_version = takeover.heir, name, one.row_version + 1
        moved.append(one)
    TargetSet.objects.bulk_update(moved, ["unit", "name", "row_version"])
    Succession.objects.bulk_create(lines)


def pass_programmes_on(estate: Estate, wanted: models.QuerySet[ProgrammeDuty] | None = None) -> None:
    """Duties to issue a programme that nobody fulfilled; where the heir has the same duty, they are one."""
    takeovers = {one.unit: one for one in estate.takeovers}
    heirs = {one.heir for one in estate.takeovers if one.heir is not None}
    rows = ProgrammeDuty.objects.select_for_update()
    chosen = ProgrammeDuty.objects.filter(programme=None) if wanted is None else wanted
    duties = chosen.select_for_update().filter(unit__in=takeovers).order_by("pk")
    there = {(one.document_id, one.unit_id): one.pk for one in rows.filter(unit__in=heirs)}
    lines, moved = [], []
    for duty in duties:
        takeover = takeovers[duty.unit_id]
        if takeover.heir == takeover.unit:
            continue
        line = line_of(estate, takeover, Part.UNIT, takeover.heir, programme_duty=duty)
        lines.append(line)
        if takeover.heir is None:
            continue
        if (held := there.get((duty.document_id, takeover.heir))) is not None:
            line.before = {"into": held}
            continue
        there[duty.document_id, takeover.heir] = duty.pk
        line.before = {"row_version": duty.row_version + 1}
        duty.unit_id, duty.row_version = takeover.heir, duty.row_version + 1
        moved.append(duty)
    ProgrammeDuty.objects.bulk_update(moved, ["unit", "row_version"])
    Succession.objects.bulk_create(lines)


def settle_others(estate: Estate, rows: Sequence[Succession]) -> None:
    """Target sets, programme duties, submissions and roles that waited pass to the heir of the estate."""
    takeover = estate.takeovers[0]
    keys = {name: [key for row in rows if (key := getattr(row, f"{name}_id"))] for name in SUBJECTS}
    Succession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if keys["target_set"]:
        pass_sets_on(estate, TargetSet.objects.filter(pk__in=keys["target_set"]))
    if keys["programme_duty"]:
        pass_programmes_on(estate, ProgrammeDuty.objects.filter(pk__in=keys["programme_duty"]))
    if keys["submission"]:
        pass_figures_on(estate, keys["submission"])
    if keys["role_grant"] and takeover.heir is not None:
        grants = RoleGrant.objects.filter(pk__in=keys["role_grant"])
        pairs = [(takeover.unit, takeover.heir)]
        inherit_grants(decision=estate.decision, heirs=pairs, grants=keys["role_grant"])
        note_roles(estate, grants, dict(pairs))


def pass_figures_on(estate: Estate, wanted: Sequence[int] | None = None) -> None:
    """Submissions that are not approved yet (of `wanted`, when given)."""
    takeovers = {one.unit: one for one in estate.takeovers if one.heir != one.unit}
    heirs = {unit: one.heir for unit, one in takeovers.items() if one.heir is not None}
    waits = [unit for unit in takeovers if unit not in heirs]
    staying = Submission.objects.filter(unit__in=waits).exclude(state=SubmissionState.APPROVED)
    passed = pass_submissions_on(heirs, wanted)
    lines = [
        line_of(estate, takeovers[unit], Part.UNIT, heir, submission_id=key, before={"row_version": version})
        for key, unit, heir, version in passed
    ]
    lines += [
        line_of(estate, takeovers[unit], Part.UNIT, None, submission_id=key)
        for key, unit in staying.values_list("pk", "unit_id")
    ]
    Succession.objects.bulk_create(lines)


def note_roles(estate: Estate, grants: Iterable[RoleGrant], heirs: dict[int, int]) -> None:
    """Write down which roles passed to whom (unit → heir), and which wait."""
    takeovers = {one.unit: one for one in estate.takeovers}
    Succession.objects.bulk_create(
        line_of(estate, takeovers[one.unit_id], Part.ROLE, heirs.get(one.unit_id), role_grant=one)
        for one in grants
        if one.unit_id in takeovers
    )


def take_others_back(every: SuccessionQuerySet) -> None:
    """Give back what these successions changed; they go."""
    lines = every.filter(task=None, target=None)
    passed = lines.exclude(to_unit=None)
    sets = {line.target_set_id or 0: line for line in passed.filter(target_set__isnull=False)}
    for one in (held := list(TargetSet.objects.filter(pk__in=sets))):
        line = sets[one.pk]
        one.unit_id, one.name, one.row_version = line.from_unit_id, line.before["name"], one.row_version - 1
    TargetSet.objects.bulk_update(held, ["unit", "name", "row_version"])
    duties = {line.programme_duty_id or 0: line for line in passed.filter(programme_duty__isnull=False)}
    moved = [
        one for one in ProgrammeDuty.objects.filter(pk__in=duties) if "into" not in duties[one.pk].before
    ]
    for duty in moved:
        duty.unit_id, duty.row_version = duties[duty.pk].from_unit_id, duty.row_version - 1
    ProgrammeDuty.objects.bulk_update(moved, ["unit", "row_version"])
    for line in passed.filter(role_grant__isnull=False):
        if line.rule == WAIT:
            remove_inherited(decision=line.decision, grant=line.role_grant, heir=line.to_unit_id or 0)
    submissions = passed.filter(submission__isnull=False).values_list("submission_id", "from_unit_id")
    take_submissions_back({int(key or 0): unit for key, unit in submissions})
    lines.delete()
