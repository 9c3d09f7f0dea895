"""allauth's forms with our words, and the form of the set-up."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import UnitKind

from ..organisation.fields import DayField


def _name(form: forms.BaseForm, words: dict[str, Any], hints: dict[str, Any] | None = None) -> None:
    """Give the fields our labels; the placeholders that repeated the English ones go."""
    for name, label in words.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].help_text = (hints or {}).get(name, "")


def password_rules() -> str:
    """What a password must be, in sentences."""
    return " ".join(password_validators_help_texts())


class LoginForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"login": _("Tên đăng nhập"), "password": _("Mật khẩu")})
        self.fields["login"].widget.attrs |= {
            "autofocus": True,
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"password": _("Mật khẩu")})


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(
            self,
            {
                "oldpassword": _("Mật khẩu hiện tại"),
                "password1": _("Mật khẩu mới"),
                "password2": _("Nhập lại mật khẩu mới"),
            },
            {"password1": password_rules()},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("Hai lần nhập mật khẩu mới không giống nhau."))
        return cleaned


_CODE_HINT = _("6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng.")


class AuthenticateForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"code": _("Mã xác thực")}, {"code": _CODE_HINT})
        self.fields["code"].widget.attrs |= {"autofocus": True}


class SecondFactorReauthenticateForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"code": _("Mã xác thực")}, {"code": _CODE_HINT})


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"code": _("Mã trên ứng dụng")}, {"code": _("6 chữ số mà ứng dụng đang hiện.")})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(
            self, {"name": _("Tên khóa")}, {"name": _("Để phân biệt các khóa, ví dụ “Máy tính ở cơ quan”.")}
        )


class EditKeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, {"name": _("Tên khóa")})


class SetupForm(forms.Form):
    """The root unit and the first administrator of an empty installation."""

    name = forms.CharField(
        label=_("Tên tỉnh hoặc thành phố"), max_length=255, help_text=_("Ví dụ: Thành phố Cần Thơ")
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[
            (UnitKind.PROVINCE.value, UnitKind.PROVINCE.label),
            (UnitKind.CITY.value, UnitKind.CITY.label),
        ],
        widget=forms.RadioSelect,
    )
    code = forms.RegexField(
        r"^\d{2}$",
        label=_("Mã đơn vị hành chính"),
        required=False,
        help_text=_("Hai chữ số của Tổng cục Thống kê, ví dụ 92."),
        error_messages={"invalid": _("Mã gồm đúng hai chữ số, ví dụ 92.")},
    )
    start = DayField(
        label=_("Có từ ngày"), help_text=_("Số liệu và đơn vị trực thuộc không ghi được trước ngày này.")
    )
    full_name = forms.CharField(label=_("Họ và tên người quản trị"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        validators=[
            UnicodeUsernameValidator(message=_("Chỉ dùng chữ, số và các dấu @ . + - _, không có dấu cách."))
        ],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = forms.CharField(
        label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("Hai lần nhập mật khẩu không giống nhau."))
        elif first:
            user = User(username=cleaned.get("username", ""), full_name=cleaned.get("full_name", ""))
            try:
                validate_password(first, user)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned
