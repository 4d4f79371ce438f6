"""A laptop: plain static files and a secret made on this machine; debug pages with DEBUG=yes.

Without DEBUG a newcomer sees the site as visitors do, error pages included.
"""

import secrets

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, VAR_DIR, env

DEBUG = env.flag("DEBUG")
COMPONENT_GALLERY = env.flag("COMPONENT_GALLERY")
SERVE_MEDIA = DEMO_SIGN_IN = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
VAR_DIR.mkdir(parents=True, exist_ok=True)
_key = VAR_DIR / "secret-key.txt"
if not _key.exists():
    _key.write_text(secrets.token_urlsafe(50))
SECRET_KEY = _key.read_text()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
