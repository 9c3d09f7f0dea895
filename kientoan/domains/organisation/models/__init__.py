"""Units, posts and people, each dated; decisions that change the organisation; roles; registers."""

from .boundaries import Boundary
from .events import (
    ChangeEvent,
    ChangeKind,
    Extent,
    OriginalUnit,
    Passing,
    ResultingPlace,
    ResultingUnit,
)
from .headcount import Headcount, StaffKind
from .imports import SheetImport
from .posts import (
    Installation,
    Membership,
    MembershipKind,
    Person,
    Post,
    Rank,
    Registration,
    Role,
    RoleGrant,
)
from .statements import Statement
from .units import (
    Closure,
    Decided,
    Decision,
    DecisionState,
    Hierarchy,
    Level,
    Placement,
    Unit,
    UnitCode,
    UnitKind,
    UnitVersion,
)

__all__ = [
    "Boundary",
    "ChangeEvent",
    "ChangeKind",
    "Closure",
    "Decided",
    "Decision",
    "DecisionState",
    "Extent",
    "Headcount",
    "Hierarchy",
    "Installation",
    "Level",
    "Membership",
    "MembershipKind",
    "OriginalUnit",
    "Passing",
    "Person",
    "Placement",
    "Post",
    "Rank",
    "Registration",
    "ResultingPlace",
    "ResultingUnit",
    "Role",
    "RoleGrant",
    "SheetImport",
    "StaffKind",
    "Statement",
    "Unit",
    "UnitCode",
    "UnitKind",
    "UnitVersion",
]
