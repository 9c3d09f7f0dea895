"""Forms that correct what was read: one for tasks, one for targets. Each gives the passage's `data`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.matching import UnitMatcher
from kientoan.domains.organisation.models import Post, Rank
from kientoan.domains.organisation.queries import UnitOnDay
from kientoan.domains.plans.models import DeadlineOperator, Operator, TargetSet
from kientoan.domains.plans.proposals import Proposer, TargetProposal, TaskProposal
from kientoan.domains.results.models import Indicator
from kientoan.engines.periods import PeriodError, parse_period
from kientoan.engines.vietnamese import NumberError, format_number, parse_number

from ..widgets import DayInput

RHYTHMS = [
    ("", _("Một lần")),
    ("monthly", _("Hằng tháng")),
    ("quarterly", _("Hằng quý")),
    ("semiannual", _("Sáu tháng")),
    ("yearly", _("Hằng năm")),
]


class UnitsField(forms.TypedMultipleChoiceField):
    """Units to tick, those that the words may mean."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)

    def offer(self, units: Iterable[UnitOnDay]) -> None:
        """The units to choose among."""
        self.choices = [(unit.id, unit.body_name) for unit in units]


def _more(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=_("Gõ tên như trong văn bản; nhiều đơn vị cách nhau bằng dấu chấm phẩy."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )


class TaskForm(forms.Form):
    """A task: what, who, with whom, output, deadline, field, checker."""

    title = forms.CharField(label=_("Nội dung nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 3}))
    units = UnitsField(label=_("Đơn vị chủ trì"))
    more_units = _more(_("Thêm đơn vị chủ trì"))
    left_open = forms.BooleanField(label=_("Chưa rõ ai chủ trì, để sau"), required=False)
    cooperating_units = UnitsField(label=_("Đơn vị phối hợp"))
    more_cooperating = _more(_("Thêm đơn vị phối hợp"))
    output = forms.CharField(label=_("Sản phẩm"), required=False, max_length=500)
    deadline_text = forms.CharField(label=_("Thời hạn, đúng lời văn bản"), required=False, max_length=500)
    deadline_operator = forms.ChoiceField(
        label=_("Kiểu hạn"), required=False, choices=[("", "–"), *DeadlineOperator.choices]
    )
    due_date = forms.DateField(
        label=_("Ngày cuối còn đúng hạn"),
        required=False,
        widget=DayInput(),
        help_text=_("Để trống nếu chưa rõ thời hạn."),
    )
    recurrence = forms.ChoiceField(label=_("Định kỳ"), required=False)
    field = forms.ModelChoiceField(PolicyField.objects.none(), label=_("Lĩnh vực"), required=False)
    checker_post = forms.TypedChoiceField(
        label=_("Người kiểm tra"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, proposal: TaskProposal, proposer: Proposer, **kwargs: Any) -> None:
        kwargs["initial"] = _task_initial(proposal)
        super().__init__(*args, **kwargs)
        self.matcher: UnitMatcher = proposer.matcher
        self.proposal = proposal
        lead = (*proposal.units, *proposal.lead.units, *proposal.lead.candidates)
        helping = (*proposal.cooperating, *proposal.cooperation.units, *proposal.cooperation.candidates)
        self._offer("units", lead)
        self._offer("cooperating_units", helping)
        self.fields["field"].queryset = PolicyField.objects.order_by(SortKey("name"))  # type: ignore[attr-defined]
        said = proposal.recurrence
        extra = [(said, said)] if said and said not in dict(RHYTHMS) else []
        self.fields["recurrence"].choices = [*RHYTHMS, *extra]  # type: ignore[attr-defined]
        self.fields["checker_post"].choices = checkers(proposer)  # type: ignore[attr-defined]

    def _offer(self, name: str, ids: Iterable[int]) -> None:
        field = self.fields[name]
        chosen = [self.matcher.units[unit] for unit in dict.fromkeys(ids) if unit in self.matcher.units]
        if isinstance(field, UnitsField):
            field.offer(chosen)
        if not chosen:
            field.widget = forms.MultipleHiddenInput()

    def _named(self, name: str) -> list[int]:
        """The units written by hand; what is not clear is an error that names the words."""
        written = self.cleaned_data.get(name) or ""
        if not written.strip():
            return []
        match = self.matcher.match(*written.split(";"))
        if match.certain:
            return list(match.units)
        near = [self.matcher.units[unit].name for unit in match.candidates if unit in self.matcher.units][:6]
        hint = _now("Có phải: %(names)s?") % {"names": ", ".join(near)} if near else ""
        words = _now("Không rõ “%(words)s” là đơn vị nào. Chọn một tên trong danh sách gợi ý.") % {
            "words": written
        }
        self.add_error(name, f"{words} {hint}".strip())
        return []

    def clean(self) -> dict[str, Any]:
        """Units from boxes and words together."""
        cleaned: dict[str, Any] = super().clean() or {}
        units = [*(cleaned.get("units") or []), *self._named("more_units")]
        helping = [*(cleaned.get("cooperating_units") or []), *self._named("more_cooperating")]
        cleaned["all_units"] = list(dict.fromkeys(units))
        cleaned["all_cooperating"] = [unit for unit in dict.fromkeys(helping) if unit not in units]
        return cleaned

    def data_of_passage(self) -> dict[str, Any]:
        """The corrections, with the keys of `Passage.data`."""
        cleaned = self.cleaned_data
        due = cleaned["due_date"]
        data = {
            "title": cleaned["title"],
            "output": cleaned["output"],
            "deadline_text": cleaned["deadline_text"],
            "deadline_operator": cleaned["deadline_operator"],
            "due_date": due.isoformat() if due else "",
            "recurrence": cleaned["recurrence"],
            "field": cleaned["field"].pk if cleaned["field"] else None,
            "checker_post": cleaned["checker_post"],
            "cooperating_units": cleaned["all_cooperating"],
        }
        if cleaned["all_units"] or cleaned["left_open"]:
            data["units"] = cleaned["all_units"]
        return data


def _task_initial(proposal: TaskProposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "units": list(proposal.units or proposal.lead.units),
        "cooperating_units": list(proposal.cooperating),
        "output": proposal.output,
        "deadline_text": proposal.deadline_text,
        "deadline_operator": proposal.deadline_operator,
        "due_date": proposal.due_date,
        "recurrence": proposal.recurrence,
        "field": proposal.field_id,
        "checker_post": proposal.checker_post_id,
    }


def checkers(proposer: Proposer) -> list[tuple[Any, Any]]:
    """Heads and deputies who may check, with the unit of each; empty first."""
    posts = Post.objects.on(proposer.day).filter(rank__in=[Rank.HEAD, Rank.DEPUTY])
    units = proposer.matcher.units
    level = proposer.matcher.place.level
    shown = [
        (pk, f"{title} – {units[unit].name}")
        for pk, title, unit in posts.values_list("pk", "title", "unit_id")
        if unit in units and (not level or units[unit].level == level)
    ]
    return [("", _("Chưa rõ")), *sorted(shown, key=lambda pair: pair[1])]


class TargetForm(forms.Form):
    """A target: indicator, operator and bounds, unit of measure, who, period, set."""

    indicator_id = forms.TypedChoiceField(
        label=_("Chỉ tiêu"), coerce=int, required=False, empty_value=None,
        help_text=_("Chọn chỉ tiêu đã có để số liệu các năm nối với nhau; nếu chưa có, để “Chỉ tiêu mới”."),
    )  # fmt: skip
    indicator = forms.CharField(label=_("Tên chỉ tiêu mới"), max_length=300, required=False)
    operator = forms.ChoiceField(label=_("Yêu cầu"), choices=[("", "–"), *Operator.choices])
    low = forms.CharField(label=_("Mức (hoặc mức thấp nhất)"), required=False)
    high = forms.CharField(label=_("Mức cao nhất"), required=False)
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=60, required=False)
    unit_id = forms.TypedChoiceField(label=_("Đơn vị thực hiện"), coerce=int)
    period = forms.CharField(label=_("Kỳ"), help_text=_("Ví dụ: 2018, quý II/2018, 6 tháng đầu năm 2018."))
    target_set_id = forms.TypedChoiceField(
        label=_("Bộ chỉ tiêu"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, proposal: TargetProposal, proposer: Proposer, **kwargs: Any) -> None:
        kwargs["initial"] = _target_initial(proposal)
        super().__init__(*args, **kwargs)
        self.indicators = proposer.indicators
        self._choose("indicator_id", _indicator_choices(proposal, proposer.indicators))
        units = proposer.matcher.units.values()
        unknown = [] if proposal.unit_id is not None else [("", _("Chưa rõ"))]
        self._choose("unit_id", [*unknown, *[(unit.id, unit.name) for unit in units]])
        sets = TargetSet.objects.order_by("-year", "name").values_list("pk", "name")
        self._choose("target_set_id", [("", _("Bộ chỉ tiêu của văn bản này")), *sets])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _number(self, name: str) -> str | None:
        written = self.cleaned_data.get(name) or ""
        if not written.strip():
            return None
        try:
            return str(parse_number(written))
        except NumberError as error:
            self.add_error(name, str(error))
            return None

    def clean_period(self) -> str:
        """The period in its code."""
        try:
            return parse_period(self.cleaned_data["period"]).code
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """The bounds that the operator needs, a known or a new indicator, one unit of measure."""
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = self._number("low"), self._number("high")
        operator = cleaned.get("operator")
        if operator == Operator.RANGE:
            if (low is None or high is None) and not self.errors:
                self.add_error("high", _("“Từ … đến …” cần cả mức thấp nhất và mức cao nhất."))
        elif operator and low is None and high is None and not self.errors:
            self.add_error("low", _("Nhập mức phải đạt."))
        known = self.indicators.get(cleaned.get("indicator_id") or 0)
        if known is None and not (cleaned.get("indicator") or "").strip():
            self.add_error("indicator", _("Chọn chỉ tiêu đã có, hoặc đặt tên chỉ tiêu mới."))
        _check_measure(self, cleaned, known)
        cleaned["bounds"] = (low, high)
        return cleaned

    def data_of_passage(self) -> dict[str, Any]:
        """The corrections, with the keys of `Passage.data`."""
        cleaned = self.cleaned_data
        low, high = cleaned["bounds"]
        return {
            "indicator_id": cleaned["indicator_id"],
            "new_indicator": cleaned["indicator_id"] is None,
            "indicator": cleaned["indicator"],
            "operator": cleaned["operator"],
            "low": low,
            "high": high,
            "unit": cleaned["unit"],
            "unit_id": cleaned["unit_id"],
            "period": cleaned["period"],
            "target_set_id": cleaned["target_set_id"],
        }


def _check_measure(form: TargetForm, cleaned: dict[str, Any], known: Indicator | None) -> None:
    measure = (cleaned.get("unit") or "").strip()
    if known is not None:
        if measure and measure != known.unit_of_measure:
            words = _now(
                "Chỉ tiêu này tính bằng “%(known)s”, không phải “%(given)s”. "
                "Sửa mức, hoặc chọn chỉ tiêu khác."
            )
            form.add_error("unit", words % {"known": known.unit_of_measure, "given": measure})
        cleaned["unit"] = known.unit_of_measure
    elif not measure:
        form.add_error("unit", _("Nhập đơn vị tính, ví dụ %, tỷ đồng, người."))


def _target_initial(proposal: TargetProposal) -> dict[str, Any]:
    def shown(value: Any) -> str:
        return "" if value is None else format_number(value.normalize())

    one_sided = proposal.operator in ("<=", "<")
    return {
        "indicator_id": proposal.indicator_id,
        "indicator": proposal.indicator[:1].upper() + proposal.indicator[1:],
        "operator": proposal.operator,
        "low": shown(proposal.high if one_sided else proposal.low),
        "high": "" if one_sided else shown(proposal.high),
        "unit": proposal.measure,
        "unit_id": proposal.unit_id,
        "period": proposal.period,
        "target_set_id": proposal.target_set_id,
    }


def _indicator_choices(proposal: TargetProposal, indicators: dict[int, Indicator]) -> list[tuple[Any, Any]]:
    """A new one first, then those that resemble the words, then all others."""
    near = [(key, str(indicators[key])) for key in proposal.similar]
    rest = sorted((str(item), key) for key, item in indicators.items() if key not in proposal.similar)
    choices: list[tuple[Any, Any]] = [("", _("Chỉ tiêu mới"))]
    if near:
        choices.append((_("Gần giống"), near))
    choices.append((_("Tất cả chỉ tiêu"), [(key, name) for name, key in rest]))
    return choices
