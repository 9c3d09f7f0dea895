"""The request as every page of Kiện Toàn gets it."""

from datetime import date

from django.http import HttpRequest
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
