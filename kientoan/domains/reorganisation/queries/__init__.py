"""What a reorganisation does to what is due: the effects of a draft, and what waits for a decision."""

from .effects import Heir, UnitEffects, effects, effects_of
from .heirs import InForce, Inheritance, inheritance_of
from .waiting import WaitingRole, waiting, waiting_roles, waits_elsewhere

__all__ = [
    "Heir",
    "InForce",
    "Inheritance",
    "UnitEffects",
    "WaitingRole",
    "effects",
    "effects_of",
    "inheritance_of",
    "waiting",
    "waiting_roles",
    "waits_elsewhere",
]
