"""What was made from a document: its tasks and targets, by passage and all together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import Viewer

from ..models import Target, Task
from ..models.target_standing import stand_targets_on
from ..target_access import visible_targets
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
    """The targets made from a document, in the order of the text, with their indicators.

    As they stood on the viewer's day: with whom, how high, in which set.
    """
    found = visible_targets(viewer).filter(passage__document=document)
    wanted = found.select_related("indicator", "target_set", "post").order_by("passage__start", "pk")
    return _standing(list(wanted[:LIMIT]), viewer)


def _standing(targets: list[Target], viewer: Viewer) -> list[Target]:
    if viewer.changes_ahead:
        stand_targets_on(targets, viewer.day)
    return targets


def made_from(passages: Iterable[Passage], viewer: Viewer) -> dict[int, Made]:
    """Passage id → what was made from it (two queries; three more when a decision lies ahead)."""
    ids = [passage.pk for passage in passages]
    tasks: dict[int, list[Task]] = {}
    targets: dict[int, list[Target]] = {}
    for task in Task.objects.visible_to(viewer).filter(passage__in=ids, parent=None).order_by("pk"):
        if task.passage_id is not None:
            tasks.setdefault(task.passage_id, []).append(task)
    seen = visible_targets(viewer).filter(passage__in=ids)
    shown = seen.select_related("indicator", "target_set", "post").order_by("pk")
    for target in _standing(list(shown), viewer):
        if target.passage_id is not None:
            targets.setdefault(target.passage_id, []).append(target)
    return {key: Made(tuple(tasks.get(key, ())), tuple(targets.get(key, ()))) for key in {*tasks, *targets}}
