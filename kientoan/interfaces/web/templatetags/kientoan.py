"""Template tags and filters of Kiện Toàn, loaded in every template. `docs/interface.md` shows each one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import lucide
from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kientoan.domains.plans.queries.targets import TargetRow
from kientoan.engines.writers.sparkline import sparkline
from kientoan.interfaces.web import fonts, notices, statuses, wording
from kientoan.interfaces.web.context import address_of
from kientoan.interfaces.web.said import said

register = template.Library()


def missing(words: str) -> SafeString:
    """A dash that says aloud what is missing: nothing known is not zero."""
    return format_html(
        '<span class="missing" title="{0}">–<span class="visually-hidden"> {0}</span></span>', words
    )


# --- values


@register.filter
def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """`{{ value|number:2 }}` → 1.234,50; None → a dash "chưa có số liệu"."""
    if value is None:
        return missing(gettext("chưa có số liệu"))
    return wording.number_text(value, decimals)


@register.filter(name="said")
def said_filter(words: str) -> str:
    """`{{ error.message_vi|said }}` → what an engine says, in the language of the page."""
    return said(words)


@register.filter
def day(value: date | datetime | None) -> str:
    """`{{ task.due_date|day }}` → 30/06/2018; None → a dash "chưa có ngày"."""
    return missing(gettext("chưa có ngày")) if value is None else wording.day_text(value)


@register.filter
def days_from(value: date | None, today: date) -> str:
    """`{{ task.due_date|days_from:day }}` → "còn 3 ngày", "quá hạn 5 ngày"; None → "chưa rõ thời hạn"."""
    return gettext("chưa rõ thời hạn") if value is None else wording.time_left_text(value, today)


@register.filter
def span(value: DateRange) -> str:
    """`{{ version.in_force|span }}` → "từ 01/07/2016 đến 29/06/2018": the last day it holds."""
    return wording.span_text(value)


@register.simple_tag
def period_label(start: date, end: date, frequency: str | None = None) -> str:
    """`{% period_label target.period_start target.period_end target.frequency %}` → "Quý I/2018"."""
    return wording.period_text(start, end, frequency)


@register.simple_tag
def page_url(name: str, *arguments: object) -> str:
    """`{% page_url "task_detail" task.pk %}`: like `url`, but '' where this installation has no such page."""
    return address_of(name, *arguments)


# --- signs


@lru_cache(maxsize=512)
def _icon(name: str, size: int) -> SafeString:
    drawn: str = lucide._render_icon(
        name, size, **{"aria-hidden": "true", "class": "icon", "focusable": "false"}
    )
    return mark_safe(drawn)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """`{% icon "target" %}`: a drawing for the eye alone; put words beside it or an aria-label around it."""
    return _icon(str(name), size)


@lru_cache(maxsize=1024)
def _sign(icon_name: str, tone: str, word: str) -> SafeString:
    """Drawn once for each word: a list shows the same few signs in every row."""
    return format_html('<span class="status status--{}">{}{}</span>', tone, _icon(icon_name, 14), word)


@register.simple_tag
def status(kind: str, state: str, word: str = "") -> SafeString:
    """`{% status "task" "overdue" %}`: word, shape and colour. `word` replaces the usual word."""
    look = statuses.look_of(kind, state)
    return _sign(look.icon, look.tone, str(word or look.word))


# --- lists


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page_obj: Page[Any]) -> dict[str, Any]:
    """`{% pager page_obj %}`: keeps the filters of the address; nothing when there is one page only."""
    elided = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)
    return {"request": context["request"], "page_obj": page_obj, "numbers": list(elided)}


@register.simple_tag(takes_context=True)
def sort_header(context: Context, key: str, words: str, css: str = "") -> SafeString:
    """`{% sort_header "due_date" "Thời hạn" %}`: a `<th>` whose link sorts by `?sort=key`, then `-key`."""
    request: HttpRequest = context["request"]
    current = request.GET.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    shape = {"ascending": "arrow-up", "descending": "arrow-down", "none": "chevrons-up-down"}[order]
    query = request.GET.copy()
    query["sort"] = f"-{key}" if current == key else key
    query.pop("page", None)
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a href="?{}">{}{}</a></th>',
        css, order, query.urlencode(), words, _icon(shape, 14),
    )  # fmt: skip


@register.filter
def undo_url(message: Message) -> str:
    """The address that takes back what a message tells of."""
    return notices.undo_address(message.extra_tags)


# --- forms


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, *, width: str = "", quiet: bool = False, label: str = "", hint: str = ""
) -> dict[str, Any]:
    """`{% field form.title %}`: label, hint, error and widget, tied together for screen readers.

    `width`: short, medium or full. `quiet`: no "(không bắt buộc)", for filters. `label`, `hint` replace
    those of the field.
    """
    if hint:
        bound.help_text = hint
    return {
        "bound": bound,
        "label": label or bound.label,
        "width": width,
        "quiet": quiet or bound.field.required,
        "is_check": bound.widget_type == "checkbox",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """`{% error_summary form %}`: what must be mended, each line a link to its field; else nothing."""
    return {"lines": [line for form in forms for line in _error_lines(form)]}


def _error_lines(form: BaseForm | BaseFormSet[Any]) -> Iterable[tuple[str, str]]:
    """Pairs of (id of the field or '', message)."""
    if isinstance(form, BaseFormSet):
        yield from (("", str(error)) for error in form.non_form_errors())
        for part in form.forms:
            yield from _error_lines(part)
        return
    for name, errors in form.errors.items():
        target = label = ""
        if name in form.fields:
            bound = form[name]
            target = bound.id_for_label or f"{bound.auto_id}_0"
            label = str(bound.label or "")
        yield from ((target, f"{label}: {error}" if label else str(error)) for error in errors)


# --- the font


@register.simple_tag
def font_link() -> SafeString:
    """The link to the font rules when this installation has the font; else nothing."""
    address = fonts.address()
    return format_html('<link rel="stylesheet" href="{}">', address) if address else SafeString("")


@register.simple_tag
def trend_line(row: TargetRow) -> SafeString:
    """The last figures of a target as a line the size of a word, with its bounds."""
    values = [value for _, value in row.trend]
    svg = sparkline(values, low=row.target.low, high=row.target.high, label=row.indicator.name)
    return mark_safe(svg)  # made of numbers and an escaped label
