"""The reading page by keyboard alone, and a sentence selected in the text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

TEXT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 77/CT-UBND
Cần Thơ, ngày 25 tháng 6 năm 2018

CHỈ THỊ
Về việc tăng cường phòng, chống ngập

1. Giao Sở Xây dựng rà soát các tuyến thoát nước trước ngày 15/8/2018.
2. Giao Sở Tài chính bố trí kinh phí trước ngày 20/8/2018.
3. Giao Sở Y tế thực hiện việc khử khuẩn trước ngày 25/8/2018.
4. Đường phố phải sạch sau mỗi trận mưa lớn trong mùa này.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đoàn Hữu Nghiệp
"""


@pytest.mark.usefixtures("example")
def test_the_reading_page_is_worked_by_keys(
    live_server: Any, sign_in: Callable[[str], Page], tmp_path: Path
) -> None:
    page = sign_in("theodoi")
    open_paper(page, live_server.url, tmp_path)
    tasks = page.locator("[data-passages] li.passage--task")
    expect(tasks).to_have_count(3)
    current = page.locator(".passage.is-current")
    expect(current).to_contain_text("tuyến thoát nước")

    page.keyboard.press("j")
    expect(current).to_contain_text("kinh phí")
    page.keyboard.press("k")
    expect(current).to_contain_text("tuyến thoát nước")

    page.keyboard.press("x")
    expect(tasks.first).to_contain_text("Đã bỏ")
    expect(current).to_contain_text("kinh phí")
    page.keyboard.press("u")
    expect(page.locator("#notices")).to_contain_text("Đã hoàn tác")
    expect(current).to_contain_text("tuyến thoát nước")
    expect(current).to_have_class(re.compile("is-proposed"))

    page.keyboard.press("e")
    title = page.locator(".passage--editing textarea").first
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".passage--editing")).to_have_count(0)
    expect(current).to_contain_text("tuyến thoát nước")
    page.keyboard.press("e")
    title.fill("Rà soát mọi tuyến thoát nước")
    page.keyboard.press("Control+Enter")
    made = page.locator("#pinned li, [data-passages] li").filter(has_text="Đã nhận")
    expect(made.first).to_contain_text("Nhiệm vụ #")

    select_sentence(page, "Đường phố phải sạch sau mỗi trận mưa lớn")
    page.get_by_role("button", name="Thêm thành nhiệm vụ").click()
    expect(page.locator("#pinned")).to_contain_text("Đường phố phải sạch")
    expect(page.locator("#pinned")).to_contain_text("người thêm")


def open_paper(page: Page, base: str, folder: Path) -> None:
    """Drop the directive, enter it into the register, be on the reading page."""
    file = folder / "chi-thi.txt"
    file.write_text(TEXT, encoding="utf-8")
    page.goto(f"{base}/van-ban/nhap/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("link", name="Đọc và xác nhận").click()
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.locator("#notices")).to_contain_text("Đã vào sổ")


def select_sentence(page: Page, words: str) -> None:
    """Select the words in the paper as a hand with a mouse does."""
    page.evaluate(
        """(words) => {
            const paper = document.querySelector("[data-paper]");
            const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
            throw new Error("not in the paper");
        }""",
        words,
    )
