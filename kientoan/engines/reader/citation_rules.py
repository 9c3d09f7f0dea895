"""Rules for citations, as data: kinds of documents, names of laws, issuers. Each stands with an example.

Kept apart from the code that applies them, so that an office can read and extend them.
"""

from __future__ import annotations

import re

TYPES: tuple[str, ...] = (
    "Thông tư liên tịch",
    "Thông tư",
    "Nghị định",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Quyết định",
    "Quy định",
    "Quy chế",
    "Chỉ thị",
    "Kết luận",
    "Hướng dẫn",
    "Thông báo",
    "Thông tri",
    "Thông cáo",
    "Kế hoạch",
    "Báo cáo",
    "Tờ trình",
    "Công văn",
    "Công điện",
    "Văn bản hợp nhất",
    "Văn bản",
    "Chương trình hành động",
    "Chương trình",
    "Đề án",
    "Phương án",
    "Dự án",
    "Biên bản",
    "Pháp lệnh",
    "Bộ luật",
    "Luật",
    "Hiến pháp",
    "Lệnh",
    "Sắc lệnh",
    "Sắc luật",
    "Thư",
    "Giấy mời",
    "Hiệp định",
    "Quy hoạch",
)
"""Type words in the spelling a page shows; longest first where one begins another."""

CODES: dict[str, str] = {
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "QĐ": "Quyết định",
    "QĐi": "Quy định",
    "QyĐ": "Quy định",
    "CT": "Chỉ thị",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTr": "Tờ trình",
    "KL": "Kết luận",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "CTrHĐ": "Chương trình hành động",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "QC": "Quy chế",
    "CĐ": "Công điện",
    "CV": "Công văn",
    "PL": "Pháp lệnh",
    "VBHN": "Văn bản hợp nhất",
    "BB": "Biên bản",
    "TC": "Thông cáo",
}
"""The type that a code in a number stands for, used when the type word itself is missing."""

PARTY_CODES: dict[str, str] = {"QĐ": "Quy định", "TT": "Thông tri", "QyĐ": "Quy định"}
"""Codes read another way before a Party body: ``55-QĐ/TW`` is most often a Quy định."""

NUMBER = (
    r"\d{1,5}(?:\.\d{1,2})?[a-zA-Z]?(?:\s?TC)?"
    r"(?:"
    # state: 30/2020/NĐ-CP, 1668/NQ-UBTVQH15, 66.3/2025/NQ-CP, 93/2006/TTLT/BTC-KHCN, 41/CP
    r"\s?/\s?(?:(?:19|20|0)\d{2}\s?/\s?)?(?=[A-ZĐƯa-z])[A-ZĐƯ][\wĐđƯư]{0,14}(?:\s?[-–/&]"
    r"\s?[A-ZĐƯ][\wĐđƯư]{0,14}){0,7}"
    # party: 55-QĐ/TW, 3260-KH/ĐĐQH15
    r"|\s?[-–]\s?[A-ZĐ][A-Za-zĐđ]{0,6}\s?/\s?[A-ZĐƯ][\wĐđƯư]{0,14}(?:[-–/][A-ZĐƯ][\wĐđƯư]{0,14}){0,3}"
    # before 1992: 235-HĐBT
    r"|-(?:HĐBT|CP|TTg|CT|BT|UB|TC|LB)\b"
    r")"
)
"""A document number with its code. Examples beside each branch."""

SHORT_NUMBER = r"\d{1,5}(?:\s?/\s?(?:19|20)\d{2})?(?![\d.,]*\s*%)(?![\w/])"
"""The press form after a type word: ``Nghị định số 370/2025``, ``Chỉ thị 05``."""

DATE = (
    r"(?:,?\s*+(?:(?:ngày|ngày\s+tháng\s+năm)\s*+)(?P<d>\d{1,2})"
    r"\s*+(?:tháng\s*+|[-/.]\s*+)(?P<m>\d{1,2})\s*+(?:,?\s*+năm\s*+|[-/.]\s*+)(?P<y>(?:19|20)\d{2})(?!\d)"
    r"|,?\s*+(?:(?:ngày[\s.…_/]*+)?tháng[\s.…_]*+(?P<m2>\d{1,2})?\s*+)?năm\s*+(?P<y2>(?:19|20)\d{2})(?!\d)"
    r"|\s*+\((?P<y3>(?:19|20)\d{2})\)"
    r"|\s+(?P<y4>(?:19|20)\d{2})(?![\d/\-–]))"
)
"""Date of a document after its number or name: ``ngày 22/12/2024``, ``năm 2013``, ``(2013)``."""

ISSUER_HEADS = (
    r"Chính phủ|Thủ tướng|Quốc hội|[ỦU]y ban|Uỷ ban|[ỦU]ỷ ban|UBND|UBTVQH|HĐND|Hội đồng|Bộ|Ban|Chủ tịch|"
    r"Thường trực|"
    r"Thường vụ|Tỉnh|Thành|Đảng|Huyện|Quận|Thị|Văn phòng|Ngân hàng|Tòa án|Toà án|Viện|Thanh tra|Kiểm "
    r"toán|Tổng|"
    r"Trung ương|Sở|Liên bộ|Đại hội|Mặt trận|Công đoàn|Công an|Cục|Hội nghị|Giám đốc|Trưởng|Quân ủy|"
    r"Quân uỷ|Đoàn|Hội"
)
"""Words that the issuer in ``của <issuer>`` begins with."""

ISSUER_STOP = (
    r"(?:về|Về|[qQ]uy\s+định|[hH]ướng\s+dẫn|[bB]an\s+hành|phê\s+duyệt|sửa\s+đổi|bãi\s+bỏ|thay\s+thế|đã|"
    r"được|có|hoặc|"
    r"thì|để|theo|tại|"
    r"cho|trong|nhằm|là|do|khi|như|với|trên|giao|công\s+bố|chấp\s+thuận|điều\s+chỉnh|thông\s+qua|triển"
    r"\s+khai|thực\s+hiện|"
    r"đối|hết|quyết\s+định|nêu|phân\s+công|yêu\s+cầu|trình|bảo\s+đảm|đảm\s+bảo|thành\s+lập|sáp\s+nhập|"
    r"cùng|còn|sang|"
    r"từ|đến|bằng|gửi|đề\s+nghị|báo\s+cáo|tổ\s+chức|ngày|số|năm|họp|nhiệm\s+kỳ|mà|này|sau|trước|liên"
    r"\s+quan|cũng|chưa|Căn\s+cứ|"
    r"và(?!\s+(?:[A-ZĐ][^\W\d_]*\s+[a-zà-ỹ]|[A-ZĐ][^\W\d_]+))"
    rf"|và(?=\s+(?:{'|'.join(TYPES)})\s+(?:số|\d)))(?!\w)"
)
"""Words that end the issuer; ``và`` ends it unless a capital follows: Ủy ban Pháp luật và Tư pháp.
What follows may be the next document of a list, though: của Bộ Tài chính và Kế hoạch số …"""

RELATIONS: tuple[tuple[str, str, str], ...] = (
    # (relation, pattern on the words just before the citation, example)
    (
        "repeals",
        r"(?<![Kk]hông )(?<!chưa )(?:[bB]ãi bỏ|[hH]ủy bỏ|[hH]uỷ bỏ|hết hiệu lực)\b"
        r"(?!\s+(?:bằng|bởi|(?:thi hành )?(?:kể )?từ ngày))[^.;]*$",
        "Bãi bỏ Quyết định số 16/2019/QĐ-TTg",
    ),
    (
        "replaces",
        r"(?<![Kk]hông )(?<!chưa )(?:[tT]hay thế|[tT]hay cho)\b(?!\s+(?:bằng|bởi))[^.;]*$",
        "thay thế Nghị định số 21/2011/NĐ-CP",
    ),
    ("attached", r"(?:[Kk]èm theo|KÈM THEO)\s+$", "(Kèm theo Quyết định số 51/2025/QĐ-TTg)"),
    ("amends", r"(?:[sS]ửa đổi|[bB]ổ sung)\b[^.;]*$", "Sửa đổi, bổ sung một số điều của Nghị định số …"),
    ("basis", r"(?<!\w)căn cứ\b[^.;,]*$", "Thực hiện …; căn cứ Quyết định số 1916/QĐ-TTg"),
    (
        "guides",
        r"(?:quy định chi tiết|hướng dẫn(?: thi hành| thực hiện)?|chi tiết thi hành)\b[^.;,]*$",
        "hướng dẫn thi hành Luật …",
    ),
    (
        "implements",
        r"(?:thực hiện|triển khai|thi hành|theo tinh thần|quán triệt)\b[^.;,]*$"
        r"|(?:Thực hiện|Triển khai|Thi hành|Quán triệt)(?: thực hiện)?\s+$",
        "triển khai thực hiện Nghị quyết số 57-NQ/TW",
    ),
)
"""How a document stands to the one it names, read from the words before the mention; first match wins."""

LAPSES = re.compile(r"[^.;\n]*?hết hiệu lực(?: thi hành)?,? (?:kể )?từ ngày (?:\w+ ){1,3}này(?!\w)")
"""After the mention: ``Nghị định số … hết hiệu lực kể từ ngày Nghị định này có hiệu lực``."""

SUBJECT = re.compile(r"(?:^|[\n;.:,]|(?<!\w)và)\s*(?:(?:\d+|[a-zđ])[.)]\s+)?(?:[Cc]ác\s+)?$")
"""Before the mention: it opens the clause or goes on a list, so what follows is said of it."""

BASIS = re.compile(r"(?:Căn cứ|CĂN CỨ|Xét |Theo đề nghị|Trên cơ sở(?: xem xét)?|Theo )", re.U)
"""A paragraph that opens so gives the legal basis: every document in it is one."""

PINPOINT = re.compile(
    r"(?:(?:điểm\s+[a-zđ]{1,2}|khoản\s+\d{1,3}[a-zđ]?|[Đđ]iều\s+\d{1,4}[a-zđ]?|(?:[Tt]iểu\s+)?[Mm]ục"
    r"\s+\w{1,5}|[Cc]hương\s+[IVXLC\d]{1,6}"
    r"|[Pp]hần\s+[IVX\d]{1,5}|Phụ lục\s+[IVX\d]{1,5})(?:\s*(?:,|và|đến|hoặc)?\s+)?){1,12}"
    r"(?:và\s+các\s+nội\s+dung\s+có\s+liên\s+quan\s+)?(?:của\s+)?$",
)
"""The place inside the document named just before it: ``điểm a khoản 3 Điều 33`` Luật Đầu tư."""
