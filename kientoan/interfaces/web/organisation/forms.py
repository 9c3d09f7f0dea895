"""Forms of the organisation: units, posts, people, who holds what from when."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Hierarchy, Level, MembershipKind, Person, Rank, UnitKind
from kientoan.domains.organisation.operations import UnitDetails
from kientoan.domains.organisation.queries import UnitOnDay

from .fields import DayField, LinesField, SuggestInput, UnitField


def first_day_after(last_day: date | None) -> date | None:
    """People give the last day of something; the range ends on the day after."""
    return last_day + timedelta(days=1) if last_day else None


class NamesForm(forms.Form):
    """What a unit is called and what it is."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=255, show_hidden_initial=True)
    short_name = forms.CharField(
        label=_("Tên viết tắt"), max_length=100, required=False, show_hidden_initial=True
    )
    abbreviations = LinesField(
        label=_("Cách viết khác trong văn bản"),
        required=False,
        show_hidden_initial=True,
        help_text=_("Mỗi dòng một cách viết, ví dụ UBND TP. Máy đọc văn bản dựa vào đây."),
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices, show_hidden_initial=True)
    level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices, show_hidden_initial=True)

    def details(self) -> UnitDetails:
        """The cleaned names as the domain takes them."""
        data = self.cleaned_data
        return UnitDetails(
            data["name"], data["kind"], data["level"], data["short_name"], tuple(data["abbreviations"])
        )


class VersionForm(NamesForm):
    """A new name or kind from a day."""

    start = DayField(label=_("Từ ngày"))


class PlaceForm(forms.Form):
    """A place in one hierarchy."""

    hierarchy = forms.ChoiceField(label=_("Hệ thống"), choices=Hierarchy.choices)
    parent = UnitField(label=_("Đơn vị cấp trên"), required=False)
    start = DayField(label=_("Từ ngày"))

    def offer(
        self, units: dict[int, UnitOnDay], parents: dict[int, int], *, may_be_root: bool, day: date
    ) -> None:
        """The parents that may be chosen; without one the unit heads the hierarchy."""
        field = self.fields["parent"]
        assert isinstance(field, UnitField)
        field.offer(units, parents, f"on={day.isoformat()}")
        field.required = not may_be_root
        if may_be_root:
            field.help_text = _(
                "Gõ vài chữ của tên, hoặc mã, rồi chọn. Để trống: đơn vị đứng đầu hệ thống này."
            )


class UnitForm(PlaceForm, NamesForm):
    """A new unit."""

    code = forms.RegexField(
        r"^\d{2,5}$",
        label=_("Mã đơn vị hành chính"),
        required=False,
        help_text=_("Chỉ cho tỉnh, huyện, xã: mã số của Tổng cục Thống kê."),
        error_messages={"invalid": _("Mã gồm 2 đến 5 chữ số, ví dụ 916.")},
    )
    field_order = (
        "name", "short_name", "kind", "level", "hierarchy", "parent", "start", "code", "abbreviations",
    )  # fmt: skip


class PostForm(forms.Form):
    """A post: its title and rank."""

    title = forms.CharField(
        label=_("Chức danh"), max_length=200, show_hidden_initial=True, help_text=_("Ví dụ: Phó Giám đốc")
    )
    rank = forms.ChoiceField(
        label=_("Hạng"), choices=Rank.choices, widget=forms.RadioSelect, show_hidden_initial=True
    )
    standing = forms.BooleanField(
        label=_("Thường trực"),
        required=False,
        show_hidden_initial=True,
        help_text=_("Ví dụ: Phó Bí thư Thường trực, Phó Chủ tịch Thường trực."),
    )


class NewPostForm(PostForm):
    """A new post from a day."""

    start = DayField(label=_("Có từ ngày"))


class PersonForm(forms.Form):
    """The name of a person."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, show_hidden_initial=True)


class DaysForm(forms.Form):
    """From a day until the end of another."""

    start = DayField(label=_("Từ ngày"), show_hidden_initial=True)
    last_day = DayField(
        label=_("Đến hết ngày"),
        required=False,
        show_hidden_initial=True,
        help_text=_("Để trống khi chưa biết ngày thôi."),
    )

    def end(self) -> date | None:
        """The first day after."""
        return first_day_after(self.cleaned_data["last_day"])


NEW = "new"


class AppointForm(DaysForm):
    """Who takes a post. A name that is there already must be told apart from a new person."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, widget=SuggestInput)
    person = forms.ChoiceField(label=_("Đây là ai?"), required=False, widget=forms.RadioSelect, choices=())
    kind = forms.ChoiceField(
        label=_("Hình thức"),
        choices=MembershipKind.choices,
        initial=MembershipKind.HOLD,
        widget=forms.RadioSelect,
    )
    field_order = ("full_name", "person", "kind", "start", "last_day")

    def offer(self, names: list[str], found: list[tuple[Person, str]]) -> None:
        """Names to suggest, and the people with the typed name beside what they do."""
        widget = self.fields["full_name"].widget
        assert isinstance(widget, SuggestInput)
        widget.suggestions = names
        if not found:
            del self.fields["person"]
            return
        new = gettext("Một người khác, chưa có trong danh sách")
        choices = [(str(person.pk), f"{person.full_name} – {posts}") for person, posts in found]
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (NEW, new)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "person" in self.fields and not cleaned.get("person"):
            self.add_error(
                "person", gettext("Đã có người tên này. Hãy chọn đúng người, hoặc chọn người khác.")
            )
        return cleaned


def names_of(people: QuerySet[Person], limit: int = 500) -> list[str]:
    """Names to suggest; beyond the limit people are still found by typing the name out."""
    return list(dict.fromkeys(people.values_list("full_name", flat=True)[:limit]))
