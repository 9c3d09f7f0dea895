"""Making, changing and removing sets and targets, and taking the last act back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.audit.models import Entry
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.operations import targets
from kientoan.domains.plans.target_access import SETTERS

from .. import notices
from ..http import Request, moment
from .forms import SetForm, TargetForm, target_initial
from .loading import set_or_404, target_or_404


def _doing(request: Request) -> dict[str, Any]:
    return {"viewer": request.viewer, "at": moment(request)}


def target_set_create(request: Request) -> HttpResponse:
    """A new set."""
    request.viewer.require(*SETTERS)
    form = SetForm(request, request.POST or None, initial={"year": request.day.year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = targets.create_set(
                name=data["name"],
                year=data["year"],
                unit_id=data["unit"],
                document=form.document,
                **_doing(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.tell(request, _("Đã lập bộ chỉ tiêu. Hãy thêm chỉ tiêu đầu tiên."))
            return redirect(f"{reverse('target_create')}?set={made.pk}")
    return render(request, "targets/set_form.html", {"form": form}, status=422 if form.errors else 200)


def target_set_edit(request: Request, set_id: int) -> HttpResponse:
    """Change a set, or remove it when it is empty (`act=remove`)."""
    held = set_or_404(request, set_id)
    request.viewer.require(*SETTERS, unit=held.unit_id)
    number = held.document.number if held.document else ""
    initial = {"name": held.name, "year": held.year, "document_number": number}
    form = SetForm(request, request.POST or None, held=held, initial=initial)
    if request.method == "POST" and request.POST.get("act") == "remove":
        try:
            targets.remove_set(set_id=set_id, **_doing(request))
        except Refused as refusal:
            notices.warn(request, str(refusal))
        return redirect("target_list")
    if request.method == "POST" and form.is_valid():
        values = {
            "name": form.cleaned_data["name"], "year": form.cleaned_data["year"], "document": form.document,
        }  # fmt: skip
        try:
            targets.edit_set(set_id=set_id, values=values, seen=_version(request), **_doing(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.tell(request, _("Đã lưu bộ chỉ tiêu."))
            return redirect(f"{reverse('target_list')}?year={values['year']}&set={set_id}")
    context = {"form": form, "held": held, "empty": not held.targets.exists()}
    return render(request, "targets/set_form.html", context, status=422 if form.errors else 200)


def target_create(request: Request) -> HttpResponse:
    """A new target of the set `?set=`."""
    wanted = request.GET.get("set", "")
    held = set_or_404(request, int(wanted) if wanted.isdecimal() else 0)
    request.viewer.require(*SETTERS, unit=held.unit_id)
    initial = {"unit": held.unit_id, "period": str(held.year), "frequency": "quarter"}
    form = TargetForm(request, held, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = targets.create_target(
                target_set_id=held.pk, values=form.values, path=form.cleaned_data["path"], **_doing(request)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.tell(request, _("Đã thêm chỉ tiêu."))
            return redirect("target_detail", made.pk)
    return render(
        request, "targets/form.html", {"form": form, "held": held}, status=422 if form.errors else 200
    )


def target_edit(request: Request, target_id: int) -> HttpResponse:
    """Change a target."""
    target = target_or_404(request, target_id)
    request.viewer.require(*SETTERS, unit=target.target_set.unit_id)
    form = TargetForm(request, target.target_set, request.POST or None, initial=target_initial(target))
    if request.method == "POST" and form.is_valid():
        try:
            entry = targets.edit_target(
                target_id=target_id, values=form.values, path=form.cleaned_data["path"],
                seen=_version(request), **_doing(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("target_undo", args=[entry.pk]) if entry else ""
            notices.tell(request, _("Đã lưu chỉ tiêu.") if entry else _("Không có gì thay đổi."), undo=undo)
            return redirect("target_detail", target_id)
    context = {"form": form, "held": target.target_set, "target": target}
    return render(request, "targets/form.html", context, status=422 if form.errors else 200)


def _version(request: Request) -> dict[str, int]:
    """The version of the record as the form showed it."""
    seen = request.POST.get("row_version", "")
    return {"row_version": int(seen)} if seen.isdecimal() else {}


@require_POST
def target_remove(request: Request, target_id: int) -> HttpResponse:
    """Take a target out of its set; it can be taken back."""
    target = target_or_404(request, target_id)
    try:
        entry = targets.remove_target(target_id=target_id, **_doing(request))
    except Refused as refusal:
        notices.warn(request, str(refusal))
        return redirect("target_detail", target_id)
    notices.tell(request, _("Đã gỡ chỉ tiêu khỏi bộ."), undo=reverse("target_undo", args=[entry.pk]))
    return redirect(f"{reverse('target_list')}?year={target.target_set.year}")


@require_POST
def target_undo(request: Request, entry_id: int) -> HttpResponse:
    """Take back an edit, a removal or a handing down."""
    try:
        ids = targets.undo(entry_id=entry_id, **_doing(request))
    except Entry.DoesNotExist:
        ids = []
    except Refused as refusal:
        notices.warn(request, str(refusal))
        return redirect("target_list")
    else:
        notices.tell(request, _("Đã hoàn tác."))
    return redirect("target_detail", ids[0]) if len(ids) == 1 else redirect("target_list")
