"""The folded titles beside the tasks follow them, however the tasks are written."""

import pytest

from kientoan.domains.plans.models import Task, TaskTitle
from tests.conftest import Cast

from .making import given


def titles() -> dict[int, str]:
    return dict(TaskTitle.objects.values_list("task_id", "folded"))


@pytest.mark.django_db
def test_a_task_is_found_by_its_new_title_and_no_longer_by_the_old(cast: Cast) -> None:
    task = given(cast, cast.district)
    task.title = "Nạo vét kênh Xáng"
    task.save()
    assert titles()[task.pk] == "nao vet kenh xang"
    assert Task.objects.containing("XÁNG nao").get() == task
    assert not Task.objects.containing("mặt bằng").exists()


@pytest.mark.django_db
def test_many_at_once_are_written_changed_and_removed(cast: Cast) -> None:
    task = given(cast, cast.district)
    fields = {"assigner_unit": cast.city, "start_date": task.start_date, "created_at": task.created_at}
    made = Task.objects.bulk_create(
        Task(title=title, origin_note="Kết luận", **fields) for title in ("Đắp đê", "Sửa cầu")
    )
    assert [titles()[one.pk] for one in made] == ["dap de", "sua cau"]
    Task.objects.filter(pk=made[0].pk).update(title="Đắp đập", percent=5)
    Task.objects.filter(pk=made[1].pk).delete()
    assert titles() == {task.pk: titles()[task.pk], made[0].pk: "dap dap"}


@pytest.mark.django_db
def test_an_empty_search_leaves_every_task(cast: Cast) -> None:
    given(cast, cast.district)
    assert Task.objects.containing("   ").count() == 1
