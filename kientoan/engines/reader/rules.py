"""The rules of the reader by their ids: what each finds, how sure it is, and an example that fires it.

``confidence`` was set from the share of finds that are annotated too, printed for each rule by
``benchmarks/benchmark_accuracy.py``; where these hold few examples, from reading the corpus,
and lower. Below 0.8 a find is shown as a question.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the kind of thing it finds, and an example text in which it finds one."""

    id: str
    kind: str
    confidence: float
    example: str


_TABLE = "STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát biên chế | Sở Nội vụ | 30/6/2026\n"
_GOALS = "Chỉ tiêu | Đơn vị tính | Năm 2030\nTăng trưởng GRDP | % | 8,5\n"
_HANDED = "CHỈ TIÊU GIAO CHO QUẬN\nTT | Quận | Thu thuế (tỷ đồng) | Hộ nghèo (%)\n1 | Quận A | 420 | 0,6\n"
_CRITERIA = "TT\nTên tiêu chí\nNội dung tiêu chí\nChỉ tiêu\n1\nĐiện\n1.1. Tỷ lệ hộ dùng điện an toàn\n≥98%\n"
_NAMED = "Luật Đất đai số 31/2024/QH15 (sau đây viết tắt là Luật Đất đai 2024). Theo Luật Đất đai 2024 thì"
_ONE_ABOVE = "Căn cứ Nghị định số 30/2020/NĐ-CP. Thể thức theo Nghị định nêu trên."
_MANY_ABOVE = (
    "Thực hiện Chỉ thị số 05-CT/TW, Nghị quyết số 18-NQ/TW. Kết quả học tập các Chỉ thị, Nghị quyết trên."
)

RULES: tuple[Rule, ...] = (
    Rule("number.typed", "citation", 0.98, "theo Nghị định số 30/2020/NĐ-CP"),
    Rule("number.list", "citation", 0.85, "Tờ trình số 18/TTr-CP, số 19/TTr-CP"),
    Rule("number.shared", "citation", 0.85, "các Nghị quyết số 18, 19-NQ/TW"),
    Rule("number.code", "citation", 0.5, "đã ban hành 71/NQ-CP"),
    Rule("number.blank", "citation", 0.75, "Nghị quyết số /NQ-CP ngày 01 tháng 01 năm 2025"),
    Rule("number.exchanged", "citation", 0.9, "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"),
    Rule("short", "citation", 0.75, "theo Nghị định số 370/2025 thì"),
    Rule("title", "citation", 0.6, "Nghị quyết “Về tiếp tục đổi mới hệ thống tổ chức”"),
    Rule("law.number", "citation", 0.98, "Luật Đất đai số 31/2024/QH15"),
    Rule("law.name", "citation", 0.95, "theo Luật Đầu tư;"),
    Rule("law.name_small", "citation", 0.95, "theo Luật đất đai;"),
    Rule("law.many", "citation", 0.8, "Luật sửa đổi, bổ sung một số điều của 10 luật liên quan đến an ninh"),
    Rule("law.amending", "citation", 0.9, "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu"),
    Rule("law.amended", "citation", 0.85, "soạn thảo Luật sửa đổi, bổ sung một số điều của Luật Điện lực"),
    Rule("named.constitution", "citation", 0.95, "Căn cứ Hiến pháp năm 2013"),
    Rule("named.statutes", "citation", 0.9, "thi hành Điều lệ Đảng"),
    Rule("party.plenum", "citation", 0.75, "Nghị quyết Trung ương 4 khóa XII"),
    Rule("party.congress", "citation", 0.75, "Nghị quyết Đại hội XIII của Đảng"),
    Rule("link.name", "link", 0.95, _NAMED),
    Rule("link.one", "link", 0.9, _ONE_ABOVE),
    Rule("link.many", "link", 0.75, _MANY_ABOVE),
    Rule("calendar.day", "deadline", 0.9, "hoàn thành trước ngày 30/6/2026"),
    Rule("calendar.monthly_day", "deadline", 0.9, "báo cáo trước ngày 23 hằng tháng"),
    Rule("calendar.half", "deadline", 0.9, "hoàn thành trong 6 tháng đầu năm 2026"),
    Rule("calendar.quarter", "deadline", 0.9, "hoàn thành trong quý II/2026"),
    Rule("calendar.month", "deadline", 0.9, "hoàn thành trong tháng 6/2026"),
    Rule("calendar.year", "deadline", 0.85, "Đến năm 2030, hoàn thành hạ tầng số"),
    Rule("duration", "deadline", 0.85, "trong thời hạn 10 ngày kể từ ngày nhận được hồ sơ"),
    Rule("notice", "deadline", 0.75, "chậm nhất 10 ngày trước ngày khai mạc kỳ họp"),
    Rule("at_once", "deadline", 0.8, "thông báo ngay sau khi phát hiện"),
    Rule("in_force", "deadline", 0.8, "áp dụng Mức 2 từ ngày Quyết định này có hiệu lực thi hành"),
    Rule("session", "deadline", 0.8, "trình Quốc hội thông qua tại Kỳ họp thứ 2, Quốc hội khóa XVI"),
    Rule("every", "deadline", 0.8, "Định kỳ hằng năm báo cáo Bộ Nội vụ"),
    Rule("every.periodic", "deadline", 0.7, "Định kỳ báo cáo Bộ Nội vụ"),
    Rule("sentence", "target", 0.7, "Phấn đấu tỷ lệ hộ nghèo dưới 0,5%"),
    Rule("table", "target", 0.9, _GOALS),
    Rule("table.matrix", "target", 0.8, _HANDED),
    Rule("criteria", "target", 0.8, _CRITERIA),
    Rule("pair", "target", 0.6, "Thu ngân sách đạt 45.799/36.875 tỷ đồng"),
    Rule("order", "task", 0.9, "Giao Sở Nội vụ rà soát biên chế."),
    Rule("order.unknown_verb", "task", 0.65, "Giao Sở Y tế phun thuốc diệt muỗi."),
    Rule("subject.duty", "task", 0.9, "Sở Nội vụ có trách nhiệm rà soát biên chế."),
    Rule("subject.verb", "task", 0.75, "Sở Nội vụ chủ trì rà soát biên chế."),
    Rule("subject.centre", "task", 0.7, "Sở Nội vụ là cơ quan đầu mối tổng hợp báo cáo."),
    Rule("subject.power", "task", 0.7, "Sở Nội vụ quyết định việc này trước ngày 30/6/2026."),
    Rule("fronted", "task", 0.8, "Trường hợp cần thiết thì Sở Nội vụ báo cáo Ủy ban nhân dân thành phố."),
    Rule("list_head", "task", 0.85, "1. Sở Nội vụ có trách nhiệm:\na) Rà soát biên chế;"),
    Rule("heading", "task", 0.75, "1. Trách nhiệm của Sở Nội vụ\na) Rà soát biên chế của các đơn vị;"),
    Rule(
        "sentence.before",
        "task",
        0.7,
        "Sở Nội vụ chủ trì rà soát biên chế. Tổng hợp, báo cáo kết quả.",
    ),
    Rule("sentence.next", "task", 0.8, "Sở Nội vụ hướng dẫn thực hiện; hằng năm báo cáo Bộ Nội vụ."),
    Rule("table.row", "task", 0.9, _TABLE),
)

CONFIDENCE: dict[str, float] = {rule.id: rule.confidence for rule in RULES}
