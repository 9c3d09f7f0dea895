"""Filters that a person keeps."""

import pytest

from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import SavedFilter
from kientoan.domains.plans.operations.filters import MOST, delete_filter, save_filter
from tests.conftest import Cast


def test_the_same_name_replaces_the_filter(cast: Cast) -> None:
    viewer = cast.viewer(cast.officer)
    for query in ("status=overdue", "status=soon"):
        save_filter(viewer=viewer, page="task_list", name=" Gấp ", query=query)
    assert SavedFilter.objects.get().query == "status=soon"


def test_a_filter_without_a_name_and_one_too_many_are_refused(cast: Cast) -> None:
    viewer = cast.viewer(cast.officer)
    with pytest.raises(Refused):
        save_filter(viewer=viewer, page="task_list", name=" ", query="")
    for number in range(MOST):
        save_filter(viewer=viewer, page="task_list", name=f"Lọc {number}", query="q=a")
    with pytest.raises(Refused):
        save_filter(viewer=viewer, page="task_list", name="Thừa", query="q=a")


def test_nobody_deletes_the_filter_of_another(cast: Cast) -> None:
    kept = save_filter(viewer=cast.viewer(cast.officer), page="task_list", name="Gấp", query="q=a")
    delete_filter(viewer=cast.viewer(cast.leader), filter_id=kept.pk)
    assert SavedFilter.objects.exists()
