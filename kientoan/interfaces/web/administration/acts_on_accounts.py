"""What an administrator does with an account and its roles: one press of a button, or a page to confirm."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kientoan.domains.accounts.models import User
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import Viewer, edited_people, require_administrator, visible_grants
from kientoan.domains.organisation.models import Person, RoleGrant, Unit
from kientoan.domains.organisation.queries import (
    endings_ahead,
    grants_of,
    posts_of,
    roles_on_unit,
    search_people,
)

from ..http import Request
from ..notices import tell, warn
from ..organisation.edits import unit_on
from ..organisation.fields import DayField
from ..organisation.refusals import REFUSALS, explained, words_of
from ..wording import day_text
from .forms import RoleForm, offer_administered
from .views import admin_viewer, loaded_account, show_account, show_password


def account_close(request: Request, pk: int) -> HttpResponse:
    """What closing the account does; the button closes it."""
    account, viewer = loaded_account(request, pk)
    if request.method == "POST":
        try:
            operations.deactivate(account=account, viewer=viewer, at=timezone.now())
        except REFUSALS as refusal:
            tell(request, words_of(refusal), level=messages.ERROR)
        else:
            undo = reverse("account_open", args=[pk])
            tell(request, gettext("Đã khóa tài khoản %(name)s.") % {"name": account.full_name}, undo=undo)
        return redirect("account_edit", pk)
    days = DateRange(viewer.day, None)
    context = {
        "account": account,
        "sessions": UserSession.objects.filter(user=account).count(),
        "grants": [pair for pair in grants_of(account, viewer) if _overlaps(pair[0].in_force, days)],
        "person": getattr(account, "person", None),
    }
    return render(request, "administration/close.html", context)


def _overlaps(one: DateRange, other: DateRange) -> bool:
    return one.upper is None or one.upper > other.lower


@require_POST
def account_open(request: Request, pk: int) -> HttpResponse:
    """Open a closed account again."""
    account, viewer = loaded_account(request, pk)
    operations.reactivate(account=account, viewer=viewer, at=timezone.now())
    tell(request, gettext("Đã mở lại tài khoản %(name)s.") % {"name": account.full_name})
    return redirect("account_edit", pk)


@require_POST
@never_cache
def account_password(request: Request, pk: int) -> HttpResponse:
    """A new password, shown once."""
    account, viewer = loaded_account(request, pk)
    password = operations.new_password()
    operations.reset_password(account=account, password=password, viewer=viewer, at=timezone.now())
    return show_password(request, account, password)


@require_POST
def account_sessions(request: Request, pk: int) -> HttpResponse:
    """Sign the account out everywhere."""
    account, viewer = loaded_account(request, pk)
    ended = operations.end_sessions(account=account, viewer=viewer, at=timezone.now())
    tell(request, gettext("Đã kết thúc %(count)d phiên đăng nhập.") % {"count": ended})
    return redirect("account_edit", pk)


@require_POST
def account_factor(request: Request, pk: int) -> HttpResponse:
    """Remove the second factor of somebody who lost the phone or the key."""
    account, viewer = loaded_account(request, pk)
    operations.remove_second_factor(account=account, viewer=viewer, at=timezone.now())
    tell(request, gettext("Đã gỡ xác thực hai lớp của %(name)s.") % {"name": account.full_name})
    return redirect("account_edit", pk)


def account_person(request: Request, pk: int) -> HttpResponse:
    """Whose account it is: people of the viewer's units whose name has the words; a button links one."""
    account, viewer = loaded_account(request, pk)
    if request.method == "POST":
        return _link(request, account, viewer)
    text = request.GET.get("q", account.full_name).strip()
    people = (
        edited_people(viewer).filter(pk__in=search_people(text).values("pk"))
        if text
        else Person.objects.none()
    )
    found = list(people.select_related("user").order_by(SortKey("full_name"), "pk")[:50])
    posts = posts_of([person.pk for person in found], viewer.day)
    context = {
        "account": account,
        "person": Person.objects.filter(user=account).first(),
        "rows": [(person, posts.get(person.pk, [])) for person in found],
        "q": text,
    }
    return render(request, "administration/account_person.html", context)


def _link(request: Request, account: User, viewer: Viewer) -> HttpResponse:
    chosen = request.POST.get("person", "")
    try:
        if not chosen:
            operations.unlink_person(account=account, viewer=viewer, at=timezone.now())
            tell(request, gettext("Đã bỏ nối với hồ sơ cán bộ."))
        else:
            person = get_object_or_404(Person, pk=int(chosen) if chosen.isdecimal() else 0)
            operations.link_person(account=account, person=person, viewer=viewer, at=timezone.now())
            tell(request, gettext("Đã nối với hồ sơ của %(name)s.") % {"name": person.full_name})
    except REFUSALS as refusal:
        tell(request, words_of(refusal), level=messages.ERROR)
    return redirect("account_edit", account.pk)


@require_POST
def role_give(request: Request, pk: int) -> HttpResponse:
    """Give the account one more role."""
    account, viewer = loaded_account(request, pk)
    form = RoleForm(request.POST, prefix="role")
    offer_administered(form.fields["unit"], viewer)
    if form.is_valid():
        grant = None
        with explained(form):
            grant = operations.give_role(
                user=account, role=form.cleaned_data["role"],
                unit=Unit.objects.get(pk=form.cleaned_data["unit"]), **form.days(), viewer=viewer,
                at=timezone.now(),
            )  # fmt: skip
        if grant is not None:
            tell(request, gettext("Đã giao vai trò %(role)s.") % {"role": grant.get_role_display()})
            _tell_the_end(request, grant)
            return redirect("account_edit", pk)
    return show_account(request, account, viewer, role_form=form)


def _tell_the_end(request: Request, grant: RoleGrant) -> None:
    """Say it when the unit ends on a day to come: the role passes on with it."""
    ending = endings_ahead([grant.unit_id], request.today).get(grant.unit_id)
    if ending is None or (grant.in_force.upper is not None and grant.in_force.upper <= ending.day):
        return
    values = {"last": day_text(ending.last_day), "to": ending.heir, "basis": ending.legal_basis[:100]}
    if ending.heir is not None:
        words = gettext("Đơn vị hoạt động đến hết %(last)s; sau đó vai trò chuyển cho %(to)s (%(basis)s).")
    else:
        words = gettext("Đơn vị hoạt động đến hết %(last)s; sau đó vai trò chờ quyết định (%(basis)s).")
    warn(request, words % values)


class _EndForm(forms.Form):
    """The last day of a role."""

    last_day = DayField()


def role_end(request: Request, pk: int) -> HttpResponse:
    """End a role: on which day, and what it means."""
    viewer = admin_viewer(request)
    grant = get_object_or_404(visible_grants(viewer).select_related("user"), pk=pk)
    form = _EndForm(request.POST or None, initial={"last_day": request.today})
    form.fields["last_day"].label = gettext("Ngày cuối cùng còn vai trò")
    if request.method == "POST" and form.is_valid():
        end = form.cleaned_data["last_day"] + timedelta(days=1)
        with explained(form):
            operations.end_role(grant=grant, end=end, viewer=viewer, at=timezone.now())
        if not form.errors:
            tell(request, gettext("Đã chấm dứt vai trò %(role)s.") % {"role": grant.get_role_display()})
            return redirect("account_edit", grant.user_id)
    context: dict[str, Any] = {"grant": grant, "form": form, "unit": unit_on(grant.unit_id, request)}
    return render(request, "administration/role_end.html", context, status=422 if form.errors else 200)


def unit_roles(request: Request, pk: int) -> HttpResponse:
    """Who has which role on one unit."""
    viewer, shown = admin_viewer(request), unit_on(pk, request)
    require_administrator(viewer, pk)
    context = {"unit": shown, "grants": roles_on_unit(pk, viewer)}
    return render(request, "administration/unit_roles.html", context)
