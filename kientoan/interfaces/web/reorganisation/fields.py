"""Fields of the forms of events: parts in per cent, the unit above, what happens to an origin."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Hierarchy, Level, UnitKind

from ..organisation.fields import meant
from ..widgets import NumberField

WHOLE, PART, REST = "whole", "part", "rest"
ENDS, STAYS = "ends", "stays"
FATES = {
    "part": (
        (WHOLE, _("Toàn bộ (đơn vị kết thúc)")),
        (PART, _("Một phần (đơn vị vẫn còn)")),
        (REST, _("Phần còn lại (đơn vị kết thúc)")),
    ),
    "ends": ((ENDS, _("Đơn vị kết thúc")), (STAYS, _("Đơn vị vẫn còn"))),
}
EXTENTS = (("", _("Không")), ("full", _("Toàn bộ")), ("partial", _("Một phần")))
SAME = ("", _("Như đơn vị cũ"))
KEPT = ("", _("Giữ nguyên"))
MEASURES = {
    "population": _("Dân số (%)"),
    "area": _("Diện tích (%)"),
    "headcount": _("Biên chế (%)"),
    "by_hand": _("Tự ấn định (%)"),
}


class PercentField(NumberField):
    """A part in per cent, typed "24,9" or "24,9 %"; gives 0.249, or None when it is not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})
        self.widget.attrs |= {"size": 7}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Above 0, at most 100, with at most four decimals."""
        percent = super().to_python(value.replace("%", "") if isinstance(value, str) else value)
        if percent is None:
            return None
        share = (percent / 100).quantize(Decimal("0.000001")) if 0 < percent <= 100 else Decimal(0)
        if not share:
            raise ValidationError(gettext("Phần chuyển phải lớn hơn 0 và không quá 100 %. Hãy sửa lại."))
        return share


class LabelField(forms.CharField):
    """One of many named things, typed with or without diacritics; gives its key, or '' when left empty.

    `labels`: key → name, `codes`: code → key; the list `list_id` of the page offers the names.
    """

    def __init__(self, *, list_id: str, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"list": list_id, "autocomplete": "off"}))
        super().__init__(**{"required": False, **options})
        self.labels: Mapping[str, str] = {}
        self.codes: Mapping[str, str] = {}

    def clean(self, value: Any) -> Any:
        """The key of the one thing that is meant."""
        text = super().clean(value)
        if not text:
            return ""
        found = meant(text, self.labels, self.codes)
        if len(found) == 1:
            return found[0]
        if not found:
            words = gettext("Không có đơn vị nào tên “%(text)s” để chọn. Hãy chọn trong danh sách gợi ý.")
            raise ValidationError(words % {"text": text[:80]})
        some = "; ".join(self.labels[key] for key in found[:5])
        words = gettext("“%(text)s” chưa rõ là đơn vị nào. Hãy chọn một trong: %(some)s.")
        raise ValidationError(words % {"text": text[:80], "some": some})


class SharesForm(forms.Form):
    """Which part of a unit goes over, by each measure that is known."""

    population = PercentField(label=MEASURES["population"])
    area = PercentField(label=MEASURES["area"])
    headcount = PercentField(label=MEASURES["headcount"])
    by_hand = PercentField(label=MEASURES["by_hand"])


class PassingForm(SharesForm):
    """Whether and how much of an origin goes to an outcome."""

    extent = forms.ChoiceField(label=_("Chuyển"), choices=EXTENTS, required=False)


class FateForm(forms.Form):
    """What happens to an origin."""

    fate = forms.ChoiceField(label=_("Nhập bao nhiêu"))

    def __init__(self, *args: Any, ask: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fate"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(FATES[ask])
        if ask == "ends":
            field.label = _("Sau khi chia, tách")


def _code_field() -> forms.RegexField:
    return forms.RegexField(
        r"^\d{2,5}$",
        label=_("Mã đơn vị hành chính"),
        required=False,
        help_text=_("Chỉ cho tỉnh, huyện, xã. Để trống khi chưa có mã."),
        error_messages={"invalid": _("Mã gồm 2 đến 5 chữ số, ví dụ 31120.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 8, "autocomplete": "off"}),
    )


class NewUnitForm(forms.Form):
    """A unit that comes into being. What is left blank is as with the units that it comes of."""

    name = forms.CharField(
        label=_("Tên đơn vị mới"), max_length=255, help_text=_("Viết đủ, ví dụ: Phường Ninh Kiều")
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=[SAME, *UnitKind.choices], required=False)
    level = forms.ChoiceField(label=_("Cấp"), choices=[SAME, *Level.choices], required=False)
    code = _code_field()
    short_name = forms.CharField(label=_("Tên viết tắt"), max_length=100, required=False)
    government = LabelField(
        label=_("Cấp trên"), list_id="parents", help_text=_("Để trống: như các đơn vị cũ.")
    )
    party = LabelField(label=_("Cấp trên trong hệ thống Đảng"), list_id="parents")
    front = LabelField(label=_("Cấp trên trong hệ thống Mặt trận, đoàn thể"), list_id="parents")
    council = LabelField(label=_("Cấp trên trong hệ thống Hội đồng nhân dân"), list_id="parents")


class RenewalForm(forms.Form):
    """What is new about a unit that goes on; each kind of change asks for some of these."""

    name = forms.CharField(label=_("Tên mới"), max_length=255, required=False)
    short_name = forms.CharField(label=_("Tên viết tắt mới"), max_length=100, required=False)
    code = _code_field()
    kind = forms.ChoiceField(label=_("Loại mới"), choices=[KEPT, *UnitKind.choices], required=False)
    level = forms.ChoiceField(label=_("Cấp mới"), choices=[KEPT, *Level.choices], required=False)
    hierarchy = forms.ChoiceField(label=_("Trong hệ thống"), choices=Hierarchy.choices, required=False)
    parent = LabelField(label=_("Cấp trên mới"), list_id="parents")

    def __init__(self, *args: Any, asked: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asked):
            del self.fields[name]
        self.order_fields(asked)
