"""Tasks as the tests of plans need them: a draft of the city, one handed to the district, its acts."""

from datetime import date
from typing import Any

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import handing, tasks, updates
from tests.conftest import DAY, NOW, Cast

DUE = date(2018, 9, 30)


def draft(cast: Cast, **more: Any) -> Task:
    """A draft of the city, due at the end of September."""
    fields: dict[str, Any] = {
        "title": "Hoàn thành bàn giao mặt bằng",
        "origin_note": "Kết luận giao ban",
        "due_date": DUE,
    }
    return tasks.create_task(
        assigner_unit=more.pop("assigner_unit", cast.city),
        viewer=cast.viewer(more.pop("by", cast.officer)),
        at=NOW,
        day=more.pop("day", DAY),
        **(fields | more),
    )


def given(cast: Cast, *units: Unit, **more: Any) -> Task:
    """A task handed down to the units (the district when none is named)."""
    day = more.get("day", DAY)
    task = draft(cast, **more)
    handing.hand_down(
        task_id=task.pk,
        unit_ids=[unit.pk for unit in units or (cast.district,)],
        viewer=cast.viewer(cast.officer),
        at=NOW,
        day=day,
    )
    task.refresh_from_db()
    return task


def doing(cast: Cast, user: User, day: date = DAY) -> dict[str, Any]:
    """Who acts, and when: the arguments every operation takes."""
    return {"viewer": cast.viewer(user, day), "at": NOW, "day": day}


def completed(cast: Cast, **more: Any) -> Task:
    """A task whose completion the head of the district reported."""
    day = more.get("day", DAY)
    task = given(cast, **more)
    updates.report_completion(task_id=task.pk, **doing(cast, cast.head, day))
    task.refresh_from_db()
    return task
