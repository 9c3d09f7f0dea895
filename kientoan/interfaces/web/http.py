"""The request as every page of Kiện Toàn gets it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Installation

if TYPE_CHECKING:
    from .known import Known


class Request(HttpRequest):
    """A signed-in request: who looks (`viewer`), the day looked at (`day`), `today`; `known`: as of when."""

    user: User
    viewer: Viewer
    day: date
    today: date
    known: "Known | None"
    installation: Installation
    htmx: HtmxDetails


def moment(request: Request) -> datetime:
    """When an act of this request happens: now; in an example, at this time of its day.

    Figures count from the moment of their approval, so acts of an example must fall on its day.
    """
    now = timezone.localtime()
    return now.replace(year=request.today.year, month=request.today.month, day=request.today.day)
