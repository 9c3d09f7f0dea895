"""Find a costly pattern by a cheap cue: the scan stops only where the cue stands, the pattern is tried there.

`re` skips quickly over text only to a pattern that begins with a character or a class of characters; one that
begins with an assertion, or with branches of many kinds, is tried at every single place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def find_at_cues(cue: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give what ``pattern.finditer`` gives, if ``cue`` finds every place where ``pattern`` may begin."""
    end, match = 0, pattern.match
    for found in cue.finditer(text):
        start = found.start()
        if start >= end:
            whole = match(text, start)
            if whole is not None:
                end = whole.end()
                yield whole
