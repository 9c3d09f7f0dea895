"""The patterns that find duties, built from the words in ``body_rules``."""

from __future__ import annotations

import re

from .alternatives import by_first_letter
from .body_rules import (
    CONNECTIVES,
    FORM_LINE,
    FRONTS,
    NO_SECTION,
    ORDERS,
    STANDARDS,
    THINGS,
    VERBS,
    WAYS,
)
from .find_bodies import ANY_BODY, BODY

_VERBS = by_first_letter(VERBS)
_FRONTS = by_first_letter(FRONTS)

CONNECTIVE = re.compile(CONNECTIVES)
ORDER = re.compile(
    rf"(?=[Gg]iao|[Kk]ính|[Tt]rân|[Đđ]ề|[Yy]êu|[Pp]hân|[Tt]hành)(?<=[\s“\"])(?:{ORDERS})\s+(?={BODY}|(?:ban\s+thường\s+vụ|cấp\s+ủy|đảng\s+ủy)\s)"
)
ORDER_CUE = re.compile(
    r"[GgKkTtĐđYyPp](?<=[\s“\"][GgKkTtĐđYyPp])(?=iao|ính\s|rân\s|ề\s+ngh|êu\s+c|hân\s+c|hành\s+lập\s+và)"
)
ORDER_START = re.compile(rf"(?:{ORDERS})\s+(?={ANY_BODY})")
ORDER_NOUN = re.compile(
    r"(?:theo|khi\s+có|nhận\s+được|có|của|văn\s+bản|được|các|nội\s+dung|nhiệm\s+vụ|việc|hồ\s+sơ|đơn|để|"
    r"và)\s+$"
)
ORDERED_THING = re.compile(r"(?i:các\s+|những\s+)?(?i:nội\s+dung|nhiệm\s+vụ|công\s+việc|vấn\s+đề|việc)(?!\w)")
LAST_CLAUSE = re.compile(r"(?:,|\sthì)\s+(?!.*(?:,|\sthì)\s)", re.DOTALL)
ANY_VERB = re.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)")
PLAIN_ORDER = re.compile(r"(?:[Gg]iao|[Yy]êu\s+cầu|[Pp]hân\s+công|.*[Đđ]ề\s+nghị)")
MAY_ASK = re.compile(r"(?:[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Pp]hân\s+công)(?!\w)")
AGENTS = re.compile(rf"(?<!\w)do\s+(?={BODY})(?P<bodies>[^;:.]*)$")
OTHER_MUST = re.compile(
    r",\s+(?:chủ\s+đầu\s+tư|người|tổ\s+chức|cá\s+nhân|doanh\s+nghiệp|nhà\s+\w+)[^,;]{0,80}?\s(?:phải|"
    r"có\s+trách\s+nhiệm)\s"
)
NOUN_START = re.compile(
    r"(?i:báo\s+cáo|dự\s+thảo|quy\s+định|hướng\s+dẫn|đề\s+nghị|yêu\s+cầu|thông\s+báo|kiến\s+nghị|"
    r"tổ\s+chức|quy\s+hoạch|đầu\s+tư|"
    r"phân\s+cấp|đánh\s+giá|khảo\s+sát|thống\s+kê)\s+"
    r"(?:(?!(?:cho|người|đối|việc|khi|nếu|thực|để|với|hoặc|và|về|xem|lấy)\s)[^\s,;]+\s+){0,16}?(?:được|bị|"
    r"phải|gồm|là|có\s+trách\s+nhiệm)(?!\w)"
)
FRONT = re.compile(rf"(?i:{_FRONTS})(?!\w)")
FRONTED_BODY = re.compile(
    rf"(?:,\s+|\sthì\s+)(?={BODY}|(?:cơ\s+quan|đơn\s+vị)\s+(?!có\s+thẩm|khác|ngang|thuộc))"
)
FRONTED_SMALL = re.compile(rf"(?:\sthì\s+)(?={ANY_BODY})")
VERB_START = re.compile(rf"(?i:{_VERBS})(?!\w)")
FRONTED_VERB = re.compile(
    rf"(?P<joint>,\s+|\sthì\s+)(?:(?:kịp\s+thời|chủ\s+động|tiếp\s+tục|thường\s+xuyên)\s+)?(?:có\s+trách"
    rf"\s+nhiệm|{_VERBS})(?!\w)"
)
CLOSED_SECTION = re.compile(NO_SECTION, re.IGNORECASE)
STANDARD_SECTION = re.compile(STANDARDS, re.IGNORECASE)
THINGS_HEAD = re.compile(THINGS, re.IGNORECASE)
FORM = re.compile(FORM_LINE)
TAIL = re.compile(
    r"(?:,?\s*(?:và\s+các\s+nhiệm\s+vụ\s+sau(?:\s+đây)?|cụ\s+thể(?:\s+như\s+sau)?|như\s+sau|sau\s+đây|"
    r"gồm|bao\s+gồm|trong\s+đó))*\s*:?\s*$"
)
TAIL_ENDS = ("sau", "đây", "thể", "gồm", "đó")
LIST_HEAD = re.compile(
    r"(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp|trách\s+nhiệm|yêu\s+cầu)(?:\s+[^\s,;:]+){0,4}"
    r"\s+sau(?:\s+đây)?\s*$|(?:có|chịu)\s+trách\s+nhiệm(?:\s+sau(?:\s+đây)?)?\s*$|"
    r"[^\W\d_]\s+(?:yêu\s+cầu|chỉ\s+thị|đề\s+nghị)\s*$"
)
DUTY_OF = re.compile(r"\W*(?:[Tt]rách\s+nhiệm|[Nn]hiệm\s+vụ)(?:,\s*quyền\s+hạn)?\s+của\s+")
WAY = re.compile(rf"(?:{WAYS})(?!\w)")
PASSIVE = re.compile(
    r"phải\s+được|(?:chịu|có)\s+trách\s+nhiệm\s+(?:cao\s+nhất\s+|chính\s+|cá\s+nhân\s+)?(?:về|"
    r"trước\s+pháp\s+luật)"
)
VERB_ALONE = re.compile(rf"(?:{_VERBS})\W*")
SOON_VERB = re.compile(rf"\s+(?:(?:hoặc|và)\s+đột\s+xuất\s+)?(?:{_VERBS})(?!\w)")
NO_START = re.compile(
    r"(?i:khuyến\s+khích|nghiên\s+cứu\s+sinh|thông\s+tin\s+về|\w+\s+\w+\s+của|đầu\s+tư\s+công)(?!\w)"
)
THEN_NOBODY = re.compile(rf"\sthì\s+(?={ANY_BODY})|(?<!\w)có\s+thể(?!\w)")
ANSWER = re.compile(r"như\s+sau\s*:$")
COOPERATE = re.compile(rf"[Pp]hối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+(?:với|cùng))?\s+(?={ANY_BODY})")
