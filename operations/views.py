"""Addresses for machines and for the people who run the site."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.registries import health_lines

logger = logging.getLogger(__name__)
LARGEST_REPORT = 16 * 1024
REPORTS_PER_HOUR = 200
SECURITY_EXPIRES = datetime(2027, 11, 1, tzinfo=UTC)


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


def checks() -> dict[str, bool]:
    """What must work before visitors are sent here."""
    return {
        "database": _database(),
        "migrations": _migrations(),
        "media": _media(),
    }


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything needed works, else 503 and which part does not."""
    found = checks()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The same for people, in both languages, with a line from each room that offers one."""
    names = {
        "database": ("Cronfa ddata", "Database"),
        "migrations": ("Strwythur y data", "Structure of the data"),
        "media": ("Ffeiliau", "Files"),
    }
    lines: list[tuple[str, str, bool]] = [(*names[key], well) for key, well in checks().items()]
    lines += [
        (label, sentence, well) for label, well, sentence in (line() for line in health_lines)
    ]
    return render(request, "operations/health.html", {"lines": lines})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _media() -> bool:
    try:
        name = default_storage.save("ready-check", ContentFile(b"ok"))
        default_storage.delete(name)
    except OSError:
        return False
    return True


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Counts violations by directive; keeps no address, no agent, no page."""
    cache.add("operations.csp", 0, 3600)
    try:
        if cache.incr("operations.csp") > REPORTS_PER_HOUR:
            return HttpResponse(status=429)
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return HttpResponse(status=400)
    if length > LARGEST_REPORT:
        return HttpResponse(status=413)
    try:
        report: Any = json.loads(request.body or b"{}")
        directive = str(report["csp-report"]["effective-directive"])[:40]
    except (ValueError, KeyError, TypeError, RecursionError, RawPostDataException):
        return HttpResponse(status=400)
    logger.warning("Policy violation: %s", "".join(c for c in directive if c.isalnum() or c == "-"))
    return HttpResponse(status=204)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /en/search/",
        "Disallow: /cy/chwilio/",
        f"Sitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """How to report a fault (RFC 9116)."""
    base = settings.BASE_URL.rstrip("/")
    lines = [
        f"Contact: {base}/en/contact/",
        f"Contact: {base}/cy/cysylltu/",
        f"Expires: {SECURITY_EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: cy, en",
        f"Canonical: {base}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(staticfiles_storage.url("icons/mark.svg"))
