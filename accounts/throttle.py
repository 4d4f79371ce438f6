"""Who is counted, and how often somebody may ask."""

import hashlib
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import cache
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


def asks_too_often(action: str, request: HttpRequest, most: int, seconds: int) -> bool:
    """Count this address for `action`, as a keyed hash; True once it has asked over `most` times.

    The count begins with the first time and ends `seconds` later.
    """
    address = client_address(request) or ""
    digest = hashlib.blake2b(
        address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
    )
    key = f"throttle.{action}.{digest.hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it expired between the two calls
        return False
