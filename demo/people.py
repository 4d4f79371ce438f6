"""The demo sign-in: only on a laptop, with a password made on that machine."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

EMAIL = "editor@noddfa.example"


def password_file() -> Path:
    """Where the password lies; the folder is never committed."""
    return Path(settings.VAR_DIR) / "demo-password.txt"


def ensure_editor() -> tuple[str, str] | None:
    """The demo editor's e-mail address and password; None outside development.

    The user is made once. A lost password file gets a new password; one that is there is kept.
    """
    if not settings.DEMO_SIGN_IN:
        return None
    User = get_user_model()
    path = password_file()
    user = User.objects.filter(email=EMAIL).first()
    if user is None:
        user = User.objects.create_superuser(email=EMAIL)
    password = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    if not password:
        password = secrets.token_urlsafe(12)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(password + "\n", encoding="utf-8")
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return EMAIL, password
