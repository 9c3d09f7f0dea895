"""The moment as of which the system is asked: `?known=30/06/2018`, or with a time, `30/06/2018 14:05`.

Kept for the session like the day; `?known=` goes back to now. While it is on, nothing is changed.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kientoan.domains.organisation.looking_back import looking_back
from kientoan.domains.organisation.queries import first_known, recorded_days
from kientoan.domains.temporal.known import as_known_on

from . import errors
from .context import address_of
from .http import Request
from .organisation.rights import needs_a_role
from .wording import day_text

SESSION_KEY = "known"
FORMS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
DAYS = ("%d/%m/%Y", "%Y-%m-%d")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STILL_DONE = ("account_logout", "choose_language", "account_login", "account_reauthenticate")


@dataclass(frozen=True)
class Known:
    """A moment, and how it was asked for: a day means until its end."""

    at: datetime
    is_day: bool

    @property
    def words(self) -> str:
        """'hết ngày 30/06/2018', '14:05 ngày 30/06/2018'."""
        if self.is_day:
            return gettext("hết ngày %(day)s") % {"day": day_text(self.at)}
        form = "%H:%M:%S" if self.at.second else "%H:%M"
        when = timezone.localtime(self.at).strftime(form)
        return gettext("%(time)s ngày %(day)s") % {"time": when, "day": day_text(self.at)}


def read_moment(text: str) -> Known | None:
    """A day or a moment as people write them; None for anything else."""
    for form in (*DAYS, *FORMS):
        with suppress(ValueError):
            found = datetime.strptime(" ".join(text.split()), form)
            is_day = form in DAYS
            if is_day:
                found = datetime.combine(found.date(), time.max)
            return Known(timezone.make_aware(found), is_day)
    return None


def known_of(request: HttpRequest) -> Known | None:
    """The moment in the address, else the one kept in the session; None for now.

    What cannot be is told and changes nothing.
    """
    if "known" in request.GET:
        text = request.GET["known"].strip()
        refusal = _refusal(text) if text else ""
        if refusal:
            messages.warning(request, refusal)
        else:
            request.session[SESSION_KEY] = text
    return read_moment(request.session.get(SESSION_KEY) or "")


def _refusal(text: str) -> str:
    """Why there is nothing to see as of this moment; '' when there is."""
    known = read_moment(text)
    if known is None:
        words = gettext(
            "“%(text)s” không phải là ngày, giờ có thật. Hãy viết ngày/tháng/năm, có thể thêm giờ:phút."
        )
        return words % {"text": text[:30]}
    first = first_known()
    if first is None or known.at < first:
        begun = day_text(first) if first else "–"
        words = gettext("Hệ thống bắt đầu có dữ liệu từ %(day)s. Hãy chọn một thời điểm sau đó.")
        return words % {"day": begun}
    if (timezone.localdate(known.at) if known.is_day else known.at) > (
        timezone.localdate() if known.is_day else timezone.now()
    ):
        return gettext("Thời điểm ấy chưa tới. Hãy chọn hôm nay hoặc trước đó.")
    return ""


def answer_as_known(
    request: Request, known: Known, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Answer a page as of the moment; refuse to change anything."""
    if request.method not in SAFE:
        if request.path in {address_of(name) for name in STILL_DONE}:
            return get_response(request)
        return errors.past_is_fixed(request)
    if request.viewer is not None:
        request.viewer = looking_back(request.viewer)
        request.viewer.look_up()  # the reach is that of today
    with as_known_on(known.at):
        response = get_response(request)
        if response.streaming:
            response.streaming_content = list(response.streaming_content)  # type: ignore[attr-defined]
        return response


@needs_a_role
def known_on(request: Request) -> HttpResponse:
    """Choose the moment as of which the system is asked; the days on which it was told something."""
    text = request.GET.get("at", "").strip()
    back = request.GET.get("next", "")
    if text:
        moment = " ".join(part for part in (text, request.GET.get("time", "").strip()) if part)
        refusal = _refusal(moment)
        if not refusal:
            request.session[SESSION_KEY] = moment
            return redirect(back if back.startswith("/") and not back.startswith("//") else "organisation")
        messages.warning(request, refusal)
    context = {
        "at": text,
        "time": request.GET.get("time", ""),
        "next": back or reverse("organisation"),
        "first": first_known(),
        "days": recorded_days(20),
    }
    return render(request, "known_on.html", context)
