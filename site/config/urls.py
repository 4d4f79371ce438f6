"""All addresses. Nothing of Django's admin or of the APIs is mounted."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from bilingual.views import serve
from core.short_links import short_link
from core.sitemap import sitemap
from files.downloads import Download
from home.views import Threshold
from operations import errors
from operations.headers import admin_urls
from resources.oai import oai
from resources.runsheet import worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("", Threshold.as_view(), name="threshold"),
    path("", include("operations.urls")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("s/<slug:code>", short_link, name="short_link"),
    path("run-sheet-worker.js", worker, name="run_sheet_worker"),
    path("oai", oai, name="oai"),
    path("admin/", include(admin_urls(wagtailadmin_urls.urlpatterns))),
    re_path(
        r"^documents/(?P<document_id>[0-9]{1,9})/(?P<name>[^/]*)$",
        Download.as_view(gone=errors.file_gone, lost=errors.file_lost),
        name="wagtaildocs_serve",
    ),
    path("accounts/", include("accounts.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        re_path(
            r"^media/(?P<path>(?:images|avatar_images)/.*)$",
            serve_file,
            {"document_root": settings.MEDIA_ROOT},
        )
    )

_pages: list[URLPattern | URLResolver] = [
    path("", include("search.urls")),
    path("", include("bilingual.urls")),
    path("", include("resources.urls")),
    path("", include("case_studies.urls")),
    path("", include("facts.urls")),
    path("", include("events.urls")),
]
if settings.COMPONENT_GALLERY:
    _pages.append(path("gallery/", include("tests.gallery.urls")))
# Forms of pages carry a signed token and check the origin themselves: a visitor gets no cookie.
_pages.append(re_path(serve_pattern, csrf_exempt(serve), name="wagtail_serve"))
_pages.append(path("", include(wagtail_urls)))
urlpatterns += i18n_patterns(*_pages, prefix_default_language=True)

handler400 = "operations.errors.bad_request"
handler403 = "operations.errors.permission_denied"
handler404 = "operations.errors.page_not_found"
handler500 = "operations.errors.server_error"
