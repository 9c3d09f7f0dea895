"""What each rule of the reader is called on pages. A rule without words is shown by its own name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: dict[str, Promise] = {
    "number.typed": _("loại văn bản kèm số, ký hiệu"),
    "number.list": _("số đứng trong một danh sách chung loại, chung ngày"),
    "number.shared": _("các số dùng chung một ký hiệu"),
    "number.code": _("số, ký hiệu đứng một mình; loại suy từ ký hiệu"),
    "number.blank": _("văn bản để trống số"),
    "number.exchanged": _("số và loại đổi chỗ"),
    "short": _("cách gọi tắt đã định nghĩa trong văn bản"),
    "title": _("gọi theo tên văn bản"),
    "law.number": _("luật kèm số"),
    "law.name": _("luật gọi theo tên"),
    "law.many": _("nhiều luật gọi chung"),
    "law.amended": _("luật sửa đổi luật khác, gọi theo tên"),
    "law.amending": _("luật sửa đổi, gọi theo tên"),
    "named.constitution": _("Hiến pháp"),
    "named.statutes": _("Điều lệ"),
    "party.congress": _("nghị quyết đại hội"),
    "party.plenum": _("nghị quyết hội nghị Trung ương"),
    "calendar.day": _("ngày ghi đủ ngày, tháng"),
    "calendar.month": _("tháng"),
    "calendar.monthly_day": _("một ngày của mỗi tháng"),
    "calendar.quarter": _("quý"),
    "calendar.half": _("sáu tháng đầu hoặc cuối năm"),
    "calendar.year": _("năm"),
    "duration": _("khoảng thời gian kể từ một sự kiện"),
    "at_once": _("“ngay sau khi …”"),
    "in_force": _("từ khi văn bản có hiệu lực"),
    "notice": _("trước một sự kiện một khoảng thời gian"),
    "session": _("tại một kỳ họp"),
    "every": _("lặp lại theo kỳ"),
    "every.periodic": _("“định kỳ”, không nói kỳ nào"),
    "sentence": _("mức phải đạt trong câu"),
    "table": _("mức phải đạt trong bảng chỉ tiêu"),
    "table.matrix": _("bảng giao chỉ tiêu cho từng đơn vị"),
    "criteria": _("mức trong bộ tiêu chí"),
    "order": _("“Giao <cơ quan> …”"),
    "order.unknown_verb": _("“Giao <cơ quan> …” với động từ ít gặp"),
    "fronted": _("cơ quan đứng đầu mục, sau đó là việc"),
    "list_head": _("cơ quan nêu ở đầu danh sách"),
    "heading": _("cơ quan nêu ở tiêu đề"),
    "sentence.before": _("cơ quan nêu ở câu trước"),
    "sentence.next": _("phần tiếp theo của cùng câu, cùng cơ quan"),
    "subject.duty": _("“<cơ quan> có trách nhiệm …”"),
    "subject.verb": _("“<cơ quan> + động từ”"),
    "subject.power": _("“<cơ quan> quyết định …” có thời hạn"),
    "subject.centre": _("cơ quan đứng giữa câu"),
    "table.row": _("một dòng của bảng phân công"),
}


def rule_words(rule: str) -> str:
    """The words for a rule; '' when there is none (a person added the passage)."""
    return str(RULES.get(rule, rule))
