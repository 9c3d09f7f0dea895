"""Settings of the test suite: a database of its own on the embedded server, or the one of `DATABASE_URL`."""

import os
import tempfile
from pathlib import Path

from . import catalogue, database

database.ensure()
catalogue.compile_catalogue()  # a translation that two parts give differently shows at once

from .settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": Path(tempfile.gettempdir()) / f"kientoan-test-{os.getpid()}"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = {}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405 - nothing was gathered
