"""Wards are merged and split in a real browser: drafted, previewed, applied, and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kientoan.domains.organisation.models import Decision, DecisionState

BASIS = "Nghị quyết số 893/NQ-UBTVQH14 về sắp xếp các phường của quận Ninh Kiều"


@pytest.mark.usefixtures("example")
def test_wards_are_merged_and_split_and_all_is_taken_back(
    live_server: Any, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("tochuc")
    page.goto(f"{live_server.url}/sap-xep/")
    begin(page)
    merge_three_wards(page)
    split_with_parts(page)
    preview(page)
    apply(page)
    undo(page)


def begin(page: Page) -> None:
    """The basis in words, and the day of the example."""
    page.get_by_role("link", name="Soạn quyết định").first.click()
    page.get_by_label("Căn cứ, viết bằng lời").fill(BASIS)
    page.get_by_label("Ngày có hiệu lực").fill("30/06/2018")
    page.get_by_role("button", name="Tiếp: chọn việc").click()


def merge_three_wards(page: Page) -> None:
    """Three wards by their short names, all chosen at once; one of them gives a part only."""
    page.get_by_role("link", name="Nhập các đơn vị thành một đơn vị mới").click()
    page.get_by_label("Tìm đơn vị").press_sequentially("P. An Hòa, An Hội, An Nghiệp")
    page.get_by_role("button", name="Chọn cả 3 đơn vị").click()
    part = page.locator(".unit-row").filter(has_text="Phường An Nghiệp")
    part.get_by_label("Nhập bao nhiêu").select_option(label="Một phần (đơn vị vẫn còn)")
    part.get_by_text("Tỷ lệ chuyển, nếu biết").click()
    part.get_by_label("Diện tích (%)").fill("24,9")
    page.get_by_label("Tên đơn vị mới").fill("Phường Ninh Kiều")
    page.get_by_label("Mã đơn vị hành chính").fill("31120")
    page.get_by_role("button", name="Lưu", exact=True).click()
    event = page.locator("#viec-1")
    expect(event).to_contain_text("Phường An Hòa")
    expect(event).to_contain_text("một phần Phường An Nghiệp")
    expect(event).to_contain_text("24,9 % diện tích")


def split_with_parts(page: Page) -> None:
    """One ward becomes two, with their shares of the people; a part above all is refused at its field."""
    page.get_by_role("link", name="Thêm việc").first.click()
    page.get_by_role("link", name="Chia, tách một đơn vị").click()
    page.get_by_label("Tìm đơn vị").first.press_sequentially("cai khe")
    page.get_by_role("button", name="Chọn Phường Cái Khế").click()
    page.get_by_role("button", name="Thêm một đơn vị mới").click()
    expect(page.get_by_label("Tên đơn vị mới")).to_have_count(2)
    for place, (name, share) in enumerate((("Phường Cái Khế Đông", "160"), ("Phường Cái Khế Tây", "40"))):
        page.get_by_label("Tên đơn vị mới").nth(place).fill(name)
        page.get_by_label("Dân số (%)").nth(place).fill(share)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("không quá 100 %")
    page.get_by_label("Dân số (%)").nth(0).fill("60")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#viec-2")).to_contain_text("60 % dân số")


def preview(page: Page) -> None:
    """Both trees, and who takes over."""
    page.get_by_role("link", name="Xem trước", exact=True).first.click()
    before, after = page.locator(".before-after > .card").all()
    expect(before.locator("s").filter(has_text="Phường An Hòa")).to_be_visible()
    expect(after).to_contain_text("Phường Ninh Kiều")
    expect(after.get_by_text("Phường An Nghiệp")).to_be_visible()
    heir = page.get_by_label("Nghĩa vụ của Phường Cái Khế")
    expect(heir).to_contain_text("Chuyển hết cho Phường Cái Khế Đông – 60 % theo dân số (đề xuất)")


def apply(page: Page) -> None:
    """Asked with numbers, then done."""
    page.get_by_role("button", name="Tiếp: thực hiện").first.click()
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã thực hiện")
    page.get_by_role("link", name="Mở cây tổ chức").click()
    expect(page.locator(".tree a", has_text="Phường Ninh Kiều")).to_be_attached()
    expect(page.locator(".tree a", has_text="Phường An Hội")).not_to_be_attached()


def undo(page: Page) -> None:
    """Everything is as it was."""
    page.go_back()
    page.get_by_role("link", name="Nhầm? Hủy thực hiện").click()
    page.get_by_role("button", name="Hủy thực hiện").click()
    expect(page.locator("#notices")).to_contain_text("mọi đơn vị trở lại như trước")
    assert Decision.objects.get(legal_basis=BASIS).state == DecisionState.UNDONE
    page.get_by_role("link", name="Tổ chức", exact=True).first.click()
    expect(page.locator(".tree a", has_text="Phường An Hội")).to_be_attached()
