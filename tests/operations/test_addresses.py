"""Addresses for machines, and how the server is started."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from core.registries import health_lines
from operations import views

ROOT = Path(__file__).resolve().parents[2]


def test_the_process_says_that_it_lives_without_a_database(client):
    assert client.get("/-/live").content == b"ok"


def test_a_site_is_ready_when_all_parts_work(client, db):
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()) == (
        200, {"database": True, "migrations": True, "media": True},
    )  # fmt: skip


def test_a_site_whose_media_cannot_be_written_is_not_ready(client, db, monkeypatch):
    def full(*_args):
        raise OSError("No space left on device")

    monkeypatch.setattr(views.default_storage, "save", full)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()["media"]) == (503, False)


def test_a_site_without_database_is_not_ready(client, db, monkeypatch):
    def gone(*_args):
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(views.connection, "cursor", gone)
        answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_the_health_page_shows_the_lines_of_other_rooms_in_both_languages(client, db):
    def line() -> tuple[str, bool, str]:
        return "Rhes gyntaf", False, "First line"

    health_lines.register(line)
    try:
        page = client.get("/-/health").content.decode()
    finally:
        health_lines.unregister(line)
    assert "Cronfa ddata" in page and "Database" in page
    assert "Rhes gyntaf" in page and "First line" in page


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"csp-report": {"effective-directive": "script-src"}}', 204),
        ("[" * 5000, 400), ("{}", 400), ("no json", 400), ("[]", 400), ("a" * 17000, 413),
    ],
)  # fmt: skip
def test_reports_of_the_policy_are_counted_and_rubbish_refused(client, db, body, status):
    answer = client.post("/-/csp", body, content_type="application/csp-report")
    assert answer.status_code == status


def test_a_flood_of_reports_is_turned_away(client, db, monkeypatch):
    monkeypatch.setattr(views, "REPORTS_PER_HOUR", 2)
    answers = [client.post("/-/csp", "{}", content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]


def test_security_txt_is_valid_and_does_not_expire_within_thirty_days(client, db):
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: " in text and "Preferred-Languages: cy, en" in text
    left = views.SECURITY_EXPIRES - datetime.now(UTC)
    assert left > timedelta(days=30), "Move SECURITY_EXPIRES on by a year, after checking contacts."
    assert left < timedelta(days=366), "RFC 9116 asks for less than a year."


def test_robots_stay_out_of_admin_and_search(client, db):
    text = client.get("/robots.txt").content.decode()
    for path in ("/admin/", "/accounts/", "/en/search/", "/cy/chwilio/"):
        assert f"Disallow: {path}" in text
    assert "/sitemap.xml" in text


def test_compose_names_the_services_and_publishes_the_site_alone():
    """By its lines: no YAML reader is among our packages."""
    lines = (ROOT / "compose.yaml").read_text().splitlines()
    assert not any("\t" in line or (len(line) - len(line.lstrip())) % 2 for line in lines)
    section = service = ""
    services, published = set(), set()
    for line in lines:
        if found := re.fullmatch(r"(\w+):", line):
            section = found[1]
        elif (found := re.fullmatch(r"  (\w+):", line)) and section == "services":
            service = found[1]
            services.add(service)
        elif line.startswith("    ports:"):
            published.add(service)
    assert services == {"app", "database", "search", "cache"}
    assert published == {"app"}


def test_the_image_installs_by_hash_and_runs_without_rights():
    image = (ROOT / "Dockerfile").read_text().splitlines()
    assert image[0].startswith("FROM python:")
    assert "USER noddfa" in image and 'CMD ["gunicorn"]' in image
    assert "--require-hashes" in "\n".join(image)


def test_the_production_settings_refuse_to_start_without_a_secret(production_environment):
    environment = {**production_environment, "SECRET_KEY": ""}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr
