"""Tests: production behaviour (no DEBUG), fast hashing, a database file instead of memory.

In memory SQLite has neither WAL nor real locking, so tests would prove nothing about them.
"""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES, VAR_DIR

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = VAR_DIR / "test" / "static"  # nothing is collected; WhiteNoise wants a folder
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
(VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "test" / f"media-{_worker}"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test" / "noddfa.sqlite3")}
COMPONENT_GALLERY = True
