"""Serving pages of both trees."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from bilingual.models import route_from


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own `serve`, with the whole path of both trees routed by one query.

    Wagtail asks for the site, the locale and the home page one by one before it routes.
    """
    page, args, kwargs = route_from(None, request, [slug for slug in path.split("/") if slug])
    answer: Any = _serve_page
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        answer = wrap(answer)
    for before in hooks.get_hooks("before_serve_page"):
        result = before(page, request, args, kwargs)
        if isinstance(result, HttpResponse):
            return result
    response: HttpResponse = answer(page, request, args, kwargs)
    return response


def _serve_page(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return page.serve(request, *args, **kwargs)
