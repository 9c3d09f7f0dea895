"""A decision of the pictures: it replaces another one, repeals a clause, and hands targets to districts."""

REPLACING = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1620/QĐ-UBND
Cần Thơ, ngày 20 tháng 6 năm 2018

QUYẾT ĐỊNH
Về việc điều chỉnh và giao chỉ tiêu năm 2018

Căn cứ Nghị quyết số 15-NQ/TU về nhiệm vụ năm 2018;
Căn cứ Nghị quyết số 18/NQ-HĐND ngày 07 tháng 12 năm 2017 của Hội đồng nhân dân thành phố Cần Thơ;
Điều 1. Thay thế Quyết định số 3214/QĐ-UBND ngày 08 tháng 12 năm 2017 của Ủy ban nhân dân thành phố Cần Thơ.
Điều 2. Bãi bỏ khoản 2 Mục III Kế hoạch số 168/KH-UBND ngày 20 tháng 12 năm 2017 của UBND thành phố.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
CHỈ TIÊU NĂM 2018 GIAO CHO CÁC QUẬN, HUYỆN
TT | Quận, huyện | Tỷ lệ hộ nghèo (%) | Tỷ lệ người dân tham gia bảo hiểm y tế (%)
1 | Quận Ninh Kiều | 1,2 | 88
2 | Quận Cái Răng | 1,5 | 87,5
3 | Huyện Phong Điền | 2 | 86
4 | Các đơn vị còn lại | 2,1 | 85
"""
