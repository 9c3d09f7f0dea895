"""Pages for what went wrong: each says in plain words what happened and what to do next."""

import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from psycopg.errors import ReadOnlySqlTransaction

from kientoan.domains.organisation.access import NotAllowed, OutsideRights, Viewer
from kientoan.domains.organisation.looking_back import may_change
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.temporal.models import Stale

logger = logging.getLogger(__name__)
NOT_TEXT = {"csrfmiddlewaretoken", "row_version", "password"}


class ErrorPageMiddleware:
    """Turns the refusals that the domains raise into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for `NotAllowed` and `Stale`; everything else goes on its way."""
        if isinstance(exception, NotAllowed):
            return past_is_fixed(request) if _only_now(request, exception) else forbidden(request, exception)
        if isinstance(exception, Stale):
            return stale(request, exception)
        if isinstance(exception.__cause__, ReadOnlySqlTransaction):
            return past_is_fixed(request)
        return None


def _answer(request: HttpRequest, status: int, name: str = "", **context: Any) -> HttpResponse:
    """The page of a status; for a part of a page (htmx) only its text, put into the notices."""
    name = name or str(status)
    if getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        response = render(request, f"errors/{name}_text.html", context, status=status)
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    return render(request, f"{name}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be understood."""
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says which roles would open the page, and for which units, when the refusal names them."""
    roles = exception.roles if isinstance(exception, NotAllowed) else ()
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    units = _names(request, exception.units) if isinstance(exception, OutsideRights) else []
    return _answer(request, 403, needed=[Role(role).label for role in roles], reason=reason, outside=units)


def _names(request: HttpRequest, units: Iterable[int]) -> list[str]:
    """What the units are called on the day of the page."""
    day: date = request.day  # type: ignore[attr-defined]
    return [unit.name for unit in units_on(day, units).values()]


def _only_now(request: HttpRequest, exception: NotAllowed) -> bool:
    """Whether the account may, only not as known at an earlier moment."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return viewer is not None and not may_change(viewer) and bool(viewer.roles & set(exception.roles))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is too old or missing."""
    logger.warning("CSRF: %s (%s)", reason, request.path)
    return _answer(request, 403, expired=True, own=own_words(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this viewer; the two look alike on purpose."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a code to quote, written to the log beside the error. Needs neither database nor session."""
    code = secrets.token_hex(4).upper()
    logger.error("error %s at %s", code, request.path, exc_info=True)
    return HttpResponse(render_to_string("500.html", {"code": code, "styles": _styles()}), status=500)


def _styles() -> list[str]:
    """The style sheets for the one page that must appear even when they are missing."""
    with suppress(ValueError):
        return [static("kientoan/base.css"), static("kientoan/work.css"), static("kientoan/components.css")]
    return []


def stale(request: HttpRequest, exception: Stale) -> HttpResponse:
    """409: what somebody else changed meanwhile, beside the words that the person was about to save."""
    version = exception.changes.get("row_version")
    return _answer(
        request,
        409,
        changes=list(readable_changes(exception)),
        own=own_words(request),
        kept=[pair for name, values in request.POST.lists() for pair in _pairs(name, values)],
        version_now=version[1] if version else None,
    )  # fmt: skip


def past_is_fixed(request: HttpRequest) -> HttpResponse:
    """409: the page shows what was known at an earlier moment, and there nothing can be changed."""
    return _answer(request, 409, "past", back=_came_from(request), own=own_words(request))


def _came_from(request: HttpRequest) -> str:
    """The path of the page that sent the form, when it is one of ours; else of the page itself or home."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.path.startswith("/") and came.netloc == request.get_host():
        return came.path
    return request.path if request.method == "GET" else "/"


def _pairs(name: str, values: list[str]) -> Iterable[tuple[str, str]]:
    return ((name, value) for value in values if name not in NOT_TEXT)


def own_words(request: HttpRequest) -> list[str]:
    """What the person typed into the form that could not be saved, so that nothing has to be typed twice."""
    words = (value for name, value in request.POST.items() if name not in NOT_TEXT and "password" not in name)
    return [value for value in words if isinstance(value, str) and len(value) > 20]


def readable_changes(exception: Stale) -> Iterable[tuple[str, str, str]]:
    """Triples of (field as users call it, value then, value now)."""
    model: type[Model] | None = getattr(exception, "model", None)
    for name, (then, now) in exception.changes.items():
        if name != "row_version":
            label, choices = _words_of(model, name)
            yield label, choices.get(str(then), _text(then)), choices.get(str(now), _text(now))


def _words_of(model: type[Model] | None, name: str) -> tuple[str, dict[str, str]]:
    """The verbose name of a field and the words of its choices; the bare name when there is no model."""
    if model is None:
        return name, {}
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name, {}
    choices = {str(value): str(words) for value, words in getattr(field, "flatchoices", [])}
    return str(getattr(field, "verbose_name", name)), choices


def _text(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)
