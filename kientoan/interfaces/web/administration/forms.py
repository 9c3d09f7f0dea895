"""Forms of the administration: accounts, roles, what to look for."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.access import Viewer, administered_units
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.operations import AccountDetails
from kientoan.domains.organisation.queries import (
    AccountFilter,
    home_units_on,
    parents_on,
    units_to_come,
)

from ..organisation.fields import DayField, UnitField
from ..organisation.forms import first_day_after
from ..wording import day_text
from .acts import GROUPS

ANY = ("", _("Tất cả"))


def offer_administered(field: forms.Field, viewer: Viewer) -> None:
    """Let the field choose among the units for which the viewer gives roles; those to come say from when."""
    assert isinstance(field, UnitField)
    units = home_units_on(viewer.day)
    coming = units_to_come(viewer.day) if viewer.changes_ahead else {}
    for first, begun in coming.items():
        since = gettext("từ %(day)s") % {"day": day_text(first)}
        units |= {key: replace(unit, name=f"{unit.name} ({since})") for key, unit in begun.items()}
    if not viewer.administers_all:
        allowed = set(administered_units(viewer).values_list("pk", flat=True))
        units = {key: unit for key, unit in units.items() if key in allowed}
    field.offer(units, parents_on(viewer.day))


class AccountForm(forms.Form):
    """Who an account belongs to."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, show_hidden_initial=True)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        show_hidden_initial=True,
        help_text=_("Chữ, số và các dấu @ . + - _, không có dấu cách. Ví dụ: baocao.ninhkieu"),
        validators=[
            UnicodeUsernameValidator(message=_("Chỉ dùng chữ, số và các dấu @ . + - _, không có dấu cách."))
        ],
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False, show_hidden_initial=True)

    def details(self) -> AccountDetails:
        """The cleaned fields as the domain takes them."""
        data = self.cleaned_data
        return AccountDetails(data["username"], data["full_name"], data["email"])


class RoleForm(forms.Form):
    """A role for a unit and all under it, from a day until the end of another."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=[("", _("Chọn vai trò")), *Role.choices])
    unit = UnitField(
        label=_("Ở đơn vị"),
        help_text=_("Vai trò gồm cả các đơn vị trực thuộc. Gõ vài chữ của tên đơn vị rồi chọn."),
    )
    start = DayField(label=_("Từ ngày"))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống khi chưa biết ngày thôi.")
    )

    def days(self) -> dict[str, Any]:
        """`start` and `end` as the domain takes them."""
        data = self.cleaned_data
        return {"start": data["start"], "end": first_day_after(data["last_day"])}


class NewAccountForm(RoleForm, AccountForm):
    """An account with its first role."""

    field_order = ("full_name", "username", "email", "role", "unit", "start", "last_day")


class AccountFilterForm(forms.Form):
    """What to look for among the accounts."""

    q = forms.CharField(label=_("Tên hoặc tên đăng nhập"), required=False)
    role = forms.ChoiceField(label=_("Vai trò"), choices=[ANY, *Role.choices], required=False)
    unit = UnitField(label=_("Đơn vị"), required=False, help_text="")
    state = forms.ChoiceField(
        label=_("Tình trạng"),
        choices=[ANY, ("active", _("Đang dùng")), ("closed", _("Đã khóa"))],
        required=False,
    )

    def wanted(self) -> AccountFilter:
        """What the valid fields ask for, once cleaned; a wrong one asks for nothing."""
        data = self.cleaned_data
        state = data.get("state")
        return AccountFilter(
            text=data.get("q") or "",
            role=data.get("role") or "",
            unit=data.get("unit"),
            is_active={"active": True, "closed": False}.get(state or ""),
        )


class JournalForm(forms.Form):
    """What to look for in the journal."""

    who = forms.CharField(
        label=_("Người làm"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    verb = forms.ChoiceField(label=_("Việc"), choices=[ANY, *GROUPS.items()], required=False)
    first_day = DayField(label=_("Từ ngày"), required=False)
    last_day = DayField(label=_("Đến hết ngày"), required=False)
