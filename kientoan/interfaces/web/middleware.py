"""Who looks, and on which day: `request.viewer`, `request.day` and `request.today` for every page.

The only place of the web interface that asks the clock. `?day=2018-06-30` (or 30/06/2018) chooses the day
looked at and is remembered for the session; `?day=` goes back to today.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Installation

SESSION_KEY = "day"


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        installation = Installation.objects.select_related("root").first()
        today = timezone.localdate()
        if installation is not None and installation.example_day:
            today = installation.example_day
        request.installation = installation  # type: ignore[attr-defined]
        request.today = today  # type: ignore[attr-defined]
        request.day = _chosen_day(request) or today  # type: ignore[attr-defined]
        request.viewer = _viewer(request, today)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            translation.activate(request.COOKIES.get("django_language") or request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def _chosen_day(request: HttpRequest) -> date | None:
    """The day in the address, else the one kept in the session; a wrong one is as good as none."""
    if "day" in request.GET:
        request.session[SESSION_KEY] = request.GET["day"]
    text = request.session.get(SESSION_KEY) or ""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()
    return None


def _viewer(request: HttpRequest, today: date) -> Viewer | None:
    if not request.user.is_authenticated:
        return None
    return viewer_of(request.user, request.day, today=today)  # type: ignore[attr-defined]
