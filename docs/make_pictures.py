"""Take the pictures of the documentation anew: `.venv/bin/python docs/make_pictures.py [NAME …]`.

Starts a server on a fresh example city in a temporary folder and on a free port (your own data is not
touched), walks the thread in the system's Chromium as each role, and writes `docs/pictures/*.png`: a name
ending in `-en` is the English page, `-phone` a window of 360 px. Names given keep only those pictures. With
Pillow installed the files are reduced to a palette; with LibreOffice too the first page of the Word report is
drawn.
"""

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pictured_arrangement import arrange  # noqa: E402 (beside this script)
from pictured_decision import reorganise  # noqa: E402
from pictured_replacement import REPLACING  # noqa: E402
from pictured_resolution import DEMAND, resolution  # noqa: E402
from pictured_time import see_time  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "can-tho-2018"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 128
FIGURES = ("87,4", "99,5")
HEADCOUNT = {"assigned": "92", "present": "90", "start": "01/01/2018"}


def main(wanted: list[str]) -> int:
    """Take all pictures, or those named."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        print("Thiếu Chromium: cài gói `chromium` của hệ thống rồi chạy lại.", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="kientoan-") as folder,
        serving(Path(folder)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        Photographer(browser, base, Path(folder), set(wanted)).walk()
        browser.close()
    return 0


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """A server on the example city in `home`; its address. Stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KIENTOAN_HOME": str(home / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kientoan", "serve", "--example", "--workers", "1", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/login/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: int = 600) -> None:
    """Return when the address answers. Raises `RuntimeError` when the server ends or stays silent."""
    for _ in range(seconds):
        if server.poll() is not None:
            raise RuntimeError(f"máy chủ dừng với mã {server.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
    raise RuntimeError(f"{address} không trả lời")


class Photographer:
    """Walks through the pages as each role and takes pictures on the way."""

    def __init__(self, browser: Browser, base: str, folder: Path, wanted: set[str]) -> None:
        self.browser, self.base, self.folder, self.wanted = browser, base, folder, wanted

    def walk(self) -> None:
        """The thread from the Word file to the report, then the other pages, then phones."""
        document = self.take_document()
        task = self.confirm_and_hand_down(document)
        self.report_and_approve(task)
        self.close(task)
        self.lead(task)
        self.work()
        self.relate()
        self.administer()
        self.count_people()
        reorganise(self)
        arrange(self)
        see_time(self)
        self.phones(task)

    # --- the thread

    def take_document(self) -> str:
        """As the monitoring officer: the path of the new document."""
        file = self.folder / "nghi-quyet-chong-ngap.docx"
        file.write_bytes(resolution())
        with self.signed_in("theodoi") as page:
            self.open(page, "/van-ban/nhap/")
            page.locator("input[type=file]").set_input_files(file)
            self.shoot(page, "upload")
            self.press(page, "Đọc tệp")
            page.wait_for_url(re.compile(r"/van-ban/\d+/$"))
            self.both(page, "document", height=640)
            return page.url.removeprefix(self.base)

    def confirm_and_hand_down(self, document: str) -> str:
        """As the same officer: the path of the first task of the document."""
        with self.signed_in("theodoi") as page:
            self.open(page, f"{document}doc/")
            self.press(page, "Vào sổ")
            self.open(page, f"{document}doc/")

            def choose_first_task() -> None:
                page.locator("li.passage--task a.passage__kind").first.click()

            self.both(page, "reading", choose_first_task)
            for _ in range(page.locator("li.passage--task").count()):
                waiting = page.locator("li.passage--task.is-proposed")
                before = waiting.count()
                waiting.first.locator("button[data-act=a]").click()
                expect(waiting).to_have_count(before - 1)
            self.open(page, f"{document}doc/giao/")
            self.both(page, "hand-down", height=560)
            self.press(page, "Giao các nhiệm vụ đã chọn")
            self.open(page, document)
            page.get_by_role("link", name=DEMAND).first.click()
            page.wait_for_url(re.compile(r"/nhiem-vu/\d+/$"))
            return page.url.removeprefix(self.base)

    def report_and_approve(self, task: str) -> None:
        """As the district's reporting officer, then as its head."""
        evidence = self.folder / "danh-sach-12-tuyen-hem.txt"
        evidence.write_text("Đã rà soát 12 tuyến hẻm.", encoding="utf-8")
        with self.signed_in("baocao.ninhkieu") as page:
            self.open(page, task)

            def fill() -> None:
                page.locator("textarea[name=note]").first.fill("Đã rà soát 12 tuyến hẻm, danh sách kèm theo.")
                page.locator("input[type=file]").set_input_files(evidence)
                page.locator("h1").click()

            self.both(page, "report", fill, height=1160)
            fill()
            self.press(page, "Báo cáo hoàn thành")
        with self.signed_in("lanhdao.ninhkieu") as page:
            self.open(page, task)
            self.both(page, "approve", height=1000)
            self.press(page, "Duyệt, gửi cấp trên")

    def close(self, task: str) -> None:
        """As the officer who assigned."""
        with self.signed_in("theodoi") as page:
            self.open(page, task)
            self.both(page, "close", height=1000)
            self.press(page, "Nghiệm thu, kết thúc")

    def lead(self, task: str) -> None:
        """As the chairman: the board, the sentence behind a number, the report."""
        with self.signed_in("chutich") as page:
            self.open(page, "/bang-dieu-hanh/")
            self.both(page, "board", height=900)
            self.both(page, "heat", part="table.heat")
            self.open(page, task)
            page.get_by_role("link", name="45/NQ-UBND").first.click()
            page.wait_for_load_state("networkidle")
            self.both(page, "sentence")
            self.open(page, "/bao-cao/")
            self.both(page, "reports", height=640)
            with page.expect_download() as download:
                page.get_by_role("link", name="Tải báo cáo Word").click()
            word = self.folder / "bao-cao.docx"
            download.value.save_as(word)
        self.draw_word(word)

    # --- the other pages

    def work(self) -> None:
        """Lists and tables of the officers."""
        with self.signed_in("vanthu") as page:
            self.open(page, "/van-ban/")
            self.both(page, "register")
        with self.signed_in("theodoi") as page:
            self.open(page, "/nhiem-vu/?mine=0&status=overdue")
            self.both(page, "tasks")
            self.open(page, "/chi-tieu/")
            self.both(page, "targets")
            self.open(page, "/to-chuc/")
            self.both(page, "organisation", height=720)
        with self.signed_in("baocao.ninhkieu") as page:
            self.open(page, "/")
            self.both(page, "home-district", height=720)
            self.open(page, "/so-lieu/")
            page.locator("input[name=period]").fill("quý II/2018")
            page.locator("select[name=vintage]").select_option("final")
            self.press(page, "Mở bảng nhập")
            page.wait_for_url(re.compile(r"/so-lieu/\d+/"))

            def type_figures() -> None:
                for field, figure in zip(page.locator("td.figure input.num").all(), FIGURES, strict=False):
                    field.fill(figure)

            self.both(page, "figures", type_figures, height=660)

    def relate(self) -> None:
        with self.signed_in("theodoi") as page:
            self.open(page, "/van-ban/nhap/")
            page.locator("textarea[name=text]").fill(REPLACING)
            self.press(page, "Đọc tệp")
            decision = page.url.removeprefix(self.base)
            self.press(page, "Vào sổ")
            self.both(page, "validity", part="#hieu-luc")
            self.open(page, f"{decision}doc/bang/")
            self.both(page, "matrix", height=640)
            self.open(page, f"{decision}doc/?loc=citation&rules=1")
            self.both(page, "doubt", part="#list")
            self.open(page, f"{decision}quan-he/?steps=2")
            self.both(page, "relations", height=600)
        with self.signed_in("theodoi", phone=True) as page:
            self.open(page, f"{decision}quan-he/")
            self.shoot(page, "relations-phone")

    def administer(self) -> None:
        with self.signed_in("quantri") as page:
            self.open(page, "/quan-tri/tai-khoan/")
            self.both(page, "accounts", height=720)

    def count_people(self) -> None:
        """As the personnel officer: the headcount of a district, vacant posts."""
        with self.signed_in("tochuc") as page:
            self.open(page, "/to-chuc/?q=ninh kieu")
            page.get_by_role("link", name="Quận Ninh Kiều", exact=True).first.click()
            page.wait_for_url(re.compile(r"/to-chuc/\d+/$"))
            address = page.url.removeprefix(self.base)
            self.open(page, f"{address}bien-che/them/")
            for name, value in HEADCOUNT.items():
                page.locator(f"input[name={name}]").fill(value)
            self.press(page, "Ghi")
            page.wait_for_url(re.compile(r"/bien-che/$"))
            self.both(page, "headcount", height=760)
            self.open(page, "/to-chuc/khuyet/")
            self.both(page, "vacancies", height=640)

    def phones(self, task: str) -> None:
        for name, username, path in (
            ("board", "chutich", "/bang-dieu-hanh/"),
            ("home", "baocao.ninhkieu", "/"),
            ("task", "baocao.ninhkieu", task),
        ):
            with self.signed_in(username, phone=True) as page:
                self.open(page, path)
                self.shoot(page, f"{name}-phone")

    def draw_word(self, word: Path) -> None:
        """The first page of a Word file, when LibreOffice is here."""
        office = shutil.which("soffice")
        if office is None or (self.wanted and "word" not in self.wanted):
            return
        import pypdfium2

        profile = f"-env:UserInstallation=file://{self.folder}/office"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(self.folder),
            str(word),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pypdfium2.PdfDocument(word.with_suffix(".pdf")) as pdf:
            image = io.BytesIO()
            try:
                pdf[0].render(scale=1).to_pil().save(image, "PNG")
            except ImportError:
                return
        self.keep("word", image.getvalue())

    # --- the tools

    @contextmanager
    def signed_in(self, username: str, *, phone: bool = False) -> Iterator[Page]:
        """A window of that account."""
        size = PHONE if phone else DESKTOP
        context = self.browser.new_context(viewport=size, locale="vi-VN")
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.base}/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        self.press(page, "Đăng nhập")
        page.wait_for_url(lambda url: "/login/" not in url)
        try:
            yield page
        finally:
            context.close()

    def open(self, page: Page, path: str) -> None:
        """Go to a page. Raises `RuntimeError` when it does not answer with 200."""
        answer = page.goto(self.base + path)
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{path}: {answer and answer.status}")

    def press(self, page: Page, button: str) -> None:
        """Press a button that sends a form, and wait for the page that answers."""
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()

    def both(
        self,
        page: Page,
        name: str,
        prepare: Callable[[], None] | None = None,
        *,
        height: int | None = None,
        part: str = "",
    ) -> None:
        """The page as it is in Vietnamese and in English; it is Vietnamese and fresh afterwards."""
        if self.wanted and not self.wanted & {name, f"{name}-en"}:
            return
        for language, ending in (("vi", ""), ("en", "-en")):
            address = page.url
            if language == "en":
                self.choose_language(page, "en")
                page.goto(address)
            self.size(page, height)
            page.wait_for_load_state("networkidle")
            if prepare:
                prepare()
            self.shoot(page, name + ending, part=part)
            self.size(page, None)
        address = page.url
        self.choose_language(page, "vi")
        page.goto(address)

    def choose_language(self, page: Page, language: str) -> None:
        """For the account, as the button in the top bar does."""
        page.locator(f"form.language button[value={language}]:visible").first.click()
        page.wait_for_selector(f"html[lang={language}]")

    def size(self, page: Page, height: int | None) -> None:
        """Make the window as high as asked for, or as high as usual."""
        page.set_viewport_size({"width": DESKTOP["width"], "height": height or DESKTOP["height"]})

    def shoot(self, page: Page, name: str, *, part: str = "") -> None:
        """One picture of what the window shows, or of the first part of the page that fits a selector."""
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        self.keep(name, page.locator(part).first.screenshot() if part else page.screenshot())

    def keep(self, name: str, data: bytes) -> None:
        """Write the picture, reduced to a palette when Pillow is here."""
        if self.wanted and name not in self.wanted:
            return
        path = PICTURES / f"{name}.png"
        path.write_bytes(smaller(data))
        print(path.name, path.stat().st_size // 1024, "KB", file=sys.stderr)


def smaller(data: bytes) -> bytes:
    """The picture with a palette of 128 colours; as it is without Pillow."""
    try:
        from PIL import Image
    except ImportError:
        return data
    small = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
