"""Rules for time limits, as data: the value, the word before it, and what shows that it is no limit."""

from __future__ import annotations

CLOCK = r"(?:\d{1,2}\s*+(?:h|giờ)\s*+\d{0,2},?\s*+)?"

CORES: tuple[tuple[str, str, str], ...] = (
    # (name, pattern, example)
    (
        "monthly_day",
        r"ngày\s*+(?P<md>\d{1,2})\s+(?:của\s+)?(?:(?P<mq>tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+)?quý)|"
        r"(?:tháng\s+)?(?:hằng|hàng|mỗi)\s+tháng|(?P<mqn>tháng\s+(?:đầu(?:\s+tiên)?|cuối)\s+(?:của\s+)?quý(?:\s+(?:tiếp\s+theo|sau))?)|"
        r"tháng\s+(?:tiếp\s+theo|kế\s+tiếp|liền\s+kề|sau)(?!\s+(?:khi|đó|ngày)))",
        "trước ngày 23 hằng tháng",
    ),
    (
        "day",
        CLOCK + r"(?:ngày\s*+)?(?P<d>\d{1,2})(?:\s+tháng\s+|\s?[/.\-]\s?)(?P<m>\d{1,2})"
        r"(?:(?:,?\s+năm\s+|\s?[/.\-]\s?)(?P<y>(?:19|20)\d{2})|(?P<yearly>\s+(?:(?:hằng|hàng|mỗi)"
        r"\s+năm|(?:của\s+)?năm\s+(?:tiếp\s+theo|sau|kế\s+tiếp|liền\s+kề|trước))))?(?![\d%]|/\w)(?!\.\d)",
        "trước ngày 30/6/2025",
    ),
    (
        "half",
        r"(?:0?6|sáu)\s+tháng\s+(?P<h>đầu|cuối)\s+năm(?:\s+(?P<hy>20\d{2}))?",
        "trong 6 tháng đầu năm 2026",
    ),
    (
        "quarter",
        r"[Qq]uý\s+(?P<q>IV|I{1,3}|[1-4])\b(?:\s*+(?:/|-|,?\s*+năm)\s*+(?P<qy>20\d{2})"
        r"|(?=(?:(?:,|\s+và)\s+[Qq]uý\s+(?:IV|I{1,3}|[1-4])){1,3}(?:/|,?\s*+năm)\s*+(?P<qyl>20\d{2})))?",
        "trong quý II/2026",
    ),
    (
        "month",
        r"(?:[Tt]háng|THÁNG)\s+(?P<mo>\d{1,2})(?P<more>(?:(?:,|\s+và)\s*+tháng\s+\d{1,2}|\s?[-–]"
        r"\s?\d{1,2}(?=/))*)"
        r"(?:\s*+(?:/|-|,?\s*+năm)\s*+(?P<my>20\d{2}))?(?![\d/]|,?\s+năm\s+1)",
        "trong tháng 6/2026",
    ),
    (
        "year",
        r"(?:(?:đầu|cuối)\s+)?[Nn]ăm\s+(?P<school>học\s+)?(?P<yr>20\d{2})(?:\s?[-–]"
        r"\s?(?P<yr2>20\d{2}))?(?!\d)",
        "đến năm 2030",
    ),
)
"""Values of calendar time."""

OPERATORS: tuple[tuple[str, str], ...] = (
    ("<=", r"(?:[Cc]hậm\s+nhất|[Mm]uộn\s+nhất)(?:\s+là)?(?:\s+(?:vào|đến|trước|trong|hết|đến\s+hết))*"),
    ("<", r"[Tt]rước(?:\s+thời\s+điểm)?"),
    ("<=", r"(?:[Cc]ho\s+)?[Đđ]ến(?:\s+(?:hết|cuối))?|[Tt]ới|(?:[Vv]ào\s+)?[Hh]ết|[Kk]hông\s+quá"),
    ("from", r"(?:[Kk]ể\s+|[Bb]ắt\s+đầu\s+)?[Tt]ừ"),
    (
        "in",
        r"(?:[Nn]gay\s+|[Nn]ội\s+)?[Tt]rong(?:\s+cả)?|[Vv]ào|[Tt]ại(?:\s+(?:[Kk]ỳ|[Pp]hiên)\s+họp)?|"
        r"[Pp]hiên\s+họp|[Kk]ỳ\s+họp",
    ),
)
"""The word before the value and the operator it means; first match wins."""

BARE = (
    r"(?:hoàn\s+thành|hoàn\s+thiện|xong|thông\s+qua|thời\s+hạn|thời\s+gian(?:\s+(?:thực\s+hiện|hoàn"
    r"\s+thành))?|hạn(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|"
    r"ban\s+hành|báo\s+cáo|tiến\s+độ)\s*:?\s*$"
)
"""A month or quarter with no word of time before it is a limit after these."""

NO_LIMIT: tuple[tuple[str, str], ...] = (
    # (pattern on the clause before, example)
    (r"này\s+có\s+hiệu\s+lực[^;]*$", "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026"),
    (
        r"(?:có\s+giá\s+trị|hết\s+hiệu\s+lực|còn\s+hiệu\s+lực|này\s+được\s+thực\s+hiện|thời\s+hạn\s+sử"
        r"\s+dụng|họp|diễn\s+ra|tổ\s+chức\s+họp)\s*$",
        "có giá trị đến hết ngày 31 tháng 12 năm 2030",
    ),
    (r"(?<!\w)đã\s+[^,;.]*$", "đã phê duyệt trước ngày 01 tháng 7 năm 2025"),
    (
        r"được\s+(?:[^\s,;.]+\s+){0,4}?(?:phê\s+duyệt|duyệt|cấp|ký|công\s+nhận|chấp\s+thuận|tuyển"
        r"\s+dụng|bổ\s+nhiệm|thông\s+qua|ban\s+hành|thành\s+lập)(?:\s+và)?\s*$",
        "được duyệt trước ngày 01 tháng 8 năm 2024",
    ),
    (
        r"(?:sản\s+xuất|sinh|tuyển\s+dụng|công\s+tác|nhập\s+ngũ|đăng\s+ký|nhập\s+khẩu|khởi\s+công|xây"
        r"\s+dựng\s+xong|phát\s+sinh|tồn\s+tại|tham\s+gia)\s*$",
        "xe sản xuất từ năm 2017",
    ),
    (r"(?:tầm\s+nhìn|định\s+hướng|giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ)[^,;.]*$", "tầm nhìn đến năm 2050"),
    (r"[Tt]ính\s*$", "Tính đến hết ngày 24/5"),
    (r"(?<!\w)(?:tháng|ngày|từ\s+năm)\s+\d[\d/.]*\s*$", "từ ngày 10/4 đến ngày 12/4/2025"),
)
"""What stands before a date that is no time limit."""

PLAN_NAME = (
    r"(?:Chiến\s+lược|Chương\s+trình|Đề\s+án|Quy\s+hoạch|Kế\s+hoạch|Nghị\s+quyết|Dự\s+án|Quy"
    r"\s+định|Bộ\s+tiêu\s+chí)\s[^.;:]*$|(?:chương\s+trình|chiến\s+lược|đề\s+án|quy\s+hoạch)\s[^.;:,]{3,80}$"
)
"""``Chương trình mục tiêu quốc gia … đến năm 2030``: the year belongs to the name."""

PLAN_BREAK = (
    r"(?:hoàn\s+thành|phấn\s+đấu|đạt|,\s*(?:đến|trước|trong)\s*$|bảo\s+đảm|xong|(?<!hương"
    r"\s)(?<!Quy\s)trình\s|báo\s+cáo)"
)
"""A goal verb after the plan's name breaks the name off."""

VERBS_AFTER = (
    r"(?:báo\s+cáo|tổ\s+chức|rà\s+soát|tổng\s+hợp|kiểm\s+tra|cập\s+nhật|đánh\s+giá|xây\s+dựng|ban"
    r"\s+hành|thực\s+hiện|công\s+bố|"
    r"công\s+khai|gửi|lập|trình|bố\s+trí|chủ\s+trì|phối\s+hợp|sơ\s+kết|tiến\s+hành|xem\s+xét|thông"
    r"\s+báo|hướng\s+dẫn|theo\s+dõi|"
    r"đôn\s+đốc|điều\s+chỉnh|bổ\s+sung|phải|có\s+trách\s+nhiệm|tham\s+mưu|đề\s+xuất|thống\s+kê|duy"
    r"\s+trì|chỉ\s+đạo|giao|"
    r"(?:và|hoặc)\s+(?:khi|đột\s+xuất|theo\s+yêu\s+cầu)|hoặc\s+đột)"
)
"""A duty verb right after "hằng năm" shows that it says how often."""

INTERVALS: tuple[tuple[str, str], ...] = (
    (r"(?:hằng|hàng|mỗi)\s+năm|(?:một|01|1)\s+năm\s+(?:một|01|1)\s+lần", "yearly"),
    (r"(?:hằng|hàng|mỗi)\s+quý|(?:0?3|ba)\s+tháng(?:\s+(?:một|01|1)\s+lần)?", "quarterly"),
    (r"(?:hằng|hàng|mỗi)\s+tháng|(?:một|01|1)\s+tháng\s+(?:một|01|1)\s+lần", "monthly"),
    (r"(?:hằng|hàng|mỗi)\s+tuần|(?:một|01|1)\s+tuần\s+(?:một|01|1)\s+lần", "weekly"),
    (r"(?:hằng|hàng|mỗi)\s+ngày", "daily"),
    (r"(?:0?6|sáu)\s+tháng(?:\s+(?:một|01|1)\s+lần|/lần)?", "semiannual"),
    (r"(?:hai|0?2)\s+năm(?:\s+(?:một|01|1)\s+lần|/lần)", "biennial"),
)
"""How often, and the name it gets."""
