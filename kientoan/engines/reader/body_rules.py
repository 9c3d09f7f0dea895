"""Rules for bodies and duties, as data: words a body begins with, verbs of duty, words that rule a duty
out."""

from __future__ import annotations

CAPITAL_HEADS = (
    r"Bộ|Sở|[ỦU]y\s+ban|U[ỷỶ]\s+ban|Uỷ\s+ban|UBND|HĐND|UBKT|UBMTTQ|MTTQ|Hội\s+đồng|Ban|Văn\s+phòng|Công"
    r"\s+an|Cục|Chi\s+cục|Tổng\s+cục|"
    r"Vụ|Viện|T[òo][aà]\s+án|Thanh\s+tra|Kiểm\s+toán|Ngân\s+hàng|Đài|Báo|Thông\s+tấn\s+xã|Mặt\s+trận|"
    r"Liên\s+đoàn|Liên\s+hiệp|Liên\s+minh|"
    r"Hội|Đoàn|Đảng|Thành\s+[ủu][yỷ]|Thành\s+uỷ|Tỉnh\s+[ủu][yỷ]|Tỉnh\s+uỷ|Huyện\s+[ủu][yỷ]|Huyện\s+uỷ|"
    r"Quận\s+[ủu][yỷ]|Quận\s+uỷ|Thị\s+[ủu]y|Thường\s+trực|Thường\s+vụ|"
    r"Thủ\s+trưởng|Phó\s+Thủ\s+tướng|Phó\s+Chủ\s+tịch|Phó\s+Bí\s+thư|Chủ\s+tịch|Giám\s+đốc|Tổng\s+Giám"
    r"\s+đốc|Trưởng|Chánh|Tổng\s+[KTBB]\w+|Bí\s+thư|Tổ|Lãnh\s+đạo|Người\s+đứng\s+đầu|Chủ\s+nhiệm|"
    r"Chính\s+phủ|Thủ\s+tướng|Quốc\s+hội|Trung\s+tâm|Trường|Bảo\s+hiểm|Kho\s+bạc|Quân\s+khu|Quân"
    r"\s+[ủu][yỷ]|Cơ\s+quan|Đơn\s+vị|Phòng|Hiệu\s+trưởng|"
    r"Đại\s+học|Học\s+viện|Chi\s+bộ|Cấp\s+[ủu][yỷ]|Cấp\s+uỷ|Tập\s+đoàn|Tổng\s+công\s+ty|Công\s+ty|Thành"
    r"\s+viên|Thành\s+đoàn|Tỉnh\s+đoàn|Công\s+đoàn|Địa\s+phương|Ngành|"
    r"VPCP|Kiểm\s+sát|Đội|Tiểu\s+ban|Đồng\s+chí|Tổng\s+cục\s+trưởng|Cục\s+trưởng|Vụ\s+trưởng|Bộ\s+trưởng"
)
"""Words with a capital that a body's name begins with: Sở Nội vụ, Ủy ban nhân dân, Thủ trưởng …"""

SMALL_HEADS = (
    r"bộ|sở|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức|cấp\s+[ủu][yỷ]|cấp\s+uỷ|chi\s+bộ|đảng"
    r"\s+[ủu][yỷ]|đảng\s+uỷ|đảng\s+bộ|thành\s+[ủu][yỷ]|tỉnh\s+[ủu][yỷ]|"
    r"thành\s+uỷ|tỉnh\s+uỷ|huyện\s+[ủu]y|quận\s+[ủu]y|xã|phường|đặc\s+khu|quận|huyện|tỉnh|thành\s+phố|"
    r"thành\s+viên|đồng\s+chí|người\s+đứng\s+đầu|thủ\s+trưởng|phòng|doanh\s+nghiệp\s+nhà\s+nước|"
    r"trường(?!\s+hợp)|bệnh\s+viện|hội|đoàn|đoàn\s+thể|lực\s+lượng|cấp|cơ\s+sở|đại\s+biểu|chủ\s+đầu"
    r"\s+tư|ủy\s+ban|"
    r"uỷ\s+ban|tổ|trung\s+tâm|lãnh\s+đạo|tiểu\s+ban|chủ\s+tịch|giám\s+đốc"
)
"""The same words in small letters, as in "các sở, ban, ngành"."""

DUTY = (
    r"có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ(?!\s+(?:quá|chậm|chưa))|"
    r"theo\s+trách\s+nhiệm\s+thi\s+hành"
)

VERBS = (
    r"chủ\s+trì|phối\s+hợp|tổ\s+chức|xây\s+dựng|ban\s+hành|hướng\s+dẫn|kiểm\s+tra|giám\s+sát|theo\s+dõi|"
    r"đôn\s+đốc|tổng\s+hợp|báo\s+cáo|"
    r"tham\s+mưu|đề\s+xuất|rà\s+soát|hoàn\s+thiện|hoàn\s+thành|triển\s+khai|thực\s+hiện|bố\s+trí|bảo"
    r"\s+đảm|đảm\s+bảo|chỉ\s+đạo|"
    r"lãnh\s+đạo|cụ\s+thể\s+h[óo][áa]?|quán\s+triệt|tuyên\s+truyền|phổ\s+biến|tăng\s+cường|đẩy\s+mạnh|"
    r"nghiên\s+cứu|sửa\s+đổi|bổ\s+sung|"
    r"(?<!chương\s)(?<!quy\s)(?<!công\s)(?<!quá\s)(?<!lộ\s)(?<!giáo\s)trình(?!\s+(?:độ|tự))|(?<!công"
    r"\s)(?<!thành\s)(?<!độc\s)(?<!đối\s)(?<!trung\s)lập|gửi|"
    r"cung\s+cấp|trao\s+đổi|cập\s+nhật|công\s+bố|công\s+khai|thông\s+báo|xem\s+xét|thẩm\s+định|thẩm"
    r"\s+tra|phê\s+duyệt|"
    r"phân\s+bổ|phân\s+công|(?<!bàn\s)(?<!chuyển\s)(?<!goại\s)giao(?!\s+(?:thông|dịch))|cân\s+đối|huy"
    r"\s+động|khai\s+thác|quản\s+lý|xử\s+lý|giải\s+quyết|tiếp\s+nhận|tiếp\s+tục|"
    r"tập\s+trung|chủ\s+động|khẩn\s+trương|kịp\s+thời|quyết\s+liệt|thường\s+xuyên|đánh\s+giá|sơ\s+kết|"
    r"tổng\s+kết|khen\s+thưởng|vận\s+động|"
    r"hỗ\s+trợ|tạo\s+điều\s+kiện|thống\s+nhất|thành\s+lập|kiện\s+toàn|sắp\s+xếp|bồi\s+dưỡng|đào\s+tạo|"
    r"tập\s+huấn|quy\s+định|"
    r"điều\s+chỉnh|nâng\s+cao|phát\s+huy|phát\s+động|duy\s+trì|đăng\s+ký|cho\s+ý\s+kiến|lấy\s+ý\s+kiến|"
    r"tiếp\s+thu|giúp|kế\s+thừa|nêu|"
    r"phát\s+triển|thu\s+hút|khắc\s+phục|chấn\s+chỉnh|thúc\s+đẩy|lồng\s+ghép|quan\s+tâm|làm\s+tốt|chuẩn"
    r"\s+bị|ưu\s+tiên|cho\s+phép|"
    r"tham\s+gia|định\s+kỳ|hằng\s+năm|hàng\s+năm|hằng\s+tháng|hàng\s+tháng|hằng\s+quý|hàng\s+quý|tích"
    r"\s+cực|phát\s+hiện|ngăn\s+chặn|bàn\s+giao|công\s+nhận|thu\s+hồi|"
    r"kiến\s+nghị|khuyến\s+khích|ký\s+kết|đăng\s+tải|vận\s+hành|thiết\s+lập|kết\s+nối|chia\s+sẻ|số"
    r"\s+h[óo][áa]?|thể\s+chế\s+h[óo][áa]?|gương\s+mẫu|"
    r"nắm|chấp\s+hành|phân\s+cấp|xác\s+định|đóng\s+góp|đóng\s+ý\s+kiến|tiến\s+hành|thông\s+tin|mở|niêm"
    r"\s+yết|lưu\s+trữ|trích|cấp\s+phát|"
    r"thẩm\s+vấn|rút\s+ngắn|giải\s+t[ỏo][aả]|nạo\s+vét|đề\s+nghị|yêu\s+cầu|dự\s+thảo|soạn\s+thảo|chịu|"
    r"phải|cần|khảo\s+sát|thống\s+kê|tính"
    r"\s+toán|giữ|gắn|đổi\s+mới|đấu\s+tranh|phòng\s+ngừa|củng\s+cố|khơi\s+dậy|"
    r"khai\s+giảng|bảo\s+vệ|phục\s+vụ|nhân\s+rộng|cải\s+thiện|cắt\s+giảm|đơn\s+giản|tháo\s+gỡ|bám\s+sát|"
    r"quy\s+hoạch|luân\s+chuyển|tinh\s+giản|thực\s+hành|giải\s+ngân|thu\s+thập|liên\s+hệ|"
    r"đưa|lựa\s+chọn|áp\s+dụng|điều\s+phối|hợp\s+tác|tư\s+vấn|đầu\s+tư|mở\s+rộng|khởi\s+công|nghiệm"
    r"\s+thu|đẩy\s+nhanh|phấn\s+đấu|giáo\s+dục|học\s+tập|tố\s+chức|cử|(?<!cuộc\s)(?<!kỳ\s)(?<!phiên"
    r"\s)họp|làm\s+việc|đề\s+ra|rút\s+kinh\s+nghiệm|trả\s+lời|xác\s+nhận|xác\s+minh|bổ\s+nhiệm|điều"
    r"\s+động|thanh\s+tra"
)
"""Verbs that a duty begins with, in small letters."""

MODIFIERS = (
    r"căn\s+cứ|cần\s+cứ|trong\s+phạm\s+vi|trên\s+cơ\s+sở|theo\s+(?:chức\s+năng|thẩm\s+quyền|nhiệm\s+vụ|"
    r"quy\s+định|phân\s+công|dõi)|tùy\s+theo|trong\s+quá\s+trình|khi|"
    r"trước\s+ngày|chậm\s+nhất|trong\s+(?:quý|tháng|năm|thời\s+hạn)|đến\s+(?:hết\s+)?(?:năm|ngày|quý)|"
    r"nhanh\s+chóng|nghiêm\s+túc|nhất\s+là|trước\s+hết|trong\s+việc"
)
"""Words between the body and its verb."""

NOT_DUTY = (
    r"đã|đang|được|bị|là|gồm|bao\s+gồm|có(?!\s+(?:trách\s+nhiệm|liên\s+quan|nhiệm\s+vụ|chức\s+năng|đất|"
    r"thu\s+hồi|thành\s+tích|đào\s+tạo|hướng|nhu))|do|để|mà|"
    r"nếu|sẽ|kêu\s+gọi|không|chưa|thì|như|về|cho(?!\s+(?:ý|phép))|bởi|còn|vẫn|cùng\s+nhau|tự|phải"
    r"\s+được|ký(?!\s+kết)|chấp\s+thuận|hoặc|từ|nhằm"
)
"""Words that show no duty when they come before the verb: a fact, a power, a definition."""

POWERS = r"quyết\s+định"
"""A power, and no duty, unless a time limit is set."""

NAME_TAILS = (
    r"nơi\s+có\s+đất\s+thu\s+hồi|thuộc\s+phạm\s+vi\s+quản\s+lý|được\s+giao(?:\s+(?:chủ\s+trì|"
    r"quản\s+lý|nhiệm\s+vụ))?"
)
"""Ends of a body's name that hold a verb."""

ORDERS = (
    r"[Gg]iao(?!\s+(?:cho\s+)?(?:dịch|thông|đất|lưu|tiếp|nộp|nhận|khu|chỉ|nhiệm))(?:\s+cho)?|"
    r"(?:[Kk]ính\s+|[Tt]rân\s+trọng\s+)?[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Pp]hân\s+công|[Tt]hành\s+lập\s+và\s+giao"
)
"""Words of an order before the body that has to act."""

CONNECTIVES = (
    r"(?:[Cc]ụ\s+thể(?:\s+là)?|[Dd]o\s+vậy|[Dd]o\s+đó|[Vv]ì\s+vậy|[Tt]rong\s+đó|[Tt]heo\s+đó|"
    r"[Đđ]ồng\s+thời|[Tt]ại\s+buổi\s+làm\s+việc|[Nn]goài\s+ra|[Bb]ên\s+cạnh\s+đó)\s*[,:]?\s+"
)
"""Words before a clause that are no part of it."""

FRONTS = (
    r"Căn\s+cứ|Trên\s+cơ\s+sở|Trong|Trường\s+hợp|Đối\s+với|Khi|Định\s+kỳ|Hằng|Hàng|Đến|Trước|Để|Theo|"
    r"Sau\s+khi|Sau|Nhằm|Chậm\s+nhất|Từ|Qua|"
    r"Tại|Với|Vào|Quá\s+trình|Quý|Tháng|Nếu|Do|Thực\s+hiện|Triển\s+khai|Trước\s+khi|Hết|Riêng|Năm|Giai\s+đoạn"
)
"""Words that open a fronted clause before the body or the verb."""

NO_SECTION = (
    r"\W*(?:mục\s+đích|yêu\s+cầu|quan\s+điểm|phạm\s+vi|đối\s+tượng|giải\s+thích|nguyên\s+tắc|kết\s+quả|"
    r"hạn\s+chế|tình\s+hình|thực\s+trạng|mục\s+tiêu|bối\s+cảnh|"
    r"ưu\s+điểm|khuyết\s+điểm|nguyên\s+nhân|hiệu\s+lực|đánh\s+giá\s+chung|mục\s+đích,?\s+yêu\s+cầu|điều"
    r"\s+khoản\s+chuyển\s+tiếp)"
)
"""Headings under which no duty is laid on anybody."""

WAYS = (
    r"ưu\s+tiên|bảo\s+đảm|đảm\s+bảo|phù\s+hợp|không|trong\s+đó|gắn|nhất\s+là|kết\s+quả|góp\s+phần|"
    r"tránh|nội\s+dung|đồng\s+thời|thực\s+hiện\s+cơ\s+bản|cho\s+phép|cơ\s+bản"
)
"""A segment that opens so tells how the same duty is done."""
