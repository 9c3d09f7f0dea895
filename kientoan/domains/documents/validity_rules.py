"""From which day a text says it holds, as plain functions on plain values."""

import re
from datetime import date, timedelta
from enum import StrEnum

_KINDS = (
    "Nghị quyết|Quyết định|Chỉ thị|Quy định|Quy chế|Kết luận|Thông tư|Thông tư liên tịch|Nghị định|Luật|"
    "Bộ luật|Pháp lệnh|Kế hoạch|Chương trình|Hướng dẫn|Thông báo|Văn bản"
)
CLAUSE = rf"(?:{_KINDS}) này có hiệu lực[^.;\n]*"
"""The sentence with which a document gives its first day, e.g. 'Quyết định này có hiệu lực kể từ ngày ký'; a
pattern that Python and PostgreSQL read alike."""

_DAY = re.compile(
    r"từ\s+ngày\s+(?P<d>\d{1,2})\s*(?:/|-|tháng)\s*(?P<m>\d{1,2})\s*(?:/|-|năm)\s*(?P<y>\d{4})", re.IGNORECASE
)
_SIGNED = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua)", re.IGNORECASE)
_AFTER = re.compile(r"sau\s+(?P<n>\d{1,3})\s+ngày,?\s+kể\s+từ\s+ngày\s+(?:ký|ban\s+hành)", re.IGNORECASE)


class Validity(StrEnum):
    """What is known of a document's validity on a day."""

    IN_FORCE = "in_force"
    PARTIAL = "partial"  # in force, some provisions amended or repealed
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNKNOWN = "unknown"


def first_day(clause: str, issued: date | None) -> date | None:
    """Give the day from which a document holds in the words of its clause, or None when that is not certain.

    'kể từ ngày ký' counts from `issued`; 'sau 10 ngày kể từ ngày ký' adds ten days to it.
    """
    found = _DAY.search(clause)
    if found:
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            return None
    later = _AFTER.search(clause)
    if later and issued:
        return issued + timedelta(days=int(later["n"]))
    return issued if _SIGNED.search(clause) else None
