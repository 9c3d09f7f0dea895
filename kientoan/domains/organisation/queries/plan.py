"""What a decision would do, and everything that stands in its way, all at once and each with its row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.engines.vietnamese import format_number

from ..models import ChangeKind, Decision
from ..rules.changes import (
    Change,
    Outcome,
    Place,
    fits_its_kind,
    shares_over,
    used_twice,
    wholes_amiss,
)
from ..rules.parts import parts_taking_all, parts_under
from .facts import Facts, facts_for
from .written import changes_of as changes_of  # read here by whoever previews


class Trouble(models.TextChoices):
    """Why a change cannot be made as it is written; the label says it, with the remedy."""

    SHAPE = (
        "shape",
        _(
            "số đơn vị trước và sau không hợp với loại “%(kind)s”. "
            "Hãy sửa loại thay đổi hoặc danh sách đơn vị."
        ),
    )
    INCOMPLETE = "incomplete", _("đơn vị mới “%(name)s” thiếu %(missing)s. Hãy ghi đủ.")
    NOT_YET = "not_yet", _("“%(name)s” đến %(start)s mới thành lập. Hãy chọn ngày muộn hơn.")
    ENDED = "ended", _("“%(name)s” đã kết thúc từ %(end)s%(basis)s. Hãy chọn đơn vị kế tục.")
    ENDS_ALREADY = "ends_already", _("“%(name)s” đã được định kết thúc từ %(end)s. Hãy hủy việc ấy trước.")
    LATER = (
        "later",
        _(
            "“%(name)s” đã có thay đổi từ %(start)s. "
            "Việc xảy ra trước phải ghi trước: hãy hủy thay đổi ấy rồi ghi lại."
        ),
    )
    SAME_DAY = (
        "same_day",
        _(
            "“%(name)s” đã có thay đổi khác cũng từ %(start)s. "
            "Hãy hủy thay đổi ấy rồi ghi cả hai trong một quyết định."
        ),
    )
    SAME_NAME = "same_name", _("“%(name)s” đã mang đúng tên ấy. Hãy ghi tên mới, hoặc bỏ việc này.")
    TWICE = "twice", _("“%(name)s” được dùng hai lần trong quyết định. Hãy gộp lại hoặc bỏ bớt.")
    OVER = (
        "over",
        _(
            "các phần %(measure)s của “%(name)s” cộng lại là %(sum)s %%, quá 100 %%. "
            "Hãy sửa tỷ lệ để cộng lại không quá 100 %%."
        ),
    )
    UNDER = (
        "under",
        _(
            "“%(name)s” kết thúc mà các phần %(measure)s cộng lại chỉ là %(sum)s %%. "
            "Hãy ghi nơi nhận phần còn lại, sửa tỷ lệ, hoặc cho đơn vị ấy tiếp tục."
        ),
    )
    PARTS_ALL = (
        "parts_all",
        _(
            "các phần của “%(name)s” cộng lại là toàn bộ mà đơn vị vẫn còn. "
            "Hãy cho đơn vị ấy kết thúc, hoặc sửa tỷ lệ."
        ),
    )
    WHOLE_STAYS = (
        "whole_stays",
        _(
            "“%(name)s” chuyển đi toàn bộ mà vẫn còn. "
            "Hãy cho đơn vị ấy kết thúc, hoặc ghi là chuyển một phần."
        ),
    )
    WHOLE_TWICE = (
        "whole_twice",
        _(
            "“%(name)s” đã chuyển toàn bộ cho một đơn vị, nên không còn phần nào cho đơn vị khác. "
            "Hãy ghi mỗi nơi một phần, hoặc bỏ bớt."
        ),
    )
    CODE_TAKEN = "code_taken", _("mã %(code)s ngày ấy đang là của “%(name)s”. Hãy sửa mã.")
    CODE_TWICE = "code_twice", _("mã %(code)s được đặt cho hai đơn vị. Hãy sửa một trong hai.")
    PARENT = (
        "parent",
        _("cấp trên “%(parent)s” của “%(name)s” không còn hoặc chưa có ngày ấy. Hãy chọn cấp trên khác."),
    )
    UNDER_ITSELF = "under_itself", _("“%(name)s” sẽ đứng dưới chính nó. Hãy chọn cấp trên khác.")
    CHILDREN = (
        "children",
        _(
            "“%(name)s” kết thúc mà còn %(count)s đơn vị trực thuộc (%(example)s). "
            "Hãy chuyển các đơn vị ấy trước."
        ),
    )
    EMPTY = "empty", _("quyết định chưa có việc nào. Hãy thêm ít nhất một việc.")
    DATABASE = (
        "database",
        _("cơ sở dữ liệu từ chối (%(rule)s): người khác vừa thay đổi. Hãy xem lại trước khi thực hiện."),
    )


class Measured(models.TextChoices):
    """Of what a part is a part."""

    POPULATION = "population", _("dân số")
    AREA = "area", _("diện tích")
    HEADCOUNT = "headcount", _("biên chế")
    BY_HAND = "by_hand", _("tự ấn định")


@dataclass(frozen=True, slots=True)
class Collision:
    """One thing in the way. `row`: the place of the event in the decision, 0 for the whole."""

    row: int
    trouble: Trouble
    unit: int | None = None
    detail: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The reason and the remedy, in the language of the user."""
        return str(self.trouble.label) % dict(self.detail)

    def __str__(self) -> str:
        return str(_("Dòng %(row)s: %(words)s")) % {"row": self.row, "words": self.words}


@dataclass(frozen=True)
class Plan:
    """What applying the decision writes; nothing may be written while there are collisions."""

    decision: Decision
    changes: tuple[Change, ...]
    facts: Facts
    collisions: tuple[Collision, ...]

    @property
    def ending(self) -> tuple[int, ...]:
        """The units that cease to exist."""
        found = (one.unit for change in self.changes for one in change.origins if one.ends)
        return tuple(dict.fromkeys(found))

    @property
    def new(self) -> tuple[Outcome, ...]:
        """The units that come into being; the key of each is the number of its row."""
        return tuple(one for change in self.changes for one in change.outcomes if one.unit is None)

    @property
    def renewed(self) -> tuple[Outcome, ...]:
        """The units that go on with something new."""
        every = (one for change in self.changes for one in change.outcomes)
        return tuple(one for one in every if one.unit is not None and one.renews)

    @property
    def touched(self) -> tuple[int, ...]:
        """All existing units named, in the order of their ids (the order in which they are locked)."""
        named = {one.unit for change in self.changes for one in change.origins}
        named |= {one.unit for change in self.changes for one in change.outcomes if one.unit is not None}
        return tuple(sorted(named))


def plan_of(decision: Decision) -> Plan:
    """What the decision would do as things stand now."""
    changes = changes_of(decision)
    facts = facts_for(changes, decision.effective_date)
    return Plan(decision, changes, facts, tuple(_collisions(changes, facts)))


def _collisions(changes: Sequence[Change], facts: Facts) -> Iterator[Collision]:
    for change in changes:
        if not fits_its_kind(change):
            yield _told(change, Trouble.SHAPE, None, kind=str(ChangeKind(change.kind).label))
        yield from _incomplete(change)
        yield from _unchanged(change, facts)
        yield from _lives(change, facts)
    for change, unit in used_twice(changes):
        yield _told(change, Trouble.TWICE, unit, name=facts.name(unit))
    for change, unit, again in wholes_amiss(changes):
        trouble = Trouble.WHOLE_TWICE if again else Trouble.WHOLE_STAYS
        yield _told(change, trouble, unit, name=facts.name(unit))
    yield from _parts(changes, facts)
    yield from _codes(changes, facts)
    yield from _parents(changes, facts)
    yield from _children(changes, facts)


def _parts(changes: Sequence[Change], facts: Facts) -> Iterator[Collision]:
    over = list(shares_over(changes))
    amiss = [(Trouble.OVER, row) for row in over] + [(Trouble.UNDER, row) for row in parts_under(changes)]
    for trouble, (change, unit, measure, total) in amiss:
        words = {"measure": Measured(measure).label, "sum": format_number((total * 100).normalize())}
        yield _told(change, trouble, unit, name=facts.name(unit), **words)
    told = {unit for _change, unit, _measure, _total in over}
    for change, unit in parts_taking_all(changes):
        if unit not in told:
            yield _told(change, Trouble.PARTS_ALL, unit, name=facts.name(unit))


def _told(change: Change, trouble: Trouble, unit: int | None, **detail: object) -> Collision:
    return Collision(change.row, trouble, unit, tuple((key, str(value)) for key, value in detail.items()))


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _incomplete(change: Change) -> Iterator[Collision]:
    for outcome in change.outcomes:
        if outcome.unit is not None:
            continue
        wanted = ((outcome.name, _("tên")), (outcome.kind, _("loại")), (outcome.level, _("cấp")))
        missing = [str(words) for value, words in wanted if not value]
        if not outcome.places:
            missing.append(str(_("cấp trên")))
        if missing:
            yield _told(change, Trouble.INCOMPLETE, None, name=outcome.name, missing=", ".join(missing))


def _unchanged(change: Change, facts: Facts) -> Iterator[Collision]:
    """A renaming to the very name: a change without a change would bar others of that day."""
    for outcome in change.outcomes if change.kind == ChangeKind.RENAME else ():
        before = facts.versions.get(outcome.unit or 0)
        other = outcome.short_name or outcome.kind or outcome.level or outcome.code or outcome.places
        if before is not None and before.name == outcome.name and not other:
            yield _told(change, Trouble.SAME_NAME, outcome.unit, name=before.name)


def _lives(change: Change, facts: Facts) -> Iterator[Collision]:
    itself = {outcome.unit for outcome in change.outcomes}
    for origin in change.origins:
        if origin.unit not in itself:
            yield from _life(change, facts, origin.unit, ends=origin.ends, renews=False)
    for outcome in change.outcomes:
        if outcome.unit is not None:
            yield from _life(change, facts, outcome.unit, ends=False, renews=outcome.renews)


def _life(change: Change, facts: Facts, unit: int, *, ends: bool, renews: bool) -> Iterator[Collision]:
    life, name = facts.lives[unit], facts.name(unit)
    changes_it = ends or renews
    if life.lower is not None and (life.lower > facts.day or (changes_it and life.lower == facts.day)):
        yield _told(change, Trouble.NOT_YET, unit, name=name, start=_shown(life.lower))
    elif life.upper is not None and life.upper <= facts.day:
        basis = f" ({facts.ended_by[unit][:120]})" if unit in facts.ended_by else ""
        yield _told(change, Trouble.ENDED, unit, name=name, end=_shown(life.upper), basis=basis)
    elif ends and life.upper is not None:
        yield _told(change, Trouble.ENDS_ALREADY, unit, name=name, end=_shown(life.upper))
    elif changes_it and unit in facts.later:
        trouble = Trouble.SAME_DAY if facts.later[unit] == facts.day else Trouble.LATER
        yield _told(change, trouble, unit, name=name, start=_shown(facts.later[unit]))


def _codes(changes: Sequence[Change], facts: Facts) -> Iterator[Collision]:
    given: Counter[str] = Counter()
    freed = {one.unit for change in changes for one in change.origins if one.ends}
    freed |= {one.unit for change in changes for one in change.outcomes if one.unit is not None and one.code}
    for change in changes:
        for outcome in change.outcomes:
            if not outcome.code:
                continue
            given[outcome.code] += 1
            if given[outcome.code] > 1:
                yield _told(change, Trouble.CODE_TWICE, outcome.unit, code=outcome.code)
    owners = {row.code: row for row in facts.code_owners if row.unit_id not in freed}
    for change in changes:
        for outcome in change.outcomes:
            row = owners.get(outcome.code)
            if row is not None:
                name = facts.name(row.unit_id)
                yield _told(change, Trouble.CODE_TAKEN, row.unit_id, code=outcome.code, name=name)


def _is_under(unit: int | None, place: Place, moved: Mapping[tuple[int, str], Place], facts: Facts) -> bool:
    """Whether the place is under the unit itself, once everything that moves has moved."""
    above, steps = place.unit, 0
    while unit is not None and above is not None and above != unit and steps < _DEEP:
        onward = moved.get((above, place.hierarchy))
        above = onward.unit if onward is not None else facts.above.get((above, place.hierarchy))
        steps += 1
    return unit is not None and above == unit


_DEEP = 30  # as deep as the closure goes


def _parents(changes: Sequence[Change], facts: Facts) -> Iterator[Collision]:
    moved = {
        (outcome.unit, place.hierarchy): place
        for change in changes
        for outcome in change.outcomes
        for place in outcome.places
        if outcome.unit is not None
    }
    ending = {one.unit for change in changes for one in change.origins if one.ends}
    for change in changes:
        for outcome in change.outcomes:
            for place in outcome.places:
                if place.unit is None:
                    continue
                name = outcome.name or facts.name(outcome.unit or 0)
                life = facts.lives[place.unit]
                if _is_under(outcome.unit, place, moved, facts):
                    yield _told(change, Trouble.UNDER_ITSELF, outcome.unit, name=name)
                elif place.unit in ending or facts.day not in life or life.upper is not None:
                    parent = facts.name(place.unit)
                    yield _told(change, Trouble.PARENT, outcome.unit, name=name, parent=parent)


def _children(changes: Sequence[Change], facts: Facts) -> Iterator[Collision]:
    ending = {one.unit: change for change in changes for one in change.origins if one.ends}
    moved = {
        (outcome.unit, place.hierarchy)
        for change in changes
        for outcome in change.outcomes
        for place in outcome.places
    }
    left: dict[int, list[int]] = {}
    for row in facts.children:
        if row.unit_id not in ending and (row.unit_id, row.hierarchy) not in moved and row.parent_id:
            left.setdefault(row.parent_id, []).append(row.unit_id)
    for parent, children in left.items():
        example = ", ".join(facts.name(child) for child in children[:3])
        yield _told(
            ending[parent], Trouble.CHILDREN, parent,
            name=facts.name(parent), count=len(children), example=example,
        )  # fmt: skip
