"""One way in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import reverse


class OneSignIn:
    """Wagtail's own sign-in takes a bare password and stays open: send people to ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/login"):
            if request.method != "GET":
                return HttpResponseForbidden()
            query = request.META.get("QUERY_STRING", "")
            address = reverse("account_login")
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return self.get_response(request)
