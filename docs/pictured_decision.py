"""The pictures of a decision that merges wards: drafted, previewed, on a desk and on a phone."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from make_pictures import Photographer


def reorganise(at: "Photographer") -> None:
    """As the personnel officer: three wards are merged, another is split, both are previewed."""
    with at.signed_in("tochuc") as page:
        at.open(page, "/sap-xep/them/")
        page.locator("[name=legal_basis]").fill("Nghị quyết số 893/NQ-UBTVQH14")
        page.locator("[name=effective_date]").fill("30/06/2018")
        at.press(page, "Tiếp: chọn việc")
        decision = page.url.removeprefix(at.base).removesuffix("viec/")
        at.open(page, f"{decision}viec/them/merge_new/")
        choose_units(page, "P. An Hòa, An Hội, An Nghiệp", 3)
        page.locator("[name=nx1-name]").fill("Phường Ninh Kiều")
        page.locator("[name=nx1-code]").fill("31120")
        page.locator("h1").click()
        at.size(page, 1180)
        at.shoot(page, "decision-merge")
        at.press(page, "Lưu và thêm")
        at.open(page, f"{decision}viec/them/transfer/")
        choose_units(page, "An Khánh", 1)
        page.locator("#find-going").press_sequentially("Hưng Lợi")
        page.locator("#found-going button").first.click()
        shares = page.locator("#h-going ~ .unit-row")
        shares.locator("[name$=-area]").fill("24,9")
        at.press(page, "Lưu và thêm")
        at.open(page, decision)
        at.both(page, "decision", height=760)
        at.open(page, f"{decision}xem-truoc/")
        at.both(page, "decision-preview", height=1000)
    with at.signed_in("tochuc", phone=True) as page:
        at.open(page, f"{decision}xem-truoc/")
        at.shoot(page, "decision-preview-phone")


def choose_units(page: Page, names: str, count: int) -> None:
    """Find old units by their names and take all that are found."""
    page.locator("#find-origin").press_sequentially(names)
    expect(page.locator("#found-origin li")).to_have_count(count)
    page.locator("#found-origin button").first.click()
    expect(page.locator("input[name=origin]")).to_have_count(count)
