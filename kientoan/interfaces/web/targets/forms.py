"""Forms of target sets, targets and indicators."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kientoan.domains.documents.models import Document, PolicyField
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.access import visible_documents
from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Operator, Target, TargetSet
from kientoan.domains.plans.operations.targets import check_bounds
from kientoan.domains.plans.queries.target_words import STATE_LABELS
from kientoan.domains.plans.target_access import SETTERS
from kientoan.domains.results.models import Aggregation, Frequency, Indicator, Vintage
from kientoan.domains.results.operations.indicators import FIELDS
from kientoan.domains.results.rules import parse_value
from kientoan.engines.periods import Period, PeriodError, parse_period
from kientoan.engines.vietnamese import NumberError, format_number

from ..http import Request
from ..results.fields import FigureField, PeriodField, unit_choices

Path = list[tuple[Period, Decimal]]


class SetForm(forms.Form):
    """A set of targets decided together."""

    name = forms.CharField(label=gettext_lazy("Tên bộ chỉ tiêu"), max_length=300)
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=1945, max_value=2100)
    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị giao"), coerce=int)
    document_number = forms.CharField(
        label=gettext_lazy("Căn cứ: số, ký hiệu văn bản"),
        required=False,
        help_text=gettext_lazy("Ví dụ: 18/NQ-HĐND. Văn bản phải có trong sổ."),
    )

    def __init__(self, request: Request, *args: Any, held: TargetSet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.document: Document | None = held.document if held else None
        choices = unit_choices(request, request.viewer.unit_ids(*SETTERS))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        if held is not None:
            del self.fields["unit"]

    def clean_document_number(self) -> str:
        """The number of a document that the viewer may read; it must be one only."""
        number = str(self.cleaned_data["document_number"]).strip()
        self.document = None
        if number:
            found = list(visible_documents(self.request.viewer).filter(number__iexact=number)[:2])
            if not found:
                raise forms.ValidationError(
                    _("Không thấy văn bản số này trong sổ. Hãy kiểm tra lại số, ký hiệu.")
                )
            self.document = found[0]
        return number


class TargetForm(forms.Form):
    """A target of a set."""

    indicator = forms.TypedChoiceField(label=gettext_lazy("Chỉ tiêu"), coerce=int)
    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị thực hiện"), coerce=int)
    post = forms.TypedChoiceField(
        label=gettext_lazy("Người chịu trách nhiệm"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("Chức danh; đơn vị của chức danh này báo cáo số liệu."),
    )  # fmt: skip
    period = PeriodField()
    frequency = forms.ChoiceField(label=gettext_lazy("Báo cáo theo"), choices=Frequency.choices)
    operator = forms.ChoiceField(label=gettext_lazy("Mức phải đạt"), choices=Operator.choices)
    low = FigureField(label=gettext_lazy("Số, hoặc số đầu"))
    high = FigureField(label=gettext_lazy("Số cuối (chỉ với «từ … đến …»)"))
    baseline = FigureField(label=gettext_lazy("Số gốc để so"))
    baseline_year = forms.IntegerField(
        label=gettext_lazy("Năm của số gốc"), required=False, min_value=1945, max_value=2100
    )
    baseline_vintage = forms.ChoiceField(
        label=gettext_lazy("Loại của số gốc"), required=False, choices=[("", "–"), *Vintage.choices]
    )
    path = forms.CharField(
        label=gettext_lazy("Lộ trình"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng một mốc, mức lũy kế đến hết kỳ. Ví dụ: quý I/2018 = 355,0"),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, request: Request, held: TargetSet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = request.viewer.unit_ids(*SETTERS) | {held.unit_id}
        indicators = Indicator.objects.order_by(SortKey("name"))
        choices = {
            "indicator": [(str(one.pk), f"{one.name} ({one.unit_of_measure})") for one in indicators],
            "unit": unit_choices(request, scope),
            "post": [("", _("Chưa rõ")), *_post_choices(request, scope)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean_path(self) -> Path:
        """The steps. A message names the line that is wrong."""
        steps: Path = []
        for number, line in enumerate(self.cleaned_data["path"].splitlines(), start=1):
            if not line.strip():
                continue
            period, sign, value = line.partition("=")
            try:
                if not sign:
                    raise PeriodError(_("thiếu dấu «=» giữa kỳ và số."))
                steps.append((parse_period(period), parse_value(value)))
            except (PeriodError, NumberError) as error:
                words = _("Dòng %(line)s: %(error)s")
                raise forms.ValidationError(words % {"line": number, "error": error}) from None
        if len({period.end for period, _value in steps}) < len(steps):
            raise forms.ValidationError(_("Có hai mốc cùng một kỳ. Hãy bỏ bớt một mốc."))
        return steps

    def clean(self) -> dict[str, Any]:
        """One number goes to the side that the operator names."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data["operator"] in {"<=", "<"} and data.get("high") is None:
            data["low"], data["high"] = None, data.get("low")
        try:
            check_bounds(data["operator"], data.get("low"), data.get("high"))
        except Refused as refusal:
            self.add_error("low", str(refusal))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the target."""
        data = self.cleaned_data
        direct = (
            "frequency",
            "operator",
            "low",
            "high",
            "baseline",
            "baseline_year",
            "baseline_vintage",
            "note",
        )
        return {
            **{name: data[name] for name in direct},
            "indicator_id": data["indicator"],
            "unit_id": data["unit"],
            "post_id": data["post"],
            "period_start": data["period"].start,
            "period_end": data["period"].end,
        }


def target_initial(target: Target) -> dict[str, Any]:
    """What the form shows of a target."""
    one_sided = target.operator in {"<=", "<"}
    points = [
        f"{Period.spanning(p.period_start, p.period_end).label()} = {format_number(p.value.normalize())}"
        for p in target.path.all()
    ]
    return {
        "indicator": target.indicator_id,
        "unit": target.unit_id,
        "post": target.post_id,
        "period": _period_of(target),
        "frequency": target.frequency,
        "operator": target.operator,
        "low": target.high if one_sided else target.low,
        "high": None if one_sided else target.high,
        "baseline": target.baseline,
        "baseline_year": target.baseline_year,
        "baseline_vintage": target.baseline_vintage,
        "path": "\n".join(points),
        "note": target.note,
    }


def _period_of(target: Target) -> Period | str:
    """The period, or nothing for a stretch that is none, to be chosen anew."""
    try:
        return Period.spanning(target.period_start, target.period_end)
    except PeriodError:
        return ""


def _post_choices(request: Request, unit_ids: Iterable[int]) -> list[tuple[str, str]]:
    """'Giám đốc – Sở Y tế', by unit, then rank."""
    units = units_on(request.day, unit_ids)
    order = {unit: place for place, unit in enumerate(units)}
    posts = Post.objects.on(request.day).filter(unit__in=units, rank__in=["head", "deputy"])
    ranked = sorted(posts, key=lambda post: (order[post.unit_id], post.rank != "head", post.title))
    return [(str(post.pk), f"{post.title} – {units[post.unit_id].name}") for post in ranked]


if TYPE_CHECKING:
    IndicatorModelForm = forms.ModelForm[Indicator]
else:  # Django's class takes its type only for the checker
    IndicatorModelForm = forms.ModelForm


class IndicatorForm(IndicatorModelForm):
    """What is measured, and how."""

    aggregation = forms.ChoiceField(
        label=gettext_lazy("Cách tính cho cấp trên"), choices=Aggregation.choices,
        help_text=gettext_lazy("Số của đơn vị trên lấy từ đơn vị trực thuộc thế nào, khi chưa có số riêng."),
    )  # fmt: skip
    field = forms.ModelChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, queryset=PolicyField.objects.order_by(SortKey("name"))
    )

    class Meta:
        model = Indicator
        fields = FIELDS
        labels = {"name_en": gettext_lazy("Tên tiếng Anh")}
        help_texts = {
            "code": gettext_lazy("Chữ không dấu, số, gạch dưới; dùng trong tệp Excel. Ví dụ: THU_NS"),
            "accumulates": gettext_lazy(
                "Số của các tháng, quý cộng lại thành số của năm (như thu ngân sách)."
            ),
            "ascending": gettext_lazy("Bỏ chọn khi càng thấp càng tốt (như tỷ lệ hộ nghèo)."),
        }
        widgets = {"definition": forms.Textarea({"rows": 3})}


class TargetFilter(forms.Form):
    """Which targets to list."""

    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Đơn vị và trực thuộc"), required=False, coerce=int, empty_value=None
    )
    set = forms.TypedChoiceField(
        label=gettext_lazy("Bộ chỉ tiêu"), required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)

    def __init__(
        self, request: Request, *args: Any, years: list[int], sets: list[TargetSet], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        options = {
            "year": [(str(year), str(year)) for year in years],
            "unit": unit_choices(request, request.viewer.unit_ids(), _("Mọi đơn vị")),
            "set": [("", _("Mọi bộ chỉ tiêu")), *((str(one.pk), one.name) for one in sets)],
            "state": [("", _("Mọi tình trạng")), *((key, str(words)) for key, words in STATE_LABELS.items())],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
