"""What a reorganisation does to what is due: the effects of a draft, and what waits for a decision."""

from .effects import Heir, UnitEffects, effects
from .heirs import InForce, Inheritance, inheritance_of
from .waiting import waiting

__all__ = ["Heir", "InForce", "Inheritance", "UnitEffects", "effects", "inheritance_of", "waiting"]
