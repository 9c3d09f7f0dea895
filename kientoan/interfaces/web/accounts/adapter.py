"""How allauth behaves here: nobody signs up by themselves, it speaks Vietnamese, the journal hears of it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.accounts.operations import set_own_password
from kientoan.domains.audit.operations import record

# What allauth would tell the person by mail, and the word for it in the journal.
NOTED = {
    "account/email/password_changed": "account.change_password",
    "mfa/email/totp_activated": "account.add_second_factor",
    "mfa/email/totp_deactivated": "account.drop_second_factor",
    "mfa/email/webauthn_added": "account.add_second_factor",
    "mfa/email/webauthn_removed": "account.drop_second_factor",
    "mfa/email/recovery_codes_generated": "account.new_recovery_codes",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa. Hãy hỏi người quản trị của đơn vị."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng. Hãy nhập lại."),
        "incorrect_code": _("Mã chưa đúng. Hãy đợi mã mới trên ứng dụng rồi nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng. Hãy nhập lại."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
        "too_many_login_attempts": _(
            "Đã nhập sai quá nhiều lần. Hãy đợi vài phút rồi thử lại, "
            "hoặc nhờ người quản trị cấp lại mật khẩu."
        ),
        "rate_limited": _("Bạn thao tác quá nhanh. Hãy đợi một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The rules of the settings; a password handed over may not be kept."""
        cleaned: str = super().clean_password(password, user)
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(gettext("Mật khẩu mới phải khác mật khẩu được cấp."))
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        set_own_password(user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        record(actor=user, verb="account.sign_in", at=timezone.now(), subject=user)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed sign-in only for an account that exists: the typed name may be a password."""
        user = User.objects.filter(username__iexact=credentials.get("username") or "").first()
        if user is not None:
            record(actor=None, verb="account.sign_in_failed", at=timezone.now(), subject=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            record(actor=user, verb="account.sign_out", at=timezone.now(), subject=user)

    def send_notification_mail(self, template_prefix: str, user: User, *more: Any, **context: Any) -> None:
        """Called by allauth after each change of a password or second factor; here it is for the journal."""
        if verb := NOTED.get(template_prefix):
            record(actor=user, verb=verb, at=timezone.now(), subject=user)
        super().send_notification_mail(template_prefix, user, *more, **context)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, in Vietnamese."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Không tắt được xác thực hai lớp của tài khoản này."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã chưa đúng. Hãy đợi mã mới trên ứng dụng rồi nhập lại."),
    }

    def get_totp_issuer(self) -> str:
        return "Kiện Toàn"

    def get_totp_label(self, user: User) -> str:
        return user.username
