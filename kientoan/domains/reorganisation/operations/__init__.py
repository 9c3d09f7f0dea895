"""Changing the organisation with all that is due in it: choosing heirs, applying, undoing, settling."""

from .applying import apply_decision
from .choosing import ChoiceRefused, choose
from .following import follow_decision, pass_on_what_came_later
from .settling import CannotSettle, settle, unsettle
from .undoing import undo_decision

__all__ = [
    "CannotSettle",
    "ChoiceRefused",
    "apply_decision",
    "choose",
    "follow_decision",
    "pass_on_what_came_later",
    "settle",
    "undo_decision",
    "unsettle",
]
