"""Schemes of codes that units have, and how a code of each is written."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """A scheme: its key in the database, how its codes look, an example."""

    key: str
    pattern: str
    example: str

    def fits(self, code: str) -> bool:
        """Whether the code is written as the scheme asks."""
        return re.fullmatch(self.pattern, code) is not None


SCHEMES = {
    scheme.key: scheme
    for scheme in (
        Scheme("gso", r"\d{2,5}", "916"),  # QĐ 124/2004/QĐ-TTg
        Scheme("edxml", r"[A-Z0-9]+(\.[A-Z0-9]+)*", "H13.5"),  # QĐ 20/2020/QĐ-TTg
        Scheme("budget", r"\d{7}", "1052345"),  # units that deal with the budget
        Scheme("tax", r"\d{10}(-\d{3})?", "1800271113"),
    )
}


def tidy(code: str) -> str:
    """The code without blanks, in capitals."""
    return "".join(code.split()).upper()
