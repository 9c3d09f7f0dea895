"""What engines say to people, in the language of the page.

Engines know no languages: they say in Vietnamese why a file or a cell cannot be read. Here stands each of
their sentences with its variable parts, so that a sentence can be known again and said in another language.
Parts named `thing…` are words of the program and are translated too; all others are the person's own.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

SENTENCES: tuple[str, ...] = (
    # files of documents
    _("Không nhận dạng được chữ trên bản quét."),
    _("Quét lại rõ hơn (300 dpi, đen trắng, không nghiêng), hoặc gửi bản Word/PDF có chữ."),
    _("Bản quét có %(a)s trang, quá giới hạn nhận dạng %(b)s trang."),
    _("Tách tệp thành từng văn bản, hoặc gửi bản Word/PDF có chữ."),
    _("Tài liệu dùng phông chữ %(a)s (không phải Unicode); chữ đã được chuyển sang Unicode."),
    _("Giải nén rồi gửi từng văn bản (.docx, .pdf)."),
    _("Lưu lại thành .docx hoặc PDF rồi gửi."),
    _("Tệp này là %(thing)s, không phải văn bản."),
    _("Tệp mang đuôi %(a)s nhưng nội dung là %(thing)s; đã đọc theo nội dung."),
    _("Bảng tính được nhập ở mục Nhập số liệu, không phải ở mục Văn bản."),
    _("Hãy gửi văn bản dưới dạng Word (.docx) hoặc PDF."),
    _("Đã nhận dạng chữ trên ảnh; hãy đối chiếu số, ngày với bản gốc."),
    _("Đã nhận dạng chữ trên %(a)s trang quét; hãy đối chiếu số, ngày với bản gốc."),
    _("Trang %(a)s là ảnh quét, chưa được nhận dạng chữ."),
    _("Chữ trong tệp theo bảng mã %(a)s; đã chuyển sang Unicode."),
    _("Tệp có %(a)s triệu chữ cái, quá giới hạn %(b)s triệu (khoảng 2.000 trang)."),
    _("Kiểm tra lại có đúng là văn bản không; nếu đúng thì tách thành nhiều tệp rồi gửi lại."),
    _("Tệp là bản quét (ảnh chụp), không có chữ để đọc."),
    _("Bật nhận dạng chữ (OCR) khi gửi, hoặc gửi bản Word/PDF có chữ."),
    _("Tệp rỗng, không có nội dung."),
    _("Kiểm tra lại tệp rồi gửi lại."),
    _("Tệp nặng %(a)s MB, quá giới hạn %(b)s MB."),
    _("Giảm độ phân giải bản quét hoặc tách tệp thành nhiều phần rồi gửi lại."),
    _("Tệp không có chữ nào."),
    _("Kiểm tra lại tệp, hoặc gửi bản có nội dung."),
    _("Không thấy chữ tiếng Việt có dấu trong tệp."),
    _("Gửi bản tiếng Việt có dấu của văn bản."),
    _("Chữ trong tệp bị lỗi phông hoặc không phải tiếng Việt."),
    _("Mở tệp bằng Word, chuyển chữ sang Unicode (UTF-8), lưu lại rồi gửi lại."),
    _("Tệp không phải văn bản: nội dung là dữ liệu nhị phân."),
    _("Hãy gửi tệp Word (.docx), PDF, HTML hoặc văn bản thuần (.txt)."),
    _(
        "Không xác định chắc chắn được bảng mã tiếng Việt của tệp "
        "(đã thử UTF-8, UTF-16, windows-1258, TCVN3, VNI)."
    ),
    _("Mở tệp bằng phần mềm soạn thảo, lưu lại với bảng mã UTF-8 rồi gửi lại."),
    _("Tệp %(a)s là định dạng cũ, cần LibreOffice để đọc nhưng máy chủ chưa cài."),
    _(
        "Mở tệp bằng Word, chọn Lưu thành (Save As) .docx hoặc PDF rồi gửi lại; "
        "hoặc người quản trị cài LibreOffice (Debian/Ubuntu: apt install libreoffice-writer)."
    ),
    _("Tệp bị hỏng hoặc tải lên chưa trọn vẹn, không mở được."),
    _("Mở thử tệp trên máy của bạn; nếu mở được thì lưu lại thành .docx hoặc PDF rồi gửi lại."),
    _("Tệp được đặt mật khẩu nên không đọc được."),
    _("Mở tệp bằng mật khẩu, bỏ mật khẩu rồi lưu và gửi lại."),
    _("Tệp nén phình to bất thường khi mở nên bị từ chối để bảo vệ máy chủ."),
    _("Lưu lại tài liệu từ phần mềm soạn thảo thành tệp mới rồi gửi lại."),
    _("Tệp là bản quét (ảnh chụp), cần phần mềm nhận dạng chữ Tesseract có tiếng Việt nhưng máy chưa cài."),
    _(
        "Trên Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie. "
        "Trên Windows: cài Tesseract và chọn thêm gói ngôn ngữ Vietnamese (vie), rồi thêm thư mục "
        "cài đặt vào PATH. Hoặc gửi bản Word/PDF có chữ."
    ),
    _("Tệp PDF có %(a)s trang, quá giới hạn %(b)s trang."),
    _("Tách tệp thành từng văn bản rồi gửi từng tệp."),
    # tables and their cells
    _("“%(a)s” không phải ngày."),
    _("Nhập ngày/tháng/năm, năm đủ bốn số, ví dụ 30/11/2026."),
    _("“%(a)s” không phải là số (Excel có thể đã tự đổi số thành ngày)."),
    _("Định dạng ô là Number rồi nhập lại số."),
    _("“%(a)s” không rõ là %(b)s %% hay %(c)s %%."),
    _("Lưu tệp thành .xlsx, hoặc nhập dạng chữ có dấu %%, ví dụ 85 %%."),
    _("Nhập số theo lối Việt Nam, ví dụ 1.234,5."),
    _("“%(a)s” không phải là số."),
    _("Nhập dạng 1.234,5."),
    _("“%(a)s” không phải số nguyên."),
    _("Nhập số nguyên, ví dụ 12."),
    _("“%(a)s” không phải ngày có thật."),
    _("Nhập ngày/tháng/năm, ví dụ 30/11/2026."),
    _("Tệp CSV không ở bảng mã UTF-8 nên chữ tiếng Việt không đọc được chắc chắn."),
    _("Trong Excel chọn Lưu thành (Save As) “CSV UTF-8” hoặc “.xlsx” rồi gửi lại."),
    _("Tệp này không phải bảng tính."),
    _("Gửi tệp Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV."),
    _("Tách bảng thành nhiều tệp rồi gửi từng tệp."),
    _("Tệp Excel không có trang nào hiện ra."),
    _("Bỏ ẩn trang cần nhập rồi gửi lại."),
    _("Không có dữ liệu nào."),
    _("Chọn các ô trong Excel, chép rồi dán vào đây."),
    _("Tệp bảng tính bị hỏng, không mở được."),
    _("Mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại."),
    _("Tệp phình to bất thường khi mở nên bị từ chối."),
    _("Lưu lại bảng thành tệp .xlsx mới rồi gửi lại."),
    _("Bỏ mật khẩu, lưu rồi gửi lại."),
    _("Bảng trải tới dòng %(a)s, cột thứ %(b)s, quá lớn để đọc."),
    _("Xóa các ô thừa ở xa ngoài bảng, hoặc chép bảng sang tệp mới rồi gửi lại."),
    _("Không thấy dòng tiêu đề trong %(a)s dòng đầu."),
    _("Bảng cần có dòng tiêu đề với các cột: %(a)s."),
    _("Ô chứa công thức chưa được tính."),
    _("Mở tệp bằng Excel, bấm Lưu để tính lại, hoặc dán giá trị thay công thức."),
    _("Ô báo lỗi %(a)s của Excel."),
    _("Sửa công thức hoặc nhập giá trị trực tiếp."),
    _("Thiếu cột “%(a)s”. Các cột tìm thấy: %(b)s."),
    _("Đặt tên cột là %(a)s."),
    _("Có hai cột cùng tên “%(a)s”."),
    _("Giữ lại một cột, đổi tên hoặc xóa cột kia."),
    _("Ô bắt buộc đang để trống."),
    _("Nhập giá trị cho ô này."),
    _("“%(a)s” không phải là số. Hãy nhập dạng 1.234,56."),
    _("Hãy nhập dạng 1.234,56."),
    _("Ô trống: hãy nhập một số, ví dụ 1.234,56."),
    _(
        "“%(a)s” không phải số viết theo lối Việt Nam: dấu chấm tách hàng nghìn, dấu phẩy đứng trước "
        "phần thập phân, ví dụ 1.234,56."
    ),
    _(
        "“%(a)s” không rõ nghĩa: dấu chấm chỉ tách từng nhóm ba chữ số. Phần thập phân viết sau dấu phẩy, "
        "ví dụ 7,25."
    ),
    # figures that come from a table
    _("Trùng với dòng %(a)s: cùng chỉ tiêu, đơn vị, kỳ và loại số liệu."),
    _("Chỉ giữ lại một dòng."),
    _("Phiếu %(a)s đang chờ thủ trưởng duyệt."),
    _("Rút phiếu về hoặc chờ duyệt xong rồi đính chính."),
    _("Đã có số liệu được duyệt (%(a)s) cho kỳ này."),
    _("Mở phiếu đính chính nếu muốn thay số."),
    _("%(a)s khác nhiều so với kỳ trước (%(b)s)."),
    _("Nếu đúng thì cứ nhập."),
    _("Đơn vị báo cáo không phụ trách chỉ tiêu này của đơn vị ghi trong dòng."),
    _("Bỏ dòng này, hoặc chọn đúng đơn vị báo cáo."),
    _("Chưa có mã chỉ tiêu."),
    _("Nhập mã hoặc tên chỉ tiêu như trong tệp mẫu."),
    _("Không có chỉ tiêu “%(a)s”."),
    _("Dùng đúng mã trong danh mục chỉ tiêu hoặc tệp mẫu."),
    _("“%(a)s” không phải đơn vị thuộc phạm vi báo cáo."),
    _("Nhập tên đầy đủ hoặc mã thống kê của đơn vị."),
    _("Có %(a)s đơn vị tên “%(b)s”."),
    _("Nhập mã thống kê thay cho tên."),
    _("Kỳ %(a)s chưa bắt đầu vào ngày %(b)s."),
    _("Kiểm tra lại năm."),
    _("“%(a)s” không phải loại số liệu."),
    _("Nhập: ước, sơ bộ hoặc chính thức."),
)
_THINGS = (
    _("bảng tính Excel"),
    _("trình chiếu PowerPoint"),
    _("tệp nén"),
    _("tệp Office cũ không rõ loại"),
)
_PART = re.compile(r"%\((\w+)\)s")


def _pattern(sentence: str) -> re.Pattern[str]:
    pieces = _PART.split(sentence)
    return re.compile(
        "".join(
            f"(?P<{piece}>.+?)" if place % 2 else re.escape(piece.replace("%%", "%"))
            for place, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )


_KNOWN = tuple(
    (_pattern(sentence), sentence)
    for sentence in sorted(SENTENCES, key=lambda text: -len(_PART.sub("", text)))
)


def said(words: str) -> str:
    """The sentence in the language of the page; one that is not known stays as it is."""
    if not words or (get_language() or "vi").startswith("vi"):
        return words
    for pattern, sentence in _KNOWN:
        found = pattern.fullmatch(words)
        if found:
            parts = {
                name: gettext(part) if name.startswith("thing") else part
                for name, part in found.groupdict().items()
            }
            return gettext(sentence) % parts
    return words
