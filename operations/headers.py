"""Headers of every answer, and the nonce that lets the admin's own small scripts run.

Public pages carry no nonce, so they stay cacheable; the admin allows styles that Draftail writes
but no script that is not its own (safety guide 2).
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from csp.constants import NONCE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.utils.urlpatterns import decorate_urlpatterns

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN_POLICY: dict[str, Any] = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "require-trusted-types-for": None,
}
FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
NO_FEATURE = ", ".join(f"{feature}=()" for feature in FEATURES)
PASSKEYS = "publickey-credentials-get={0}, publickey-credentials-create={0}"
SIGN_IN = "/accounts/"
ADMIN = "/admin/"


def admin_urls(patterns: Iterable[Any]) -> list[Any]:
    """Wagtail's admin addresses under the admin's policy."""
    return list(decorate_urlpatterns(list(patterns), csp_replace(ADMIN_POLICY)))


class SafetyHeaders:
    """The same set on every answer: pages, errors, redirects, files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        passkeys = PASSKEYS.format("(self)" if request.path.startswith(SIGN_IN) else "()")
        response.headers.setdefault("Permissions-Policy", f"{NO_FEATURE}, {passkeys}")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # Django's own middleware stands further in: answers made before it would have none.
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response


# Shapes of Wagtail's own inline scripts; the whole text must match. OBJECT holds nothing that can
# call, assign or interpolate. A form with a prefix writes the hyphen in its ids escaped.
IDENTIFIER = r'"(?:[\w-]|\\u002D)+"'
OBJECT = r'\{(?:[\w\s:,\[\]-]|"[^"<>\\]*")*\}'
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"init(?:Date|Time|DateTime)Chooser\({IDENTIFIER}(?:, ?{OBJECT})?\);",
        rf"new (?:Page|Image|Document|Snippet|Task)?Chooser\({IDENTIFIER}(?:, ?{OBJECT})?\);",
        rf"createTaskChooser\({IDENTIFIER}\);",
        r'\(function\(\) \{ var panel = new InlinePanel\(JSON\.parse\("[^"<>()]*"\)\); \}\)\(\);',
    )
)
SCRIPT = re.compile(rb'<script(?: type="text/javascript")?>(.*?)</script>', re.S)


def is_known_script(text: str) -> bool:
    """The text, with white space collapsed, is one of Wagtail's own small scripts."""
    collapsed = " ".join(text.split())
    return any(shape.fullmatch(collapsed) for shape in SHAPES)


class AdminNonce:
    """Gives the nonce to known inline scripts of the admin; any other stays blocked.

    Stands below CSPMiddleware: the nonce cannot be asked for once the header is written.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not request.path.startswith(ADMIN) or response.streaming or not is_page:
            return response
        nonce = str(request.csp_nonce).encode()  # type: ignore[attr-defined]

        def mark(found: re.Match[bytes]) -> bytes:
            if is_known_script(found[1].decode(errors="replace")):
                return b'<script nonce="' + nonce + b'">' + found[1] + b"</script>"
            return found[0]

        response.content = SCRIPT.sub(mark, response.content)
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        return response
