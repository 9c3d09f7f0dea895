"""Inputs of our own, for forms of every page: days and numbers as they are written in Vietnam."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kientoan.engines import vietnamese

from .wording import number_text

_FROM_ENGLISH = str.maketrans(",.", ".,")


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy, whatever the language of the browser; scripts add the browser's calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"data-day": True, "inputmode": "numeric", "autocomplete": "off", "size": 10}
        super().__init__(attrs={**usual, **(attrs or {})}, format="%d/%m/%Y")


class NumberField(forms.DecimalField):
    """A number typed as 1.234,56 (as 1,234.56 on English pages); gives a `Decimal`, or None when empty."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(**{"widget": widget, **options})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read what was typed; an unclear number is refused with the remedy."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        english = get_language() == "en"
        try:
            return vietnamese.parse_number(value.translate(_FROM_ENGLISH) if english else value)
        except vietnamese.NumberError as error:
            words = gettext("“%(text)s” không phải là số. Hãy nhập dạng 1.234,56.")
            message = words % {"text": value.strip()[:40]} if english else str(error)
            raise ValidationError(message, code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """The number as the page writes it; what was typed stays as it was typed."""
        return number_text(value) if isinstance(value, Decimal | int | float) else value


class QuickSelect(forms.Select):
    """One of many choices, hundreds of units say: written at once, not by a template for each choice."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The select with its options; groups of choices are not for it."""
        chosen = {str(one) for one in self.format_value(value)}
        rows = (
            (key, SafeString(" selected" if str(key) in chosen else ""), words) for key, words in self.choices
        )
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            options,
        )
