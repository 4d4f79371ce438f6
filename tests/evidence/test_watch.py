"""The watch over sources: every kind of host, its limits, what readers and staff are told."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.models import Evidence, Figure, PageFigure
from evidence.watch import Limits, Run, mark_as_seen, sources_due, troubled_sources_of
from network.models import GroupPage
from tests.evidence.hosts import running
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
FAST = Limits(seconds_to_connect=1, seconds_in_all=1.5, seconds_between_visits=0)
PATIENT = Limits(seconds_between_visits=0)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def host() -> Iterator[Any]:
    with running() as server:
        yield server


def source_at(address: str, **values: Any) -> Evidence:
    number = Evidence.objects.count()
    return Evidence.objects.create(
        key=f"source-{number}", title_en="A report", title_cy="Adroddiad", publisher="A body",
        tier="research", status="found", url_en=address, as_at=date(2026, 1, 1), **values,
    )  # fmt: skip


def run_over(limits: Limits = PATIENT) -> Run:
    return Run(limits=limits, is_allowed=lambda number: number.startswith("127."))


def looked_at(source: Evidence, limits: Limits = PATIENT) -> Evidence:
    run_over(limits).check(Evidence.objects.get(pk=source.pk))
    return Evidence.objects.get(pk=source.pk)


@pytest.mark.parametrize(
    ("path", "finding", "detail"),
    [
        ("/page", "fine", ""),
        ("/visiting", "fine", ""),
        ("/moved", "moved", "/page"),
        ("/gone", "gone", "410"),
        ("/broken", "out_of_reach", "503"),
        ("/loop", "out_of_reach", "without end"),
        ("/nowhere", "out_of_reach", "no address"),
        ("/hang", "out_of_reach", "too slow"),
        ("/trickle", "out_of_reach", "too slow"),
        ("/nonsense", "out_of_reach", "BadStatusLine"),
        ("/inside", "not_allowed", ""),
    ],
)
def test_each_kind_of_answer_is_told_apart(host: Any, path: str, finding: str, detail: str) -> None:
    began = time.monotonic()
    source = looked_at(source_at(host.url + path), FAST if detail == "too slow" else PATIENT)
    assert (source.finding, detail in source.finding_detail) == (finding, True)
    assert time.monotonic() - began < 6
    assert source.last_checked is not None


def test_a_host_that_sends_ten_gigabytes_is_left_after_the_first_megabyte(host: Any) -> None:
    source = looked_at(source_at(f"{host.url}/huge"))
    assert source.finding in ("fine", "out_of_reach")
    time.sleep(0.2)
    assert host.sent < 20_000_000


def test_a_host_that_is_not_there_is_out_of_reach() -> None:
    with running() as server:
        address = server.url
    assert looked_at(source_at(address)).finding == "out_of_reach"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "ftp://a.example/"]
)
def test_an_address_inside_is_never_visited(address: str) -> None:
    source = source_at(address)
    assert Run(limits=FAST).check(source) == "not_allowed"


def test_changed_words_are_found_and_stay_found_until_somebody_looked(host: Any) -> None:
    source = looked_at(source_at(f"{host.url}/page"))
    host.text = "<script>var day = 2</script><p>What the  source says.</p>"
    assert looked_at(source).finding == "fine"
    host.text = "<p>What the source says now.</p>"
    assert looked_at(source).finding == "changed"
    assert looked_at(source).finding == "changed"
    mark_as_seen(source)
    assert looked_at(source).finding == "fine"


@pytest.mark.parametrize(
    "passing",
    [
        "Page made {day} at {time}", "Last updated: {iso}T{time}:00Z", "{day_cy}, {time}",
        "<!-- <b>{token}</b> --> <!-- {token} -->", "Visit {token}", "© {year} A body",
        "Wednesday, {month_first}", "{slashes}&nbsp; \u00a0",
    ],
)  # fmt: skip
def test_what_a_server_prints_anew_by_itself_is_no_change(host: Any, passing: str) -> None:
    visits = [
        {"day": "24 November 2026", "time": "09:15", "iso": "2026-11-24", "token": "a7f3" * 8,
         "day_cy": "24 Tachwedd 2026", "year": 2026, "month_first": "November 24, 2026",
         "slashes": "24/11/2026"},
        {"day": "1st Jan 2027", "time": "23:59", "iso": "2027-01-01", "token": "0b9Z-x_1" * 4,
         "day_cy": "1 Ionawr 2027", "year": 2027, "month_first": "January 1, 2027",
         "slashes": "1.1.2027"},
    ]  # fmt: skip
    source = None
    for visit in visits:
        host.text = f"<p>45,084 people. {passing.format(**visit)} The end.</p>"
        source = looked_at(source or source_at(f"{host.url}/page"))
    assert source is not None and source.finding == "fine"
    host.text = host.text.replace("45,084", "45,085")
    assert looked_at(source).finding == "changed"


def test_another_address_is_watched_from_the_beginning(host: Any) -> None:
    source = looked_at(source_at(f"{host.url}/broken"))
    source.url_en = f"{host.url}/page"
    source.save()
    assert (source.finding, source.failures, source.failing_since) == ("", 0, None)
    assert source in sources_due()
    source = looked_at(source)
    source.note_en = "A note changes nothing"
    source.save()
    assert (source.finding, bool(source.fingerprint)) == ("fine", True)


@pytest.mark.parametrize("piece", ["<script>", "<style ", "<", "<!--", "</script", "&lt;<a<b"])
def test_a_page_made_to_be_slow_to_read_is_read_at_once(host: Any, piece: str) -> None:
    host.text = piece * (900_000 // len(piece))
    began = time.process_time()
    assert run_over().check(source_at(f"{host.url}/page")) == "fine"
    assert time.process_time() - began < 5


def test_a_release_that_is_due_is_told_while_the_old_page_still_stands(host: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert looked_at(source_at(f"{host.url}/page", next_release=yesterday)).finding == "superseded"


def test_both_languages_of_a_source_are_visited_and_the_graver_answer_counts(host: Any) -> None:
    source = looked_at(source_at(f"{host.url}/page", url_cy=f"{host.url}/gone"))
    assert source.finding == "gone"


def test_a_source_that_fails_is_visited_less_and_less_often(host: Any) -> None:
    source = source_at(f"{host.url}/broken")
    waits = []
    for _ in range(6):
        source = looked_at(source)
        waits.append(round((source.next_check - timezone.now()) / timedelta(days=1)))
    assert waits == [1, 2, 4, 8, 8, 8]
    assert source not in sources_due()
    Evidence.objects.update(url_en=f"{host.url}/page")
    source = looked_at(source)
    assert (source.failures, source.failing_since) == (0, None)


def test_one_host_is_visited_slowly_and_not_for_ever(host: Any) -> None:
    run = run_over(Limits(seconds_between_visits=0.2, visits_to_a_host=3))
    found = [run.check(source_at(f"{host.url}/page")) for _ in range(4)]
    assert found == ["fine", "fine", "fine", None]
    times = [when for when, _path in host.visits]
    assert all(later - before >= 0.19 for before, later in pairwise(times))


def test_a_host_that_does_not_answer_is_left_alone_for_the_rest_of_the_run(host: Any) -> None:
    run = run_over(FAST)
    assert run.check(source_at(f"{host.url}/hang")) == "out_of_reach"
    assert run.check(source_at(f"{host.url}/page")) is None
    assert len(host.visits) == 1


def test_what_staff_edit_meanwhile_is_not_overwritten(host: Any) -> None:
    source = source_at(f"{host.url}/page")
    Evidence.objects.filter(pk=source.pk).update(title_en="A better title")
    run_over().check(source)
    assert Evidence.objects.get(pk=source.pk).title_en == "A better title"


@pytest.fixture
def cited(host: Any) -> tuple[Evidence, Any]:
    """A source out of reach, and the pair of pages that prints its figure."""
    source = source_at(f"{host.url}/broken", archive_url="https://archive.example/copy")
    figure = Figure.objects.create(
        key="n", value=7, label_en="things", label_cy="o bethau", evidence=source,
        as_at=date(2026, 1, 1), expiry=date(2099, 1, 1),
    )  # fmt: skip
    pair = make_pair(GroupPage, page_figures=lambda: [PageFigure(figure=figure)])
    return looked_at(source), pair


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "We are checking this source."), ("cy", "Rydym yn gwirio’r ffynhonnell hon.")],
)
def test_after_seven_days_readers_are_told_and_offered_the_archive_copy(
    cited: tuple[Evidence, Any], language: str, told: str
) -> None:
    page = next(side for side in cited[1] if side.locale.language_code == language)
    early = Client().get(page.url).content.decode()
    assert told not in early and "archive.example" not in early
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        late = Client().get(page.url).content.decode()
    assert told in late and 'href="https://archive.example/copy"' in late


def test_staff_find_the_page_flagged_and_the_source_in_the_report(
    cited: tuple[Evidence, Any],
) -> None:
    source, pair = cited
    assert all(list(troubled_sources_of(page)) == [source] for page in pair)
    user = get_user_model().objects.create_superuser("a@example.org", "x")
    client = Client()
    client.force_login(user, backend=BACKEND)
    html = client.get(reverse("source_watch")).content.decode()
    assert all(page.title in html for page in pair)
    assert "Cannot be reached" in html and "archive.example" in html
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[pair[0].pk])).content.decode()
    assert "Please look at a source of this page" in edited
    client.post(reverse("source_watch"), {"seen": str(source.pk)})
    assert "archive.example" not in client.get(reverse("source_watch")).content.decode()
    for nonsense in ("", "9" * 30, "x", "-1"):
        assert client.post(reverse("source_watch"), {"seen": nonsense}).status_code == 302


def test_the_report_asks_as_often_for_one_source_as_for_six(cited: tuple[Evidence, Any]) -> None:
    user = get_user_model().objects.create_superuser("a@example.org", "x")
    client = Client()
    client.force_login(user, backend=BACKEND)

    def queries() -> int:
        client.get(reverse("source_watch"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("source_watch"))
        return len(captured)

    one = queries()
    figure = Figure.objects.get()
    for number in range(5):
        figure.pk, figure.key = None, f"n{number}"
        figure.evidence = source_at("http://127.0.0.1/", finding="gone")
        figure.save()
        make_pair(GroupPage, page_figures=lambda: [PageFigure(figure=figure)])
    assert queries() == one


def test_only_who_may_change_sources_reads_the_report(cited: tuple[Evidence, Any]) -> None:
    user = get_user_model().objects.create_user("b@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user, backend=BACKEND)
    for answer in (client.get(reverse("source_watch")), client.post(reverse("source_watch"))):
        assert answer.status_code in (302, 403) and b"A report" not in answer.content


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    source_at("http://127.0.0.1/")
    call_command("check_sources")
    assert "1 not_allowed" in capsys.readouterr().out
