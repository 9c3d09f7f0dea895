"""Accounts: the list, a new one, one of them with its roles."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import (
    Viewer,
    administered_units,
    managed_accounts,
    visible_accounts,
    visible_grants,
)
from kientoan.domains.organisation.models import Person, Role, Unit
from kientoan.domains.organisation.queries import account_rows, accounts_matching, grants_of

from ..http import Request
from ..notices import tell
from ..organisation.fields import seen_values
from ..organisation.refusals import explained
from ..organisation.rights import acting_viewer
from .forms import AccountFilterForm, AccountForm, NewAccountForm, RoleForm, offer_administered

PER_PAGE = 50


def admin_viewer(request: Request) -> Viewer:
    """The viewer as administrator of today's organisation; raises `NotAllowed` for everybody else."""
    viewer = acting_viewer(request)
    viewer.require(Role.ADMIN)
    return viewer


def administration(request: Request) -> HttpResponse:
    """What there is to administer, with counts."""
    viewer = admin_viewer(request)
    accounts = visible_accounts(viewer)
    context = {
        "is_whole": viewer.administers_all,
        "account_count": accounts.count(),
        "closed_count": accounts.filter(is_active=False).count(),
        "waiting_count": accounts.filter(is_active=True, must_change_password=True).count(),
        "grant_count": visible_grants(viewer).filter(in_force__contains=viewer.day).count(),
        "unit_count": administered_units(viewer).filter(in_force__contains=viewer.day).count(),
        "entry_count": Entry.objects.count() if viewer.administers_all else None,
    }
    return render(request, "administration/index.html", context)


def account_list(request: Request) -> HttpResponse:
    """The accounts of the administrator's units."""
    viewer = admin_viewer(request)
    form = AccountFilterForm(request.GET)
    offer_administered(form.fields["unit"], viewer)
    form.is_valid()
    page = Paginator(accounts_matching(form.wanted(), viewer), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "rows": account_rows(page.object_list, viewer)}
    return render(request, "administration/accounts.html", context)


@never_cache
def account_create(request: Request) -> HttpResponse:
    """A new account; its first password is shown once, on the answer to this very form."""
    viewer = admin_viewer(request)
    form = NewAccountForm(request.POST or None, initial={"start": request.today})
    offer_administered(form.fields["unit"], viewer)
    if request.method == "POST" and form.is_valid():
        password, user = operations.new_password(), None
        with explained(form):
            user = operations.create_account(
                details=form.details(), password=password, role=form.cleaned_data["role"],
                unit=Unit.objects.get(pk=form.cleaned_data["unit"]), **form.days(), viewer=viewer,
                at=timezone.now(),
            )  # fmt: skip
        if user is not None:
            return show_password(request, user, password)
    status = 422 if form.is_bound else 200
    return render(request, "administration/account_new.html", {"form": form}, status=status)


def show_password(request: Request, user: User, password: str) -> HttpResponse:
    """The page that shows a password once; nothing keeps it."""
    context = {"account": user, "password": password}
    return render(request, "administration/password.html", context)


def loaded_account(request: Request, pk: int) -> tuple[User, Viewer]:
    """An account of the administrator's units with the administrator; 404 for any other."""
    viewer = admin_viewer(request)
    return get_object_or_404(visible_accounts(viewer), pk=pk), viewer


def account_edit(request: Request, pk: int) -> HttpResponse:
    """An account: its names, its roles, what can be done with it."""
    account, viewer = loaded_account(request, pk)
    initial = {"username": account.username, "full_name": account.full_name, "email": account.email}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = None
        with explained(form):
            saved = operations.update_account(
                account=account, details=form.details(), seen=seen_values(form), viewer=viewer,
                at=timezone.now(),
            )  # fmt: skip
        if saved is not None:
            tell(request, gettext("Đã lưu tài khoản %(name)s.") % {"name": saved.full_name})
            return redirect("account_edit", pk)
    return show_account(request, account, viewer, form=form)


def show_account(request: Request, account: User, viewer: Viewer, **forms: Any) -> HttpResponse:
    """The page of an account with its forms, as they are or with their errors."""
    initial = {"username": account.username, "full_name": account.full_name, "email": account.email}
    form = forms.get("form") or AccountForm(initial=initial)
    role_form = forms.get("role_form") or RoleForm(initial={"start": request.today}, prefix="role")
    offer_administered(role_form.fields["unit"], viewer)
    wrong = any(each.is_bound and each.errors for each in (form, role_form))
    context = {
        "account": account,
        "form": form,
        "role_form": role_form,
        "grants": grants_of(account, viewer),
        "is_managed": managed_accounts(viewer).filter(pk=account.pk).exists(),
        "person": Person.objects.filter(user=account).first(),
        "is_me": account.pk == request.user.pk,
        "journal_url": f"{reverse('journal')}?actor={account.pk}",
    }
    return render(request, "administration/account.html", context, status=422 if wrong else 200)
