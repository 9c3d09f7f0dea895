"""Pictures of a resolution on units and of the draft made from it; one name in it is not to be found."""

import re
from datetime import date
from typing import TYPE_CHECKING

from kientoan.engines.writers import Heading, OfficialDocument, Paragraph, Signature, write_official

if TYPE_CHECKING:
    from make_pictures import Photographer

WHOLE = "toàn bộ diện tích tự nhiên, quy mô dân số của"
CLAUSES = (
    f"1. Sắp xếp {WHOLE} phường An Nghiệp, phường An Cư và một phần diện tích tự nhiên, quy mô dân số của "
    "phường An Phú thành phường mới có tên gọi là phường An Cư.",
    f"2. Sắp xếp {WHOLE} phường An Hội, phường An Lạc và phần còn lại của phường An Phú sau khi sắp xếp theo "
    "quy định tại khoản 1 Điều này thành phường mới có tên gọi là phường Tân Hội.",
    f"3. Nhập {WHOLE} xã Trung Thạnh Đông vào xã Trung Thạnh.",
    "4. Đổi tên phường Thới Bình thành phường Thới Hưng.",
)


def arrange(at: "Photographer") -> None:
    """The monitoring officer takes the resolution in, the personnel officer reads it into a draft."""
    file = at.folder / "nghi-quyet-sap-xep.docx"
    file.write_bytes(arrangement())
    with at.signed_in("theodoi") as page:
        at.open(page, "/van-ban/nhap/")
        page.locator("input[type=file]").set_input_files(file)
        at.press(page, "Đọc tệp")
        page.wait_for_url(re.compile(r"/van-ban/\d+/$"))
        document = page.url.removeprefix(at.base)
        at.press(page, "Vào sổ")
    with at.signed_in("tochuc") as page:
        at.open(page, f"/sap-xep/tu-van-ban{document.removeprefix('/van-ban')}")
        at.both(page, "from-text", height=940)


def arrangement() -> bytes:
    """A Word resolution on wards and communes of the example city."""
    return write_official(
        OfficialDocument(
            side="state",
            issuer="Hội đồng nhân dân thành phố Cần Thơ",
            code="12/NQ-HĐND",
            place="Cần Thơ",
            day=date(2018, 6, 20),
            type_name="NGHỊ QUYẾT",
            subject="Về việc sắp xếp một số đơn vị hành chính cấp xã của thành phố Cần Thơ",
            body=(
                Heading("Điều 1. Sắp xếp một số đơn vị hành chính cấp xã của thành phố Cần Thơ"),
                *map(Paragraph, CLAUSES),
                Heading("Điều 2. Hiệu lực thi hành"),
                Paragraph("Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2019."),
            ),
            signature=Signature(("TM. HỘI ĐỒNG NHÂN DÂN",), "CHỦ TỊCH", "Nguyễn Thị Mẫu"),
            recipients=("Ủy ban nhân dân thành phố", "Lưu: VT."),
        )
    )
