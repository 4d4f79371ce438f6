"""The name under which failed sign-ins are counted."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address as typed, stripped and in lower case.

    django-axes reads `username`; sign-in by e-mail has none, and every account at one address
    would be locked together.
    """
    found = credentials or {}
    name = found.get("email") or found.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address, read as allauth reads it (ALLAUTH_TRUSTED_PROXY_COUNT).

    axes with ipware believes the first entry of X-Forwarded-For, which an attacker writes.
    """
    return get_client_ip(request)
