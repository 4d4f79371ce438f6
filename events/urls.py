"""Addresses of calendars, the feed of news and booking; slugs follow the active language."""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from events import views

ENDS = {
    "calendar": ("events/calendar.ics", "digwyddiadau/calendr.ics"),
    "file": ("events/calendar/<uuid:key>.ics", "digwyddiadau/calendr/<uuid:key>.ics"),
    "feed": ("events/atom/", "digwyddiadau/atom/"),
    "booking": ("events/book/<int:number>/", "digwyddiadau/archebu/<int:number>/"),
    "place": ("events/place/<str:token>/", "digwyddiadau/lle/<str:token>/"),
}


def _path(name: str) -> str:
    return ENDS[name][(get_language() or "").startswith("cy")]


_lazy_path = lazy(_path, str)

urlpatterns: list[URLPattern] = [
    path(_lazy_path("calendar"), views.calendar, name="event_calendar"),
    path(_lazy_path("file"), views.event_file, name="event_file"),
    path(_lazy_path("feed"), views.feed, name="event_feed"),
    path(_lazy_path("booking"), views.booking, name="event_booking"),
    path(_lazy_path("place"), views.place, name="event_place"),
]
