"""What was made from a document: its tasks and targets, by passage and all together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import Viewer

from ..models import Target, Task
from .tasks import TaskRow, rows

LIMIT = 200


@dataclass(frozen=True)
class Made:
    """The tasks and targets of one passage that the viewer sees."""

    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()


def tasks_of(document: Document, viewer: Viewer, day: date) -> tuple[list[TaskRow], int]:
    """The whole tasks (not their parts) made from a document, in the order of the text, and how many.

    At most `LIMIT` rows are given; the list of tasks shows them all.
    """
    found = Task.objects.visible_to(viewer).filter(document=document, parent=None)
    if not found.exists():  # a unit that has only a part of a whole sees its part
        found = Task.objects.visible_to(viewer).filter(document=document)
    wanted = found.with_status(day).select_related("post", "passage", "document__type")
    tasks = list(wanted.order_by("passage__start", "pk")[:LIMIT])
    return rows(tasks, viewer, day), len(tasks) if len(tasks) < LIMIT else found.count()


def targets_of(document: Document, viewer: Viewer) -> list[Target]:
    """The targets made from a document, in the order of the text, with their indicators."""
    found = Target.objects.filter(passage__document=document).filter(_seen_targets(viewer))
    return list(found.select_related("indicator", "target_set").order_by("passage__start", "pk")[:LIMIT])


def _seen_targets(viewer: Viewer) -> Q:
    units = viewer.reach_ids() | viewer.above_unit_ids
    return Q(unit__in=units) | Q(target_set__unit__in=units)


def made_from(passages: Iterable[Passage], viewer: Viewer) -> dict[int, Made]:
    """Passage id → what was made from it (two queries)."""
    ids = [passage.pk for passage in passages]
    tasks: dict[int, list[Task]] = {}
    targets: dict[int, list[Target]] = {}
    for task in Task.objects.visible_to(viewer).filter(passage__in=ids, parent=None).order_by("pk"):
        if task.passage_id is not None:
            tasks.setdefault(task.passage_id, []).append(task)
    seen = Target.objects.filter(passage__in=ids).filter(_seen_targets(viewer))
    for target in seen.select_related("indicator", "target_set").order_by("pk"):
        if target.passage_id is not None:
            targets.setdefault(target.passage_id, []).append(target)
    return {key: Made(tuple(tasks.get(key, ())), tuple(targets.get(key, ()))) for key in {*tasks, *targets}}
