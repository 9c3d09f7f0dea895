"""Undo of what was just done to units, posts, people and headcount."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kientoan.domains.organisation import operations

from ..http import Request
from ..notices import tell, warn
from .refusals import words_of
from .rights import acting_viewer

Result = TypeVar("Result")


def with_undo(act: Callable[[], Result]) -> tuple[Result, str]:
    """Run the act; returns its result and the address that takes it back ('' when it wrote nothing)."""
    result, written = operations.with_way_back(act)
    return result, way_back(written)


def way_back(written: Iterable[operations.Written]) -> str:
    """The address that takes back what wrote these versions; '' when there are none."""
    parts = ".".join(str(one) for one in written)
    return reverse("organisation_undo", args=[parts]) if parts else ""


@require_POST
def organisation_undo(request: Request, versions: str) -> HttpResponse:
    """Take the act back that wrote these versions."""
    try:
        written = operations.parse_written(versions)
    except ValueError:
        raise Http404 from None
    try:
        unit = operations.take_back(written=written, viewer=acting_viewer(request), at=timezone.now())
    except operations.ChangedSince as error:
        warn(request, words_of(error))
        return redirect("organisation")
    tell(request, gettext("Đã hoàn tác."))
    return redirect("unit_detail", unit) if unit else redirect("people")
