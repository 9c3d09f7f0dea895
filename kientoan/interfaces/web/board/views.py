"""The board of a unit on a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kientoan.domains.reports.queries import board as boards

from ..http import Request
from ..sources import sources_of


def board(request: Request) -> HttpResponse:
    """`?unit=` chooses the unit, `?year=` the year of the targets, `?day=` the day (the whole site's)."""
    found = load(request)
    context = {"board": found, "papers": _papers(request, found) if found else ()}
    return render(request, "board/board.html", context)


def _papers(request: Request, found: boards.Board) -> frozenset[int]:
    """The documents that the board names and the viewer may open."""
    named = [theme.document_id for theme in found.themes] + [view.set.document_id for view in found.sets]
    return sources_of(request.viewer, (row for view in found.sets for row in view.rows), named)


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
