"""The bytes of a JSON file to plain values; where it is broken, the line, the column and what to do there."""

import json
from typing import Any

from django.utils.translation import gettext as _

from .written import BadFile, Problem

NEEDED = ("legal_basis", "effective_date", "events")


def load_json(data: bytes, name: str) -> dict[str, Any]:
    """The object of the file, with a list of events. Raises `BadFile`."""
    plain = _values(data, name)
    if not isinstance(plain, dict):
        words = _("cả tệp phải là một đối tượng {…}, nhưng tệp này bắt đầu bằng %(what)s.")
        remedy = _('Hãy ghi {"legal_basis": …, "effective_date": …, "events": […]}.')
        raise BadFile([Problem(0, words % {"what": _shape(plain)}, remedy, name)])
    events = plain.get("events")
    if isinstance(events, list) and events:
        return plain
    if "events" not in plain:
        others = ", ".join(f"“{str(key)[:40]}”" for key in list(plain)[:8]) or _("không trường nào")
        words = _("thiếu trường “events”; tệp có: %(others)s.") % {"others": others}
    elif events == []:
        words = _("“events” chưa có thay đổi nào.")
    else:
        words = _("“events” phải là một danh sách […], nhưng ghi %(what)s.") % {"what": _shape(events)}
    raise BadFile([Problem(0, words, _("Hãy ghi mỗi thay đổi là một đối tượng trong “events”."), name)])


def _values(data: bytes, name: str) -> Any:
    if not data.strip():
        raise BadFile([Problem(0, _("tệp rỗng."), _("Hãy chọn lại tệp."), name)])
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = _("dòng %(line)s có ký tự không phải UTF-8.") % {"line": line}
        raise BadFile([Problem(0, words, _("Hãy lưu lại tệp với bảng mã UTF-8."), name)]) from error
    except json.JSONDecodeError as error:
        words = _("dòng %(line)s, cột %(column)s: %(what)s.")
        values = {"line": error.lineno, "column": error.colno, "what": _what(error)}
        raise BadFile([Problem(0, words % values, _remedy(error), name)]) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        words, remedy = _("tệp không phải JSON của một quyết định."), _("Hãy xem lại cách ghi của tệp.")
        raise BadFile([Problem(0, words, remedy, name)]) from error


def _at_the_end(error: json.JSONDecodeError) -> bool:
    return not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated")


def _what(error: json.JSONDecodeError) -> str:
    """The fault in words."""
    told = {
        "Expecting property name enclosed in double quotes": _("cần tên trường trong dấu ngoặc kép"),
        "Expecting ',' delimiter": _("thiếu dấu phẩy, hoặc dấu đóng ngoặc"),
        "Expecting ':' delimiter": _("thiếu dấu hai chấm sau tên trường"),
        "Expecting value": _("thiếu giá trị"),
        "Unterminated string starting at": _("chữ bắt đầu ở đây không có dấu ngoặc kép đóng"),
        "Invalid control character at": _("trong ngoặc kép có chỗ xuống dòng hoặc ký tự lạ"),
        "Extra data": _("còn nội dung thừa sau dấu đóng ngoặc cuối cùng"),
        "Illegal trailing comma before end of object": _("thừa dấu phẩy trước dấu đóng ngoặc"),
        "Illegal trailing comma before end of array": _("thừa dấu phẩy trước dấu đóng ngoặc"),
    }
    if error.doc and _at_the_end(error) and not error.msg.startswith("Unterminated"):
        return _("tệp hết giữa chừng, có dấu ngoặc chưa đóng")
    return told.get(error.msg, _("không đúng cách ghi của JSON"))


def _remedy(error: json.JSONDecodeError) -> str:
    if _at_the_end(error):
        return _("Tệp có thể bị cắt khi tải về hay chép lại; hãy lấy lại tệp đủ.")
    around = " ".join(error.doc[max(0, error.pos - 20) : error.pos + 20].split())
    return _("Hãy sửa ở gần “%(around)s”.") % {"around": around}


def _shape(value: object) -> str:
    """What kind of value it is, in words."""
    if isinstance(value, list):
        return _("một danh sách")
    if isinstance(value, dict):
        return _("một đối tượng")
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)[:40]
    return f"“{str(value)[:40]}”"
