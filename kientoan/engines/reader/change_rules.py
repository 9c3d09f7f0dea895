"""Rules for changes of administrative units, as data: each word of a clause by what it does, with an example.

``TOKENS`` are tried in order at each place; a word that no rule knows is passed over. Copies of resolutions
often lose the space between words ("củaxã", "Bản Bothành"); no Vietnamese syllable ends in "và", "thành",
"xã", "phường", "các", "của" after another letter, so a name may be cut before them (``GLUE``).
"""

from __future__ import annotations

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸŎĔĬŬČÑ"
"""Capital letters that a Vietnamese name begins with, with those of the country's other languages."""

LOWER = UPPER.lower()

KINDS: tuple[tuple[str, str, int], ...] = (
    # (kind, pattern, level: 1 province, 2 district, 3 commune)
    ("thị trấn", r"[Tt]hị\s*[Tt]rấn|THỊ\s+TRẤN|TT\.", 3),
    ("thị xã", r"[Tt]hị\s*[Xx]ã|TX\.", 2),
    ("thành phố", r"[Tt]hành\s*[Pp]hố|THÀNH\s+PHỐ|TP\.?(?=\s*[A-ZĐ])|Tp\.", 2),
    ("đặc khu", r"[Đđ]ặc\s*[Kk]hu", 3),
    ("phường", r"[Pp]hường|PHƯỜNG|P\.", 3),
    ("xã", r"[Xx]ã|XÃ|X\.", 3),
    ("huyện", r"[Hh]uyện|HUYỆN|H\.", 2),
    ("quận", r"[Qq]uận|QUẬN|Q\.", 2),
    ("tỉnh", r"[Tt]ỉnh|TỈNH|T\.(?=\s*[A-ZĐ])", 1),
)

LEVELS: dict[str, int] = {kind: level for kind, _, level in KINDS}

GLUE = (
    r"(?:và|các|của|thành|xã|phường|thị|đặc|huyện|sau|một|phần|toàn)+"
    rf"(?![{LOWER}])"
)
"""Small words that may stand glued to the end of a name."""

RIGHT = rf"(?=[\W\d_]|$|[{UPPER}]|các|xã|phường|thị|đặc|huyện|thành|và|một|phần|toàn|mới|bộ)"
"""What may follow a known word: no letter, or the beginning of another known word."""

_NO_NAME = r"(?!Điều\s+(?:này|\d)|Nghị\s+quyết|Sau\s+khi|Trên\s+cơ\s+sở|Về\s+việc)"
_WORD = rf"{_NO_NAME}[{UPPER}](?:(?!{GLUE})[^\W\d_]|')*"
_NUMBER = rf"\d{{1,2}}(?![\d.,]*\d|\s*(?:km|ha\b|m2|người|nhân\s+khẩu)|(?!{GLUE})[a-z])"
NAME = rf"(?:{_WORD}|{_NUMBER})(?:(?:\s*-\s*|(?<=')\s?|\s+)(?:{_WORD}|{_NUMBER}|(?<=Nông\s)trường))*"
"""A proper name: words with a capital, joined by spaces or hyphens; numbers ("Phường 1", "Tân Phước 2")."""

_CLAUSES = (
    r"(?:(?:các\s+)?(?:khoản|điểm|Điều)\s*(?:\d+|[a-zđ](?![^\W\d_]))(?:\s*(?:,|và)\s*\d+(?![\d.,]*\d))*)"
)
_PLACE = rf"(?:(?:\s*(?:,|và|của))?\s*{_CLAUSES}|\s*(?:Điều|Nghị\s+quyết)\s+này)"
_EXISTING = r"vào|về|sang|cho"
_AREA_UNIT = r"(?:km2|km²|km\^2|ki-lô-mét\s+vuông|ha|héc\s*ta|m2|m²)(?![^\W\d_])"

TOKENS: tuple[tuple[str, str, str], ...] = (
    # (what it does, pattern, example)
    ("bracket", r"\((?P<inside>[^()]{0,160})\)", "xã Tân Thành (huyện Đức Trọng)"),
    (
        "after",
        r"[Ss]au\s+khi\s+(?:đã\s+)?(?:thực\s+hiện\s+)?(?:việc\s+)?(?:sắp\s*xếp|điều\s+chỉnh|nhập|sáp\s+nhập|"
        r"thành\s+lập|chuyển|tách)(?:\s+(?:địa\s+giới(?:\s+(?:đơn\s+vị\s+)?hành\s+chính)?|xã|phường))?"
        rf"(?:\s+(?:theo(?:\s+quy\s+định)?|quy\s+định|nêu|như))?(?:\s*(?:tại|trên))?{_PLACE}{{0,12}}",
        "sau khi sắp xếp theo quy định tại các khoản 1, 2 Điều này",
    ),
    (
        "owner",
        r"đơn\s+vị\s+hành\s+chính(?:\s+cấp\s+(?:xã|huyện|tỉnh|cơ\s+sở)(?:(?:,|\s+và)\s+cấp\s+(?:xã|huyện))?)?"
        rf"\s+(?:của|thuộc|tại|ở|trên\s+địa\s+bàn){RIGHT}",
        "các đơn vị hành chính cấp xã của thành phố Hà Nội",
    ),
    ("announce", r"như\s+sau\s*:", "Điều chỉnh địa giới hành chính xã Hàm Giang như sau:"),
    ("topic", r"[Vv]ề\s+việc" + RIGHT, "Nghị định về việc thành lập xã Hàm Tân"),
    (
        "place",
        rf"{_CLAUSES}(?:\s*(?:Điều|Nghị\s+quyết)\s+này)?|(?:Điều|Nghị\s+quyết)\s+này",
        "khoản 2 Điều này",
    ),
    ("quantity", rf"(?P<area>\d[\d.,]{{0,20}})\s*(?P<area_unit>{_AREA_UNIT})", "0,34 km2"),
    ("quantity", r"(?P<people>\d[\d.]{0,15})\s*(?:người|nhân\s+khẩu)", "6.464 người"),
    ("whole", r"[Tt]oàn\s*bộ|nguyên\s+(?:trạng|hiện\s+trạng)", "toàn bộ diện tích tự nhiên"),
    ("part", r"[Mm]ột\s*phần", "một phần diện tích tự nhiên, quy mô dân số"),
    (
        "rest",
        r"[Pp]hần\s*(?:diện\s+tích\s+(?:tự\s+nhiên\s+)?)?còn\s*lại|còn\s+lại",
        "phần còn lại của xã Hòa Bắc",
    ),
    (
        "measure",
        r"diện\s*tích(?:\s*đất)?(?:\s*tự\s*nhiên)?|quy\s*mô\s*dân(?:\s*số)?|dân\s+số|số\s+dân|nhân\s+khẩu|"
        r"địa\s+giới\s+(?:đơn\s+vị\s+)?hành\s+chính",
        "diện tích tự nhiên, quy mô dân số",
    ),
    ("basis", r"(?:[Tt]rên\s+)?cơ\s+sở" + RIGHT, "trên cơ sở toàn bộ diện tích của xã Văn Đức"),
    (
        "called",
        r"(?:và\s+)?(?:có\s+tên(?:\s+gọi)?|lấy\s+tên(?:\s+gọi)?|với\s+tên(?:\s+gọi)?|mang\s+tên(?:\s+gọi)?|"
        rf"đặt\s+tên|tên\s+gọi)(?:\s+(?:mới|chung))?\s+là{RIGHT}|lấy\s+tên{RIGHT}|đổi\s+tên\s+(?:là|thành){RIGHT}",
        "có tên gọi là phường Ninh Kiều",
    ),
    (
        "into",
        rf"(?:để\s+)?(?:sáp\s+)?nhập\s+(?:{_EXISTING}){RIGHT}|để\s+mở\s+rộng|(?:{_EXISTING}){RIGHT}",
        "vào xã Văn Đức",
    ),
    ("becomes", r"(?:để|và)\s+(?:hình\s+thành|thành\s+lập)", "để thành lập phường Phú Sơn"),
    ("becomes", rf"(?:trở\s+)?thành(?!\s*phố|\s*viên|\s*lập){RIGHT}", "thành xã mới"),
    (
        "verb",
        r"Sắp\s*xếp|Sáp\s+nhập|Nhập|Hợp\s+nhất|Thành\s+lập|Điều\s+chỉnh|Giải\s+thể|Chia(?:\s+tách)?|Tách|"
        r"Đổi\s+tên|Chuyển",
        "Sắp xếp toàn bộ diện tích tự nhiên",
    ),
    (
        "verb",
        r"(?:sắp\s*xếp|sáp\s+nhập|nhập|thành\s+lập|hợp\s+nhất|điều\s+chỉnh|giải\s+thể|chia(?:\s+tách)?|tách|đổi\s+tên|chuyển)"
        + RIGHT,
        "quyết định sáp nhập xã Kênh Giang",
    ),
    (
        "same",
        r"không\s+(?:thực\s+hiện\s+)?(?:việc\s+)?(?:sắp\s*xếp|sáp\s+nhập)\s*(?:là|gồm(?:\s+có)?|:)",
        "không thực hiện sắp xếp là phường Thới Hòa",
    ),
    (
        "many",
        rf"các{RIGHT}|Các(?=\s+(?:xã|phường|thị|huyện|quận|thành|tỉnh|đặc))",
        "các phường Tân An, Thới Bình",
    ),
    ("of", rf"của{RIGHT}", "quy mô dân số của phường Hưng Lợi"),
    ("within", rf"(?:trực\s+)?thuộc{RIGHT}", "xã Ninh Sơn thuộc thị xã Tây Ninh"),
    *(("kind", rf"(?:{pattern}){RIGHT}", kind) for kind, pattern, _ in KINDS),
    ("new", rf"mới{RIGHT}", "xã mới"),
    ("and", rf"và{RIGHT}", "phường Hưng Lợi và phường An Khánh"),
    ("mark", r"[,;:]", "các xã: Thanh An, Hòa Bắc"),
    ("name", NAME, "Văn Miếu - Quốc Tử Giám"),
    ("number", r"[\d.,]*\d", "1.234"),
    ("other", r"[^\W\d_]+", "khu vực"),
)

KNOWN_WORDS = (
    "tự nhiên số là có tên gọi với từ ở tại theo quy định và đơn vị hành chính cấp sở việc như sau trên "
    "để cũ lập gồm người đất lấy này khi bộ quản lý hiện hữu trạng thôn khoản mô dân diện tích được địa "
    "giới phần"
)
"""Small words that may stand among the old units without raising a doubt."""

SEAT = (
    r"(?:[Tt]rung\s+tâm\s+(?:hành\s+chính|chính\s+trị)|[Tt]rụ\s+sở)[^.;]{0,120}?"
    r"đặt\s+tại\s+(?P<seat>[^.;]{2,160})"
)
"""Example: "có trung tâm chính trị - hành chính đặt tại thành phố Cần Thơ hiện nay"."""

SIZE = (
    rf"có\s+(?:diện\s+tích(?:\s+đất)?\s+tự\s+nhiên\s+(?:là\s+)?)?(?P<area>\d[\d.,]{{0,20}})\s*(?P<unit>{_AREA_UNIT})"
    r"[^.;\d]{0,60}(?P<people>\d[\d.]{0,15})(?=\s*(?:người|nhân\s+khẩu))"
)
"""Example: "phường Tân An có diện tích tự nhiên là 1,37 km2 và quy mô dân số là 21.924 người"."""
