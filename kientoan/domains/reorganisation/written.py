"""A decision as somebody wrote it down, in JSON or in a table: its values, and everything wrong with them."""

import re
import unicodedata
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

FIRST, LAST = date(1945, 9, 2), date(2100, 1, 1)
"""A day outside of these is a slip of the pen."""

LONGEST = {"name": 255, "short_name": 100, "key": 60, "legal_basis": 2000, "note": 10_000}
CODE = re.compile(r"[0-9]{2,5}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a row (0: the whole file), with the remedy.

    `place`: the file or the column. `words` and `remedy` may be sentences of an engine, which the pages say
    in the language of the reader.
    """

    row: int
    words: str
    remedy: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        """Place, fault and remedy, without the row."""
        told = f"{self.place}: {self.words}" if self.place else self.words
        return f"{told} {self.remedy}".strip()

    def __str__(self) -> str:
        return _("Dòng %(row)s: %(words)s") % {"row": self.row, "words": self.text} if self.row else self.text


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


def clean(words: object) -> str:
    """Words as they are kept: composed letters, single blanks, nothing that cannot be seen."""
    text = unicodedata.normalize("NFC", "" if words is None else str(words))
    seen = "".join(one if unicodedata.category(one) not in ("Cc", "Cf", "Cs") else " " for one in text)
    return " ".join(seen.split())


def day_out_of_range(day: date) -> str:
    """What is said of a day that cannot be meant; '' when it can be."""
    if FIRST <= day < LAST:
        return ""
    words = _("ngày có hiệu lực %(day)s không hợp lý. Hãy kiểm tra lại năm.")
    return words % {"day": f"{day.day:02}/{day.month:02}/{day.year:04}"}
