"""Open submissions pass to the successor of a unit that ends; approved figures stay where they are."""

from collections.abc import Mapping, Sequence

from django.db import connection

_PASS = """
WITH heir(unit, heir) AS (SELECT * FROM unnest(%(units)s::bigint[], %(heirs)s::bigint[]))
UPDATE results_submission s
SET unit_id = heir.heir, begun_for_id = coalesce(s.begun_for_id, s.unit_id), row_version = row_version + 1
FROM heir WHERE s.unit_id = heir.unit AND s.state <> 'approved'
  AND (%(wanted)s::bigint[] IS NULL OR s.id = ANY(%(wanted)s))
RETURNING s.id, heir.unit, heir.heir, s.row_version
"""
_BACK = """
UPDATE results_submission s
SET unit_id = was.unit, begun_for_id = nullif(s.begun_for_id, was.unit), row_version = row_version - 1
FROM unnest(%(ids)s::bigint[], %(units)s::bigint[]) AS was(id, unit)
WHERE s.id = was.id
"""


def pass_submissions_on(
    heirs: Mapping[int, int], wanted: Sequence[int] | None = None
) -> list[tuple[int, int, int, int]]:
    """Give the open submissions (of `wanted`) of each unit to its heir.

    (submission, unit, heir, version after) of each. The figures stay about the unit that is no more; the heir
    goes on with them and has them approved.
    """
    arguments = {
        "units": list(heirs),
        "heirs": list(heirs.values()),
        "wanted": None if wanted is None else list(wanted),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PASS, arguments)
        return [(int(row[0]), int(row[1]), int(row[2]), int(row[3])) for row in cursor.fetchall()]


def take_submissions_back(units: Mapping[int, int]) -> None:
    """Give submissions back to the unit that each had."""
    with connection.cursor() as cursor:
        cursor.execute(_BACK, {"ids": list(units), "units": list(units.values())})
