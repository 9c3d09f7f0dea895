"""Reading the journal."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kientoan.domains.accounts.models import User

from .models import Entry


@dataclass(frozen=True)
class EntryFilter:
    """What to look for. `verb`: an act, or the beginning of several ('task.'); days include the last one."""

    actor: int | None = None
    verb: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries_matching(wanted: EntryFilter, accounts: QuerySet[User] | None) -> QuerySet[Entry]:
    """Entries of the acts of `accounts` (None: of everybody, and of the program itself), latest first."""
    entries = Entry.objects.select_related("actor").order_by("-id")
    if accounts is not None:
        entries = entries.filter(actor__in=accounts.values("pk"))
    if wanted.actor is not None:
        entries = entries.filter(actor=wanted.actor)
    if wanted.verb:
        entries = entries.filter(Q(verb=wanted.verb) | Q(verb__startswith=wanted.verb.rstrip(".") + "."))
    if wanted.first_day is not None:
        entries = entries.filter(at__date__gte=wanted.first_day)
    if wanted.last_day is not None:
        entries = entries.filter(at__date__lte=wanted.last_day)
    return entries


def latest_acts(user: User, limit: int = 20) -> list[Entry]:
    """The last acts of one account, latest first."""
    return list(Entry.objects.filter(actor=user).order_by("-id")[:limit])
