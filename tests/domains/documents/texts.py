"""A directive in the official form, short enough to count its characters."""

DIRECTIVE = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 02/CT-UBND
Cần Thơ, ngày 22 tháng 01 năm 2018
CHỈ THỊ
Về việc siết chặt kỷ luật, kỷ cương hành chính năm 2018
Thực hiện Nghị quyết số 18/NQ-HĐND ngày 07 tháng 12 năm 2017 của Hội đồng nhân dân thành phố, Chủ tịch \
Ủy ban nhân dân thành phố Cần Thơ chỉ thị:
1. Sở Y tế
a) Chủ trì, phối hợp với Ủy ban nhân dân quận Ninh Kiều rà soát các cơ sở khám bệnh, báo cáo trước ngày \
15/6/2018.
b) Tỷ lệ bao phủ bảo hiểm y tế đạt từ 82,5% trở lên.
2. Ủy ban nhân dân quận, huyện
Lập danh mục hồ sơ quá hạn trong tháng 3/2018.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Đoàn Hữu Nghiệp
"""
