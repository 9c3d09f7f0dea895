"""Changing the organisation with all that is due in it: choosing heirs, applying, undoing, settling."""

from .applying import apply_decision
from .choosing import ChoiceRefused, choose
from .settling import CannotSettle, settle, unsettle
from .undoing import undo_decision

__all__ = ["CannotSettle", "ChoiceRefused", "apply_decision", "choose", "settle", "undo_decision", "unsettle"]
