"""Programmes, themes, targets, tasks: what must be achieved, by whom, until when, where it is written."""

from .filters import SavedFilter
from .programmes import AnnualTheme, ProgrammeDuty
from .successions import SUBJECTS, Part, Rule, Succession
from .targets import Operator, PathPoint, Target, TargetSet
from .tasks import OPEN_STATES, Cooperation, DeadlineOperator, Task, TaskState, TaskTitle
from .updates import Approval, Evidence, Update, UpdateKind

__all__ = [
    "OPEN_STATES",
    "SUBJECTS",
    "AnnualTheme",
    "Approval",
    "Cooperation",
    "DeadlineOperator",
    "Evidence",
    "Operator",
    "Part",
    "PathPoint",
    "ProgrammeDuty",
    "Rule",
    "SavedFilter",
    "Succession",
    "Target",
    "TargetSet",
    "Task",
    "TaskState",
    "TaskTitle",
    "Update",
    "UpdateKind",
]
