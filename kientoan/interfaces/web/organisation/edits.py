"""Changing units and their places: the forms of the personnel officers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import (
    NotAllowed,
    Viewer,
    organised_units,
    require_organiser,
)
from kientoan.domains.organisation.models import Role, Unit, UnitVersion
from kientoan.domains.organisation.queries import UnitOnDay, parents_on, units_on

from ..http import Request
from ..notices import tell
from .fields import seen_values
from .forms import NamesForm, PlaceForm, UnitForm, VersionForm
from .refusals import explained
from .rights import acting_viewer
from .undoing import with_undo

NAMES = ("name", "short_name", "abbreviations", "kind", "level")


def show_form(request: Request, form: Any, **context: Any) -> HttpResponse:
    """The page of one form; 422 when it has errors, so that htmx and tests can tell."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "organisation/form.html", {"form": form, **context}, status=status)


def unit_on(unit_id: int, request: Request) -> UnitOnDay:
    """The unit with its name of today; 404 when there is none."""
    found = units_on(request.today, [unit_id]).get(unit_id)
    if found is None:
        raise Http404
    return found


def _offer_parents(form: PlaceForm, viewer: Viewer, above: int | None = None) -> None:
    units = units_on(viewer.day) | units_on(viewer.day, [above] if above else [])
    if not viewer.administers_all:
        allowed = set(organised_units(viewer).values_list("pk", flat=True))
        units = {key: unit for key, unit in units.items() if key in allowed}
    form.offer(units, parents_on(viewer.day), may_be_root=viewer.administers_all, day=viewer.day)


def _unit(pk: int | None) -> Unit | None:
    return Unit.objects.get(pk=pk) if pk else None


def unit_add(request: Request) -> HttpResponse:
    """Establish a unit; `?parent=` fills in the unit above."""
    viewer = acting_viewer(request)
    if not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    parent = request.GET.get("parent", "")
    above = int(parent) if parent.isdecimal() and len(parent) < 19 else None
    form = UnitForm(request.POST or None, initial={"start": request.today, "parent": above})
    _offer_parents(form, viewer, above)
    if request.method == "POST" and form.is_valid():
        data, unit = form.cleaned_data, None
        with explained(form):
            unit = operations.add_unit(
                details=form.details(), hierarchy=data["hierarchy"], parent=_unit(data["parent"]),
                start=data["start"], code=data["code"], viewer=viewer, at=timezone.now(),
            )  # fmt: skip
        if unit is not None:
            tell(request, gettext("Đã thành lập %(name)s.") % {"name": data["name"]})
            return redirect("unit_detail", unit.pk)
    return show_form(
        request,
        form,
        title=gettext("Thêm đơn vị"),
        submit=gettext("Thêm đơn vị"),
        back=reverse("organisation"),
    )


def version_add(request: Request, pk: int) -> HttpResponse:
    """A new name, kind or level from a day on."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    current = {name: getattr(shown, name) for name in NAMES}
    form = VersionForm(request.POST or None, initial={**current, "start": request.today})
    if request.method == "POST" and form.is_valid():
        with explained(form):
            version, undo = with_undo(
                lambda: operations.add_version(
                    unit=Unit.objects.get(pk=pk), details=form.details(), start=form.cleaned_data["start"],
                    viewer=viewer, at=timezone.now(),
                )
            )  # fmt: skip
            tell(request, gettext("Đã ghi tên mới: %(name)s.") % {"name": version.name}, undo=undo)
            return redirect("unit_detail", pk)
    lead = gettext("Tên cũ vẫn giữ nguyên cho những ngày trước đó. Viết sai thì dùng “Đính chính”.")
    return show_form(
        request, form, title=gettext("Tên mới của %(name)s") % {"name": shown.name}, lead=lead,
        submit=gettext("Ghi tên mới"), back=reverse("unit_detail", args=[pk]),
    )  # fmt: skip


def version_correct(request: Request, pk: int) -> HttpResponse:
    """Correct a version of a unit; its days stay."""
    version = get_object_or_404(UnitVersion, pk=pk)
    viewer, back = acting_viewer(request), reverse("unit_detail", args=[version.unit_id])
    require_organiser(viewer, version.unit_id)
    form = NamesForm(request.POST or None, initial={name: getattr(version, name) for name in NAMES})
    if request.method == "POST" and form.is_valid():
        details, seen, at = form.details(), seen_values(form), timezone.now()
        _, undo = with_undo(
            lambda: operations.correct_version(
                version=version, details=details, seen=seen, viewer=viewer, at=at
            )
        )
        tell(request, gettext("Đã đính chính."), undo=undo)
        return redirect(back)
    return show_form(
        request, form, title=gettext("Đính chính %(name)s") % {"name": version.name}, back=back,
        submit=gettext("Lưu"), lead=gettext("Chỉ sửa chỗ viết sai; thời gian giữ nguyên."),
    )  # fmt: skip


def place_add(request: Request, pk: int) -> HttpResponse:
    """Let the unit stand in one more hierarchy."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    form = PlaceForm(request.POST or None, initial={"start": request.today})
    _offer_parents(form, viewer)
    if request.method == "POST" and form.is_valid():
        data, place = form.cleaned_data, None
        with explained(form):
            place = operations.add_place(
                unit=Unit.objects.get(pk=pk), hierarchy=data["hierarchy"], parent=_unit(data["parent"]),
                start=data["start"], viewer=viewer, at=timezone.now(),
            )  # fmt: skip
        if place is not None:
            tell(request, gettext("Đã đặt đơn vị vào hệ thống."))
            return redirect("unit_detail", pk)
    return show_form(
        request, form, title=gettext("Đặt %(name)s vào một hệ thống nữa") % {"name": shown.name},
        submit=gettext("Đặt vào"), back=reverse("unit_detail", args=[pk]),
    )  # fmt: skip
