"""The trees before and after a decision, only the branches it touches; pure reading.

Worked out from the changes in memory, so that a draft and an applied decision are shown alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _

from kientoan.engines.vietnamese import sort_key

from ..models import Closure, Decision, DecisionState, Hierarchy, Placement, UnitCode, UnitKind
from ..rules.changes import Change, Outcome
from .facts import CODE_SCHEME
from .plan import changes_of
from .tree import UnitOnDay, units_on

Key = str  # "u12" a unit that exists, or the key of a new one within the decision


class Mark(TextChoices):
    """What the decision does to a unit; the label stands beside its name."""

    ENDS = "ends", _("kết thúc")
    NEW = "new", _("mới")
    MOVED = "moved", _("chuyển cấp trên")
    RENAMED = "renamed", _("đổi tên")
    RECODED = "recoded", _("đổi mã")
    KIND = "kind", _("đổi loại, cấp")
    GIVES = "gives", _("chuyển đi một phần")
    TAKES = "takes", _("nhận thêm")


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in a tree. `others`: units under it that stay as they are and are not listed."""

    key: Key
    unit: int | None
    name: str
    code: str
    kind: str
    marks: tuple[Mark, ...] = ()
    was: str = ""  # the name before, when that changed
    children: tuple["Node", ...] = ()
    others: int = 0

    @property
    def ends(self) -> bool:
        """Whether it is to be struck through."""
        return Mark.ENDS in self.marks

    @property
    def size(self) -> int:
        """How many units are listed under it."""
        return sum(1 + child.size for child in self.children)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One hierarchy before and after."""

    hierarchy: str
    before: tuple[Node, ...]
    after: tuple[Node, ...]

    @property
    def words(self) -> str:
        """The name of the hierarchy."""
        return str(Hierarchy(self.hierarchy).label)


@dataclass(frozen=True, slots=True)
class CodeFate:
    """A code that is given up, given to another unit, or new. Names are '' where nobody has it."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The trees by hierarchy, and what becomes of the codes."""

    day: date
    trees: tuple[Comparison, ...]
    codes: tuple[CodeFate, ...]


@dataclass
class _Facts:
    """What stood before: units, and by hierarchy who stands under whom, for all that may be shown."""

    units: dict[int, UnitOnDay]
    parents: dict[str, dict[int, int | None]]
    sizes: dict[tuple[str, int], int]
    marks: dict[Key, list[Mark]] = field(default_factory=lambda: defaultdict(list))


def preview_of(decision: Decision) -> Preview:
    """What the decision does to the trees and codes, in a fixed number of statements."""
    changes = changes_of(decision)
    applied = decision.state == DecisionState.APPLIED
    day = decision.effective_date - timedelta(days=1) if applied else decision.effective_date
    facts = _facts(changes, day)
    _mark(changes, facts)
    trees = [_comparison(name, changes, facts) for name in Hierarchy.values]
    shown = tuple(tree for tree in trees if tree.before or tree.after)
    return Preview(decision.effective_date, shown, tuple(_codes(changes, facts, day)))


def _facts(changes: Sequence[Change], day: date) -> _Facts:
    named = {one.unit for change in changes for one in change.origins}
    outcomes = [one for change in changes for one in change.outcomes]
    named |= {one.unit for one in outcomes if one.unit is not None}
    named |= {place.unit for one in outcomes for place in one.places if place.unit is not None}
    above = set(Closure.objects.on(day).filter(descendant__in=named).values_list("ancestor_id", flat=True))
    every = named | above
    parents: dict[str, dict[int, int | None]] = {name: {} for name in Hierarchy.values}
    for row in Placement.objects.on(day).filter(unit__in=every):
        parents[row.hierarchy][row.unit_id] = row.parent_id
    counted = Placement.objects.on(day).filter(parent__in=every).order_by()
    counts = counted.values_list("hierarchy", "parent_id").annotate(count=Count("id"))
    sizes = {(hierarchy, parent): count for hierarchy, parent, count in counts if parent is not None}
    return _Facts(units_on(day, every), parents, sizes)


def _mark(changes: Sequence[Change], facts: _Facts) -> None:
    for change in changes:
        itself = {outcome.unit for outcome in change.outcomes}
        for origin in change.origins:
            if origin.ends:
                facts.marks[f"u{origin.unit}"].append(Mark.ENDS)
            elif origin.unit not in itself:
                facts.marks[f"u{origin.unit}"].append(Mark.GIVES)
        for outcome in change.outcomes:
            takes = any(
                change.outcomes[item.outcome] is outcome and change.origins[item.origin].unit != outcome.unit
                for item in change.passings or ()
            )
            facts.marks[_key(outcome)] += _marks_of(outcome, facts, takes)


def _key(outcome: Outcome) -> Key:
    return outcome.key if outcome.unit is None else f"u{outcome.unit}"


def _marks_of(outcome: Outcome, facts: _Facts, takes: bool) -> list[Mark]:
    if outcome.unit is None:
        return [Mark.NEW]
    before = facts.units.get(outcome.unit)
    moved = any(
        facts.parents[place.hierarchy].get(outcome.unit, -1) != place.unit for place in outcome.places
    )
    wanted = (
        (Mark.RENAMED, bool(outcome.name) and (before is None or outcome.name != before.name)),
        (Mark.RECODED, bool(outcome.code) and (before is None or outcome.code != before.code)),
        (Mark.KIND, bool(outcome.kind or outcome.level)),
        (Mark.MOVED, moved),
        (Mark.TAKES, takes),
    )
    return [mark for mark, holds in wanted if holds]


def _comparison(hierarchy: str, changes: Sequence[Change], facts: _Facts) -> Comparison:
    before: dict[Key, Key | None] = {}
    touched: set[Key] = set()
    ending = {f"u{one.unit}" for change in changes for one in change.origins if one.ends}
    for unit, parent in facts.parents[hierarchy].items():
        before[f"u{unit}"] = None if parent is None else f"u{parent}"
    named = {f"u{one.unit}" for change in changes for one in change.origins}
    named |= {_key(one) for change in changes for one in change.outcomes if one.unit is not None}
    touched |= {key for key in named if key in before}
    after = {key: parent for key, parent in before.items() if key not in ending}
    for change in changes:
        for outcome in change.outcomes:
            for place in outcome.places:
                if place.hierarchy != hierarchy:
                    continue
                above = place.key or (None if place.unit is None else f"u{place.unit}")
                after[_key(outcome)] = above
                touched.add(_key(outcome))
    if not touched:
        return Comparison(hierarchy, (), ())
    told = _named_after(changes, facts)
    shown = {key: _node(key, unit, facts) for key, unit in _before_names(facts).items()}
    return Comparison(
        hierarchy,
        _grown(hierarchy, before, touched, shown, facts, before),
        _grown(hierarchy, after, touched, told, facts, before),
    )


def _before_names(facts: _Facts) -> dict[Key, UnitOnDay]:
    return {f"u{key}": unit for key, unit in facts.units.items()}


def _node(key: Key, unit: UnitOnDay, facts: _Facts) -> Node:
    kept = (Mark.ENDS, Mark.GIVES, Mark.MOVED, Mark.RENAMED, Mark.RECODED, Mark.KIND, Mark.TAKES)
    marks = tuple(mark for mark in kept if mark in facts.marks.get(key, ()))
    return Node(key, unit.id, unit.name, unit.code, unit.kind_words, marks)


def _named_after(changes: Sequence[Change], facts: _Facts) -> dict[Key, Node]:
    """What each unit is called after the decision."""
    nodes = {key: _node(key, unit, facts) for key, unit in _before_names(facts).items()}
    for change in changes:
        for one in change.outcomes:
            key = _key(one)
            kind = str(UnitKind(one.kind).label) if one.kind else ""
            if one.unit is None:
                nodes[key] = Node(key, None, one.name, one.code, kind, (Mark.NEW,))
            elif key in nodes:
                node = nodes[key]
                nodes[key] = replace(
                    node,
                    name=one.name or node.name,
                    code=one.code or node.code,
                    kind=kind or node.kind,
                    was=node.name if one.name and one.name != node.name else node.was,
                )
    return nodes


def _grown(
    hierarchy: str,
    parents: Mapping[Key, Key | None],
    touched: Iterable[Key],
    nodes: Mapping[Key, Node],
    facts: _Facts,
    before: Mapping[Key, Key | None],
) -> tuple[Node, ...]:
    """The tree of the touched units and all above them; the rest under each is only counted."""
    shown: set[Key] = set()
    for key in touched:
        at: Key | None = key
        while at is not None and at in parents and at in nodes and at not in shown:
            shown.add(at)
            at = parents[at]
    children: dict[Key | None, list[Key]] = defaultdict(list)
    for key in shown:
        above = parents[key]
        children[above if above in shown else None].append(key)
    known: dict[Key, int] = defaultdict(int)  # the children that this decision knows about
    for child, above in before.items():
        if above is not None and (child in shown or child in touched):
            known[above] += 1

    def in_order(keys: Iterable[Key]) -> list[Key]:
        return sorted(keys, key=lambda one: sort_key(nodes[one].name))

    def grow(key: Key, seen: frozenset[Key]) -> Node:
        node = nodes[key]
        below = in_order(one for one in children[key] if one not in seen)
        size = facts.sizes.get((hierarchy, node.unit), 0) if node.unit is not None else 0
        grown = tuple(grow(one, seen | {one}) for one in below)
        return replace(node, children=grown, others=max(0, size - known[key]))

    roots = in_order(children[None])
    return tuple(grow(key, frozenset({key})) for key in roots)


def _codes(changes: Sequence[Change], facts: _Facts, day: date) -> Iterable[CodeFate]:
    """Every code that changes hands, in the order of the codes; of a collision all that are to have it."""
    before: dict[str, str] = {}
    after: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        for origin in change.origins:
            unit = facts.units.get(origin.unit)
            if origin.ends and unit is not None and unit.code:
                before[unit.code] = unit.name
        for one in change.outcomes:
            unit = facts.units.get(one.unit) if one.unit is not None else None
            if not one.code or (unit is not None and unit.code == one.code):
                continue
            if unit is not None and unit.code:
                before[unit.code] = unit.name
            after[one.code].append(one.name or (unit.name if unit else ""))
    before = _owners(after.keys() - before.keys(), day) | before
    for code in sorted(before.keys() | after.keys()):
        yield CodeFate(code, before.get(code, ""), ", ".join(after.get(code, ())))


def _owners(codes: Iterable[str], day: date) -> dict[str, str]:
    """Code → the unit outside the decision that has it on the day."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = UnitCode.objects.on(day).filter(scheme=CODE_SCHEME, code__in=wanted)
    owners = dict(rows.values_list("unit_id", "code"))
    return {owners[unit.id]: unit.name for unit in units_on(day, owners).values()} if owners else {}
