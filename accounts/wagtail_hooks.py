"""Names of the events that sign-in leaves in Wagtail's log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.access_log import SIGN_IN, SIGN_IN_FAILED, SIGN_OUT


@hooks.register("register_log_actions")
def sign_in_events(actions: LogActionRegistry) -> None:
    actions.register_action(SIGN_IN, _("Sign in"), _("Signed in"))
    actions.register_action(SIGN_OUT, _("Sign out"), _("Signed out"))
    actions.register_action(SIGN_IN_FAILED, _("Failed sign-in"), _("Tried in vain to sign in"))
