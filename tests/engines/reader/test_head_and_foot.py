"""What stands at the top and the foot is read as such, and is no part of the text's structure."""

import pytest

from kientoan.engines.reader import read

LETTER = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 1148/UBND-TH
V/v đôn đốc thực hiện Kế hoạch số 168/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Cần Thơ, ngày 16 tháng 4 năm 2018
Kính gửi:
- Các sở, ban, ngành thành phố;
- Ủy ban nhân dân quận, huyện.
1. Sở Nội vụ báo cáo trước ngày 15/5/2018.
2. Sở Tài chính báo cáo trước ngày 15/5/2018./.
Nơi nhận:
- Như trên;
- Lưu: VT, TH.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trịnh Ngọc Diễm
Phụ lục I
- Danh sách
"""
RESOLUTION = """ĐẢNG BỘ
THÀNH PHỐ CẦN THƠ
BAN CHẤP HÀNH
*
Số 15-NQ/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Cần Thơ, ngày 12 tháng 12 năm 2017
NGHỊ QUYẾT
về nhiệm vụ năm 2018
"""


def test_letter_without_a_type_word_is_a_cong_van() -> None:
    head = read(LETTER).head
    assert head.type == "Công văn"
    assert head.subject
    assert head.subject.text == "đôn đốc thực hiện Kế hoạch số 168/KH-UBND"


def test_addressees_and_recipients_are_no_provisions() -> None:
    reading = read(LETTER)
    assert [item.eid for item in reading.provisions] == ["para_1", "para_2", "annex_I", "annex_I__indent_1"]
    assert LETTER[reading.provisions[1].start : reading.provisions[1].end].endswith("15/5/2018./.")


def test_party_body_broken_over_two_lines_is_one_name() -> None:
    head = read(RESOLUTION).head
    assert head.parent
    assert head.parent.text == "ĐẢNG BỘ THÀNH PHỐ CẦN THƠ"
    assert head.issuer
    assert head.issuer.text == "BAN CHẤP HÀNH"


def test_estimate_of_a_past_year_is_no_target() -> None:
    text = "II. CHỈ TIÊU\nTổng sản phẩm trên địa bàn ước tăng 7,83% so với năm 2016."
    assert read(text).targets == ()


def test_year_of_a_plan_before_a_day_does_not_hide_the_deadline() -> None:
    text = "Sở Nội vụ xây dựng kế hoạch kiểm tra năm 2018 trước ngày 15/01/2018."
    assert [item.date.isoformat() for item in read(text).deadlines if item.date] == ["2018-01-15"]


def test_demand_before_a_list_is_no_task_itself() -> None:
    text = "Để hoàn thành các chỉ tiêu, Ủy ban nhân dân thành phố yêu cầu:\n1. Sở Nội vụ báo cáo kết quả."
    assert [task.lead for task in read(text).tasks] == [("Sở Nội vụ",)]


@pytest.mark.parametrize(
    ("line", "kind"), [("QUYÉT ĐỊNH", "Quyết định"), ("NGHI QUYET", "Nghị quyết"), ("KÉ HOẠCH", "Kế hoạch")]
)
def test_a_type_whose_tone_marks_a_scan_lost_is_known(line: str, kind: str) -> None:
    head = read(f"THỦ TƯỚNG CHÍNH PHỦ\nSố: 146/QĐ-TTg\n{line}\nPhê duyệt Đề án phát triển nhân lực").head
    assert head.type == kind
    assert head.type_words is not None
    assert head.type_words.text == line
