"""Who takes over from each unit: what is proposed, and what may be chosen (written by `wishes`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.access import Viewer, may_organise
from kientoan.domains.plans.models import Rule
from kientoan.domains.reorganisation.models import Measure
from kientoan.domains.reorganisation.queries import Heir, Inheritance, UnitEffects, effects_of
from kientoan.domains.reorganisation.queries.fields_due import FieldDue, fields_due
from kientoan.engines.vietnamese import fold

from ..http import Request
from .waiting_words import waiting_words

PAGE = 25


@dataclass(frozen=True)
class FieldRow:
    """A policy field of a unit: how much of it is due, and who takes it (`key`; '' as the rest)."""

    due: FieldDue
    key: str
    heir: str


@dataclass(frozen=True)
class ChoiceRow:
    """A unit with what it has, and the ways to pass it on; `value`: the one in force."""

    effects: UnitEffects
    options: tuple[tuple[str, str], ...]
    value: str
    may_choose: bool
    fields: tuple[FieldRow, ...] = ()

    @property
    def heirs(self) -> list[tuple[str, str]]:
        """Who may take a field, or the rest."""
        return [(heir.key, heir.name) for heir in self.effects.heirs]

    @property
    def rest(self) -> str:
        """Who takes the duties of no field named, in words."""
        heir = self.effects.heir
        return heir.name if heir is not None else gettext("chờ quyết định")

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


def _options(one: UnitEffects, *, by_field: bool) -> Iterable[tuple[str, str]]:
    proposed = value_of(one.proposal.rule, one.proposal.heir)
    for value, words in _ways(one, by_field=by_field):
        yield value, gettext("%(way)s (đề xuất)") % {"way": words} if value == proposed else words


def _ways(one: UnitEffects, *, by_field: bool) -> Iterable[tuple[str, str]]:
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
    if by_field:
        yield value_of(Rule.BY_FIELD), gettext("Chuyển theo lĩnh vực: chọn ở dưới")
    yield value_of(Rule.WAIT), gettext("Để chờ quyết định")


def _measures(one: UnitEffects) -> list[Measure]:
    known = {name for heir in successors(one) for name in Measure.values if getattr(heir.shares, name)}
    return [Measure(name) for name in Measure.values if name in known]


def choice_rows(found: Sequence[UnitEffects], viewer: Viewer, day: date) -> list[ChoiceRow]:
    """The rows of the page; `viewer`: as of the decision's day (one statement for the fields of all)."""
    fields = fields_due([one.unit.id for one in found], day)
    for one in found:
        _add_chosen(one, fields.setdefault(one.unit.id, []))
    return [_choice_row(one, fields.get(one.unit.id, []), viewer) for one in found]


def _add_chosen(one: UnitEffects, due: list[FieldDue]) -> None:
    """A field that was chosen stays in the form also when nothing is due in it any more."""
    if missing := set(one.fields) - {field.field for field in due}:
        names = PolicyField.objects.in_bulk(missing)
        due += [FieldDue(key, str(names[key]), 0, 0) for key in sorted(missing)]


def _choice_row(one: UnitEffects, due: Sequence[FieldDue], viewer: Viewer) -> ChoiceRow:
    keys = {field: heir.key for field, heir in one.fields.items()}
    rows = tuple(
        FieldRow(
            field, keys.get(field.field, ""), one.fields[field.field].name if field.field in keys else ""
        )
        for field in due
    )
    by_field = bool(rows and len(one.heirs) > 1) or one.in_force.rule == Rule.BY_FIELD
    return ChoiceRow(
        one,
        tuple(_options(one, by_field=by_field)),
        value_of(one.in_force.rule, one.in_force.heir, one.in_force.measure),
        may_organise(viewer, one.unit.id),
        rows if by_field else (),
    )


def effects_context(request: Request, inheritance: Inheritance, viewer: Viewer) -> dict[str, Any]:
    """What the preview shows about duties: totals of all units, and the rows of one page."""
    found, decision = effects_of(inheritance, viewer), inheritance.decision
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
        "choice_rows": choice_rows(
            list(page.object_list), viewer.on(decision.effective_date), decision.effective_date
        ),
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
        "leaving": sum(one.counts.holders for one in found if one.ends),
        "would_wait": sum(one.would_wait for one in found),
        "waiting_units": sum(1 for one in found if one.would_wait),
    }
