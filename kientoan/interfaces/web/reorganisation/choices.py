"""Who takes over from each unit: what is proposed, what may be chosen, and writing what was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kientoan.domains.organisation.access import Viewer, may_organise
from kientoan.domains.organisation.models import Decision
from kientoan.domains.plans.models import Rule
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.models import Measure
from kientoan.domains.reorganisation.queries import Heir, UnitEffects, effects
from kientoan.engines.vietnamese import fold

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from .loading import draft_for, telling_the_state
from .waiting_words import waiting_words

PAGE = 25


@dataclass(frozen=True)
class ChoiceRow:
    """A unit with what it has, and the ways to pass it on; `chosen`: the value in force."""

    effects: UnitEffects
    options: tuple[tuple[str, str], ...]
    value: str
    may_choose: bool

    @property
    def facts(self) -> list[tuple[str, int]]:
        """How much of what passes on, in words; what there is none of is left out."""
        counts = self.effects.counts
        wanted = (
            (gettext("nhiệm vụ chủ trì"), counts.tasks_led),
            (gettext("nhiệm vụ đã giao"), counts.tasks_assigned),
            (gettext("nhiệm vụ phối hợp"), counts.tasks_cooperating),
            (gettext("chỉ tiêu"), counts.targets),
            (gettext("bộ chỉ tiêu theo dõi"), counts.target_sets),
            (gettext("chương trình, kế hoạch phải lập"), counts.programme_duties),
            (gettext("biểu số liệu đang mở"), counts.submissions),
            (gettext("chức danh"), counts.posts),
            (gettext("người giữ chức"), counts.holders),
            (gettext("vai trò"), counts.role_grants),
            (gettext("tài khoản"), counts.accounts),
        )
        return [(words, count) for words, count in wanted if count]

    @property
    def waiting(self) -> list[str]:
        """What would wait all the same, each with its reason."""
        return waiting_words(self.effects)


def value_of(rule: str, heir: str = "", measure: str = "") -> str:
    """A way to pass on as one value of a list: "one:r12", "divide:population", "wait:"."""
    return f"{rule}:{heir if rule == Rule.ONE else measure if rule == Rule.DIVIDE else ''}"


def successors(one: UnitEffects) -> list[Heir]:
    """Those who come after the unit, without itself and the unit above."""
    return [heir for heir in one.heirs if not heir.above and not heir.itself]


def _options(one: UnitEffects) -> Iterable[tuple[str, str]]:
    proposed = value_of(one.proposal.rule, one.proposal.heir)
    for value, words in _ways(one):
        yield value, gettext("%(way)s (đề xuất)") % {"way": words} if value == proposed else words


def _ways(one: UnitEffects) -> Iterable[tuple[str, str]]:
    for heir in one.heirs:
        if heir.itself:
            words = gettext("Giữ lại ở %(name)s")
        elif heir.above:
            words = gettext("Chuyển hết lên %(name)s (cấp trên)")
        else:
            words = gettext("Chuyển hết cho %(name)s")
        shares = ", ".join(f"{share} {measure}" for measure, share in heir.known_shares)
        yield value_of(Rule.ONE, heir.key), words % {"name": heir.name} + (f" – {shares}" if shares else "")
    if len(successors(one)) > 1:
        yield value_of(Rule.DIVIDE), gettext("Chia cho các đơn vị kế tục")
        for measure in _measures(one):
            words = gettext("Chia cho các đơn vị kế tục, chỉ tiêu %(measure)s (ước tính)")
            yield value_of(Rule.DIVIDE, measure=measure), words % {"measure": measure.label}
    if one.in_force.rule == Rule.BY_FIELD:
        yield value_of(Rule.BY_FIELD), gettext("Chuyển theo lĩnh vực (đã chọn)")
    yield value_of(Rule.WAIT), gettext("Để chờ quyết định")


def _measures(one: UnitEffects) -> list[Measure]:
    known = {name for heir in successors(one) for name in Measure.values if getattr(heir.shares, name)}
    return [Measure(name) for name in Measure.values if name in known]


def choice_rows(found: Sequence[UnitEffects], viewer: Viewer) -> list[ChoiceRow]:
    """The rows of the page; `viewer`: as of the decision's day."""
    return [
        ChoiceRow(
            one,
            tuple(_options(one)),
            value_of(one.in_force.rule, one.in_force.heir, one.in_force.measure),
            may_organise(viewer, one.unit.id),
        )
        for one in found
    ]


def effects_context(request: Request, decision: Decision, viewer: Viewer) -> dict[str, Any]:
    """What the preview shows about duties: totals of all units, and the rows of one page."""
    found = effects(decision, viewer)
    text, only = request.GET.get("u", "").strip()[:200], request.GET.get("cho", "")
    wanted = [
        one
        for one in found
        if fold(text) in fold(one.unit.name) and (not only or one.would_wait)
    ]  # fmt: skip
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    return {
        "effects": found,
        "totals": totals(found),
        "effects_page": page,
        "choice_rows": choice_rows(list(page.object_list), viewer.on(decision.effective_date)),
        "u": text,
        "only_waiting": only,
        "measured": any(one.counts.duties for one in found),
    }


def totals(found: Sequence[UnitEffects]) -> dict[str, int]:
    """Sums over all units of a decision."""
    names = ("tasks_led", "targets", "submissions", "posts", "holders", "role_grants", "duties")
    sums = {name: sum(getattr(one.counts, name) for one in found) for name in names}
    return sums | {
        "units": len(found),
        "would_wait": sum(one.would_wait for one in found),
        "waiting_units": sum(1 for one in found if one.would_wait),
    }


@require_POST
@telling_the_state
def decision_choose(request: Request, pk: int) -> HttpResponse:
    """Write the choices of one page of units, or one rule for many."""
    decision, viewer = draft_for(request, pk), acting_viewer(request)
    then = viewer.on(decision.effective_date)
    found = [one for one in effects(decision, viewer) if may_organise(then, one.unit.id)]
    wanted = _wanted(request, found)
    done = 0
    for one, value in wanted:
        try:
            _choose(request, decision, viewer, one, value)
            done += 1
        except operations.ChoiceRefused as refusal:
            warn(request, f"{one.unit.name}: {refusal}")
    words = ngettext("Đã ghi lựa chọn của %(count)d đơn vị.", "Đã ghi lựa chọn của %(count)d đơn vị.", done)
    tell(request, words % {"count": done})
    return redirect(f"{reverse('decision_preview', args=[pk])}?{request.GET.urlencode()}#h-effects")


def _wanted(request: Request, found: Sequence[UnitEffects]) -> list[tuple[UnitEffects, str]]:
    """The units whose way is to change, with the new one."""
    act = request.POST.get("act", "")
    pairs: list[tuple[UnitEffects, str]] = []
    for one in found:
        now = value_of(one.in_force.rule, one.in_force.heir, one.in_force.measure)
        value = request.POST.get(f"rule-{one.unit.id}", now)
        if act == "propose":
            value = value_of(one.proposal.rule, one.proposal.heir)
        elif act == "divide":
            value = value_of(Rule.DIVIDE) if one.would_wait and len(successors(one)) > 1 else now
        elif act == "above":
            above = next((heir.key for heir in one.heirs if heir.above), "")
            value = value_of(Rule.ONE, above) if one.would_wait and above else now
        if value != now:
            pairs.append((one, value))
    return pairs


def _choose(request: Request, decision: Decision, viewer: Viewer, one: UnitEffects, value: str) -> None:
    """Raises `ChoiceRefused`."""
    rule, _colon, rest = value.partition(":")
    heir = next((heir for heir in one.heirs if heir.key == rest), None) if rule == Rule.ONE else None
    operations.choose(
        decision=decision,
        unit_id=one.unit.id,
        rule=rule,
        result_id=heir.result if heir else None,
        heir_id=heir.unit if heir and not heir.result else None,
        measure=rest if rule == Rule.DIVIDE else "",
        viewer=viewer,
        at=moment(request),
    )
