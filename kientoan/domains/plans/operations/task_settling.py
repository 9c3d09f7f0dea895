"""Giving tasks that wait to the unit that a person chose."""

from collections.abc import Sequence
from typing import Any

from kientoan.domains.organisation.access import Viewer

from ..models import Cooperation, Part, Rule, Succession, Task, UpdateKind
from .log import Line, write_many
from .succession import Estate

_FIELDS = {Part.LEAD: "lead_unit_id", Part.ASSIGNER: "assigner_unit_id"}


def settle_tasks(estate: Estate, rows: Sequence[Succession], viewer: Viewer) -> None:
    """Each of the waiting parts passes to the heir of the estate (it has one takeover)."""
    heir = estate.takeovers[0].heir
    assert heir is not None
    posts = {one.post: one.heir for one in estate.posts}
    by_task: dict[int, list[Succession]] = {}
    for row in rows:
        by_task.setdefault(row.task_id or 0, []).append(row)
    tasks = {task.pk: task for task in Task.objects.select_for_update().filter(pk__in=by_task).order_by("pk")}
    pairs = []
    for key, parts in by_task.items():
        changes: dict[str, Any] = {}
        for row in sorted(parts, key=lambda row: row.part == Part.COOPERATING):
            _give(row, tasks[key], heir, posts, changes)
        cooperating = changes.pop("cooperating", None)
        note = estate.decision.legal_basis[:500]
        line = Line(UpdateKind.SUCCEEDED, changes, note=note, decision_id=estate.decision.pk)
        pairs.append((tasks[key], line, cooperating))
    day = estate.decision.effective_date
    updates = write_many([(task, line) for task, line, _ in pairs], viewer=viewer, at=estate.at, day=day)
    for update, (_task, _line, cooperating) in zip(updates, pairs, strict=True):
        if cooperating:
            update.changes = {**update.changes, "cooperating": cooperating}
            update.save(update_fields=["changes"])
        for row in by_task[update.task_id]:
            row.to_unit_id, row.update, row.at, row.by = heir, update, estate.at, estate.by
            row.rule = Rule.WAIT  # it waited, and a person decided
    names = ["rule", "to_unit", "update", "at", "by", "before"]
    Succession.objects.bulk_update(rows, names, batch_size=500)


def _give(row: Succession, task: Task, heir: int, posts: dict[int, int], changes: dict[str, Any]) -> None:
    """Note what changes of the task with this part; a cooperation is changed at once."""
    if row.part in (Part.LEAD, Part.ASSIGNER):
        changes[_FIELDS[Part(row.part)]] = heir
    if row.part == Part.LEAD and task.post_id is not None:
        changes["post_id"] = posts.get(task.post_id)
    if row.part == Part.CHECKER and task.checker_post_id is not None:
        changes["checker_post_id"] = posts.get(task.checker_post_id)
    if row.part == Part.COOPERATING:
        held = Cooperation.objects.filter(task=task).order_by("unit_id")
        units = list(held.values_list("unit_id", flat=True))
        own = held.get(unit=row.from_unit_id)
        there = heir in units or changes.get("lead_unit_id", task.lead_unit_id) == heir
        row.before = {"cooperation": own.pk, "there_already": there}
        if there:
            own.delete()
        else:
            own.unit_id = heir
            own.save(update_fields=["unit"])
        changes["cooperating"] = [units, sorted(held.values_list("unit_id", flat=True))]
