"""Types of official documents.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III (state side); Quy định 66-QĐ/TW and 399-QĐ/TW with the Central
Office's guidance 36-HD/VPTW and 05-HD/VPTW (Party side); Luật Ban hành văn bản quy phạm pháp luật.
"""

TYPES = """
NQ|Nghị quyết|Resolution
QĐ|Quyết định|Decision
CT|Chỉ thị|Directive
KL|Kết luận|Conclusion
QyĐ|Quy định|Rule
QC|Quy chế|Working regulation
TC|Thông cáo|Communiqué
TTri|Thông tri|Circular letter
TB|Thông báo|Notice
HD|Hướng dẫn|Guidance
CTr|Chương trình|Programme
CTrHĐ|Chương trình hành động|Action programme
KH|Kế hoạch|Plan
QH|Quy hoạch|Planning
PA|Phương án|Option plan
ĐA|Đề án|Scheme
DA|Dự án|Project
BC|Báo cáo|Report
BB|Biên bản|Minutes
TTr|Tờ trình|Submission
HĐ|Hợp đồng|Contract
CĐ|Công điện|Official telegram
BGN|Bản ghi nhớ|Memorandum
BTT|Bản thỏa thuận|Agreement
GUQ|Giấy ủy quyền|Power of attorney
GM|Giấy mời|Invitation
GGT|Giấy giới thiệu|Letter of introduction
GNP|Giấy nghỉ phép|Leave paper
PG|Phiếu gửi|Sending slip
PC|Phiếu chuyển|Transfer slip
PB|Phiếu báo|Notice slip
|Công văn|Official letter
|Thư công|Official personal letter
TBo|Tuyên bố|Declaration
LKG|Lời kêu gọi|Appeal
|Chiến lược|Strategy
|Cương lĩnh|Platform
|Điều lệ|Statutes
|Hiến pháp|Constitution
|Bộ luật|Code
|Luật|Law
PL|Pháp lệnh|Ordinance
L|Lệnh|Order
NĐ|Nghị định|Decree
TT|Thông tư|Circular
TTLT|Thông tư liên tịch|Joint circular
NQLT|Nghị quyết liên tịch|Joint resolution
VBHN|Văn bản hợp nhất|Consolidated text
SY|Bản sao y|Certified copy
TrS|Bản trích sao|Certified extract
SL|Bản sao lục|Copy of a copy
"""


def seed(apps, schema_editor):
    """Add the types that are not there yet; a type an office renamed stays as it is."""
    model = apps.get_model("documents", "DocumentType")
    rows = [line.split("|") for line in TYPES.strip().splitlines()]
    model.objects.bulk_create(
        [model(abbreviation=short, name=name, name_en=english) for short, name, english in rows],
        ignore_conflicts=True,
    )
