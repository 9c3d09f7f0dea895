"""A decision as somebody wrote it down, in JSON or in a table: its values, and everything wrong with them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kientoan.domains.organisation.rules.changes import Change

WHOLE_PART = gettext_lazy(
    "“%(name)s”: ghi là một phần mà tỷ lệ là 100 %%, tức là toàn bộ. "
    "Hãy chọn “Toàn bộ” (đơn vị kết thúc), hoặc sửa tỷ lệ."
)
"""Said of a part that is the whole: the person means one or the other, and nobody else knows which."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a row (0: the whole file), with the remedy."""

    row: int
    words: str

    def __str__(self) -> str:
        return (
            _("Dòng %(row)s: %(words)s") % {"row": self.row, "words": self.words} if self.row else self.words
        )


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """What a file says: the head of the decision and its changes, each with its row."""

    legal_basis: str
    effective_date: date
    changes: tuple[Change, ...]
    note: str = ""


class BadFile(Exception):
    """The file cannot be read as a decision; `problems` are all that is wrong.

    `rest`: the changes in which nothing is wrong, to be looked at as well; None: nothing is left.
    """

    def __init__(self, problems: list[Problem], rest: WrittenDecision | None = None) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(sorted(problems, key=lambda problem: problem.row))
        self.rest = rest
