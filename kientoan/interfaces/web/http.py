"""The request as every page of Kiện Toàn gets it."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Installation


class Request(HttpRequest):
    """A signed-in request: who looks (`viewer`), the day looked at (`day`), and `today`."""

    user: User
    viewer: Viewer
    day: date
    today: date
    installation: Installation
    htmx: HtmxDetails


def moment(request: Request) -> datetime:
    """When an act of this request happens: now; in an example, at this time of its day.

    Figures count from the moment of their approval, so acts of an example must fall on its day.
    """
    now = timezone.localtime()
    return now.replace(year=request.today.year, month=request.today.month, day=request.today.day)
