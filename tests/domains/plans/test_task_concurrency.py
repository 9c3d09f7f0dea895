"""Two people at one moment: each act stands alone, none is lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from kientoan.domains.plans.errors import WrongState
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import updates
from tests.conftest import Cast, make_cast

from .making import completed, doing


def together(*acts: Callable[[], object]) -> list[Exception]:
    """Run the acts at once, each on a connection of its own; gives what they raised."""
    raised: list[Exception] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_close_at_once_one_is_told_that_it_is_done() -> None:
    cast: Cast = make_cast()
    task = completed(cast)
    raised = together(
        lambda: updates.close(task_id=task.pk, **doing(cast, cast.officer)),
        lambda: updates.close(task_id=task.pk, **doing(cast, cast.leader)),
    )
    assert [type(error) for error in raised] == [WrongState]
    assert Task.objects.get(pk=task.pk).updates.filter(kind="closed").count() == 1
