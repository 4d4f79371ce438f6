"""Organisations as a table: out, in with a dry run, row by row told what is wrong, and undone."""

import csv
import io
import time
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.terms import Term
from network import exchange
from network.models import Award, ImportRun, Organisation

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = "key,name_en,name_cy,kind,county,streams,visibility,opted_in_on,contact\n"
ROW = "ysgol-un,School One,Ysgol Un,school,powys,schools,public,2026-01-31,+44 1234\n"


def planned(text: str) -> exchange.Plan:
    return exchange.plan_of(exchange.read_table(text.encode()))


def written(text: str) -> ImportRun:
    plan = planned(text)
    assert not plan.faults
    run = exchange.try_out(plan, "table.csv", None)
    exchange.write(run, None)
    return ImportRun.objects.get(pk=run.pk)


def a_member_of_staff() -> Any:
    return get_user_model().objects.create_superuser("b@example.org", "x")


@pytest.fixture
def staff(db: Any) -> Client:
    client = Client()
    user = get_user_model().objects.create_superuser("a@example.org", "x")
    client.force_login(user, backend=BACKEND)
    return client


def test_a_dry_run_writes_nothing_and_says_what_would_happen() -> None:
    plan = planned(HEAD + ROW)
    assert (plan.new, plan.changed, plan.faults) == (["ysgol-un"], [], [])
    assert not Organisation.objects.exists()


def test_what_is_taken_out_comes_in_again_as_no_change() -> None:
    written(HEAD + ROW + 'dwy,"Two, ""Ltd""",,council,,,hidden,,-5\n')
    table = exchange.export_table(a_member_of_staff())
    plan = exchange.plan_of(exchange.read_table(table))
    assert (plan.new, plan.changed, plan.unchanged, plan.faults) == ([], [], 2, [])


def test_no_cell_of_the_table_is_run_by_a_spreadsheet() -> None:
    written(HEAD + ROW)
    Organisation.objects.update(name_en="=HYPERLINK(1)", note_en="@SUM(1)")
    rows = list(
        csv.DictReader(io.StringIO(exchange.export_table(a_member_of_staff()).decode("utf-8-sig")))
    )
    assert rows[0]["name_en"] == "'=HYPERLINK(1)"
    assert rows[0]["contact"] == "'+44 1234"
    assert not [cell for cell in rows[0].values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (",One,,school,,,,,", "key", "must not be empty"),
        ("a,One,,castle,,,,,", "kind", "“castle” is not known"),
        ("a,One,,school,narnia,,,,", "county", "“narnia” is not known"),
        ("a,One,,school,,schools;magic,,,", "streams", "“magic” is not known"),
        ("a,One,,school,,,secret,,", "visibility", "“secret” is not known"),
        ("a,One,,school,,,public,,", "opted_in_on", "the day it agreed"),
        ("a,One,,school,,,public,31/1/2026,", "opted_in_on", "like this"),
        ("a,=1+1,,school,,,,,", "name_en", "formula"),
        ("a b/c,One,,school,,,,,", "key", ""),
        (f"a,{'x' * 201},,school,,,,,", "name_en", "200"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line_and_column(row: str, column: str, told: str) -> None:
    faults = planned(HEAD + ROW + row + "\n").faults
    assert [(fault.line, fault.column) for fault in faults] == [(3, column)]
    assert told in faults[0].sentence


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    fault = planned(HEAD + ROW + ROW).faults[0]
    assert fault.line == 3 and "line 2" in fault.sentence


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,place\nOne,Powys\n", "missing: key, name_en, kind"),
        (b"key,name_en,kind,shoe size\n1,2,3,4\n", "not known: shoe size"),
        (b"key,key,name_en,kind\n1,2,3,4\n", "twice: key"),
        (HEAD.encode(), "no rows"),
        (b"", "missing"),
        ((HEAD + "a,b,c,d,e,f,g,h,i,j,k\n").encode(), "more cells"),
        (HEAD.encode() + "tŷ,Tŷ,,school,,,,,\n".encode("iso8859-14"), "UTF-8"),
        (HEAD.encode() + b'a,"open\n', "cannot be read"),
        (HEAD.encode() + b"a,\x00,,school,,,,,\n", "another kind of file"),
        (HEAD.encode() + b"x" * exchange.MOST_BYTES, "too big"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_in_words(content: bytes, told: str) -> None:
    with pytest.raises(exchange.TableRefused, match=told):
        exchange.plan_of(exchange.read_table(content))


def test_fifty_thousand_rows_are_refused_at_once_with_a_clear_message() -> None:
    table = (HEAD + "".join(f"k{n},N,,school,,,,,\n" for n in range(50_000))).encode()
    began = time.process_time()
    with pytest.raises(exchange.TableRefused, match="more than 1000 rows"):
        exchange.read_table(table)
    assert time.process_time() - began < 2


def test_semicolons_empty_cells_at_the_end_and_a_byte_order_mark_are_read_too() -> None:
    text = "key;name_en;kind;streams;;\na;One;school;schools|libraries;;\n;;;;;\n"
    rows = exchange.read_table(b"\xef\xbb\xbf" + text.encode())
    assert exchange.plan_of(rows).after["a"]["streams"] == ["libraries", "schools"]


def test_a_column_that_is_not_in_the_table_stays_as_it_is() -> None:
    written(HEAD + ROW)
    written("key,name_en,kind\nysgol-un,School Two,school\n")
    organisation = Organisation.objects.get()
    assert organisation.name_en == "School Two"
    assert (organisation.contact, organisation.visibility) == ("+44 1234", "public")
    assert organisation.streams.count() == 1


def test_an_import_is_undone_to_the_last_value() -> None:
    written(HEAD + ROW)
    before = exchange.stored_values()
    run = written(HEAD + ROW.replace("One", "Two").replace("powys", "conwy") + "b,B,,club,,,,,\n")
    assert Organisation.objects.count() == 2
    exchange.undo(run, None)
    assert exchange.stored_values() == before
    with pytest.raises(exchange.UndoRefused, match="nothing to undo"):
        exchange.undo(ImportRun.objects.get(pk=run.pk), None)


@pytest.mark.parametrize("day", ["20260131", "2026-W05-6"])
def test_a_day_in_another_spelling_is_the_same_day_also_for_an_undo(day: str) -> None:
    exchange.undo(written(HEAD + ROW.replace("2026-01-31", day)), None)
    written(HEAD + ROW)
    assert planned(HEAD + ROW.replace("2026-01-31", day)).unchanged == 1


def test_what_can_be_undone_no_more_is_deleted_with_its_contacts(settings: Any) -> None:
    settings.IMPORT_UNDO_DAYS = 5
    now = timezone.now()
    written(HEAD + ROW)
    with time_machine.travel(now - timedelta(days=6), tick=False):
        written(HEAD + ROW.replace("One", "Two"))
        exchange.try_out(planned(HEAD + ROW.replace("One", "Three")), "tried.csv", None)
    exchange.undo(written(HEAD + ROW.replace("One", "Four")), None)
    call_command("purge_imports")
    assert [run.applied_at.date() for run in ImportRun.objects.all()] == [now.date()]


@pytest.mark.parametrize("work", ["note", "award"])
def test_an_undo_never_takes_later_work_with_it(work: str) -> None:
    run = written(HEAD + ROW)
    organisation = Organisation.objects.get()
    if work == "note":
        Organisation.objects.update(note_en="Telephoned on Monday")
    else:
        stream = Term.objects.get(kind="stream", key="schools")
        Award.objects.create(organisation=organisation, stream=stream, awarded_on=date(2026, 1, 1))
    with pytest.raises(exchange.UndoRefused, match="ysgol-un"):
        exchange.undo(run, None)
    assert Organisation.objects.get().pk == organisation.pk


def test_what_somebody_changed_after_the_dry_run_is_not_overwritten() -> None:
    written(HEAD + ROW)
    run = exchange.try_out(planned(HEAD + ROW.replace("One", "Two")), "table.csv", None)
    Organisation.objects.update(contact="Call on Tuesday")
    with pytest.raises(exchange.TableRefused, match="since"):
        exchange.write(run, None)
    assert Organisation.objects.get().contact == "Call on Tuesday"


@pytest.mark.parametrize("kind", ["stream", "county"])
def test_a_term_that_was_deleted_after_the_dry_run_is_told_and_nothing_is_written(
    kind: str,
) -> None:
    term = Term.objects.create(kind=kind, key="brief", name_en="Brief", name_cy="Byr")
    row = ROW.replace("schools," if kind == "stream" else "powys,", "brief,")
    run = exchange.try_out(planned(HEAD + row), "table.csv", None)
    term.delete()
    with pytest.raises(exchange.TableRefused, match=r"do not exist any more.*brief"):
        exchange.write(run, None)
    assert not Organisation.objects.exists()
    assert ImportRun.objects.get().applied_at is None


def test_a_table_is_written_once() -> None:
    run = written(HEAD + ROW)
    with pytest.raises(exchange.TableRefused, match="already"):
        exchange.write(run, None)


@pytest.mark.parametrize(
    ("language", "fault", "done"),
    [("en", "“castle” is not known", "Written. Organisations: 1"),
     ("cy", "Nid yw “castle” yn hysbys", "Ysgrifennwyd. Sefydliadau: 1")],
)  # fmt: skip
def test_the_whole_way_in_the_admin_in_both_languages(
    staff: Client, language: str, fault: str, done: str
) -> None:
    user = get_user_model().objects.get()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    url = reverse("organisation_import")

    def sent(text: str) -> Any:
        table = SimpleUploadedFile("table.csv", text.encode(), "text/csv")
        return staff.post(url, {"table": table}, follow=True)

    assert fault in sent(HEAD + ROW.replace("school,", "castle,")).content.decode()
    assert not ImportRun.objects.exists()
    assert staff.post(url, {}).status_code == 200
    tried = sent(HEAD + ROW)
    assert "ysgol-un" in tried.content.decode() and not Organisation.objects.exists()
    address = tried.redirect_chain[-1][0]
    assert done in staff.post(address, {"write": "1"}, follow=True).content.decode()
    staff.post(address, {"undo": "1"})
    assert not Organisation.objects.exists()
    written(HEAD + ROW)
    assert staff.get(reverse("organisation_export")).status_code == 200
    logged = ModelLogEntry.objects.filter(action__startswith="network.", user=user)
    assert list(logged.order_by("pk").values_list("action", flat=True)) == [
        exchange.WRITTEN, exchange.UNDONE, exchange.EXPORTED,
    ]  # fmt: skip
    assert [entry.data for entry in logged] == [{"organisations": 1}] * 3
    assert staff.get(reverse("wagtailadmin_reports:site_history")).status_code == 200


def test_who_may_not_change_organisations_sees_no_table(db: Any) -> None:
    client = Client()
    user = get_user_model().objects.create_user("b@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend=BACKEND)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    run = exchange.try_out(planned(HEAD + ROW), "table.csv", None)
    addresses = [reverse(name) for name in ("organisation_import", "organisation_export")]
    for address in (*addresses, reverse("organisation_import_run", args=[run.pk])):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"write": "1"}).status_code in (302, 403)
    assert not Organisation.objects.exists()
