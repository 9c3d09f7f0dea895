"""Inputs of our own, for forms of every page."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy, whatever the language of the browser; scripts add the browser's calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"data-day": True, "inputmode": "numeric", "autocomplete": "off", "size": 10}
        super().__init__(attrs={**usual, **(attrs or {})}, format="%d/%m/%Y")
