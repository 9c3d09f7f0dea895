"""The journal within the administrator's units, and whether its seals are whole."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import first_broken
from kientoan.domains.audit.queries import EntryFilter, entries_matching
from kientoan.domains.organisation.access import Viewer, managed_accounts
from kientoan.domains.organisation.queries import AccountFilter, accounts_matching

from ..http import Request
from .acts import spoken
from .forms import JournalForm
from .views import admin_viewer


def journal(request: Request) -> HttpResponse:
    """Who did what, latest first. `?actor=` is a link from an account; `?check=1` checks every seal."""
    viewer = admin_viewer(request)
    form = JournalForm(request.GET)
    form.is_valid()
    wanted, people = _wanted(request, form, viewer)
    accounts = None if viewer.administers_all else managed_accounts(viewer)
    if people is not None:
        accounts = people if accounts is None else accounts.filter(pk__in=people.values("pk"))
    page = Paginator(entries_matching(wanted, accounts), 50).get_page(request.GET.get("page"))
    checks = viewer.administers_all and request.GET.get("check") == "1"
    return render(
        request,
        "administration/journal.html",
        {
            "form": form,
            "page_obj": page,
            "acts": spoken(page.object_list, request.day),
            "actor": User.objects.filter(pk=wanted.actor).first() if wanted.actor else None,
            "may_check": viewer.administers_all,
            "checked": checks,
            "broken": first_broken() if checks else None,
        },
    )


def _wanted(request: Request, form: JournalForm, viewer: Viewer) -> tuple[EntryFilter, QuerySet[User] | None]:
    data = form.cleaned_data
    actor = request.GET.get("actor", "")
    who = data.get("who") or ""
    people = accounts_matching(AccountFilter(text=who), viewer).order_by() if who else None
    return EntryFilter(
        actor=int(actor) if actor.isdecimal() else None,
        verb=data.get("verb") or "",
        first_day=data.get("first_day"),
        last_day=data.get("last_day"),
    ), people
