"""Who signed in, who left and which tries failed, in Wagtail's own log.

The log holds no address: django-axes keeps that for 30 days, for throttling alone.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log

from accounts.models import User
from accounts.throttle import login_name

SIGN_IN, SIGN_OUT, SIGN_IN_FAILED = "accounts.sign_in", "accounts.sign_out", "accounts.failed"


@receiver(user_logged_in)
def note_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    log(instance=user, action=SIGN_IN, user=user)


@receiver(user_logged_out)
def note_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        log(instance=user, action=SIGN_OUT, user=user)


@receiver(user_login_failed)
def note_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Only tries on accounts that exist: what else was typed may be anybody's secret."""
    if request is None:
        return
    user = User.objects.filter(email=login_name(request, credentials)).first()
    if user is not None:
        log(instance=user, action=SIGN_IN_FAILED, user=None)
