"""The resolution that the pictures of the documentation carry through the thread."""

from datetime import date

from kientoan.engines.writers import Heading, OfficialDocument, Paragraph, Signature, write_official

DEMAND = "Rà soát các tuyến hẻm bị ngập trên địa bàn quận, báo cáo Ủy ban nhân dân thành phố"


def resolution() -> bytes:
    """A Word resolution that the example city has not seen."""
    return write_official(
        OfficialDocument(
            side="state",
            issuer="Ủy ban nhân dân thành phố Cần Thơ",
            code="45/NQ-UBND",
            place="Cần Thơ",
            day=date(2018, 6, 25),
            type_name="NGHỊ QUYẾT",
            subject="Về một số nhiệm vụ chống ngập đô thị",
            body=(
                Paragraph("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
                Heading("I. MỤC TIÊU"),
                Paragraph("Đến hết năm 2018, tỷ lệ tuyến đường đô thị không còn bị ngập đạt từ 80% trở lên."),
                Heading("II. NHIỆM VỤ"),
                Paragraph("1. Giao Ủy ban nhân dân quận Ninh Kiều:"),
                Paragraph(f"a) {DEMAND} trước ngày 15/8/2018."),
                Paragraph("b) Nạo vét các cửa xả, cống thoát nước trước ngày 30/9/2018."),
                Paragraph(
                    "2. Sở Xây dựng chủ trì, phối hợp với Sở Giao thông vận tải lập bản đồ các điểm ngập, "
                    "hoàn thành trong quý III năm 2018."
                ),
            ),
            signature=Signature(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "Đoàn Hữu Nghiệp"),
            recipients=("Ủy ban nhân dân quận Ninh Kiều", "Sở Xây dựng", "Lưu: VT."),
        )
    )
