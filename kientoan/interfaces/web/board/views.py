"""The board of a unit on a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kientoan.domains.reports.queries import board as boards

from ..http import Request


def board(request: Request) -> HttpResponse:
    """`?unit=` chooses the unit, `?year=` the year of the targets, `?day=` the day (the whole site's)."""
    found = load(request)
    return render(request, "board/board.html", {"board": found})


def load(request: Request) -> boards.Board | None:
    """The board asked for; None for an account without a role. 404 for a unit the viewer does not cover."""
    unit = _number(request.GET.get("unit")) or boards.default_unit(request.viewer)
    if unit is None:
        return None
    try:
        return boards.board(request.viewer, unit, request.day, _number(request.GET.get("year")))
    except boards.UnitUnseen as error:
        raise Http404 from error


def _number(text: str | None) -> int | None:
    """A number in an address, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
