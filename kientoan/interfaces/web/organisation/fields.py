"""Form fields for days, units and people; they work without JavaScript."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.access import Viewer, organised_units
from kientoan.domains.organisation.queries import UnitOnDay, parents_on, units_on
from kientoan.engines.vietnamese import fold

from ..widgets import DayInput

MOST_SUGGESTED = 600  # units in the page itself
K = TypeVar("K")


class DayField(forms.DateField):
    """A day, written 30/06/2018 (or 2018-06-30)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DayInput())
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"])
        kwargs.setdefault(
            "error_messages",
            {
                "invalid": _("Ngày chưa đúng. Hãy nhập ngày/tháng/năm, ví dụ 30/06/2018."),
                "required": _("Hãy nhập ngày."),
            },
        )
        super().__init__(**kwargs)


class SuggestInput(forms.TextInput):
    """A text box that suggests: type a few letters and choose, or write the name out.

    `asks`: the query of the address that gives suggestions while one types, where they are too many.
    """

    suggestions: Iterable[str] = ()
    asks = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = {**(attrs or {}), "autocomplete": "off"}
        list_id = f"{attrs.get('id', name)}_list"
        if self.asks:
            attrs |= asking(name, list_id, self.asks)
        box = super().render(name, value, {**attrs, "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', box, list_id, options)


def asking(name: str, list_id: str, query: str) -> dict[str, str]:
    """Attributes of a text box whose list of suggestions is filled while one types."""
    return {
        "hx-get": f"{reverse('unit_options')}?as={name}&{query}",
        "hx-trigger": "input changed delay:250ms",
        "hx-target": f"#{list_id}",
        "hx-swap": "innerHTML",
    }


def meant(text: str, labels: Mapping[K, str], codes: Mapping[str, K]) -> list[K]:
    """What is meant: the one written just so, else all of that name, of that code, at last with those words.

    Without its diacritics "xa tan an" is Xã Tân An and Xã Tân Ân, of whatever province: nobody is guessed.
    """
    written = " ".join(text.split())
    wanted = fold(written)
    exact = [key for key, label in labels.items() if label.casefold() == written.casefold()]
    named = exact or [
        key for key, label in labels.items() if wanted in (fold(label), fold(label.partition(" – ")[0]))
    ]
    if named or wanted in codes:
        return named or [codes[wanted]]
    return [key for key, label in labels.items() if wanted in fold(label)]


def told_apart(units: Mapping[int, UnitOnDay], parents: Mapping[int, int]) -> dict[int, str]:
    """Unit → a name no other unit has: with the unit above, or at last the number, where names are equal."""
    names = Counter(unit.name for unit in units.values())
    labels = {}
    for key, unit in units.items():
        above = units.get(parents.get(key, 0))
        labels[key] = f"{unit.name} – {above.name}" if names[unit.name] > 1 and above else unit.name
    again = Counter(labels.values())
    return {key: f"{label} (số {key})" if again[label] > 1 else label for key, label in labels.items()}


class UnitField(forms.CharField):
    """A unit by its name, written with or without diacritics; gives the unit's id, or None when left empty.

    `offer(units)` says which units may be chosen. Units of the same name are told apart by the unit above. Of
    more units than fit into a page suggestions come while one types; a name or code written out always does.
    """

    widget = SuggestInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Gõ vài chữ của tên đơn vị rồi chọn; không cần gõ dấu."))
        kwargs.setdefault("error_messages", {"required": _("Hãy chọn một đơn vị.")})
        super().__init__(**kwargs)
        self.labels: dict[int, str] = {}
        self.codes: dict[str, int] = {}

    def offer(self, units: Mapping[int, UnitOnDay], parents: Mapping[int, int], asks: str = "") -> None:
        """The units that may be chosen, in their order; `parents` maps unit → the unit above.

        `asks`: the query for suggestions where they are many (see `unit_options`).
        """
        self.labels = told_apart(units, parents)
        self.codes = {unit.code: key for key, unit in units.items() if unit.code}
        assert isinstance(self.widget, SuggestInput)
        many = bool(asks) and len(units) > MOST_SUGGESTED
        self.widget.suggestions = () if many else list(self.labels.values())
        self.widget.asks = asks if many else ""
        if many:
            self.help_text = _("Gõ vài chữ của tên, hoặc mã đơn vị, rồi chọn; không cần gõ dấu.")

    def prepare_value(self, value: Any) -> Any:
        """An id becomes the name in the box."""
        return self.labels.get(value, value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = meant(text, self.labels, self.codes)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                gettext("Không có đơn vị nào tên “%(text)s” trong số có thể chọn.") % {"text": text}
            )
        assert isinstance(self.widget, SuggestInput)
        self.widget.suggestions = self.widget.suggestions or [self.labels[key] for key in found[:50]]
        some = "; ".join(self.labels[key] for key in found[:5])
        raise ValidationError(
            gettext("“%(text)s” chưa rõ là đơn vị nào. Hãy chọn một trong: %(some)s.")
            % {"text": text, "some": some}
        )


def offer_organised(field: forms.Field, viewer: Viewer) -> None:
    """Let the field choose among the units that the viewer may change."""
    assert isinstance(field, UnitField)
    units = units_on(viewer.day)
    if not viewer.administers_all:
        allowed = set(organised_units(viewer).values_list("pk", flat=True))
        units = {key: unit for key, unit in units.items() if key in allowed}
    field.offer(units, parents_on(viewer.day), f"on={viewer.day.isoformat()}")


class LinesField(forms.CharField):
    """Several short texts, one a line; gives a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list | tuple) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


def seen_values(form: forms.BaseForm) -> dict[str, Any]:
    """What stood in the form when it was opened: the values of the fields with `show_hidden_initial`."""
    values = {}
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            hidden = form.fields[name].hidden_widget()
            raw = hidden.value_from_datadict(form.data, form.files, form[name].html_initial_name)
            values[name] = field.to_python(raw)
    return values
