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
    r"chủ\s+trì|phối\s+hợp|(?<!cấu\s)(?<!máy\s)(?<!tác\s)tổ\s+chức|xây\s+dựng|ban\s+hành|hướng\s+dẫn|"
    r"kiểm\s+tra|giám\s+sát|theo\s+dõi|"
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
    r"\s+toán|(?<!tạm\s)(?<!lưu\s)(?<!gìn\s)(?<!nắm\s)giữ|gắn|đổi\s+mới|đấu\s+tranh|phòng\s+ngừa|"
    r"củng\s+cố|khơi\s+dậy|"
    r"khai\s+giảng|bảo\s+vệ|phục\s+vụ|nhân\s+rộng|cải\s+thiện|cắt\s+giảm|đơn\s+giản|tháo\s+gỡ|bám\s+sát|"
    r"quy\s+hoạch|luân\s+chuyển|tinh\s+giản|thực\s+hành|giải\s+ngân|thu\s+thập|liên\s+hệ|"
    r"đưa|lựa\s+chọn|áp\s+dụng|điều\s+phối|hợp\s+tác|tư\s+vấn|đầu\s+tư|mở\s+rộng|khởi\s+công|nghiệm"
    r"\s+thu|đẩy\s+nhanh|phấn\s+đấu|giáo\s+dục|học\s+tập|tố\s+chức|cử|(?<!cuộc\s)(?<!kỳ\s)(?<!phiên"
    r"\s)họp|làm\s+việc|đề\s+ra|rút\s+kinh\s+nghiệm|trả\s+lời|xác\s+nhận|xác\s+minh|bổ\s+nhiệm|điều"
    r"\s+động|thanh\s+tra|"
    r"ấn\s+định|trả\s+lại|tạm\s+dừng|tạm\s+đình\s+chỉ|chấm\s+dứt|khởi\s+tố|ra\s+quyết\s+định|"
    r"tuyên\s+dương|biểu\s+dương|phê\s+bình|kỷ\s+luật|tịch\s+thu|trưng\s+dụng|trưng\s+mua|khử\s+khuẩn|"
    r"sơ\s+tán|di\s+dời|ứng\s+phó|ứng\s+trực|canh\s+gác|lắp\s+đặt|sửa\s+chữa|nâng\s+cấp|mời\s+thầu|"
    r"chấm\s+thầu|tạm\s+ứng|chi\s+trả|thu\s+nộp|cấp\s+phép|cấp(?=\s+(?:giấy|phép|thẻ|mã|kinh))|gia\s+hạn|"
    r"ủy\s+quyền|uỷ\s+quyền|ủy\s+thác|phân\s+tích|xếp\s+loại|xếp\s+hạng|bình\s+chọn|tuyển\s+chọn|"
    r"chuyển(?!\s+đổi\s+số\s+(?:quốc|là))|chuyển\s+giao|giải\s+trình|giải\s+đáp|giải\s+thích|làm\s+rõ|"
    r"làm\s+đầu\s+mối|xuất\s+cấp|vận\s+chuyển|lưu\s+giữ|bảo\s+quản|bảo\s+mật|xây\s+lắp|khoanh\s+vùng|"
    r"cắm\s+mốc|thu\s+gom|phân\s+luồng|điều\s+tiết|vận\s+dụng|tổ\s+chức\s+lại|rà\s+quét|thẩm\s+duyệt|"
    r"biên\s+soạn|biên\s+tập|in\s+ấn|phát\s+hành|phát\s+sóng|đưa\s+tin|quảng\s+bá|giới\s+thiệu|tiếp\s+đón|"
    r"đón\s+tiếp|đối\s+thoại|kê\s+khai|khai\s+báo|đối\s+chiếu|xác\s+thực|xác\s+lập|ghi\s+nhận|ghi\s+chép|"
    r"ghi\s+sổ|hạch\s+toán|hoàn\s+trả|hoàn\s+tất|hoàn\s+chỉnh|tháo\s+dỡ|san\s+lấp|khơi\s+thông|nhắc\s+nhở|"
    r"động\s+viên|thăm\s+hỏi|hưởng\s+ứng|tôn\s+vinh|trao\s+tặng|truy\s+thu|ngăn\s+ngừa|trấn\s+áp|"
    r"triệt\s+phá|đồng\s+hành|dừng|kéo\s+dài|tích\s+hợp|đồng\s+bộ|chuẩn\s+hóa|chuẩn\s+hoá|tự\s+động\s+hóa|"
    r"cơ\s+cấu\s+lại|tái\s+cơ\s+cấu|đàm\s+phán|ký(?=\s+(?:ban|kết|hợp|cam))|cam\s+kết|chứng\s+nhận"
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
    r"nếu|sẽ|kêu\s+gọi|(?<!àng\s)không|chưa|thì|như|về|cho(?!\s+(?:ý|phép))|bởi|còn|vẫn|cùng\s+nhau|tự|phải"
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

STANDARDS = (
    r"\W*(?:tiêu\s+chuẩn|điều\s+kiện|hồ\s+sơ(?!,?\s+(?:và\s+)?(?:trình\s+tự|thủ\s+tục))|"
    r"thành\s+phần\s+hồ\s+sơ|quyền\s+(?:của|và\s+lợi)|định\s+nghĩa)"
)
"""Headings whose lists say what somebody or something must be, not what is to be done."""

THINGS = (
    r"(?:(?:bao\s+)?gồm(?:\s+có)?|(?:hồ\s+sơ|tài\s+liệu|thành\s+phần|giấy\s+tờ)[^;:.]{0,60}|"
    r"căn\s+cứ(?:\s+vào)?|dựa\s+trên|"
    r"(?:trong|theo|bằng|đáp\s+ứng|khi\s+có|có|một\s+trong)\s+(?:một\s+trong\s+)?(?:các|"
    r"những)\s+(?:trường\s+hợp|hình\s+thức|phương\s+thức|"
    r"tiêu\s+chí|nguyên\s+tắc|điều\s+kiện|cách|căn\s+cứ|yếu\s+tố|thông\s+tin|tài\s+liệu|yêu\s+cầu|loại|"
    r"đối\s+tượng)"
    r"(?:\s+[^\s;:.]+){0,3})\s*(?:sau(?:\s+đây)?|như\s+sau|dưới\s+đây)?\s*:$"
)
"""A list head that ends so lists things, not duties: "Hồ sơ gồm:", "trong các trường hợp sau:"."""

BODY_NAMES = (
    r"Nội\s+vụ|Tài\s+chính|Xây\s+dựng|Y\s+tế|Tư\s+pháp|Công\s+Thương|Công\s+thương|Ngoại\s+giao|"
    r"Ngoại\s+vụ|Quốc\s+phòng|Công\s+an|"
    r"Nông\s+nghiệp\s+và\s+Môi\s+trường|Nông\s+nghiệp\s+và\s+Phát\s+triển\s+nông\s+thôn|"
    r"Tài\s+nguyên\s+và\s+Môi\s+trường|"
    r"Giáo\s+dục\s+và\s+Đào\s+tạo|Khoa\s+học\s+và\s+Công\s+nghệ|Văn\s+hóa,\s+Thể\s+thao\s+và\s+Du\s+lịch|"
    r"Văn\s+hóa\s+và\s+Thể\s+thao|"
    r"Thông\s+tin\s+và\s+Truyền\s+thông|Lao\s+động\s*[-–]\s*Thương\s+binh\s+và\s+Xã\s+hội|"
    r"Giao\s+thông\s+vận\s+tải|Kế\s+hoạch\s+và\s+Đầu\s+tư|"
    r"Dân\s+tộc\s+và\s+Tôn\s+giáo|Du\s+lịch|Quy\s+hoạch\s*[-–]\s*Kiến\s+trúc|An\s+toàn\s+thực\s+phẩm|"
    r"Kinh\s+tế|Hạ\s+tầng(?:\s+và)?\s+Đô\s+thị|"
    r"Văn\s+hóa\s*[-–]\s*Xã\s+hội|Tổ\s+chức|Tuyên\s+giáo|Tuyên\s+giáo\s+và\s+Dân\s+vận|Dân\s+vận|"
    r"Nội\s+chính|Kiểm\s+tra|Quản\s+lý\s+\w+\s+\w+"
)
"""What departments and ministries are called after "Bộ", "Sở", "Phòng", "Ban": a closed list."""

NAME_WORDS = (
    r"nhân\s+dân|các|cấp|tỉnh|thành\s+phố|xã|phường|đặc\s+khu|quận|huyện|thị\s+xã|thị\s+trấn|trực\s+thuộc|"
    r"trung\s+ương|liên\s+quan|có\s+liên\s+quan|"
    r"cơ\s+quan|đơn\s+vị|sở|ban|ngành|đoàn\s+thể|địa\s+phương|trưởng|phó|đốc|tịch|thủ\s+trưởng|"
    r"người\s+đứng\s+đầu|của|và|khu\s+vực|cơ\s+sở|vụ|chức|"
    r"đảng\s+[ủu][yỷ]|đảng\s+uỷ|chi\s+bộ|cấp\s+[ủu][yỷ]|ban\s+thường\s+vụ|thường\s+vụ|thường\s+trực|"
    r"chấp\s+hành|phòng|bệnh\s+viện|trường|trung\s+tâm"
)
"""Words in small letters that belong to a body's name or class."""

FORM_LINE = r"[…]{2,}|\.{6,}|…\.{2,}|\.{3,}…|_{4,}|[□☐]"
"""A line of a form to be filled in lays no duty on anybody."""

WAYS = (
    r"ưu\s+tiên|bảo\s+đảm|đảm\s+bảo|phù\s+hợp|không|trong\s+đó|gắn|nhất\s+là|kết\s+quả|góp\s+phần|"
    r"tránh|nội\s+dung|đồng\s+thời|thực\s+hiện\s+cơ\s+bản|cho\s+phép|cơ\s+bản"
)
"""A segment that opens so tells how the same duty is done."""
