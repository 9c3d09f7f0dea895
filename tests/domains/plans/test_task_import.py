"""A sheet of tasks comes in whole or not at all, and says what is wrong in which row."""

import io
import time
from datetime import date

import pytest
from django.utils import translation

from kientoan.domains.documents.models import Document, DocumentType, Issuer, PolicyField
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.operations import register_documents
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations.task_import import ImportResult, import_tasks
from kientoan.domains.plans.queries.task_import import ImportPlan, plan_import
from kientoan.domains.plans.task_table import IN, task_sheet
from kientoan.domains.temporal.models import Stale
from kientoan.engines.sheets import read_sheet, write_csv, write_workbook
from tests.conftest import DAY, NOW, Cast

from .making import given

HEADER = "\t".join(column.headers[0] for column in IN)


def planned(cast: Cast, *lines: str, source: str | bytes | None = None) -> ImportPlan:
    text = "\n".join([HEADER, *lines])
    sheet = read_sheet(source or text, name="viec.xlsx", columns=IN)
    return plan_import(sheet, assigner_unit=cast.city, viewer=cast.viewer(cast.officer), day=DAY)


def carried_out(cast: Cast, plan: ImportPlan, *, hand_down: bool = True) -> ImportResult:
    return import_tasks(
        plan=plan, assigner_unit=cast.city, source="viec.xlsx", hand_down=hand_down,
        viewer=cast.viewer(cast.officer), at=NOW, day=DAY,
    )  # fmt: skip


def test_a_row_becomes_a_task_with_all_it_says(cast: Cast) -> None:
    health = PolicyField.objects.create(code="y-te", name="Y tế")
    issuer = Issuer.objects.create(name="UBND thành phố")
    kind = DocumentType.objects.get(name="Kế hoạch")
    document = Document.objects.create(
        type=kind, number="168/KH-UBND", issuer=issuer, issued_date=date(2017, 12, 20), subject="Kế hoạch",
        state="registered", registered_at=NOW,
    )  # fmt: skip
    register_documents(unit=cast.city, documents=[document])
    plan = planned(
        cast,
        "\tKhám sức khỏe\tBáo cáo\tquan ninh kieu\tSở Y tế; 919\tChủ tịch UBND quận\t30/9/2018"
        "\ty te\t168/kh-ubnd\t",
    )
    assert plan.errors == []
    assert carried_out(cast, plan) == ImportResult(1, 0)
    task = Task.objects.get()
    assert (task.title, task.output, task.due_date) == ("Khám sức khỏe", "Báo cáo", date(2018, 9, 30))
    assert (task.lead_unit, task.post) == (cast.district, cast.district_head_post)
    assert (task.field, task.document) == (health, document)
    assert set(task.cooperating_units.all()) == {cast.department, cast.other_district}
    assert task.handed_down_at == NOW


def test_parts_name_their_whole_by_the_code_of_its_row(cast: Cast) -> None:
    plan = planned(cast, "B1\tPhần việc\t\t916\t\t\t\t\t\tA1", "A1\tViệc lớn\t\t\t\t\t\t\tHọp giao ban\t")
    carried_out(cast, plan, hand_down=False)
    part = Task.objects.get(title="Phần việc")
    assert part.parent == Task.objects.get(title="Việc lớn")


def test_every_fault_names_row_field_and_remedy_and_nothing_is_written(cast: Cast) -> None:
    plan = planned(
        cast,
        "\tTốt\t\t916\t\t\t\t\tHọp\t",
        "\tSai đơn vị\t\tSở Không Có\t\t\t\t\tHọp\t",
        "\tSai ngày\t\t916\t\t\t31/02/2018\t\tHọp\t",
        "\tThiếu căn cứ\t\t916\t\t\t\t\t\t",
        "99999\tKhông có\t\t916\t\t\t\t\tHọp\t",
        "\tSai cha\t\t916\t\t\t\t\t\tX9",
        "\tSai lĩnh vực\t\t916\t\t\t\tTrên trời\tHọp\t",
        "\tSai người\t\t916\t\tThổ địa\t\t\tHọp\t",
        "C1\tVòng\t\t916\t\t\t\t\t\tC2",
        "C2\tVòng\t\t916\t\t\t\t\t\tC1",
    )
    told = {(error.row, error.field) for error in plan.errors}
    assert told >= {
        (3, "Đơn vị chủ trì"), (4, "Thời hạn"), (5, "Căn cứ"), (6, "Mã số"), (7, "Mã việc cha"),
        (8, "Lĩnh vực"), (9, "Người chịu trách nhiệm"), (10, "Mã việc cha"), (11, "Mã việc cha"),
    }  # fmt: skip
    assert all(error.remedy_vi for error in plan.errors)
    with pytest.raises(Refused):
        carried_out(cast, plan)
    assert not Task.objects.exists()


def test_what_goes_out_comes_back_unchanged_and_a_correction_is_read(cast: Cast) -> None:
    task = given(cast, cooperating_units=[cast.department], output="Biên bản")
    sheet = task_sheet(Task.objects.order_by("pk"), cast.viewer(cast.officer), DAY)
    csv = b"".join(write_csv(sheet))
    again = planned(cast, source=csv)
    assert (again.errors, again.unchanged, again.changed, again.new) == ([], 1, [], [])
    fixed = planned(cast, source=csv.replace(b"30/09/2018", b"31/12/2018"))
    assert carried_out(cast, fixed) == ImportResult(0, 1)
    task.refresh_from_db()
    assert task.due_date == date(2018, 12, 31)
    assert task.updates.order_by("-pk")[0].changes == {"due_date": ["2018-09-30", "2018-12-31"]}


def test_what_goes_out_in_english_comes_back(cast: Cast) -> None:
    given(cast)
    with translation.override("en"):
        sheet = task_sheet(Task.objects.order_by("pk"), cast.viewer(cast.officer), DAY)
        csv = b"".join(write_csv(sheet))
        assert planned(cast, source=csv).unchanged == 1


def test_a_workbook_goes_out_and_comes_back(cast: Cast) -> None:
    given(cast)
    sheet = task_sheet(Task.objects.order_by("pk"), cast.viewer(cast.officer), DAY, notes=["Ngày 30/06/2018"])
    with write_workbook([sheet]) as file:
        data = io.BytesIO(file.read()).getvalue()
    assert planned(cast, source=data).unchanged == 1


def test_a_change_by_somebody_else_since_the_preview_stops_the_import(cast: Cast) -> None:
    task = given(cast)
    plan = planned(cast, f"{task.pk}\tTên khác\t\tQuận Ninh Kiều\t\t\t30/9/2018\t\t\t")
    Task.objects.filter(pk=task.pk).update(row_version=9, title="Đã sửa")
    with pytest.raises(Stale):
        carried_out(cast, plan)


def test_a_reporter_imports_nothing(cast: Cast) -> None:
    sheet = read_sheet(HEADER + "\n\tA\t\t916\t\t\t\t\tHọp\t", name="x", columns=IN)
    with pytest.raises(NotAllowed):
        plan_import(sheet, assigner_unit=cast.city, viewer=cast.viewer(cast.reporter), day=DAY)


def test_thousands_of_rows_are_made_in_seconds(cast: Cast) -> None:
    lines = [f"\tViệc số {number}\tBáo cáo\t916\tSở Y tế\t\t30/9/2018\t\tHọp\t" for number in range(3000)]
    start = time.perf_counter()
    plan = planned(cast, *lines)
    assert carried_out(cast, plan) == ImportResult(3000, 0)
    seconds = time.perf_counter() - start
    assert seconds < 10, f"{3000 / seconds:.0f} rows a second"
