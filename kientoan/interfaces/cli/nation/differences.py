"""What one day of the lists changes here: only what is missing is established, only what differs is changed.

Units are the same when their code is in force on the day. Nothing is written before what is already written
about a unit; such a unit stays as it is, and `Standing.left` says why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place
from kientoan.engines.vietnamese import normal_tones

from .source import LEVELS, Entry, kind_of, plain
from .standing import Standing

HIERARCHY = "government"
NO_SUCCESSOR = "Nguồn không ghi đơn vị kế tục."
INFERRED = "Đơn vị kế tục suy từ nơi các đơn vị trực thuộc được chuyển đến cùng ngày."
_RANKS = {level: rank for rank, level in enumerate(LEVELS.values())}


@dataclass(frozen=True)
class Step:
    """The lists before and after one day. `anew`: codes that mean another unit than before."""

    before: Mapping[str, Entry]
    after: Mapping[str, Entry]
    anew: frozenset[str]
    day: date

    @property
    def touched(self) -> list[str]:
        """The codes about which the day says something."""
        rest = [code for code in self.after if self.before.get(code) != self.after[code] or code in self.anew]
        return [code for code in self.before if code not in self.after] + rest


@dataclass
class _Day:
    """One step against what stands here."""

    step: Step
    standing: Standing
    ending: dict[str, int] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)

    def unit(self, code: str) -> int | None:
        """The unit of the code once the step has ended what it ends."""
        unit = self.standing.unit(code, self.step.day)
        return None if self.ending.get(code) == unit else unit


def changes_of(step: Step, standing: Standing, codes: Iterable[str] | None = None) -> list[Change]:
    """The changes of the day, for the codes it touches or those given."""
    touched = step.touched if codes is None else list(codes)
    day = _Day(step, standing)
    for code in touched:
        if code in step.before and (code not in step.after or code in step.anew):
            _end(day, code)
    present = [code for code in touched if code in step.after]
    for code in sorted(present, key=lambda code: (_RANKS[step.after[code].level], code)):
        _establish(day, code)
    return [
        *(_ending(day, code, unit) for code, unit in sorted(day.ending.items())),
        *(_begun(day, step.after[code]) for code in sorted(day.new, key=lambda code: (len(code), code))),
        *_going_on(day, present),
    ]


def _end(day: _Day, code: str) -> None:
    unit = day.standing.unit(code, day.step.day)
    if unit is None:
        if day.standing.comes_later(code, day.step.day) is None:
            day.standing.left.pop(code, None)
        return
    if day.standing.may_change(unit, day.step.day):
        day.ending[code] = unit
        day.standing.left.pop(code, None)
    else:
        day.standing.left[code] = (
            f"danh mục ghi kết thúc {day.step.day:%d/%m/%Y}, ở đây đã có ghi chép từ sau đó"
        )


def _establish(day: _Day, code: str) -> None:
    """Note that the unit is new, or why it is not."""
    standing, entry, on = day.standing, day.step.after[code], day.step.day
    if day.unit(code) is not None:
        return
    later, ended = standing.comes_later(code, on), standing.ended_before(code, on)
    if later is not None:
        standing.left[code] = f"ở đây ghi từ {later:%d/%m/%Y}; trước đó không nạp"
    elif ended is not None and code in day.step.before and code not in day.step.anew:
        standing.left[code] = f"đã kết thúc ở đây từ {ended:%d/%m/%Y}, danh mục ghi còn"
    elif entry.level == "province" or entry.parent in day.new or _parent(day, entry) is not None:
        day.new.add(code)
        standing.left.pop(code, None)
    else:
        standing.left[code] = f"cấp trên {entry.parent} chưa có hoặc không còn ngày {on:%d/%m/%Y}"


def _parent(day: _Day, entry: Entry) -> int | None:
    parent = day.unit(entry.parent)
    return parent if parent is not None and day.standing.is_open(parent, day.step.day) else None


def _place(day: _Day, entry: Entry) -> tuple[Place, ...]:
    if entry.level == "province":
        return (Place(HIERARCHY),)
    if entry.parent in day.new:
        return (Place(HIERARCHY, key=entry.parent),)
    return (Place(HIERARCHY, _parent(day, entry)),)


def _begun(day: _Day, entry: Entry) -> Change:
    outcome = Outcome(
        key=entry.code, name=entry.name, kind=kind_of(entry.name, entry.level), level=entry.level,
        code=entry.code, places=_place(day, entry),
    )  # fmt: skip
    return Change("establish", outcomes=(outcome,))


def _ending(day: _Day, code: str, unit: int) -> Change:
    """A unit ends; where the list shows to whom its own units went, those are its successors."""
    step = day.step
    heirs = sorted(
        {
            step.after[child].parent
            for child, entry in step.before.items()
            if entry.parent == code and child in step.after and child not in day.new
        }
    )
    units = [day.unit(heir) for heir in heirs if heir not in day.new]
    outcomes = tuple(Outcome(unit=heir) for heir in units if heir is not None)
    if not outcomes or len(outcomes) != len(heirs):
        return Change("dissolve", (Origin(unit),), note=NO_SUCCESSOR)
    whole = len(outcomes) == 1
    passings = tuple(Passing(0, at, full=whole) for at in range(len(outcomes)))
    return Change("merge_into" if whole else "dissolve", (Origin(unit),), outcomes, passings, INFERRED)


def _going_on(day: _Day, codes: list[str]) -> Iterator[Change]:
    for code in codes:
        unit = day.unit(code)
        if unit is None or code in day.new:
            continue
        change = _renewed(day, day.step.after[code], unit)
        if change is None:
            day.standing.left.pop(code, None)
        elif day.standing.may_change(unit, day.step.day):
            day.standing.left.pop(code, None)
            yield change
        else:
            day.standing.left[code] = f"danh mục ghi khác từ {day.step.day:%d/%m/%Y}, ở đây giữ như đang ghi"


def _renewed(day: _Day, entry: Entry, unit: int) -> Change | None:
    standing, on = day.standing, day.step.day
    words = standing.words(unit, on)
    name = "" if _same_name(day, entry, words.name) else entry.name
    kind = kind_of(entry.name, entry.level)
    rekinded = kind != words.kind and bool(name)
    above = standing.above(unit, on)
    stays = entry.level == "province" or (above is not None and above == day.unit(entry.parent))
    known = entry.parent in day.new or entry.level == "province" or _parent(day, entry) is not None
    places = () if stays or not known else _place(day, entry)
    if not (name or places):
        return None
    outcome = Outcome(unit=unit, name=name, kind=kind if rekinded else "", places=places)
    what = "change_kind" if rekinded else "rename" if name else "reparent"
    return Change(what, outcomes=(outcome,))


def _same_name(day: _Day, entry: Entry, name: str) -> bool:
    """Whether the name here is the name of the list; not loaded, it may place tones otherwise."""
    if name == entry.name:
        return True
    was = day.step.before.get(entry.code)
    if was is not None and was.name == name:  # the list itself writes it anew
        return False
    return normal_tones(plain(name)).lower() == normal_tones(plain(entry.name)).lower()
