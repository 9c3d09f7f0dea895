"""What stands in the way of an event, said at the row of its form that it is about."""

from collections.abc import Iterable

from kientoan.domains.organisation.queries.plan import Collision, Trouble

from .sheet import Row, Sheet

AT_NEW = {Trouble.INCOMPLETE, Trouble.CODE_TAKEN, Trouble.CODE_TWICE, Trouble.PARENT, Trouble.UNDER_ITSELF}


def point_out(sheet: Sheet, collisions: Iterable[Collision]) -> None:
    """Note each collision at its row: that of the unit, of the new unit of the name or code, or the whole."""
    for collision in collisions:
        row = _row_of(sheet, collision)
        if row is not None:
            row.notes.append(collision.words)
        sheet.tell(f"r-{row.key}" if row else "h-kind", collision.words)


def _row_of(sheet: Sheet, collision: Collision) -> Row | None:
    detail = dict(collision.detail)
    for row in sheet.rows:
        if row.unit is not None and row.unit.id == collision.unit:
            return row
    if collision.trouble not in AT_NEW:
        return None
    for row in [*sheet.new, *sheet.going]:
        code = str(row.form["code"].value() or "") if row.form and "code" in row.form.fields else ""
        if (detail.get("name") and row.name == detail["name"]) or (code and code == detail.get("code")):
            return row
    return sheet.new[0] if len(sheet.new) == 1 else None
