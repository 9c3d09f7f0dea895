"""Who looks, and on which day: `request.viewer`, `request.day` and `request.today` for every page.

The only place of the web interface that asks the clock. `?day=2018-06-30` (or 30/06/2018) chooses the day
looked at and is remembered for the session; `?day=` goes back to today. `?known=` chooses the moment as of
which the system is asked (see `known.py`).
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext

from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Installation

from .known import SAFE, answer_as_known, known_of

SESSION_KEY = "day"
YEARS = range(1945, 2101)


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _refuse_nul(request)
        translation.activate(_language(request))
        request.LANGUAGE_CODE = translation.get_language()
        installation = Installation.objects.select_related("root").first()
        today = timezone.localdate()
        if installation is not None and installation.example_day:
            today = installation.example_day
        request.installation = installation  # type: ignore[attr-defined]
        request.today = today  # type: ignore[attr-defined]
        request.day = _chosen_day(request) or today  # type: ignore[attr-defined]
        request.viewer = _viewer(request, today)  # type: ignore[attr-defined]
        request.known = known_of(request) if request.user.is_authenticated else None  # type: ignore[attr-defined]
        if request.known is None:  # type: ignore[attr-defined]
            return self.get_response(request)
        return answer_as_known(request, request.known, self.get_response)  # type: ignore[arg-type,attr-defined]


def _refuse_nul(request: HttpRequest) -> None:
    """The sign NUL stands in no text of a person, and the database takes none. Raises `BadRequest`."""
    given = (*request.GET.lists(), *request.POST.lists())
    if any("\0" in value for _name, values in given for value in values):
        raise BadRequest("NUL")


def _language(request: HttpRequest) -> str:
    """The account's language; for a stranger the one chosen here before, else Vietnamese.

    What the browser asks for does not count: offices run English browsers and read Vietnamese.
    """
    if request.user.is_authenticated:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _chosen_day(request: HttpRequest) -> date | None:
    """The day in the address, else the one kept in the session; None for today.

    What is no day is told and changes nothing.
    """
    if "day" in request.GET:
        text = request.GET["day"].strip()
        if text and _read_day(text) is None:
            words = gettext(
                "“%(text)s” không phải là ngày xem được. Hãy viết ngày/tháng/năm, ví dụ 30/06/2018."
            )
            messages.warning(request, words % {"text": text[:20]})
        else:
            request.session[SESSION_KEY] = text
    return _read_day(request.session.get(SESSION_KEY) or "")


def _read_day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            found = datetime.strptime(text, form).date()
            return found if found.year in YEARS else None
    return None


def _viewer(request: HttpRequest, today: date) -> Viewer | None:
    if not request.user.is_authenticated:
        return None
    looks = request.method in SAFE  # what is done is done today, whatever day is looked at
    day = request.day if looks else today  # type: ignore[attr-defined]
    return viewer_of(request.user, day, today=today)
