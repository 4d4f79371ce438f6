"""What was heard, and the speed lane, in the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from facts import kit
from facts.lane import LanePanel
from facts.models import HeardClaim


class HeardClaimViewSet(SnippetViewSet):
    """Staff open one and choose the fact that answers it."""

    model = HeardClaim
    icon = "help"
    list_display = ["text", "language", "received_on", "fact"]
    list_filter = {"language": ["exact"], "fact": ["isnull"]}
    add_to_admin_menu = True


register_snippet(HeardClaimViewSet)


hooks.register("before_edit_page", kit.SHELF.say_what_failed)


@hooks.register("construct_homepage_panels")
def show_the_speed_lane(request: HttpRequest, panels: list[Any]) -> None:
    """Clock and gates of the facts that are not public yet."""
    panels.append(LanePanel())
