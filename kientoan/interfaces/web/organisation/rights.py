"""Who looks at the organisation, and who changes it today."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from kientoan.domains.organisation.access import Viewer, viewer_of

from ..http import Request
from ..notices import warn

View = Callable[..., HttpResponseBase]


def acting_viewer(request: Request) -> Viewer:
    """The viewer in today's organisation: a right to change follows no tree of the past.

    As known at an earlier moment nothing can be changed, so there is none.
    """
    if request.known is not None:
        return Viewer(request.user, request.today)
    if request.viewer.day == request.today:
        return request.viewer
    return viewer_of(request.user, request.today)


def seeing_viewer(request: Request) -> Viewer:
    """The viewer in today's organisation for a page that only shows: as known earlier, with today's reach."""
    return acting_viewer(request) if request.known is None else request.viewer


def needs_a_role(view: View) -> View:
    """Who has no role sees the own profile, which says whom to ask."""

    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.viewer.grants:
            warn(
                request, gettext("Tài khoản của bạn chưa được giao vai trò nào nên chưa xem được trang này.")
            )
            return redirect("profile")
        return view(request, *args, **kwargs)

    return checked
