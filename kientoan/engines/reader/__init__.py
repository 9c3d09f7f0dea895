"""The reader: official Vietnamese text in, what it says out. Plain Python, no Django, no database.

from kientoan.engines.reader import read, read_citations
reading = read("Giao Sở Nội vụ báo cáo trước ngày 15/12/2026.")
reading.tasks[0].lead        # ("Sở Nội vụ",)
"""

from .change_model import Change, OldUnit
from .change_register import read_changes, register_changes
from .find_changes import find_changes
from .model import Citation, Deadline, Head, Provision, Reading, Target, Task, Words
from .read_text import read, read_citations

__all__ = [
    "Change",
    "Citation",
    "Deadline",
    "Head",
    "OldUnit",
    "Provision",
    "Reading",
    "Target",
    "Task",
    "Words",
    "find_changes",
    "read",
    "read_changes",
    "read_citations",
    "register_changes",
]
