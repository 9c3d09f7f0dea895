"""The forms from a text or a file to a draft."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kientoan.domains.reorganisation.proposing import Proposal
from kientoan.domains.reorganisation.written import day_out_of_range

from ..widgets import DayInput

DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def sensible_day(day: date) -> None:
    """Refuse a day that can only be a slip of the pen. Raises `ValidationError`."""
    if words := day_out_of_range(day):
        raise ValidationError(words[:1].upper() + words[1:])


class ReadForm(forms.Form):
    """How the text is to be read: on which day, in which provinces."""

    day = forms.DateField(
        label=_("Ngày thay đổi có hiệu lực"), required=False, widget=DayInput(), input_formats=DAYS,
        validators=[sensible_day],
        error_messages={"invalid": _("Ngày chưa đúng. Hãy nhập ngày/tháng/năm, ví dụ 01/07/2025.")},
    )  # fmt: skip
    under = forms.TypedMultipleChoiceField(
        label=_("Tỉnh, thành phố có đơn vị được sắp xếp"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        """Offer provinces."""
        field = self.fields["under"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class HeadForm(forms.Form):
    """The head of the draft."""

    legal_basis = forms.CharField(
        label=_("Căn cứ pháp lý"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
        error_messages={"required": _("Hãy ghi số, ngày và trích yếu của nghị quyết.")},
    )  # fmt: skip
    level_basis = forms.CharField(
        label=_("Căn cứ kết thúc đơn vị cấp huyện"), required=False, max_length=500,
        help_text=_("Chương trình đề xuất; sửa lại nếu căn cứ khác."),
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class FileForm(forms.Form):
    """A decision in a file."""

    file = forms.FileField(
        label=_("Tệp nghị quyết (Word, PDF …), Excel hoặc JSON"),
        error_messages={"empty": _("Tệp rỗng; hãy chọn lại."), "required": _("Hãy chọn một tệp.")},
    )
    day = forms.DateField(
        label=_("Ngày thay đổi có hiệu lực"), required=False, widget=DayInput(), input_formats=DAYS,
        validators=[sensible_day],
        help_text=_("Để trống thì lấy ngày ghi trong tệp."),
        error_messages={"invalid": _("Ngày chưa đúng. Hãy nhập ngày/tháng/năm, ví dụ 01/07/2025.")},
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("Căn cứ pháp lý"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Để trống thì lấy căn cứ ghi trong tệp."),
    )  # fmt: skip


def answers_in(data: Any, proposal: Proposal) -> tuple[dict[str, int], list[str]]:
    """What was chosen for each name, and the keys whose code no unit has.

    A code that was typed goes before a choice from the list.
    """
    codes = {unit.code: unit.id for unit in proposal.land.units.values() if unit.code}
    chosen: dict[str, int] = {}
    wrong: list[str] = []
    for item in proposal.items:
        for member in item.named:
            code, picked = str(data.get(f"c-{member.key}", "")).strip(), data.get(f"u-{member.key}", "")
            if code and code not in codes:
                wrong.append(member.key)
            elif code:
                chosen[member.key] = codes[code]
            elif picked.isdecimal() and int(picked) in proposal.land.units:
                chosen[member.key] = int(picked)
    return chosen, wrong
