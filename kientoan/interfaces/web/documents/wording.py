"""Words of the register's pages: what is missing, what is asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.plans.proposals import Question

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
    Question.UNIT: _("Giao cho đơn vị nào?"),
}
