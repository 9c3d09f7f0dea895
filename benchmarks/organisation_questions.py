"""What the benchmark of the organisation asks, of us and of others."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

Ask = Callable[[], Any]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
PROVINCE, OTHER, COMMUNE = "92", "91", "31120"

# What one would write without dated placements and a closure: one parent id, the tree of today only.
PLAIN = """
DROP TABLE IF EXISTS plain_unit;
CREATE TABLE plain_unit AS
    SELECT p.unit_id AS id, p.parent_id, v.name FROM organisation_placement p
    JOIN organisation_unitversion v ON v.unit_id = p.unit_id AND v.in_force @> DATE '2025-07-01'
    WHERE p.hierarchy = 'government' AND p.in_force @> DATE '2025-07-01';
ALTER TABLE plain_unit ADD PRIMARY KEY (id);
CREATE INDEX ON plain_unit (parent_id);
ANALYZE plain_unit;
"""
PLAIN_TREE = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id, name, 0 AS depth FROM plain_unit WHERE {root}
  UNION ALL
    SELECT u.id, u.parent_id, u.name, tree.depth + 1 FROM plain_unit u JOIN tree ON u.parent_id = tree.id
) SELECT {columns} FROM tree
"""
PLAIN_CHAIN = """
WITH RECURSIVE chain AS (
    SELECT id, parent_id FROM plain_unit WHERE id = {unit}
  UNION ALL
    SELECT u.id, u.parent_id FROM plain_unit u JOIN chain ON u.id = chain.parent_id
) SELECT id FROM chain
"""
# The same on dated placements without the closure.
DATED_TREE = """
WITH RECURSIVE tree AS (
    SELECT unit_id, parent_id, 0 AS depth FROM organisation_placement
    WHERE hierarchy = 'government' AND in_force @> %(day)s AND {root}
  UNION ALL
    SELECT p.unit_id, p.parent_id, tree.depth + 1
    FROM organisation_placement p JOIN tree ON p.parent_id = tree.unit_id
    WHERE p.hierarchy = 'government' AND p.in_force @> %(day)s
) SELECT unit_id, parent_id FROM tree
"""


def sql(query: str, **values: object) -> Ask:
    """A callable that fetches all rows of the query."""

    def ask() -> Any:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall()

    return ask


def forgetting(ask: Ask) -> Ask:
    """The same with nothing kept in memory, as after something was written."""

    def asked() -> Any:
        from kientoan.domains.organisation.queries import tree

        tree._kept, tree._trees = {}, {}
        return ask()

    return asked


def whole_nation() -> dict[str, Ask]:
    """All units at once."""
    from kientoan.domains.organisation.queries import placed_on, tree_on, units_listed, units_on

    found: dict[str, Ask] = {}
    for day in (BEFORE, AFTER):
        words = f"nation {day:%d/%m/%Y}"
        named, nested = partial(units_on, day), partial(tree_on, day)
        found |= {
            f"{words}: unit and parent (`placed_on`)": partial(placed_on, day),
            f"{words}: names, kinds, codes (`units_on`)": named,
            f"{words}: the same, first after a change": forgetting(named),
            f"{words}: nested, in Vietnamese order (`tree_on`)": nested,
            f"{words}: nested, first after a change": forgetting(nested),
            f"{words}: sorted rows with codes of parents (`units_listed`)": partial(units_listed, day),
        }
    return found


def of_a_province(province: int, commune: int) -> dict[str, Ask]:
    """A part of the tree."""
    from kientoan.domains.organisation.models import Hierarchy
    from kientoan.domains.organisation.queries import (
        ancestor_ids,
        subtree_ids,
        twigs_on,
        unit_with_code,
        units_listed,
    )

    return {
        "province: units under it (`subtree_ids`)": lambda: subtree_ids(province, AFTER, "government"),
        "province: with names, codes, parents (`units_listed`)": lambda: units_listed(AFTER, under=province),
        "the page of the tree, province opened (`twigs_on`)": lambda: twigs_on(
            AFTER, Hierarchy.GOVERNMENT, opened=province
        ),
        "units above a commune (`ancestor_ids`)": lambda: ancestor_ids(commune, AFTER),
        "unit of a code on a day (`unit_with_code`)": lambda: [unit_with_code(COMMUNE, BEFORE)],
    }


def recursive(province: int, commune: int) -> dict[str, Ask]:
    """The same of PostgreSQL, recursively."""
    nation = "parent_id IS NULL"
    return {
        "recursive on parent ids: nation of today, ids": sql(
            PLAIN_TREE.format(root=nation, columns="id, parent_id")
        ),
        "recursive on parent ids: nation of today, names": sql(
            PLAIN_TREE.format(root=nation, columns="id, parent_id, name")
        ),
        "recursive on parent ids: province, ids": sql(
            PLAIN_TREE.format(root=f"id = {province}", columns="id")
        ),
        "recursive on parent ids: units above a commune": sql(PLAIN_CHAIN.format(unit=commune)),
        "recursive on dated placements: nation 30/06/2025, ids": sql(
            DATED_TREE.format(root=nation), day=BEFORE
        ),
        "recursive on dated placements: province, ids": sql(
            DATED_TREE.format(root=f"unit_id = {province}"), day=AFTER
        ),
    }


def of_treebeard(kinds: Mapping[str, Any], province: int, commune: int) -> dict[str, Ask]:
    """The same of its models; nodes are fetched within, as a page would."""
    found: dict[str, Ask] = {}
    for name, model in kinds.items():
        found |= {
            f"{name}: nation of today, nodes": lambda model=model: list(model.objects.get_tree()),
            f"{name}: nation of today, nested (`dump_bulk`)": lambda model=model: model.objects.dump_bulk(),
            f"{name}: province, ids": lambda model=model: list(
                model.objects.get_descendants(model.objects.get(pk=province)).values_list("pk", flat=True)
            ),
            f"{name}: province, nodes": lambda model=model: list(
                model.objects.get_descendants(model.objects.get(pk=province))
            ),
            f"{name}: units above a commune": lambda model=model: list(
                model.objects.get_ancestors(model.objects.get(pk=commune)).values_list("pk", flat=True)
            ),
        }
    return found


def moves(kinds: Mapping[str, Any], province: int, other: int) -> dict[str, Ask]:
    """All communes of a province move under another one; what was written is undone by the caller."""
    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.queries import children_ids
    from kientoan.domains.organisation.rules.changes import Change, Outcome, Place

    communes = children_ids(province, AFTER)

    def decide() -> Any:
        at = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
        place = (Place("government", other),)
        changes = [Change("reparent", outcomes=(Outcome(unit=unit, places=place),)) for unit in communes]
        draft = operations.draft_decision(
            legal_basis="01/NQ", effective_date=date(2026, 1, 1), at=at, changes=changes
        )
        operations.apply_decision(decision=draft, at=at, viewer=None)
        return communes

    def update() -> Any:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("UPDATE plain_unit SET parent_id = %s WHERE parent_id = %s", [other, province])
        return communes

    def move(model: Any) -> Ask:
        def moved() -> Any:
            for unit in communes:  # a move changes other nodes, so each is read anew, as its handbook asks
                node, target = model.objects.get(pk=unit), model.objects.get(pk=other)
                model.objects.move(node, target, "last-child")
            return communes

        return moved

    return {
        "one decision, drafted, checked and applied, with history": decide,
        "parent ids: one UPDATE, the past lost": update,
        **{f"{name}: `move`, the past lost": move(model) for name, model in kinds.items()},
    }


def pages(province: int, commune: int, city: int, start: date = BEFORE, end: date = AFTER) -> dict[str, str]:
    """Words → address, each on the day after the reform."""
    days = f"start={start:%d/%m/%Y}&end={end:%d/%m/%Y}"
    return {
        "tree of the government": "/to-chuc/?day=01/07/2025",
        "tree of the government, 30/06/2025": "/to-chuc/?day=30/06/2025",
        "the communes of one province": f"/to-chuc/?under={province}&day=01/07/2025",
        "search “ninh kieu”": "/to-chuc/?q=ninh+kieu&day=01/07/2025",
        "search “xa” (thousands)": "/to-chuc/?q=xa&day=01/07/2025",
        "search in everything, “tan”": "/tim-kiem/?q=tan&day=01/07/2025",
        "unit with lineage: Hà Nội": f"/to-chuc/{city}/?day=01/07/2025",
        "unit with lineage: the commune with most changes": f"/to-chuc/{commune}/?day=01/07/2025",
        "two days compared, nation": f"/to-chuc/so-sanh/?{days}",
        "two days compared, Cần Thơ": f"/to-chuc/so-sanh/?{days}&under={province}",
        "map of Cần Thơ by fate": f"/to-chuc/ban-do/?{days}&under={province}",
    }
