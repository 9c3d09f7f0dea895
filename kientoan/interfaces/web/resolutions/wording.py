"""Words for what was read: why a unit is meant, how much of it, what becomes of it."""

from django.utils.translation import gettext_lazy as _

WHYS = {
    "only": _("Tên và loại này chỉ có một đơn vị."),
    "within": _("Theo đơn vị cấp trên ghi bên cạnh."),
    "neighbours": _("Cùng cấp trên với các đơn vị khác trong khoản."),
    "left": _("Các đơn vị trùng tên khác đã thuộc khoản khác."),
    "spelling": _("Viết khác tên đăng ký; không có đơn vị nào khác giống."),
    "kind": _("Trùng tên nhưng loại ghi khác."),
    "elsewhere": _("Đơn vị mang tên này không thuộc cấp trên ghi bên cạnh."),
    "several": _("Nhiều đơn vị trùng tên, chưa đủ căn cứ để chọn."),
    "none": _("Không có đơn vị nào mang tên này."),
}

KINDS = {
    "merge": _("Hợp nhất thành đơn vị mới"),
    "absorb": _("Nhập vào đơn vị đang có"),
    "transfer": _("Chuyển một phần sang đơn vị đang có"),
    "move": _("Chuyển sang cấp trên khác"),
    "split": _("Chia, tách"),
    "convert": _("Đổi loại đơn vị"),
    "rename": _("Đổi tên"),
    "unchanged": _("Giữ nguyên"),
}

WHOLE, PART, REST = _("Toàn bộ"), _("Một phần"), _("Phần còn lại")
RECEIVES = {"unchanged": _("Giữ nguyên"), "move": _("Cấp trên mới")}
RECEIVING = _("Đơn vị nhận")
