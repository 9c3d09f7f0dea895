"""Writing what was chosen for the duties of units: one page of units, or one rule for many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kientoan.domains.organisation.access import Viewer, may_organise
from kientoan.domains.organisation.models import Decision
from kientoan.domains.plans.models import Rule
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import UnitEffects, effects

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from .choices import successors
from .loading import draft_for, telling_the_state


@dataclass(frozen=True)
class Wish:
    """A way to pass on. `heir`: the key of who takes it; by field, of who takes what is in no field named."""

    rule: str
    heir: str = ""
    measure: str = ""
    fields: Mapping[int, str] = field(default_factory=dict)


@require_POST
@telling_the_state
def decision_choose(request: Request, pk: int) -> HttpResponse:
    """Write the choices of one page of units, or one rule for many; `go_on`: then on to applying.

    What was refused keeps one on the page.
    """
    decision, viewer = draft_for(request, pk), acting_viewer(request)
    then = viewer.on(decision.effective_date)
    found = [one for one in effects(decision, viewer) if may_organise(then, one.unit.id)]
    done, refused = 0, False
    for one, wish in _wanted(request, found):
        try:
            _choose(request, decision, viewer, one, wish)
            done += 1
        except operations.ChoiceRefused as refusal:
            warn(request, f"{one.unit.name}: {refusal}")
            refused = True
    goes_on = request.POST.get("act") == "go_on" and not refused
    if done or not goes_on:
        words = ngettext(
            "Đã ghi lựa chọn của %(count)d đơn vị.", "Đã ghi lựa chọn của %(count)d đơn vị.", done
        )
        tell(request, words % {"count": done})
    if goes_on:
        return redirect("decision_apply", pk)
    return redirect(f"{reverse('decision_preview', args=[pk])}?{request.GET.urlencode()}#h-effects")


def _wanted(request: Request, found: Sequence[UnitEffects]) -> Iterator[tuple[UnitEffects, Wish]]:
    """The units whose way is to change, with the new one."""
    act = request.POST.get("act", "")
    for one in found:
        now = Wish(one.in_force.rule, one.in_force.heir, one.in_force.measure, dict(one.in_force.fields))
        wish = now
        if act == "propose":
            wish = Wish(one.proposal.rule, one.proposal.heir)
        elif act == "divide":
            wish = Wish(Rule.DIVIDE) if one.would_wait and len(successors(one)) > 1 else now
        elif act == "above":
            above = next((heir.key for heir in one.heirs if heir.above), "")
            wish = Wish(Rule.ONE, above) if one.would_wait and above else now
        elif f"rule-{one.unit.id}" in request.POST:
            wish = _posted(request, one)
        if wish != now:
            yield one, wish


def _posted(request: Request, one: UnitEffects) -> Wish:
    """What the form says of one unit: "one:r12", "divide:population", "by_field:" and its fields, "wait:"."""
    rule, _colon, rest = request.POST[f"rule-{one.unit.id}"].partition(":")
    if rule == Rule.ONE:
        return Wish(rule, rest)
    if rule == Rule.DIVIDE:
        return Wish(rule, measure=rest)
    if rule != Rule.BY_FIELD:
        return Wish(rule)
    prefix = f"field-{one.unit.id}-"
    named = (name.removeprefix(prefix) for name in request.POST if name.startswith(prefix))
    numbers = [name for name in named if name.isdecimal() and len(name) < 10]
    fields = {int(name): key for name in numbers if (key := request.POST[prefix + name])}
    return Wish(rule, request.POST.get(f"rest-{one.unit.id}", ""), fields=fields)


def _choose(request: Request, decision: Decision, viewer: Viewer, one: UnitEffects, wish: Wish) -> None:
    """Raises `ChoiceRefused`."""
    heir = next((heir for heir in one.heirs if heir.key == wish.heir), None)
    operations.choose(
        decision=decision,
        unit_id=one.unit.id,
        rule=wish.rule,
        result_id=heir.result if heir else None,
        heir_id=heir.unit if heir and not heir.result else None,
        measure=wish.measure,
        fields=wish.fields,
        viewer=viewer,
        at=moment(request),
    )
