"""Passing targets on from units that end: to one unit, added up where two meet, or divided by shares."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import units_on
from kientoan.engines.vietnamese import format_number

from ..models import Part, Succession, Target
from ..models.successions import SuccessionQuerySet
from ..queries.targets_due import Place, bounds_of, due_of, place_of, targets_due, targets_held
from ..rules.succession import Takeover
from ..rules.target_fates import Fate, Fated, Meeting, fates, may_be_added
from ..rules.target_parts import Bounds, added_up, divided
from .succession import Estate

_MANY = 500
_NUMBERS = ("low", "high", "baseline")


@dataclass
class Moved:
    """A target that changes: what was, and the successions that tell of it."""

    target: Target
    before: dict[str, Any] = field(default_factory=dict)

    def set(self, name: str, value: Any) -> None:
        """Change a field in memory and remember what it was at first."""
        now = getattr(self.target, name)
        if now != value:
            self.before.setdefault(name, plain(now))
            setattr(self.target, name, value)

    def finish(self) -> dict[str, list[Any]]:
        """Count the version up; name → [before, after] of all that changed."""
        if self.before and "row_version" not in self.before:
            self.set("row_version", self.target.row_version + 1)
        return {name: [was, plain(getattr(self.target, name))] for name, was in self.before.items()}


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return str(value) if isinstance(value, Decimal) else value


def pass_targets_on(estate: Estate) -> None:
    """Targets whose period is not over on the day: unit, accountable post, monitoring unit."""
    _Passing(estate).run()


class CannotBeAdded(Exception):
    """A person wants to add two targets that cannot be: `target` and the one of the heir."""

    def __init__(self, target: Target) -> None:
        super().__init__(str(target.indicator))
        self.target = target


def pass_later_targets_on(estate: Estate) -> None:
    """The same for targets that came to the units since: neither passed on nor waiting by this decision."""
    told = Succession.objects.filter(decision=estate.decision, target__isnull=False).order_by()
    due = targets_due(estate.units, estate.decision.effective_date).exclude(pk__in=told.values("target"))
    if late := list(due.values_list("pk", flat=True)):
        _Passing(estate, {Part.UNIT: late, Part.MONITOR: late}).run()


def settle_targets(estate: Estate, wanted: Mapping[Part, Collection[int]], meeting: Meeting) -> None:
    """The same for the targets that wait for a decision (part → targets).

    `meeting`: what a person decided where the heir has a target for the same thing already. The one that is
    not in force stays with the ended unit as a record. Raises `CannotBeAdded`.
    """
    _Passing(estate, wanted, meeting).run()


class _Passing:
    """One run over the targets of the units of an estate."""

    def __init__(
        self,
        estate: Estate,
        wanted: Mapping[Part, Collection[int]] | None = None,
        meeting: Meeting | None = None,
    ) -> None:
        self.estate = estate
        self.wanted, self.meeting = wanted, meeting  # None: all of the units, nobody decided
        self.day = estate.decision.effective_date
        self.takeovers = {one.unit: one for one in estate.takeovers}
        self.posts = {(one.post, one.unit): one.heir for one in estate.posts}
        self.moved: dict[int, Moved] = {}
        self.lines: list[Succession] = []
        self.parts: dict[tuple[int, int], Target] = {}  # (divided target, heir) → the new part
        self.at: dict[Place, Target] = {}
        self.names: dict[int, str] = {}

    def run(self) -> None:
        units = self.estate.units
        open_ones = targets_due(units, self.day)
        if self.wanted is not None:
            named = {key for keys in self.wanted.values() for key in keys}
            open_ones = Target.objects.select_related("indicator", "post").filter(pk__in=named).order_by("pk")
        rows = list(open_ones.select_for_update(of=("self",)))
        if not rows:
            return
        heirs = {heir for one in self.estate.takeovers for heir in one.heirs}
        self.names = {key: unit.name for key, unit in units_on(self.day, {*units, *heirs}).items()}
        targets = {one.pk: one for one in rows}
        held = [
            targets.get(one.pk, one) for one in targets_held(heirs, self.day).select_for_update(of=("self",))
        ]
        self.at = {place_of(one): one for one in held}
        for target in rows:
            self._monitor(target)
            if target.unit_id not in self.takeovers and target.post is not None:
                self._post_alone(target, target.post)
        due = [due_of(one) for one in rows if one.unit_id in self.takeovers and self._wants(Part.UNIT, one)]
        found = fates(due, map(due_of, held), self.takeovers, meeting=self.meeting)
        self._make_parts(targets, found)
        for fated in found:
            self._unit(targets[fated.due.key], fated)
        self._save()

    def _wants(self, part: Part, target: Target) -> bool:
        return self.wanted is None or target.pk in self.wanted.get(part, ())

    def _change(self, target: Target) -> Moved:
        return self.moved.setdefault(target.pk, Moved(target))

    def _line(self, target: Target, part: Part, unit: int, heir: int | None, rule: str) -> Succession:
        line = Succession(
            decision=self.estate.decision, target=target, part=part, from_unit_id=unit, to_unit_id=heir,
            day=self.day, rule=rule, at=self.estate.at, by=self.estate.by,
        )  # fmt: skip
        self.lines.append(line)
        return line

    def _monitor(self, target: Target) -> None:
        takeover = self.takeovers.get(target.monitor_unit_id or 0)
        if takeover is None or not self._wants(Part.MONITOR, target) or takeover.heir == takeover.unit:
            return
        self._line(target, Part.MONITOR, takeover.unit, takeover.heir, takeover.rule)
        if takeover.heir is not None:
            self._change(target).set("monitor_unit_id", takeover.heir)

    def _post(self, target: Target, heir: int | None) -> int | None:
        """The post in the heir that comes after the target's; noted when it is of a unit that ends."""
        if target.post is None or heir is None or target.post.unit_id not in self.takeovers:
            return target.post_id
        after = self.posts.get((target.post.pk, heir))
        self._change(target).set("post_id", after)
        return after

    def _post_alone(self, target: Target, post: Post) -> None:
        """The target stays with its unit; a post of another one answered for it."""
        takeover = self.takeovers.get(post.unit_id)
        if takeover is None or takeover.heir == takeover.unit or not self._wants(Part.LEAD, target):
            return
        line = self._line(target, Part.LEAD, takeover.unit, takeover.heir, takeover.rule)
        if takeover.heir is not None:
            line.from_post_id, line.to_post_id = post.pk, self._post(target, takeover.heir)

    def _unit(self, target: Target, fated: Fated) -> None:
        """Write what becomes of a target of a unit that ends or gives a part."""
        takeover = self.takeovers[target.unit_id]
        if fated.fate == Fate.KEPT:
            return
        if fated.fate == Fate.DIVIDED:
            self._divide(target, takeover)
        elif fated.fate == Fate.WAITS or fated.heir is None:
            self._line(target, Part.UNIT, takeover.unit, None, takeover.rule)
        elif fated.fate == Fate.MOVED:
            self._move(target, fated.heir, takeover)
        else:
            self._meet(target, fated, takeover, fated.heir)

    def _meet(self, target: Target, fated: Fated, takeover: Takeover, heir: int) -> None:
        """The heir has a target for the same thing."""
        there = self.at[place_of(target, heir)]
        if fated.fate == Fate.ADDED and fated.there is not None and not may_be_added(fated.due, fated.there):
            raise CannotBeAdded(target)
        self._absorb(target, there, takeover, heir)
        if fated.fate == Fate.ADDED:
            self._add(target, there, takeover)
        elif fated.fate == Fate.REPLACED:
            self._replace(target, there, takeover)

    def _move(self, target: Target, heir: int, takeover: Takeover) -> None:
        line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
        line.from_post_id = target.post_id
        line.to_post_id = self._post(target, heir)
        self.at.pop(place_of(target), None)
        self._change(target).set("unit_id", heir)
        self.at[place_of(target)] = target

    def _absorb(self, target: Target, there: Target, takeover: Takeover, heir: int) -> Succession:
        """The heir has the same target already: this one stays with the ended unit, as a record."""
        line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
        line.before = {"into": there.pk}
        return line

    def _add(self, target: Target, there: Target, takeover: Takeover) -> None:
        """10 of one and 11 of the other make 21 of the unit that comes of both."""
        held = self._change(there)
        total = added_up(bounds_of(there), bounds_of(target))
        for name in _NUMBERS:
            held.set(name, getattr(total, name))
        if total.baseline is None:
            held.set("baseline_year", None)
            held.set("baseline_vintage", "")
        held.set("note", f"{there.note}\ncộng chỉ tiêu của {self.names.get(takeover.unit, '')}".strip())

    def _replace(self, target: Target, there: Target, takeover: Takeover) -> None:
        """The heir's target gets the numbers of the one that comes."""
        held = self._change(there)
        for name in (*_NUMBERS, "operator", "baseline_year", "baseline_vintage"):
            held.set(name, getattr(target, name))
        held.set("note", f"{there.note}\nthay bằng chỉ tiêu của {self.names.get(takeover.unit, '')}".strip())

    def _make_parts(self, targets: Mapping[int, Target], found: Iterable[Fated]) -> None:
        """The new targets of heirs among which one is divided, before anything is added to them."""
        for fated in found:
            target = targets[fated.due.key]
            for (heir, share), bounds in self._shared(target) if fated.made else ():
                if heir in fated.made:
                    self.parts[target.pk, heir] = self._part(target, heir, share, bounds)
        Target.objects.bulk_create(self.parts.values(), batch_size=_MANY)

    def _shared(self, target: Target) -> list[tuple[tuple[int, Decimal], Bounds]]:
        """(heir, share) with the numbers of the part, of a target that is divided."""
        takeover = self.takeovers[target.unit_id]
        shares = [(heir, share) for heir, share in takeover.shares if share is not None]
        return list(zip(shares, divided(bounds_of(target), shares, target.indicator.decimals), strict=True))

    def _part(self, target: Target, heir: int, share: Decimal, bounds: Bounds) -> Target:
        return Target(
            target_set_id=target.target_set_id, position=target.position, parent_id=target.parent_id,
            indicator=target.indicator, unit_id=heir, monitor_unit_id=target.monitor_unit_id,
            post_id=self.posts.get((target.post_id or 0, heir)),
            period_start=target.period_start, period_end=target.period_end, frequency=target.frequency,
            operator=target.operator, low=bounds.low, high=bounds.high, baseline=bounds.baseline,
            baseline_year=target.baseline_year, baseline_vintage=target.baseline_vintage,
            passage_id=target.passage_id, created_by=self.estate.by, created_at=self.estate.at,
            note=self._of_share(target, share),
        )  # fmt: skip

    def _of_share(self, target: Target, share: Decimal) -> str:
        name, percent = self.names.get(target.unit_id, ""), format_number((share * 100).normalize())
        return f"ước, chia từ chỉ tiêu của {name} theo tỷ lệ {percent} %"

    def _divide(self, target: Target, takeover: Takeover) -> None:
        """A part for each heir by its share; the whole stays with the ended unit, as a record."""
        for (heir, share), bounds in self._shared(target):
            line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
            if heir == takeover.unit:
                self._keep(target, bounds)
            elif (part := self.parts.get((target.pk, heir))) is not None:
                line.before = {"made": part.pk}
                self.at[place_of(part)] = part
            else:
                there = self.at[place_of(target, heir)]
                line.before = {"into": there.pk}
                self._into(there, bounds, self._of_share(target, share))

    def _keep(self, target: Target, bounds: Bounds) -> None:
        """What stays with a unit that gave a part: the target itself, made smaller."""
        held = self._change(target)
        for name in _NUMBERS:
            held.set(name, getattr(bounds, name))
        held.set("note", f"{target.note}\nước, phần còn lại sau khi chia".strip())

    def _into(self, there: Target, bounds: Bounds, note: str) -> None:
        total = added_up(bounds_of(there), bounds)
        held = self._change(there)
        for name in _NUMBERS:
            held.set(name, getattr(total, name))
        held.set("note", f"{there.note}\n{note}".strip())

    def _save(self) -> None:
        told: set[int] = set()
        changes = {key: one.finish() for key, one in self.moved.items()}
        changed = [one.target for key, one in self.moved.items() if changes[key]]
        names = {name.removesuffix("_id") for one in changes.values() for name in one}
        if changed:
            Target.objects.bulk_update(changed, sorted(names), batch_size=_MANY)
        for line in self.lines:
            about = line.before.get("into", line.target_id)
            if about in changes and about not in told:
                told.add(about)
                line.before = {**line.before, "changed": changes[about]}
        Succession.objects.bulk_create(self.lines, batch_size=_MANY)


def take_targets_back(every: SuccessionQuerySet) -> None:
    """Give the targets back what these successions changed; they go, and what was made."""
    lines = every.filter(target__isnull=False).order_by("pk")
    restored: dict[int, dict[str, Any]] = {}
    made: list[int] = []
    for line in lines:
        about = line.before.get("into", line.target_id)
        for name, (was, _now) in line.before.get("changed", {}).items():
            restored.setdefault(about, {}).setdefault(name, was)
        if "made" in line.before:
            made.append(line.before["made"])
    lines.delete()
    Target.objects.filter(pk__in=made).delete()
    _restore({key: values for key, values in restored.items() if key not in made})


def _restore(fields: Mapping[int, Mapping[str, Any]]) -> None:
    targets = Target.objects.in_bulk(fields)
    names: set[str] = set()
    for key, values in fields.items():
        for name, value in values.items():
            numeric = name in _NUMBERS and value is not None
            setattr(targets[key], name, Decimal(value) if numeric else value)
            names.add(name.removesuffix("_id"))
    if names:
        Target.objects.bulk_update(list(targets.values()), sorted(names), batch_size=_MANY)
