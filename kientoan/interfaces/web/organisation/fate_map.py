"""The map of communes coloured by what became of them between two days, before and after side by side."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Boundary
from kientoan.domains.organisation.queries.comparison import counterparts
from kientoan.domains.organisation.queries.composed import Composed
from kientoan.domains.organisation.queries.fates import (
    Fate,
    Fated,
    Fates,
    Joined,
    fates_between,
    province_fates,
)
from kientoan.engines.outlines import Grid, Ring, checked_rings, grid_for, joined_path, path_of

from ..http import Request
from .comparing import DaysForm
from .rights import needs_a_role

SIZE = 700  # the longer side of a map on its grid
NATION = 0  # instead of a place: all provinces


class MapForm(DaysForm):
    """The two days and the place; a map is always of one place."""

    def __init__(self, request: Request) -> None:
        self.root = request.installation.root_id_on(request.day)
        super().__init__(request)
        if not self.data.get("under"):
            self.data = {**self.data, "under": self._first()}

    def offer(self, start: date, end: date) -> None:
        super().offer(start, end)
        field = self.fields["under"]
        places = [choice for choice in field.choices if choice[0]]  # type: ignore[attr-defined]
        nation = [(NATION, _("Cả nước, theo tỉnh"))] if self.provinces > 1 else []
        field.choices = [*places, *nation]  # type: ignore[attr-defined]

    def _first(self) -> str:
        """The place of the installation, when it is among those of the days; else the first."""
        keys = [str(key) for key, _name in self.fields["under"].choices]  # type: ignore[attr-defined]
        return str(self.root) if str(self.root) in keys else next(iter(keys), "")


@dataclass(frozen=True, slots=True)
class Area:
    """A commune on the map; several where the border between them is not known.

    `from_parts`: put together from the outlines of what they came of or became, on the day of another map.
    """

    communes: tuple[Fated, ...]
    path: str
    from_parts: date | None = None

    @property
    def fate(self) -> str:
        """Of all of them; '' where they differ."""
        fates = {one.fate.value for one in self.communes}
        return fates.pop() if len(fates) == 1 else ""


@dataclass(frozen=True)
class Drawn:
    """A map of one day: its areas, its size, and how many communes have no outline."""

    day: date
    areas: tuple[Area, ...]
    width: int
    height: int
    communes: int
    sources: tuple[str, ...]

    @property
    def missing(self) -> int:
        """Communes without an outline."""
        return self.communes - sum(len(area.communes) for area in self.areas)

    @property
    def estimated(self) -> int:
        """Communes whose outline was put together."""
        return sum(len(area.communes) for area in self.areas if area.from_parts)

    @property
    def shared(self) -> int:
        """Of these, how many share one outline with others."""
        return sum(len(area.communes) for area in self.areas if len(area.communes) > 1)


@needs_a_role
def fate_map(request: Request) -> HttpResponse:
    """What became of each commune of a place: two maps, a legend with counts, and the list in words."""
    form = MapForm(request)
    if not form.is_valid():
        return render(request, "organisation/map.html", {"form": form}, status=422)
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    fates = _fates(form)
    maps = drawn_together(
        (start, fates.before, fates.composed_before, fates.joined_before),
        (end, fates.after, fates.composed_after, fates.joined_after),
    )
    context = {
        "form": form,
        "start": start,
        "end": end,
        "fates": fates,
        "maps": maps,
        "is_nation": form.cleaned_data["under"] == NATION,
        "has_estimates": any(drawn.estimated for drawn in maps),
        "is_empty": not any(drawn.areas for drawn in maps),
        "legend": _legend(fates),
        "groups": [
            (fate.value, fate.label, [one for one in fates.before if one.fate == fate]) for fate in Fate
        ],
        "new": [one for one in fates.after if one.fate == Fate.NEW],
    }
    return render(request, "organisation/map.html", context)


def _fates(form: MapForm) -> Fates:
    """What is asked for: the communes of a place, or all provinces."""
    start, end, under = (form.cleaned_data[name] for name in ("start", "end", "under"))
    if under == NATION:
        return province_fates(start, end)
    return fates_between(start, end, counterparts(under, start, end) if under else ())


def _legend(fates: Fates) -> list[tuple[str, str, int, int]]:
    """Each fate that occurs, in words, with how many on either day."""
    before, after = (Counter(one.fate for one in side) for side in (fates.before, fates.after))
    counted = [(fate.value, str(fate.label), before[fate], after[fate]) for fate in Fate]
    return [line for line in counted if line[2] or line[3]]


Side = tuple[date, tuple[Fated, ...], tuple[Composed, ...], Joined]


def drawn_together(*days: Side) -> tuple[Drawn, ...]:
    """The maps of the days, all on one grid so that they can be laid over each other."""
    pieces = [_pieces(communes, composed, joined) for _day, communes, composed, joined in days]
    grid = grid_for((rings for side in pieces for piece in side for rings in piece.rings), SIZE)
    if grid is None:
        return tuple(Drawn(side[0], (), 0, 0, len(side[1]), ()) for side in days)
    sources = _sources([day for day, *_rest in days], pieces)
    return tuple(
        Drawn(
            day, tuple(piece.drawn_on(grid) for piece in side), grid.width, grid.height, len(communes),
            sources,
        )
        for (day, communes, _composed, _joined), side in zip(days, pieces, strict=True)
    )  # fmt: skip


def _sources(days: list[date], pieces: "list[list[_Piece]]") -> tuple[str, ...]:
    """From which maps the outlines are: of the communes drawn, or of all where they make up provinces."""
    units = {one.unit for side in pieces for piece in side for one in piece.communes}
    of_day = Q(in_force__contains=days[0]) | Q(in_force__contains=days[-1])
    joined = any(len(piece.rings) > 1 and not piece.from_parts for side in pieces for piece in side)
    named = Boundary.objects.filter(of_day if joined else Q(unit__in=units)).exclude(source="")
    return tuple(named.order_by("source").values_list("source", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class _Piece:
    """An area before it is drawn: its communes and the outlines it is made of."""

    communes: tuple[Fated, ...]
    rings: tuple[tuple[Ring, ...], ...]
    from_parts: date | None = None

    def drawn_on(self, grid: Grid) -> Area:
        """Where it falls on the grid."""
        joined = self.from_parts or len(self.rings) > 1
        path = joined_path(self.rings, grid) if joined else path_of(self.rings[0], grid)
        return Area(self.communes, path, self.from_parts)


def _pieces(communes: tuple[Fated, ...], composed: tuple[Composed, ...], joined: Joined) -> list[_Piece]:
    """What is put together first, so that known outlines are drawn over it."""
    known = {one.unit: one for one in communes}
    found = []
    for one in composed:
        here = tuple(known[unit] for unit in one.units if unit in known)
        if here:
            found.append(_Piece(here, tuple(map(checked_rings, one.geometries)), one.drawn_on))
    found += [
        _Piece((known[unit],), tuple(map(checked_rings, outlines)))
        for unit, outlines in joined.items()
        if unit in known
    ]
    return found + [
        _Piece((one,), (checked_rings(one.geometry),)) for one in communes if one.geometry is not None
    ]
