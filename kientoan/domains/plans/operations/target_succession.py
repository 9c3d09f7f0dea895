"""Passing targets on from units that end: to one unit, added up where two meet, or divided by shares."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.results.models import Aggregation
from kientoan.engines.vietnamese import format_number

from ..models import Part, Succession, Target
from ..models.successions import SuccessionQuerySet
from ..rules.succession import DIVIDE, Takeover
from ..rules.target_parts import Bounds, added_up, divided, makes_a_whole
from .succession import Estate

Place = tuple[int, int, int, Any, Any]
"""What makes a target unique: set, indicator, unit, period."""
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


def settle_targets(estate: Estate, wanted: Mapping[Part, Collection[int]]) -> None:
    """The same for the targets that wait for a decision (part → targets), whoever has the heir's place.

    Where the heir has another target for the same thing already, that one stands and this one is kept as a
    record: a person decided so.
    """
    _Passing(estate, wanted).run()


class _Passing:
    """One run over the targets of the units of an estate."""

    def __init__(self, estate: Estate, wanted: Mapping[Part, Collection[int]] | None = None) -> None:
        self.estate = estate
        self.wanted = wanted  # None: all of the units
        self.day = estate.decision.effective_date
        self.takeovers = {one.unit: one for one in estate.takeovers}
        self.posts = {(one.post, one.unit): one.heir for one in estate.posts}
        self.moved: dict[int, Moved] = {}
        self.lines: list[Succession] = []
        self.made: list[tuple[Succession, Target]] = []
        self.at: dict[Place, Target] = {}
        self.names: dict[int, str] = {}

    def run(self) -> None:
        units = self.estate.units
        concerned = Q(unit__in=units) | Q(monitor_unit__in=units) | Q(post__unit__in=units)
        open_ones = Target.objects.select_for_update(of=("self",)).filter(concerned, period_end__gt=self.day)
        if self.wanted is not None:
            named = {key for keys in self.wanted.values() for key in keys}
            open_ones = Target.objects.select_for_update(of=("self",)).filter(pk__in=named)
        rows = list(open_ones.select_related("indicator", "post").order_by("pk"))
        if not rows:
            return
        heirs = {heir for one in self.estate.takeovers for heir in one.heirs}
        self.names = {key: unit.name for key, unit in units_on(self.day, {*units, *heirs}).items()}
        held = Target.objects.select_for_update(of=("self",)).filter(unit__in=heirs, period_end__gt=self.day)
        same = {one.pk: one for one in rows}
        for one in held.select_related("indicator").order_by("pk"):
            self.at[place_of(one)] = same.get(one.pk, one)
        for target in rows:
            self._monitor(target)
            if target.unit_id in self.takeovers and self._wants(Part.UNIT, target):
                self._unit(target, self.takeovers[target.unit_id])
            elif self.wanted is None and target.post is not None and target.post.unit_id in self.takeovers:
                self._post_alone(target, target.post, self.takeovers[target.post.unit_id])
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

    def _post_alone(self, target: Target, post: Post, takeover: Takeover) -> None:
        """The target stays with its unit; a post of another one answered for it."""
        if takeover.heir is None or takeover.heir == takeover.unit:
            return
        line = self._line(target, Part.LEAD, takeover.unit, takeover.heir, takeover.rule)
        line.from_post_id, line.to_post_id = post.pk, self._post(target, takeover.heir)

    def _unit(self, target: Target, takeover: Takeover) -> None:
        adds = target.indicator.aggregation == Aggregation.SUM
        if takeover.rule == DIVIDE and adds and makes_a_whole(takeover.shares):
            self._divide(target, takeover)
            return
        heir = takeover.fields.get(target.indicator.field_id or 0, takeover.heir)
        if heir == target.unit_id:
            return
        if heir is None:
            self._line(target, Part.UNIT, takeover.unit, None, takeover.rule)
            return
        there = self.at.get(place_of(target, heir))
        if there is None:
            self._move(target, heir, takeover)
        elif adds and there.operator == target.operator:
            self._add(target, there, takeover, heir)
        elif bounds_of(there) == bounds_of(target) or self.wanted is not None:
            self._absorb(target, there, takeover, heir)
        else:
            self._line(target, Part.UNIT, takeover.unit, None, takeover.rule)

    def _move(self, target: Target, heir: int, takeover: Takeover) -> None:
        line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
        line.from_post_id = target.post_id
        line.to_post_id = self._post(target, heir)
        self._change(target).set("unit_id", heir)
        self.at[place_of(target)] = target

    def _absorb(self, target: Target, there: Target, takeover: Takeover, heir: int) -> Succession:
        """The heir has the same target already: this one stays with the ended unit, as a record."""
        line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
        line.before = {"into": there.pk}
        return line

    def _add(self, target: Target, there: Target, takeover: Takeover, heir: int) -> None:
        """10 of one and 11 of the other make 21 of the unit that comes of both."""
        self._absorb(target, there, takeover, heir)
        held = self._change(there)
        total = added_up(bounds_of(there), bounds_of(target))
        for name in _NUMBERS:
            held.set(name, getattr(total, name))
        if total.baseline is None:
            held.set("baseline_year", None)
            held.set("baseline_vintage", "")
        held.set("note", f"{there.note}\ncộng chỉ tiêu của {self.names.get(takeover.unit, '')}".strip())

    def _divide(self, target: Target, takeover: Takeover) -> None:
        """A part for each heir by its share; the whole stays with the ended unit, as a record."""
        name = self.names.get(takeover.unit, "")
        shares = [(heir, share) for heir, share in takeover.shares if share is not None]
        parts = divided(bounds_of(target), shares, target.indicator.decimals)
        for (heir, share), bounds in zip(shares, parts, strict=True):
            part = Target(
                target_set_id=target.target_set_id, position=target.position, parent_id=target.parent_id,
                indicator=target.indicator, unit_id=heir, monitor_unit_id=target.monitor_unit_id,
                post_id=self.posts.get((target.post_id or 0, heir)),
                period_start=target.period_start, period_end=target.period_end, frequency=target.frequency,
                operator=target.operator, low=bounds.low, high=bounds.high, baseline=bounds.baseline,
                baseline_year=target.baseline_year, baseline_vintage=target.baseline_vintage,
                passage_id=target.passage_id, created_by=self.estate.by, created_at=self.estate.at,
                note=f"ước, chia từ chỉ tiêu của {name} theo tỷ lệ {format_number(share * 100)} %",
            )  # fmt: skip
            there = self.at.get(place_of(part))
            line = self._line(target, Part.UNIT, takeover.unit, heir, takeover.rule)
            if heir == takeover.unit:
                self._keep(target, bounds)
            elif there is None:
                self.made.append((line, part))
                self.at[place_of(part)] = part
            elif there.operator == part.operator:
                line.before = {"into": there.pk}
                self._into(there, bounds_of(part), part.note)
            else:
                line.to_unit_id = None

    def _keep(self, target: Target, bounds: Bounds) -> None:
        """What stays with a unit that gave a part: the target itself, made smaller."""
        held = self._change(target)
        for name in _NUMBERS:
            held.set(name, getattr(bounds, name))
        held.set("note", f"{target.note}\nước, phần còn lại sau khi chia".strip())

    def _into(self, there: Target, bounds: Bounds, note: str) -> None:
        total = added_up(bounds_of(there), bounds)
        held = self._change(there) if there.pk else Moved(there)
        for name in _NUMBERS:
            held.set(name, getattr(total, name))
        held.set("note", f"{there.note}\n{note}".strip())

    def _save(self) -> None:
        Target.objects.bulk_create([part for _, part in self.made], batch_size=_MANY)
        for line, part in self.made:
            line.before = {"made": part.pk}
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


def place_of(target: Target, unit: int | None = None) -> Place:
    """The place that only one target can have, with another unit when one is given."""
    return (
        target.target_set_id, target.indicator_id, target.unit_id if unit is None else unit,
        target.period_start, target.period_end,
    )  # fmt: skip


def bounds_of(target: Target) -> Bounds:
    """The numbers of a target."""
    return Bounds(target.operator, target.low, target.high, target.baseline, target.baseline_year)


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
    _restore(restored)


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
