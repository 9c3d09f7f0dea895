"""Django settings. Every value an operator may change comes from the environment (see docs/operations.md)."""

import os
import secrets
from pathlib import Path
from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from . import database

BASE_DIR = Path(__file__).resolve().parents[2]
HOME = database.home()


def _secret_key() -> str:
    """The installation's key: from the environment, or made once and kept readable by its owner alone."""
    if key := os.environ.get("KIENTOAN_SECRET_KEY"):
        return key
    path = HOME / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    """Translate a libpq URL into Django's form; unknown parts go through as libpq options."""
    parts = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "kientoan"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # no page asks a question that takes as long as compiling it; an address with options of its own wins
        "OPTIONS": {"options": "-c jit=off", **parts, "pool": {"min_size": 1, "max_size": 8, "timeout": 30}},
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
    }


def _list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("KIENTOAN_DEBUG") == "1"
ALLOWED_HOSTS = _list("KIENTOAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("KIENTOAN_ORIGINS", "")
HTTPS = os.environ.get("KIENTOAN_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "kientoan.interfaces.web",  # before allauth: our templates of its pages come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "kientoan.domains.language",
    "kientoan.domains.temporal",
    "kientoan.domains.accounts",
    "kientoan.domains.audit",
    "kientoan.domains.documents",
    "kientoan.domains.organisation",
    "kientoan.domains.results",
    "kientoan.domains.plans",
    "kientoan.domains.reorganisation",
    "kientoan.domains.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kientoan.interfaces.web.security.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "kientoan.interfaces.web.middleware.ViewerMiddleware",
    "kientoan.interfaces.web.accounts.middleware.FirstThingsMiddleware",
    "kientoan.interfaces.web.errors.ErrorPageMiddleware",
]

ROOT_URLCONF = "kientoan.site.urls"
WSGI_APPLICATION = "kientoan.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kientoan.interfaces.web.context.shell",
            ],
            "builtins": ["kientoan.interfaces.web.templatetags.kientoan"],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"postgresql:///{database.DATABASE}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kientoan.interfaces.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KIENTOAN_PROXIES", "0"))
USERSESSIONS_TRACK_ACTIVITY = False  # a write on every page, and a log of people that nobody needs
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "kientoan.interfaces.web.accounts.adapter.SecondFactorAdapter"
_FORMS = "kientoan.interfaces.web.accounts.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.SecondFactorReauthenticateForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.AddKeyForm",
    "edit_webauthn": f"{_FORMS}.EditKeyForm",
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "kientoan" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["kientoan.site.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [
    (prefix, folder)
    for prefix, folder in [("fonts", BASE_DIR / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files")]
    if folder.is_dir()
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "kientoan.interfaces.web.errors.form_expired"

TASK_DUE_SOON_DAYS = int(os.environ.get("KIENTOAN_DUE_SOON_DAYS", "7"))
TASK_SILENT_DAYS = int(os.environ.get("KIENTOAN_SILENT_DAYS", "30"))
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PGHISTORY_LEVEL = pgtrigger.Statement
EMAIL_BACKEND = os.environ.get("KIENTOAN_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
