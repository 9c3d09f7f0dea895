"""What the domain refuses, in words that name the field and the way out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy

from ..wording import day_text, span_text


def _bad_range(error: operations.BadRange) -> tuple[str, str]:
    return "last_day", gettext("Ngày cuối phải từ ngày bắt đầu (%(start)s) trở đi.") % {
        "start": day_text(error.start)
    }


def _outside_life(error: operations.OutsideLife) -> tuple[str, str]:
    return "start", gettext(
        "Đơn vị hoặc chức danh này chỉ có %(span)s. Hãy chọn các ngày nằm trong thời gian ấy."
    ) % {"span": span_text(error.life)}


def _post_taken(error: operations.PostTaken) -> tuple[str, str]:
    held = error.membership
    return "start", gettext(
        "Chức danh này do %(person)s giữ %(span)s. Hãy ghi ngày thôi giữ chức của người ấy trước, chọn ngày "
        "bắt đầu muộn hơn, hoặc chọn hình thức “Phụ trách, quyền”."
    ) % {"person": held.person, "span": span_text(held.in_force)}


def _already_in_post(error: operations.AlreadyInPost) -> tuple[str, str]:
    held = error.membership
    return "start", gettext(
        "%(person)s đã ở chức danh này %(span)s. Hãy sửa lần giữ chức ấy, hoặc chọn những ngày khác."
    ) % {"person": held.person, "span": span_text(held.in_force)}


def _code_taken(error: operations.CodeTaken) -> tuple[str, str]:
    return "code", gettext("Mã %(code)s đang là của đơn vị khác. Hãy kiểm tra lại mã, hoặc để trống.") % {
        "code": error
    }


def _already_placed(error: operations.AlreadyPlaced) -> tuple[str, str]:
    place = error.placement
    return "hierarchy", gettext(
        "Đơn vị đã đứng trong hệ thống “%(hierarchy)s” %(span)s. Chuyển đơn vị sang cấp trên khác là một lần "
        "sắp xếp tổ chức, cần căn cứ pháp lý; hãy chọn hệ thống khác."
    ) % {"hierarchy": Hierarchy(place.hierarchy).label, "span": span_text(place.in_force)}


def _under_itself(error: operations.UnderItself) -> tuple[str, str]:
    return "parent", gettext(
        "Cấp trên được chọn đang đứng dưới chính đơn vị này, nên đơn vị sẽ đứng dưới chính nó. Hãy chọn cấp "
        "trên khác."
    )


def _version_exists(error: operations.VersionExists) -> tuple[str, str]:
    return "start", gettext(
        "Từ đúng ngày này đơn vị đã có tên “%(name)s”. Hãy đính chính tên ấy, hoặc chọn ngày khác."
    ) % {"name": error.version.name}


def _ended_by_decision(error: operations.EndedByDecision) -> tuple[str, str]:
    return "last_day", gettext(
        "Chức danh kết thúc theo “%(basis)s”. Muốn đổi ngày cuối, hãy hủy thực hiện quyết định ấy."
    ) % {"basis": error.decision.legal_basis[:200]}


def _headcount_exists(error: operations.HeadcountExists) -> tuple[str, str]:
    return "start", gettext(
        "Từ đúng ngày này đã có số của loại “%(kind)s”. Hãy đính chính số ấy, hoặc chọn ngày khác."
    ) % {"kind": error.headcount.get_kind_display()}


def _nothing_counted(error: operations.NothingCounted) -> tuple[str, str]:
    return "assigned", gettext("Hãy nhập ít nhất một số: biên chế giao hoặc có mặt. Chưa biết thì để trống.")


def _bad_code(error: operations.BadCode) -> tuple[str, str]:
    return "code", gettext("Mã viết chưa đúng kiểu. Ví dụ: %(example)s.") % {"example": error.example}


def _code_exists(error: operations.CodeExists) -> tuple[str, str]:
    return "start", gettext(
        "Đơn vị đã có mã %(code)s của loại này %(span)s. Hãy chọn ngày muộn hơn, hoặc hoàn tác mã ấy trước."
    ) % {"code": error.code, "span": span_text(error.code.in_force)}


def _changed_since(error: operations.ChangedSince) -> tuple[str, str]:
    return "", gettext("Đã có thay đổi khác sau đó nên không hoàn tác được nữa. Hãy mở trang ấy rồi sửa.")


def _answered_already(error: operations.AnsweredAlready) -> tuple[str, str]:
    return "", gettext("Phản hồi này vừa được trả lời, nên không đổi được nữa.")


def _username_taken(error: operations.UsernameTaken) -> tuple[str, str]:
    return "username", gettext("Tên đăng nhập “%(name)s” đã có người dùng. Hãy chọn tên khác.") % {
        "name": error
    }


def _role_held(error: operations.RoleHeldAlready) -> tuple[str, str]:
    return "start", gettext(
        "Tài khoản đã có vai trò này ở đơn vị này %(span)s. Hãy chọn những ngày khác."
    ) % {"span": span_text(error.grant.in_force)}


def _last_administrator(error: operations.LastAdministrator) -> tuple[str, str]:
    return "", gettext(
        "Đây là người quản trị cuối cùng của cả hệ thống. Hãy giao vai trò quản trị đơn vị gốc cho một tài "
        "khoản khác trước."
    )


def _own_account(error: operations.OwnAccount) -> tuple[str, str]:
    return "", gettext("Không tự khóa tài khoản của mình được. Hãy nhờ một người quản trị khác.")


def _person_has_account(error: operations.PersonHasAccount) -> tuple[str, str]:
    return "", gettext("%(person)s đã có tài khoản khác. Hãy bỏ nối tài khoản ấy trước.") % {"person": error}


WORDS: dict[type[Exception], Callable[[Any], tuple[str, str]]] = {
    operations.BadRange: _bad_range,
    operations.OutsideLife: _outside_life,
    operations.PostTaken: _post_taken,
    operations.AlreadyInPost: _already_in_post,
    operations.CodeTaken: _code_taken,
    operations.AlreadyPlaced: _already_placed,
    operations.UnderItself: _under_itself,
    operations.VersionExists: _version_exists,
    operations.EndedByDecision: _ended_by_decision,
    operations.HeadcountExists: _headcount_exists,
    operations.NothingCounted: _nothing_counted,
    operations.BadCode: _bad_code,
    operations.CodeExists: _code_exists,
    operations.ChangedSince: _changed_since,
    operations.AnsweredAlready: _answered_already,
    operations.UsernameTaken: _username_taken,
    operations.RoleHeldAlready: _role_held,
    operations.LastAdministrator: _last_administrator,
    operations.OwnAccount: _own_account,
    operations.PersonHasAccount: _person_has_account,
}
REFUSALS = tuple(WORDS)


def words_of(error: Exception) -> str:
    """The refusal as a sentence."""
    return WORDS[type(error)](error)[1]


@contextmanager
def explained(form: forms.BaseForm) -> Iterator[None]:
    """Run a domain call; what it refuses becomes an error of the form, at its field when the form has it."""
    try:
        yield
    except REFUSALS as error:
        field, message = WORDS[type(error)](error)
        form.add_error(field if field in form.fields else None, message)
