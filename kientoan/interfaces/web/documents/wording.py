"""Words of the register's pages: what became of a file, what happened to a document."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.plans.proposals import Question

VERBS: dict[str, Promise] = {
    "document.register": _("Nhập văn bản"),
    "document.edit": _("Sửa thông tin văn bản"),
    "document.enter": _("Vào sổ"),
    "document.restore": _("Đưa trở lại sổ"),
    "document.withdraw": _("Thu hồi"),
    "document.cite": _("Chọn văn bản được viện dẫn"),
    "passage.accept": _("Nhận đoạn thành nhiệm vụ, chỉ tiêu"),
    "passage.drop": _("Bỏ đoạn"),
    "passage.edit": _("Sửa đoạn"),
    "passage.add": _("Thêm đoạn"),
    "passage.join": _("Gộp đoạn"),
    "passage.split": _("Tách đoạn"),
    "passage.reopen": _("Đưa đoạn về chờ xác nhận"),
    "passage.undo": _("Hoàn tác"),
    "programme.require": _("Yêu cầu ban hành chương trình, kế hoạch"),
}

MISSING: dict[str, Promise] = {
    "type": _("loại văn bản"),
    "issuer": _("cơ quan ban hành"),
    "subject": _("trích yếu"),
}

QUESTIONS: dict[str, Promise] = {
    Question.LEAD: _("Đơn vị nào chủ trì?"),
    Question.COOPERATE: _("Những đơn vị nào phối hợp?"),
    Question.DEADLINE: _("Thời hạn là ngày nào?"),
    Question.UNSURE: _("Máy đọc không chắc: có đúng không?"),
    Question.INDICATOR: _("Là chỉ tiêu nào?"),
    Question.MEASURE: _("Đơn vị tính là gì?"),
    Question.VALUE: _("Mức phải đạt là bao nhiêu?"),
    Question.PERIOD: _("Cho kỳ nào?"),
}
