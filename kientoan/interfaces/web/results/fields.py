"""Fields for figures and periods as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.queries import units_on
from kientoan.domains.results.rules import parse_value
from kientoan.engines.periods import Period, PeriodError, parse_period
from kientoan.engines.vietnamese import NumberError, format_number

from ..http import Request


class FigureField(forms.CharField):
    """A number written 1.234,5; an empty one is None, never zero."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(**{"widget": widget, "required": False, "max_length": 60, **options})

    def clean(self, value: Any) -> Decimal | None:
        """The number. Raises `ValidationError` with the remedy."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_value(text)
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        """A Decimal as people write it; what was typed stays as typed."""
        return format_number(value.normalize()) if isinstance(value, Decimal) else value


class PeriodField(forms.CharField):
    """A period written 2018, quý II/2018, tháng 6/2018 …"""

    def __init__(self, **options: Any) -> None:
        hint = _("Ví dụ: 2018, 6 tháng đầu năm 2018, quý II/2018, tháng 6/2018.")
        super().__init__(**{"label": _("Kỳ"), "max_length": 40, "help_text": hint, **options})

    def clean(self, value: Any) -> Period:
        """The period. Raises `ValidationError` with the remedy."""
        text = super().clean(value)
        try:
            return parse_period(text)
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        """A period in words; what was typed stays as typed."""
        return value.label() if isinstance(value, Period) else value


def unit_choices(request: Request, ids: frozenset[int], empty: str = "") -> list[tuple[str, str]]:
    """The units as choices on the day looked at: those the viewer has a role for first, then by name.

    `empty`: words of no choice.
    """
    own = request.viewer.own_unit_ids
    units = sorted(units_on(request.day, ids).values(), key=lambda unit: unit.id not in own)
    choices = [(str(unit.id), unit.name) for unit in units]
    return [("", empty), *choices] if empty else choices
