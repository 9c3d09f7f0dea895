"""Decisions as a list: which match, what each does in numbers, which touch a unit or rest on a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kientoan.engines.vietnamese import fold

from ..models import ChangeEvent, Decision, OriginalUnit, ResultingUnit


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with the number of its events, of units that end, come, and go on otherwise than before."""

    decision: Decision
    events: int
    ending: int
    coming: int
    going_on: int


def decisions_matching(decisions: QuerySet[Decision], text: str = "", state: str = "") -> QuerySet[Decision]:
    """Those in a state whose basis or note has all the words, drafts first, then the latest day first."""
    if state:
        decisions = decisions.filter(state=state)
    for word in fold(text).split():
        decisions = decisions.filter(Q(legal_basis__fold__contains=word) | Q(note__fold__contains=word))
    return decisions.order_by("-effective_date", "-id")


def state_counts(decisions: QuerySet[Decision]) -> dict[str, int]:
    """State → how many decisions are in it."""
    return dict(decisions.order_by().values_list("state").annotate(count=Count("id")))


def decision_rows(decisions: Sequence[Decision]) -> list[DecisionRow]:
    """The numbers of each decision, in three statements."""
    wanted = [decision.pk for decision in decisions]
    events = dict(
        ChangeEvent.objects.filter(decision__in=wanted)
        .order_by()
        .values_list("decision_id")
        .annotate(count=Count("id"))
    )
    same = ResultingUnit.objects.filter(event__decision=OuterRef("event__decision"), unit=OuterRef("unit"))
    originals = OriginalUnit.objects.filter(event__decision__in=wanted).order_by()
    left = originals.values_list("event__decision_id").annotate(
        ending=Count("unit", distinct=True, filter=Q(ends=True)),
        giving=Count("unit", distinct=True, filter=Q(~Exists(same), ends=False)),
    )
    going = {key: (ending, giving) for key, ending, giving in left}
    results = ResultingUnit.objects.filter(event__decision__in=wanted).order_by()
    counted = results.values_list("event__decision_id").annotate(
        new=Count("id", filter=Q(is_new=True)),
        old=Count("unit", distinct=True, filter=Q(is_new=False)),
    )
    coming = {key: (new, old) for key, new, old in counted}
    rows = []
    for decision in decisions:
        ending, giving = going.get(decision.pk, (0, 0))
        new, old = coming.get(decision.pk, (0, 0))
        rows.append(DecisionRow(decision, events.get(decision.pk, 0), ending, new, old + giving))
    return rows


def decisions_touching(decisions: QuerySet[Decision], unit_id: int) -> QuerySet[Decision]:
    """Those in which the unit ends, begins, gives, receives or is changed, the latest first."""
    originals = OriginalUnit.objects.filter(unit=unit_id).values("event__decision")
    results = ResultingUnit.objects.filter(unit=unit_id).values("event__decision")
    touching = decisions.filter(Q(pk__in=originals) | Q(pk__in=results))
    return touching.order_by("-effective_date", "-id")


def events_matching(
    decision: Decision, text: str = "", places: Sequence[int] | None = None
) -> QuerySet[ChangeEvent]:
    """The events at the places whose units, old or new, have all the words in a name; in their order."""
    events = decision.changes.all()
    if places is not None:
        events = events.filter(place__in=places)
    for word in fold(text).split():
        old = OriginalUnit.objects.filter(unit__versions__name__fold__contains=word)
        new = ResultingUnit.objects.filter(
            Q(name__fold__contains=word) | Q(unit__versions__name__fold__contains=word)
        )
        events = events.filter(Q(pk__in=old.values("event")) | Q(pk__in=new.values("event")))
    return events.order_by("place")
