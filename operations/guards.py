"""What no view should have to expect: NUL, broken encodings, endless parameters."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict

from operations.errors import bad_request

MOST_PARAMETERS = 200
LONGEST_QUERY = 8000
LONGEST_SEARCH = 100
# Django writes bytes of a path that are no UTF-8 back as escapes; whole characters it decodes.
BROKEN_BYTE = re.compile("%[89A-F][0-9A-F]")
ADMIN_SEARCHES = ("q", "query", "term", "search_query")


class CleanInput:
    """Answers 400, in both languages, to input that has no meaning in any view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_readable(request):
            return bad_request(request)
        if request.path.startswith("/admin/"):
            shorten_searches(request)
        return self.get_response(request)


def is_readable(request: HttpRequest) -> bool:
    """Path, query and form hold text, no NUL, and no more parameters than a person sends."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        return False
    if not _is_text(unquote_to_bytes(query.replace("+", " "))) or "\x00" in request.path_info:
        return False
    if "\ufffd" in request.path_info or BROKEN_BYTE.search(request.path_info):
        return False
    if request.method != "POST":
        return True
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            return _is_text(unquote_to_bytes(request.body.replace(b"+", b" ")))
        return not any("\x00" in value for values in request.POST.lists() for value in values[1])
    except (RequestDataTooBig, TooManyFieldsSent, SuspiciousOperation, OSError, ValueError):
        return False


def _is_text(raw: bytes) -> bool:
    try:
        return "\x00" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def shorten_searches(request: HttpRequest) -> None:
    """Admin search fields: 100 characters, no quotes (SQLite's full-text search fails on them)."""
    if not any(name in request.GET for name in ADMIN_SEARCHES):
        return
    query: QueryDict = request.GET.copy()
    for name in ADMIN_SEARCHES:
        if name in query:
            words = (
                str(query[name]).replace('"', " ").replace("'", " ")[:LONGEST_SEARCH].split()[:12]
            )
            query[name] = " ".join(words)
    request.GET = query  # type: ignore[assignment]
    request.META["QUERY_STRING"] = query.urlencode()
