"""Who held a post during the days of a duty, with the days on which nobody did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HOLD = "hold"


@dataclass(frozen=True)
class Held:
    """A time in the post: whose (a key), how (hold, act, seconded), from a day until before another."""

    who: int
    kind: str
    start: date
    end: date | None


@dataclass(frozen=True)
class Tenure:
    """Part of the days of a duty: who was in the post then; `who` None: nobody held it."""

    who: int | None
    kind: str
    start: date
    end: date | None

    def contains(self, day: date) -> bool:
        """Whether it covers the day."""
        return self.start <= day and (self.end is None or day < self.end)


def tenures(start: date, end: date | None, held: Iterable[Held]) -> list[Tenure]:
    """The times in the post cut to the duty's days, and the gaps between holders, in order of days.

    Who acts stands beside a gap: acting is not holding. At most one holds at a time.
    """
    cut = [part for one in held if (part := _cut(one, start, end))]
    cut.sort(key=lambda one: (one.start, one.kind != HOLD))
    gaps, free_from = [], start
    for part in cut:
        if part.kind != HOLD:
            continue
        if free_from < part.start:
            gaps.append(Tenure(None, HOLD, free_from, part.start))
        if part.end is None:
            break
        free_from = part.end
    else:
        if end is None or free_from < end:
            gaps.append(Tenure(None, HOLD, free_from, end))
    return sorted([*cut, *gaps], key=lambda one: (one.start, one.kind != HOLD))


def _cut(one: Held, start: date, end: date | None) -> Tenure | None:
    first = max(one.start, start)
    last = min(day for day in (one.end, end, date.max) if day is not None)
    if first >= last:
        return None
    return Tenure(one.who, one.kind, first, None if last == date.max else last)
