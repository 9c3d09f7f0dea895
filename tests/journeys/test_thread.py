"""The thread, in a real browser: from a document to the board, back to the sentence, and out as Word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from kientoan.domains.plans.models import Task, TaskState
from kientoan.engines.writers import Heading, OfficialDocument, Paragraph, Signature, write_official

DEMAND = "Rà soát các tuyến hẻm bị ngập trên địa bàn quận, báo cáo Ủy ban nhân dân thành phố"


@pytest.fixture
def resolution(tmp_path: Path) -> Path:
    """A Word resolution that has never been seen: one task for Ninh Kiều with a deadline."""
    path = tmp_path / "nghi-quyet-chong-ngap.docx"
    path.write_bytes(
        write_official(
            OfficialDocument(
                side="state",
                issuer="Ủy ban nhân dân thành phố Cần Thơ",
                code="45/NQ-UBND",
                place="Cần Thơ",
                day=date(2018, 6, 25),
                type_name="NGHỊ QUYẾT",
                subject="Về một số nhiệm vụ chống ngập đô thị",
                body=(
                    Heading("I. NHIỆM VỤ"),
                    Paragraph("1. Giao Ủy ban nhân dân quận Ninh Kiều:"),
                    Paragraph(f"a) {DEMAND} trước ngày 15/8/2018."),
                ),
                signature=Signature(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "Đoàn Hữu Nghiệp"),
                recipients=("Ủy ban nhân dân quận Ninh Kiều", "Lưu: VT."),
            )
        )
    )
    return path


@pytest.mark.usefixtures("example")
def test_from_a_resolution_to_the_board_and_back(
    live_server: Any, sign_in: Callable[[str], Page], resolution: Path, tmp_path: Path
) -> None:
    page = drop_and_confirm(sign_in, live_server.url, resolution)
    task = hand_down(page)
    report_with_evidence(sign_in, live_server.url, task, tmp_path)
    approve(sign_in, live_server.url, task)
    close(sign_in, live_server.url, task)
    page = sign_in("chutich")
    see_on_the_board_and_walk_to_the_sentence(page, live_server.url, task)
    take_the_word_report(page, live_server.url, tmp_path)


def drop_and_confirm(sign_in: Callable[[str], Page], base: str, resolution: Path) -> Page:
    """The monitoring officer drops the file, enters it into the register and accepts the task by key."""
    page = sign_in("theodoi")
    page.goto(f"{base}/van-ban/nhap/")
    page.locator("input[type=file]").set_input_files(resolution)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nghị quyết 45/NQ-UBND")
    expect(page.locator("dl").first).to_contain_text("25/06/2018")
    page.get_by_role("link", name="Đọc và xác nhận").click()
    page.get_by_role("button", name="Vào sổ").click()
    item = page.locator("li.passage--task").first
    expect(item).to_contain_text(DEMAND)
    expect(item).to_contain_text("UBND quận Ninh Kiều")
    expect(item).to_contain_text("14/08/2018")
    expect(page.locator("[data-paper] .found--task")).to_contain_text(DEMAND)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("li.passage--task").first).to_contain_text("Đã nhận")
    return page


def hand_down(page: Page) -> Task:
    """What was accepted is handed to the district."""
    page.reload()
    page.get_by_role("link", name="Giao 1 nhiệm vụ").click()
    page.get_by_role("button", name="Giao các nhiệm vụ đã chọn").click()
    expect(page.get_by_text("Đã giao").first).to_be_visible()
    task = Task.objects.select_related("passage").get(title__startswith=DEMAND)
    assert task.passage is not None
    assert task.passage.quote.startswith(DEMAND)
    return task


def report_with_evidence(sign_in: Callable[[str], Page], base: str, task: Task, folder: Path) -> None:
    """The district's reporting officer reports completion with a paper that proves it."""
    evidence = folder / "bao-cao-ra-soat.txt"
    evidence.write_text("Đã rà soát 12 tuyến hẻm.", encoding="utf-8")
    page = sign_in("baocao.ninhkieu")
    page.goto(f"{base}/nhiem-vu/{task.pk}/")
    page.locator("textarea[name=note]").first.fill("Đã rà soát 12 tuyến hẻm, có danh sách kèm theo.")
    page.locator("input[type=file]").set_input_files(evidence)
    page.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(page.locator("ol.timeline")).to_contain_text("bao-cao-ra-soat.txt")


def approve(sign_in: Callable[[str], Page], base: str, task: Task) -> None:
    """The head of the district approves."""
    page = sign_in("lanhdao.ninhkieu")
    page.goto(f"{base}/nhiem-vu/{task.pk}/")
    page.get_by_role("button", name="Duyệt, gửi cấp trên").click()
    expect(page.locator("ol.timeline")).to_contain_text("Thủ trưởng duyệt")


def close(sign_in: Callable[[str], Page], base: str, task: Task) -> None:
    """Only the assigner closes."""
    page = sign_in("theodoi")
    page.goto(f"{base}/nhiem-vu/{task.pk}/")
    page.get_by_role("button", name="Nghiệm thu, kết thúc").click()
    expect(page.locator("ol.timeline")).to_contain_text("Nghiệm thu")
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def see_on_the_board_and_walk_to_the_sentence(page: Page, base: str, task: Task) -> None:
    """From the number on the board, over the task, to the sentence that demanded it."""
    page.goto(f"{base}/bang-dieu-hanh/")
    page.get_by_role("link", name="Hoàn thành đúng hạn").click()
    page.get_by_role("searchbox").or_(page.get_by_label("Nội dung")).last.fill("tuyến hẻm bị ngập")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=DEMAND).first.click()
    page.get_by_role("link", name="45/NQ-UBND").first.click()
    expect(page.locator(f"#p{task.passage_id}")).to_contain_text(DEMAND[:40])
    expect(page.locator(f"#p{task.passage_id}")).to_be_in_viewport()


def take_the_word_report(page: Page, base: str, folder: Path) -> None:
    """The report opens as Word, in the layout of an official document, with its charts."""
    page.goto(f"{base}/bao-cao/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo Word").click()
    path = folder / "bao-cao.docx"
    download.value.save_as(path)
    word = Document(str(path))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "BÁO CÁO" in text
    assert "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU" in text
    assert word.inline_shapes
