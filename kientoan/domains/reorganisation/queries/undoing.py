"""What was done since with the duties that a decision passed on, so that it cannot be undone."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Decision, Membership, RoleGrant
from kientoan.domains.organisation.queries.undoing import Hindrance
from kientoan.domains.plans.models import ProgrammeDuty, Rule, Succession, Target, TargetSet, Task, Update
from kientoan.domains.plans.models.standing import HELD
from kientoan.domains.plans.models.successions import SuccessionQuerySet
from kientoan.domains.results.models import Submission

_MOST = 5


class Since(models.TextChoices):
    """Why what passed on cannot go back; the label says it, with the remedy."""

    TASKS = "tasks", _("đã có việc mới trên nhiệm vụ nhận chuyển: %(what)s. Hãy hoàn tác các việc ấy trước.")
    TARGETS = "targets", _("chỉ tiêu nhận chuyển đã được sửa: %(what)s. Hãy sửa lại như cũ trước.")
    SETS = "sets", _("bộ chỉ tiêu nhận chuyển đã được sửa: %(what)s. Hãy sửa lại như cũ trước.")
    PROGRAMMES = "programmes", _("việc ban hành chương trình nhận chuyển đã được sửa: %(what)s.")
    SUBMISSIONS = "submissions", _("phiếu số liệu nhận chuyển đã được sửa hoặc duyệt: %(what)s.")
    APPOINTED = (
        "appointed",
        _("đã có người giữ chức danh mới: %(what)s. Hãy mở lần giữ chức ấy và bỏ lần ghi trước."),
    )
    ROLES = "roles", _("vai trò đã chuyển nay bị sửa: %(what)s. Hãy giao lại như cũ trước.")


def hindrances(decision: Decision) -> list[Hindrance]:
    """All of it, each with what to do about it."""
    appointed = Membership.objects.filter(post__begun_by=decision).select_related("person", "post")
    return [
        *touched_since(
            Succession.objects.filter(decision=decision), Update.objects.filter(decision=decision)
        ),
        *_told(Since.APPOINTED, (str(row) for row in appointed)),
        *_told(Since.ROLES, (str(grant) for grant in _changed_roles(decision))),
    ]


def touched_since(passed: SuccessionQuerySet, lines: models.QuerySet[Update]) -> list[Hindrance]:
    """What somebody did with the records of these successions, and of these lines in the logs of tasks, after
    they passed on."""
    return [
        *_told(Since.TASKS, (f"#{task.pk} {task}" for task in _tasks(passed, lines))),
        *_told(Since.TARGETS, (str(one.indicator) for one in _targets(passed))),
        *_told(Since.SETS, (one.name for one in _sets(passed))),
        *_told(Since.PROGRAMMES, (str(one.document) for one in _duties(passed))),
        *_told(Since.SUBMISSIONS, (one.period.label() for one in _submissions(passed))),
    ]


def _told(since: Since, names: Iterable[str]) -> list[Hindrance]:
    listed = list(names)
    if not listed:
        return []
    more = f" (+{len(listed) - _MOST})" if len(listed) > _MOST else ""
    return [Hindrance(since, "; ".join(listed[:_MOST]) + more)]


def _tasks(passed: SuccessionQuerySet, lines: models.QuerySet[Update]) -> models.QuerySet[Task]:
    """Passed tasks with a later line in the log that is not of these, or with a new part.

    What the old unit did before the day, while a decision dated ahead was applied already, stands in nobody's
    way, unless it changed who has the task; a divided task would lose its state.
    """
    made = passed.filter(before__has_key="made").values("task")
    divided = passed.filter(rule=Rule.DIVIDE, update__isnull=False).values("update")
    later = Update.objects.filter(task=OuterRef("task"), pk__gt=OuterRef("pk"))
    later = later.exclude(pk__in=lines.order_by().values("pk"))
    before = Q(day__lt=OuterRef("day")) & ~Q(changes__has_any_keys=[*HELD, "cooperating"])
    touched = lines.filter(Exists(later.exclude(before)) | Q(Exists(later), pk__in=divided))
    parts = Task.objects.filter(parent__in=made).values("parent")
    return Task.objects.filter(Q(pk__in=touched.order_by().values("task")) | Q(pk__in=parts)).order_by("pk")


def _targets(lines: SuccessionQuerySet) -> list[Target]:
    """Targets whose version is not the one that the succession left."""
    expected: dict[int, int] = {}
    made: list[int] = []
    for line in lines.filter(target__isnull=False).order_by("pk"):
        version = line.before.get("changed", {}).get("row_version")
        if version:
            expected[line.before.get("into", line.target_id)] = version[1]
        if "made" in line.before:
            made.append(line.before["made"])
    rows = Target.objects.filter(pk__in=[*expected, *made]).select_related("indicator")
    used = set(Target.objects.filter(parent__in=made).values_list("parent_id", flat=True))
    used |= set(Task.objects.filter(target__in=made).values_list("target_id", flat=True))
    return [row for row in rows if row.row_version != expected.get(row.pk, 1) or row.pk in used]


def _sets(lines: SuccessionQuerySet) -> list[TargetSet]:
    passed = _versions(lines, "target_set")
    rows = TargetSet.objects.filter(pk__in=passed).order_by("pk")
    return [row for row in rows if row.row_version != passed[row.pk]]


def _duties(lines: SuccessionQuerySet) -> list[ProgrammeDuty]:
    passed = _versions(lines, "programme_duty")
    rows = ProgrammeDuty.objects.filter(pk__in=passed).select_related("document").order_by("pk")
    return [row for row in rows if row.row_version != passed[row.pk]]


def _submissions(lines: SuccessionQuerySet) -> list[Submission]:
    passed = _versions(lines, "submission")
    rows = Submission.objects.filter(pk__in=passed).order_by("pk")
    return [row for row in rows if row.row_version != passed[row.pk]]


def _versions(lines: SuccessionQuerySet, name: str) -> dict[int, int]:
    """Record → the version in which the succession left it."""
    rows = lines.filter(**{f"{name}__isnull": False, "before__has_key": "row_version"})
    return {key: before["row_version"] for key, before in rows.values_list(f"{name}_id", "before")}


_CHANGED_ROLES = """
SELECT g.id FROM plans_succession s JOIN organisation_rolegrant g ON g.id = s.role_grant_id
WHERE s.decision_id = %(decision)s AND s.to_unit_id IS NOT NULL AND NOT coalesce(
    (SELECT range_agg(h.in_force) FROM organisation_rolegrant h
     WHERE h.user_id = g.user_id AND h.role = g.role AND h.unit_id = s.to_unit_id)
    @> daterange(greatest(lower(g.in_force), s.day), g.end_before), FALSE)
"""


def _changed_roles(decision: Decision) -> models.QuerySet[RoleGrant]:
    """Roles that ended with the unit and are not on its successor as they were given there."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_ROLES, {"decision": decision.pk})
        keys = [row[0] for row in cursor.fetchall()]
    return RoleGrant.objects.filter(pk__in=keys).select_related("user").order_by("pk")
