"""Sign-in at one address; no sign-up."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.urls import URLPattern, URLResolver, include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

# The QR code of an authenticator app is a data address. allauth's passkey script has not been
# walked under Trusted Types yet.
POLICY = {"img-src": [SELF, "data:"], "require-trusted-types-for": None}


def _addresses() -> list[URLPattern | URLResolver]:
    from allauth.urls import urlpatterns as of_allauth

    return list(decorate_urlpatterns(list(of_allauth), csp_replace(POLICY)))


urlpatterns = [path("", include(_addresses()))]
