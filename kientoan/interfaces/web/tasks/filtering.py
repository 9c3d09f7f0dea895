"""The filter of the task list as a form over the address, and pages that count no further than needed."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.models.tasks import TaskQuerySet
from kientoan.domains.plans.queries.tasks import PAGE, Status, TaskFilter, UnitRole, matching

from ..http import Request
from ..widgets import DayInput, QuickSelect

MOST = 10_000
KEYS = (
    "mine", "q", "unit", "role", "status", "field", "person", "from", "to", "document",
    "counted", "alone", "besides",
)  # fmt: skip

STATUS_WORDS = [
    (Status.OPEN, _("Đang mở")),
    (Status.OVERDUE, _("Quá hạn")),
    (Status.SOON, _("Sắp đến hạn")),
    (Status.SILENT, _("Lâu không báo cáo")),
    (Status.TO_APPROVE, _("Chờ tôi duyệt")),
    (Status.AWAITING, _("Chờ nghiệm thu")),
    (Status.NEW, _("Mới giao")),
    (Status.IN_PROGRESS, _("Đang thực hiện")),
    (Status.ON_TRACK, _("Trong hạn")),
    (Status.NO_DEADLINE, _("Chưa rõ thời hạn")),
    (Status.DONE, _("Hoàn thành")),
    (Status.DONE_IN_TIME, _("Hoàn thành đúng hạn")),
    (Status.DONE_LATE, _("Hoàn thành muộn")),
    (Status.SUSPENDED, _("Tạm dừng")),
    (Status.DRAFT, _("Chưa giao")),
]
ROLE_WORDS = [
    ("", _("Chủ trì hoặc phối hợp")),
    (UnitRole.LEAD, _("Chủ trì")),
    (UnitRole.COOPERATE, _("Phối hợp")),
    (UnitRole.ASSIGNER, _("Đơn vị giao")),
]


class FilterForm(forms.Form):
    """What to look for. With a wrong value in the address nothing is found, and the form says why.

    The unit may also be one in the viewer's reach that has ended: what it had stands under its name.
    """

    q = forms.CharField(label=_("Nội dung"), required=False, widget=forms.TextInput({"type": "search"}))
    unit = forms.TypedChoiceField(
        label=_("Đơn vị"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    role = forms.ChoiceField(label=_("Vai trò của đơn vị"), required=False, choices=ROLE_WORDS)
    status = forms.ChoiceField(label=_("Trạng thái"), required=False, widget=QuickSelect)
    field = forms.TypedChoiceField(
        label=_("Lĩnh vực"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    person = forms.CharField(label=_("Người chịu trách nhiệm"), required=False)
    document = forms.IntegerField(required=False, widget=forms.HiddenInput)
    mine = forms.CharField(required=False, widget=forms.HiddenInput)
    counted = forms.CharField(required=False, widget=forms.HiddenInput)
    alone = forms.CharField(required=False, widget=forms.HiddenInput)
    besides = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: Request, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name, words in (("from", _("Hạn từ ngày")), ("to", _("đến ngày"))):
            self.fields[name] = forms.DateField(label=words, required=False, widget=DayInput())
        self.units = units_on(request.day, request.viewer.unit_ids())
        self._choose("unit", [("", _("Tất cả")), *((unit.id, unit.name) for unit in self._offered(request))])
        self._choose("status", [("", _("Tất cả")), *STATUS_WORDS])
        fields = PolicyField.objects.order_by("name").values_list("pk", "name")
        self._choose("field", [("", _("Tất cả")), *fields])

    def _offered(self, request: Request) -> list[UnitOnDay]:
        asked = str(self.data.get("unit", ""))
        key = int(asked) if _is_number(asked) else 0
        ended = {key} & request.viewer.reach_ids() - self.units.keys() if key else set()
        return [*self.units.values(), *units_on(request.day, ended).values()]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def matching(self, request: Request) -> TaskQuerySet:
        """The tasks that the viewer sees and the filter finds."""
        found = matching(self.wanted, request.viewer, request.day)
        return found if self.is_valid() else found.none()

    @cached_property
    def wanted(self) -> TaskFilter:
        """The filter; without any key in the address it is the viewer's own work."""
        self.is_valid()
        data = self.cleaned_data
        given = any(self.data.get(key) for key in KEYS)
        return TaskFilter(
            unit=data.get("unit"),
            role=UnitRole(data["role"]) if data.get("role") else None,
            status=Status(data["status"]) if data.get("status") else None,
            field=data.get("field"),
            due_from=data.get("from"),
            due_to=data.get("to"),
            document=data.get("document"),
            person=data.get("person", ""),
            text=data.get("q", ""),
            mine=self.data.get("mine") == "1" or not given,
            counted=data.get("counted") == "1",
            alone=data.get("alone") == "1",
            besides=tuple(int(key) for key in data.get("besides", "").split(".") if _is_number(key)),
        )


def _is_number(text: str) -> bool:
    """Whether the text is the number of a row: '٣' and numbers beyond the database's are not."""
    return text.isascii() and text.isdecimal() and len(text) < 10


def query_of(data: QueryDict) -> str:
    """The part of the address that is the filter and the order, for links and saved filters."""
    kept = QueryDict(mutable=True)
    for key in (*KEYS, "sort"):
        if value := data.get(key):
            kept[key] = str(value)
    return kept.urlencode()


if TYPE_CHECKING:
    TaskPaginator = Paginator[Task]
else:
    TaskPaginator = Paginator


class BoundedPaginator(TaskPaginator):
    """Pages of 50 that never count or show more than the first 10,000 rows; `more` says that there are."""

    def __init__(self, found: TaskQuerySet) -> None:
        super().__init__(found, PAGE)
        self._found = found

    @cached_property
    def _counted(self) -> int:
        return self._found.order_by().values("pk")[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most 10,000."""
        return min(self._counted, MOST)

    @property
    def more(self) -> bool:
        """Whether there are more than the pages show."""
        return self._counted > MOST
