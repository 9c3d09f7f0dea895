"""What a decision of the replay did, one line for each change."""

from collections.abc import Iterator
from datetime import date

from .standing import Standing

COLUMNS = ("ngày", "việc", "mã", "tên", "cấp trên", "căn cứ")


def lines_of(decision_id: int, standing: Standing, day: date, basis: str) -> Iterator[tuple[str, ...]]:
    """Rows of `COLUMNS`: ended, established and changed units, in the order of the decision."""
    from kientoan.domains.organisation.models import ChangeEvent

    basis = " ".join(basis.split())
    codes = {unit: code for code, unit in standing.units(day).items()}
    events = ChangeEvent.objects.filter(decision=decision_id).order_by("place")
    for event in events.prefetch_related("original_units", "resulting_units"):
        for origin in event.original_units.all():
            if origin.ends and origin.unit_id:
                yield _line(event.get_kind_display(), origin.unit_id, standing, day, basis, codes, ended=True)
        for result in event.resulting_units.all():
            if result.unit_id and (result.is_new or not any(one.ends for one in event.original_units.all())):
                yield _line(event.get_kind_display(), result.unit_id, standing, day, basis, codes)


def _line(
    what: str,
    unit: int,
    standing: Standing,
    day: date,
    basis: str,
    codes: dict[int, str],
    *,
    ended: bool = False,
) -> tuple[str, ...]:
    if ended:
        code = next(
            code
            for code, rows in standing.codes.items()
            for row in rows
            if row.value == unit and row.end == day
        )
        name = next(row.value.name for row in standing.names[unit] if row.end == day)
        return day.isoformat(), what, code, name, "", basis
    above = standing.above(unit, day)
    over = f"{standing.words(above, day).name} ({codes.get(above, '')})" if above is not None else ""
    return day.isoformat(), what, codes.get(unit, ""), standing.words(unit, day).name, over, basis
