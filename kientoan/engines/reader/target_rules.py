"""Rules for quantified goals, as data: numbers, units, operators, and what shows that a number is a goal."""

from __future__ import annotations

from .alternatives import at_word_start

NUMBER = r"\d(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d*(?:[,.]\d{1,3})?)"

UNITS = (
    r"%(?:\s*/\s*năm)?|phần\s+trăm|‰|(?:nghìn|ngàn)\s+t[ỷỉ]\s+đồng|t[ỷỉ]\s+đồng|triệu"
    r"\s+đồng(?:/[^\W\d_]+(?:/[^\W\d_]+)?)?|"
    r"(?:t[ỷỉ]|triệu)\s+(?:đô\s+la|USD)|USD(?:/người)?|ha\b|km²?\b|m²|m2\b|tấn|MW|GW|kWh|giường(?:"
    r"\s+bệnh)?|bác\s+sĩ|"
    r"người|hộ|xã|phường|doanh\s+nghiệp|mô\s+hình|sản\s+phẩm|trường|lao\s+động|tỉnh|đơn\s+vị|đầu\s+mối|"
    r"cuộc|lớp|dự\s+án|"
    r"công\s+trình|căn(?:\s+hộ|\s+nhà)?|chi\s+bộ|đảng\s+viên|tổ\s+chức|việc\s+làm|bậc|điểm|lượt|lần|hợp"
    r"\s+tác\s+xã|"
    r"thủ\s+tục|dịch\s+vụ|cơ\s+sở|biên\s+chế|khu|cụm|tuyến|nhiệm\s+vụ|sáng\s+kiến|trung\s+tâm"
)

OPERATORS: tuple[tuple[str, str], ...] = (
    # (operator, words just before the number); first match wins
    (
        ">=",
        r"(?:≥|>=|(?:đạt\s+)?(?:ít\s+nhất|tối\s+thiểu)(?:\s+là|\s+đạt)?|không\s+(?:thấp|ít|nhỏ)\s+hơn|"
        r"không\s+dưới|thấp\s+nhất(?:\s+là)?)",
    ),
    (
        "<=",
        r"(?:≤|<=|không\s+(?:vượt\s+)?quá|tối\s+đa|không\s+cao\s+hơn|nhiều\s+nhất|không\s+(?:lớn\s+hơn|"
        r"trên))",
    ),
    (">", r"(?:>|trên|hơn|cao\s+hơn|vượt)"),
    ("<", r"(?:<|dưới|thấp\s+hơn|ít\s+hơn)"),
    ("~", r"(?:~|khoảng|xấp\s+xỉ|gần)"),
    ("=", r"(?:=|đạt|là|lên|còn|bằng|có|từ|thêm|bình\s+quân|trung\s+bình)"),
)

GOAL_SECTION = at_word_start(r"mục\s+tiêu|chỉ\s+tiêu|phấn\s+đấu")
"""A heading with these words makes the numbers under it goals."""

GOAL = at_word_start(
    r"phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|đến\s+(?:hết\s+|cuối\s+)?(?:năm|quý|tháng)|bố\s+trí|"
    r"chi\s+đủ|dành|nâng(?:\s+\S+){0,6}?\s+lên|"
    r"bảo\s+đảm|đảm\s+bảo|duy\s+trì|hằng\s+năm|hàng\s+năm|mỗi\s+năm|trở\s+lên|so\s+với|hoàn\s+thành|sau"
    r"\s+s(?:áp\s+nhập|ắp\s+xếp)|xây\s+dựng|kết\s+nạp"
)
"""A clause with one of these may hold a goal."""

CHANGE = at_word_start(
    r"đạt|tăng|giảm|nâng|còn|bố\s+trí|chi\s+đủ|dành|duy\s+trì|tối\s+thiểu|ít\s+nhất|không"
    r"\s+quá|dưới|trên|có|là|bảo\s+đảm|đảm\s+bảo|cắt\s+giảm|hoàn\s+thành|thu\s+hút|kết\s+nạp|phấn\s+đấu|"
    r"lên"
)

NOT_GOAL: tuple[tuple[str, str], ...] = (
    # (pattern on the clause up to the number, example)
    (
        at_word_start(
            r"đã|đang|ước\s+(?:đạt|tính|thực\s+hiện|tăng|giảm|còn)|đạt\s+được|hiện\s+(?:nay|có|"
            r"tại)|trong\s+đó"
            r"\s+có"
        ),
        "đã đạt 95%",
    ),
    (
        at_word_start(
            r"định\s+mức|phụ\s+cấp|mức\s+(?:phạt|lương|hưởng|đóng|thu|hỗ\s+trợ|vay|chi\s+trả)|phạt|"
            r"lãi\s+suất|cổ\s+phần|vốn\s+điều\s+lệ|"
            r"nắm\s+giữ|thuế|lệ\s+phí|hỗ\s+trợ|bồi\s+thường|khấu\s+trừ|diện\s+tích\s+sàn|thưởng|tỷ\s+lệ"
            r"\s+thương\s+tật|tổn\s+thương|chuyên\s+viên|trợ\s+cấp"
        ),
        "với định mức tối thiểu 43%",
    ),
    (
        at_word_start(
            r"trường\s+hợp|nếu|khi|đối\s+với|thuộc\s+một\s+trong|là\s+(?:xã|hộ|người|dự\s+án|đơn"
            r"\s+vị)|điều\s+kiện|được\s+hiểu"
        ),
        "Trường hợp vượt quá 10%",
    ),
    (
        r"(?<!\w)(?:[Đđ]iều|khoản|điểm|[Mm]ục|[Cc]hương|[Mm]ức|[Pp]hụ\s+lục|nhóm|số|thứ|lần|khóa|khoá|cấp|"
        r"bước|hạng|loại|tháng|ngày|năm)\s*$",
        "theo Mức 2 trở lên",
    ),
)
"""What shows that a number is a fact, a rate or a condition and no goal."""

PERIOD = (
    r"(?:(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ)\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)|"
    r"(?:năm\s+(?:học\s+)?)(?P<year>20\d\d)(?!\s*[-–]\s*20)|[Qq]uý\s+(?P<quarter>I{1,3}|IV)(?:/|\s+năm"
    r"\s+)(?P<qyear>20\d\d))"
)
BASELINE = (
    r"gấp\s+[\d,]+\s+lần\s+(?:so\s+với\s+)?(?:năm\s+)?20\d\d|so\s+với\s+(?:cùng\s+kỳ(?:\s+năm\s+(?:trước|20\d\d))?|(?:năm\s+)?20\d\d|hiện\s+nay|năm"
    r"\s+trước|kế\s+hoạch)"
)
