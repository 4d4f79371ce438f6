"""The name under which failed sign-ins are counted."""

from typing import Any

from django.http import HttpRequest


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address as typed, stripped and in lower case.

    django-axes reads `username`; sign-in by e-mail has none, and every account at one address
    would be locked together.
    """
    found = credentials or {}
    name = found.get("email") or found.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()
