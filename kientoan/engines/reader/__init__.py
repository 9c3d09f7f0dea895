"""The reader: official Vietnamese text in, what it says out. Plain Python, no Django, no database.

from kientoan.engines.reader import read, read_citations
reading = read("Giao Sở Nội vụ báo cáo trước ngày 15/12/2026.")
reading.tasks[0].lead        # ("Sở Nội vụ",)
"""

from .change_model import Change, OldUnit
from .change_register import (
    Register,
    Registered,
    kind_of,
    read_changes,
    register_changes,
    spelling_key,
)
from .change_units import EXISTING, WHYS, Placed, place_units, units_named
from .find_changes import find_changes
from .model import Citation, Deadline, Head, Link, Provision, Reading, Target, Task, Words
from .read_resolution import Resolution, SaidDay, read_resolution
from .read_text import read, read_citations
from .rules import RULES, Rule

__all__ = [
    "EXISTING",
    "RULES",
    "WHYS",
    "Change",
    "Citation",
    "Deadline",
    "Head",
    "Link",
    "OldUnit",
    "Placed",
    "Provision",
    "Reading",
    "Register",
    "Registered",
    "Resolution",
    "Rule",
    "SaidDay",
    "Target",
    "Task",
    "Words",
    "find_changes",
    "kind_of",
    "place_units",
    "read",
    "read_changes",
    "read_citations",
    "read_resolution",
    "register_changes",
    "spelling_key",
    "units_named",
]
