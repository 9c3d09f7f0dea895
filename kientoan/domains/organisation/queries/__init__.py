"""Reading the organisation: trees and names on a day, the pages of units and people, accounts and roles."""

from .accounts import AccountFilter, AccountRow, account_rows, accounts_matching, grants_of, roles_on_unit
from .pages import (
    Holding,
    PersonPage,
    Place,
    PostOnDay,
    UnitPage,
    person_page,
    person_page_of,
    search_people,
    search_units,
    unit_page,
)
from .tree import (
    TERRITORIES,
    Branch,
    UnitOnDay,
    ancestor_ids,
    children_ids,
    holders_on,
    subtree_ids,
    tree_on,
    units_on,
)

__all__ = [
    "TERRITORIES",
    "AccountFilter",
    "AccountRow",
    "Branch",
    "Holding",
    "PersonPage",
    "Place",
    "PostOnDay",
    "UnitOnDay",
    "UnitPage",
    "account_rows",
    "accounts_matching",
    "ancestor_ids",
    "children_ids",
    "grants_of",
    "holders_on",
    "person_page",
    "person_page_of",
    "roles_on_unit",
    "search_people",
    "search_units",
    "subtree_ids",
    "tree_on",
    "unit_page",
    "units_on",
]
