"""Reading the organisation's workbook against what exists: what it would do, and what is wrong where."""

from .model import (
    Act,
    FieldChange,
    Line,
    NewCode,
    NewHeadcount,
    NewHolding,
    NewPerson,
    NewPlace,
    NewPost,
    NewUnit,
    NewVersion,
    Ref,
    Setting,
    SheetError,
    SheetPlan,
)
from .plan import plan_sheets

__all__ = [
    "Act",
    "FieldChange",
    "Line",
    "NewCode",
    "NewHeadcount",
    "NewHolding",
    "NewPerson",
    "NewPlace",
    "NewPost",
    "NewUnit",
    "NewVersion",
    "Ref",
    "Setting",
    "SheetError",
    "SheetPlan",
    "plan_sheets",
]
