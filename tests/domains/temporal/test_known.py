"""What the system knew at a moment: names, decisions, tasks as they stood in it then."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import InternalError, connection
from django.utils import timezone

from kientoan.domains.organisation import operations, registering
from kientoan.domains.organisation.models import Closure, Person, Registration, UnitVersion
from kientoan.domains.organisation.queries import lineage_of, subtree_ids, tree_on, units_on
from kientoan.domains.organisation.rules.changes import Change, Origin
from kientoan.domains.plans.models import PathPoint, Task
from kientoan.domains.temporal.known import (
    SCHEMA,
    NotReady,
    as_known_on,
    drop_views,
    history_of,
    make_views,
    views,
)
from tests.conftest import DAY, NOW, Cast
from tests.domains.documents.test_citing import make
from tests.domains.organisation.test_events import NEW_WARD, apply, undo, wards  # noqa: F401 - a fixture
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import revenue
from tests.known import backdate


def yesterday() -> datetime:
    return timezone.now() - timedelta(days=1)


def correct(cast: Cast, name: str) -> None:
    version = UnitVersion.objects.get(unit=cast.district)
    details = operations.UnitDetails(name, version.kind, version.level)
    viewer = cast.viewer(cast.admin)
    operations.correct_version(version=version, details=details, seen={}, viewer=viewer, at=NOW)


def test_a_name_corrected_today_is_the_old_one_as_known_yesterday(cast: Cast) -> None:
    backdate(days=2)
    correct(cast, "Quận Ninh Kiều Đã Sửa")
    with as_known_on(yesterday()):
        assert units_on(DAY, [cast.district.pk])[cast.district.pk].name == "Quận Ninh Kiều"
        assert UnitVersion.objects.get(unit=cast.district).name == "Quận Ninh Kiều"
    assert units_on(DAY, [cast.district.pk])[cast.district.pk].name == "Quận Ninh Kiều Đã Sửa"
    with as_known_on(timezone.now() + timedelta(minutes=1)):
        assert units_on(DAY, [cast.district.pk])[cast.district.pk].name == "Quận Ninh Kiều Đã Sửa"


def test_a_decision_applied_later_is_not_known_and_one_undone_later_is(cast: Cast, wards: tuple) -> None:  # noqa: F811
    first, second, _third = wards
    backdate(days=4)
    before = tree_on(DAY)
    applied = apply([Change("merge_new", (Origin(first.pk), Origin(second.pk)), (NEW_WARD,))])
    merged = tree_on(DAY)
    backdate(days=2)
    undo(applied)
    assert tree_on(DAY) == before
    with as_known_on(timezone.now() - timedelta(days=5)):
        assert tree_on(DAY) == before
        assert not lineage_of(first.pk).successors
    with as_known_on(timezone.now() - timedelta(days=1)):
        assert tree_on(DAY) == merged
        assert [arc.result.name for arc in lineage_of(first.pk).successors] == ["Phường Ninh Kiều"]
        assert subtree_ids(cast.district.pk, DAY) >= set(applied.created)
        assert not {first.pk, second.pk} & subtree_ids(cast.district.pk, DAY)


def test_what_was_deleted_is_there_as_known_before(cast: Cast) -> None:
    person = Person.objects.create(full_name="Người sẽ xóa")
    backdate(days=2)
    person.delete()
    with as_known_on(yesterday()):
        assert Person.objects.filter(full_name="Người sẽ xóa").exists()
    assert not Person.objects.filter(full_name="Người sẽ xóa").exists()


def test_tasks_are_read_and_searched_as_known_then(cast: Cast) -> None:
    task = Task.objects.create(
        title="Rà soát điểm ngập", lead_unit=cast.district, assigner_unit=cast.city, created_at=NOW,
        created_by=cast.officer, start_date=DAY, origin_note="Kết luận họp",
    )  # fmt: skip
    backdate(days=2)
    Task.objects.filter(pk=task.pk).update(title="Nạo vét cống", percent=50)
    with as_known_on(yesterday()):
        known = Task.objects.containing("diem ngap").get()
        assert known.title == "Rà soát điểm ngập"
    with as_known_on(timezone.now() - timedelta(days=9)):
        assert not Task.objects.exists()


def test_the_closure_known_now_is_the_closure(cast: Cast) -> None:
    now = set(Closure.objects.values_list("hierarchy", "ancestor", "descendant", "depth"))
    with as_known_on(timezone.now()):
        assert set(Closure.objects.values_list("hierarchy", "ancestor", "descendant", "depth")) == now


def test_nothing_is_written_as_known_then_and_all_is_as_before_afterwards(cast: Cast) -> None:
    with pytest.raises(InternalError, match="read-only"), as_known_on(yesterday()):
        Person.objects.create(full_name="Ai đó")
    assert Person.objects.create(full_name="Ai đó").pk
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert SCHEMA not in cursor.fetchone()[0]


def test_every_tracked_table_has_its_view_with_the_same_columns(db: None) -> None:
    columns = """
        SELECT column_name, data_type FROM information_schema.columns
        WHERE table_schema = %s AND table_name = %s ORDER BY column_name
    """
    tracked = [model for model in apps.get_models() if history_of(model)]
    assert len(tracked) > 20
    with connection.cursor() as cursor:
        for table in views():
            cursor.execute(columns, ["public", table])
            wanted = cursor.fetchall()
            cursor.execute(columns, [SCHEMA, table])
            assert cursor.fetchall() == wanted, table
    assert {model._meta.db_table for model in tracked} <= set(views())


def test_a_filter_reaches_the_history_by_its_index(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with as_known_on(timezone.now()):
        plan = UnitVersion.objects.filter(unit=cast.district).explain()
    assert "Seq Scan" not in plan
    assert "unitversionevent" in plan
    assert "Index" in plan


def test_without_the_views_nothing_is_shown_as_the_past(cast: Cast) -> None:
    drop_views()
    try:
        with pytest.raises(NotReady), as_known_on(yesterday()):
            pass
    finally:
        make_views()
    make_views()  # a second time changes nothing
    with as_known_on(timezone.now()):
        assert Person.objects.exists()


def test_register_entries_and_the_path_of_a_target_are_read_as_known_then(cast: Cast) -> None:
    act = make("5/QĐ-UBND", "Ủy ban nhân dân thành phố Cần Thơ", DAY, "Quyết định")
    registering.register_documents(unit=cast.city, documents=[act])
    target = make_target(cast, make_set(cast), revenue(), cast.district)
    point = PathPoint.objects.create(
        target=target, period_start=DAY, period_end=DAY.replace(month=12), value=10
    )
    backdate(days=2)
    registering.register_documents(unit=cast.district, documents=[act])
    PathPoint.objects.filter(pk=point.pk).update(value=12)
    with as_known_on(yesterday()):
        assert list(Registration.objects.filter(document=act).values_list("unit", flat=True)) == [
            cast.city.pk
        ]
        assert PathPoint.objects.get(pk=point.pk).value == 10
    with as_known_on(timezone.now() - timedelta(days=9)):
        assert not Registration.objects.filter(document=act).exists()
    assert PathPoint.objects.get(pk=point.pk).value == 12
