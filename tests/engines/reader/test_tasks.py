"""Tasks: who has to act, from where in the sentence or above it; and what is no task."""

from __future__ import annotations

import pytest

from kientoan.engines.reader import Task, read


def one(text: str) -> Task:
    (found,) = read(text).tasks
    return found


@pytest.mark.parametrize(
    ("text", "lead", "cooperate"),
    [
        ("Giao Sở Nội vụ rà soát các chỉ tiêu biên chế.", ["Sở Nội vụ"], []),
        ("Bộ Chính trị giao Đảng đoàn Quốc hội lãnh đạo việc rà soát pháp luật.", ["Đảng đoàn Quốc hội"], []),
        ("Giao Bộ Chính trị chỉ đạo Đảng uỷ Chính phủ hoàn thiện Đề án.", ["Bộ Chính trị"], []),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Tài chính, Bảo hiểm xã hội thành phố xây dựng phương án.",
            ["Sở Y tế"],
            ["Sở Tài chính", "Bảo hiểm xã hội thành phố"],
        ),
        (
            "Bộ Văn hóa, Thể thao và Du lịch thực hiện cơ chế giao nhiệm vụ, đặt hàng.",
            ["Bộ Văn hóa, Thể thao và Du lịch"],
            [],
        ),
        (
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, căn cứ theo chức năng nhiệm vụ, phối "
            "hợp với Bộ Xây dựng "
            "trong việc triển khai thực hiện.",
            ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"],
            ["Bộ Xây dựng"],
        ),
        (
            "Bộ Nông nghiệp và Môi trường, Bộ Tài chính trong phạm vi chức năng của mình có trách nhiệm "
            "rà soát, đề xuất.",
            ["Bộ Nông nghiệp và Môi trường", "Bộ Tài chính"],
            [],
        ),
        (
            "Trường hợp phải thu hồi đất thì Ủy ban nhân dân cấp tỉnh nơi có đất báo cáo Thủ tướng "
            "Chính phủ.",
            ["Ủy ban nhân dân cấp tỉnh nơi có đất"],
            [],
        ),
        ("Đến năm 2030, các trường đại học hoàn thành hạ tầng số.", ["các trường đại học"], []),
        (
            "Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ và tổ chức, cá nhân có liên quan chịu trách "
            "nhiệm thi hành Nghị định này.",
            ["Các Bộ trưởng", "Thủ trưởng cơ quan ngang bộ", "tổ chức, cá nhân có liên quan"],
            [],
        ),
    ],
)
def test_the_body_stands_in_the_sentence(text: str, lead: list[str], cooperate: list[str]) -> None:
    found = one(text)
    assert list(found.lead) == lead
    assert list(found.cooperate) == cooperate
    assert not found.inferred_lead
    start, end = found.lead_spans[0]
    assert " ".join(text[start:end].split()) == lead[0]


@pytest.mark.parametrize(
    "text",
    [
        "1. Bộ Công an có trách nhiệm:\na) Xây dựng cơ sở dữ liệu;\nb) Hướng dẫn các địa phương.",
        "1. Bộ Công an:\na) Xây dựng cơ sở dữ liệu;\nb) Hướng dẫn các địa phương.",
        "1. Trách nhiệm của Bộ Công an\na) Xây dựng cơ sở dữ liệu;\nb) Hướng dẫn các địa phương.",
        "**k) Bộ Công an**\n\n*   Xây dựng cơ sở dữ liệu;\n*   Hướng dẫn các địa phương.",
        "Giao Bộ Công an:\n- Xây dựng cơ sở dữ liệu;\n- Hướng dẫn các địa phương.",
        "Điều 25. Trách nhiệm của Bộ Công an\n1. Xây dựng cơ sở dữ liệu.\n2. Hướng dẫn các địa phương.",
    ],
)
def test_the_points_of_a_list_take_the_body_of_its_head(text: str) -> None:
    tasks = read(text).tasks
    assert [text[task.start : task.end] for task in tasks] == [
        "Xây dựng cơ sở dữ liệu",
        "Hướng dẫn các địa phương",
    ]
    assert {task.lead for task in tasks} == {("Bộ Công an",)}
    assert all(task.inferred_lead for task in tasks)


def test_a_limit_of_its_own_makes_a_task_of_its_own() -> None:
    text = (
        "1. Chính phủ có trách nhiệm sơ kết việc thực hiện và báo cáo Quốc hội tại kỳ họp cuối năm 2028; "
        "tổng kết việc thực hiện và báo cáo Quốc hội tại kỳ họp cuối năm 2030."
    )
    reading = read(text)
    assert [
        reading.deadlines[task.deadline].period for task in reading.tasks if task.deadline is not None
    ] == [
        "2028",
        "2030",
    ]


def test_a_recurring_duty_after_a_comma_stands_alone() -> None:
    reading = read(
        "Sở Công Thương giám sát việc thực hiện, định kỳ hằng năm báo cáo Ủy ban nhân dân thành phố."
    )
    assert [(task.recurrence, task.lead) for task in reading.tasks] == [
        (None, ("Sở Công Thương",)),
        ("yearly", ("Sở Công Thương",)),
    ]


TABLE = """TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian hoàn thành
1 | Xây dựng đề án du lịch đường sông | Sở Văn hóa, Thể thao và Du lịch | Sở Tài chính | Đề án | Quý II/2026
2 | Rà soát thủ tục hành chính | Sở Nội vụ | Các sở, ban, ngành | Báo cáo | Trước ngày 30/6/2026
3 | Nhiệm vụ chưa giao | | | |
"""


def test_a_row_of_a_table_is_a_task() -> None:
    reading = read(TABLE)
    rows = [
        (task.what, task.lead, task.cooperate, task.output, reading.deadlines[task.deadline or 0].text)
        for task in reading.tasks
    ]
    assert rows == [
        (
            "Xây dựng đề án du lịch đường sông",
            ("Sở Văn hóa, Thể thao và Du lịch",),
            ("Sở Tài chính",),
            "Đề án",
            "Quý II/2026",
        ),
        (
            "Rà soát thủ tục hành chính",
            ("Sở Nội vụ",),
            ("Các sở, ban, ngành",),
            "Báo cáo",
            "Trước ngày 30/6/2026",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Sở Giáo dục và Đào tạo có thẩm quyền tuyển dụng nhà giáo.",
        "Bộ trưởng Bộ Giáo dục và Đào tạo quyết định thành lập phân hiệu.",
        "Nhà nước bảo đảm nguồn lực để miễn học phí.",
        "Cơ quan có thẩm quyền thực hiện việc thu hồi đất.",
        "Diện tích đất phải được cập nhật khi rà soát quy hoạch.",
        "Chính phủ đã thành lập Ban Chỉ đạo.",
        "Tổ chức, cá nhân thực hiện nghĩa vụ thuế.",
        "Ban Chấp hành Trung ương Đảng kêu gọi toàn Đảng, toàn dân đoàn kết.",
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Bảo đảm thực hiện nghiêm túc Nghị quyết.",
    ],
)
def test_what_lays_no_duty_on_a_body_is_no_task(text: str) -> None:
    assert read(text).tasks == ()


@pytest.mark.parametrize(
    ("text", "lead", "what"),
    [
        ("Giao Sở Y tế phun thuốc diệt muỗi.", ["Sở Y tế"], "phun thuốc diệt muỗi"),
        (
            "Giao Sở Nông nghiệp và Môi trường, Ủy ban nhân dân các xã, phường trồng 1.000 cây xanh.",
            ["Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân các xã, phường"],
            "trồng 1.000 cây xanh",
        ),
        ("Yêu cầu Công an thành phố tuần tra ban đêm.", ["Công an thành phố"], "tuần tra ban đêm"),
    ],
)
def test_an_order_needs_no_known_verb(text: str, lead: list[str], what: str) -> None:
    found = one(text)
    assert (list(found.lead), found.what, found.rule) == (lead, what, "order.unknown_verb")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Sở Xây dựng lập báo cáo đề nghị Ủy ban nhân dân cấp tỉnh phê duyệt.", ["Sở Xây dựng"]),
        (
            "Cục Hàng hải Việt Nam xây dựng cơ sở dữ liệu, các cơ quan liên quan có trách nhiệm tra cứu.",
            ["Cục Hàng hải Việt Nam"],
        ),
        (
            "Trường hợp từ chối phê duyệt, Cục Hàng không Việt Nam phải thông báo bằng văn bản.",
            ["Cục Hàng không Việt Nam"],
        ),
        (
            "Ủy ban nhân dân thành phố Cần Thơ, chính quyền địa phương các đơn vị hành chính liên quan có "
            "trách nhiệm tổ chức thi hành Nghị quyết này.",
            ["Ủy ban nhân dân thành phố Cần Thơ", "chính quyền địa phương các đơn vị hành chính liên quan"],
        ),
    ],
)
def test_the_lead_is_the_body_that_acts(text: str, lead: list[str]) -> None:
    assert list(one(text).lead) == lead


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị Kho bạc Nhà nước……………… thanh toán số tiền đã tạm ứng.",
        "Cơ quan chủ trì thẩm tra",
        "Theo đề nghị của Chính phủ, Kiểm toán nhà nước, cơ quan trung ương của tổ chức chính trị - xã hội.",
        "1. Bộ Xây dựng trình Thủ tướng Chính phủ. Hồ sơ trình gồm:\na) Báo cáo thẩm định của Bộ Xây dựng;",
        "Các nội dung giao Ban của Hội đồng nhân dân tổ chức thực hiện (nếu có).",
    ],
)
def test_forms_lists_of_things_and_nouns_lay_no_duty(text: str) -> None:
    assert [task.what for task in read(text).tasks if not task.what.startswith("trình")] == []


def test_what_a_list_head_may_ask_for_is_its_own_duty() -> None:
    text = "1. Sở Xây dựng có trách nhiệm:\na) Yêu cầu chủ đầu tư cung cấp thông tin phục vụ thẩm định;"
    assert list(one(text).lead) == ["Sở Xây dựng"]


def test_a_table_in_lines_falls_into_groups() -> None:
    text = (
        "STT\nTên dự án\nCơ quan trình\nCơ quan chủ trì thẩm tra\nTiến độ trình UBTVQH\nI\n"
        "Trình Quốc hội thông qua tại Kỳ họp thứ nhất\n1.\nLuật Hộ tịch (sửa đổi)\nChính phủ\n"
        "Ủy ban Pháp luật và Tư pháp\nTháng 03/2026\nII.\nTrình năm 2026\n1.\nLuật Bưu chính (sửa đổi)\n"
        "Chính phủ\nỦy ban Khoa học, Công nghệ và Môi trường\nTháng 7/2026\n"
    )
    reading = read(text)
    found = [(task.what, task.lead, reading.deadlines[task.deadline or 0].period) for task in reading.tasks]
    assert found == [
        ("Luật Hộ tịch (sửa đổi)", ("Chính phủ",), "2026-03"),
        ("Luật Bưu chính (sửa đổi)", ("Chính phủ",), "2026-07"),
    ]
