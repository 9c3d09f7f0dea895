"""First things first: the set-up of an empty installation, then a password of one's own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kientoan.domains.accounts.models import User

ALLOWED = ("account_change_password", "account_logout", "choose_language")


class FirstThingsMiddleware:
    """Sign-in of an empty installation leads to the set-up; a password handed over leads to changing it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        installation = getattr(request, "installation", None)
        if installation is None and request.path == reverse(settings.LOGIN_URL):
            return redirect("setup")
        user = request.user
        if isinstance(user, User) and user.must_change_password:
            allowed = {reverse(name) for name in ALLOWED}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("account_change_password")
        return self.get_response(request)
