"""Organisations as a table (CSV): out, and in again with a dry run and an undo.

The names of the columns and the values of choices are keys without a language, so that one table
serves both. Nothing is written while one row has a fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.spreadsheets import FORMULA_SIGNS, plain_cell, safe_cell
from core.terms import Term, TermKind
from network.models import ImportRun, Organisation, OrganisationStream, Visibility

TEXTS = ("name_en", "name_cy", "note_en", "note_cy", "contact")
COLUMNS = (
    "key", "name_en", "name_cy", "kind", "county", "streams", "status", "visibility",
    "opted_in_on", "note_en", "note_cy", "contact",
)  # fmt: skip
NEEDED = ("key", "name_en", "kind")
DEFAULTS = {"status": Organisation.Status.MEMBER, "visibility": Visibility.HIDDEN}
# The network has about 150 organisations. A thousand rows are written in a few seconds, inside one
# request and one transaction; more would hold up everybody who writes meanwhile (SQLite has one
# writer), and nobody reads the dry run of a table that long. Dividing it loses nothing: rows that
# are there already change nothing.
MOST_ROWS = 1_000
MOST_BYTES = 5_000_000
FAULTS_SHOWN = 200
KEPT_TRIED = timedelta(days=1)
EXPORTED, WRITTEN, UNDONE = (
    "network.organisations_exported",
    "network.organisations_imported",
    "network.organisations_import_undone",
)


class TableRefused(Exception):
    """The file as a whole cannot be used; the message says what to do."""


class UndoRefused(Exception):
    """Taking the import back would take later work with it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; `line` counts as the spreadsheet does."""

    line: int
    column: str
    sentence: str


@dataclass
class Plan:
    """What an import would do."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    after: dict[str, dict[str, Any]] = field(default_factory=dict)


def export_table(user: Any) -> bytes:
    """All organisations, also hidden ones, for staff (UTF-8 with its mark, no formula runs).

    Who took how many out is logged.
    """
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    stored = stored_values()
    for _key, values in sorted(stored.items()):
        values["streams"] = "; ".join(values["streams"])
        rows.writerow([safe_cell(values[column]) for column in COLUMNS])
    log(user, EXPORTED, user=user, data={"organisations": len(stored)})
    return out.getvalue().encode("utf-8-sig")


def read_table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers.

    Raises:
        TableRefused: too big, not UTF-8, no table, wrong columns, or too many rows.
    """
    if len(content) > MOST_BYTES:
        raise TableRefused(_("The file is too big: at most 5 MB at a time."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableRefused(
            _("The letters cannot be read. Save the table as “CSV UTF-8” and try again.")
        ) from error
    if "\0" in text:
        raise TableRefused(_("This is no table but another kind of file."))
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip().lower() for name in _without_empty_end(next(reader, []))]
        _demand_columns(names)
        rows: list[tuple[int, dict[str, str]]] = []
        for cells in reader:
            cells = _without_empty_end(cells)
            if not cells:
                continue
            if len(rows) == MOST_ROWS:
                raise TableRefused(
                    _("The table has more than %(count)s rows. Divide it and bring in one part "
                      "after the other.") % {"count": MOST_ROWS}
                )  # fmt: skip
            if len(cells) > len(names):
                raise TableRefused(
                    _("Line %(line)s has more cells than there are columns.")
                    % {"line": reader.line_num}
                )
            cells += [""] * (len(names) - len(cells))
            plain = (plain_cell(cell.strip()) for cell in cells)
            rows.append((reader.line_num, dict(zip(names, plain, strict=True))))
    except csv.Error as error:
        raise TableRefused(
            _("The file is no table: line %(line)s cannot be read.") % {"line": reader.line_num}
        ) from error
    if not rows:
        raise TableRefused(_("The table has no rows."))
    return rows


def _without_empty_end(cells: list[str]) -> list[str]:
    """Spreadsheets write empty cells behind the last column."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _demand_columns(names: list[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1})
    if missing:
        raise TableRefused(
            _("These columns are missing: %(columns)s") % {"columns": ", ".join(missing)}
        )
    if unknown:
        raise TableRefused(
            _("These columns are not known: %(columns)s")
            % {"columns": ", ".join(name[:40] or "–" for name in unknown[:10])}
        )
    if twice:
        raise TableRefused(
            _("These columns are there twice: %(columns)s") % {"columns": ", ".join(twice)}
        )


def plan_of(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Plan:
    """What these rows would do, and every fault in them; asks the database three times."""
    plan = Plan()
    counties = dict(Term.objects.filter(kind=TermKind.COUNTY).values_list("key", "pk"))
    streams = set(Term.objects.filter(kind=TermKind.STREAM).values_list("key", flat=True))
    stored = stored_values()
    seen: dict[str, int] = {}
    for line, row in rows:
        faults = list(_faults_of(line, row, counties, streams))
        key = row["key"]
        if key in seen:
            faults.append(
                Fault(line, "key", _("The same key stands in line %(line)s.") % {"line": seen[key]})
            )
        seen.setdefault(key, line)
        before = stored.get(key)
        values = _read(row, before)
        if values["visibility"] == Visibility.PUBLIC and not values["opted_in_on"]:
            sentence = _("A public organisation needs the day it agreed.")
            faults.append(Fault(line, "opted_in_on", sentence))
        plan.faults += faults
        if faults:
            continue
        if before is None:
            plan.new.append(key)
        elif values != before:
            plan.changed.append(key)
        else:
            plan.unchanged += 1
            continue
        plan.after[key] = values
    return plan


def _faults_of(
    line: int, row: Mapping[str, str], counties: Mapping[str, int], streams: set[str]
) -> Iterable[Fault]:
    for column in NEEDED:
        if not row.get(column):
            yield Fault(line, column, _("This cell must not be empty."))
    for column, known in (
        ("kind", set(Organisation.Kind.values)),
        ("status", set(Organisation.Status.values)),
        ("visibility", set(Visibility.values)),
        ("county", set(counties)),
    ):
        if row.get(column) and row[column] not in known:
            yield Fault(line, column, _unknown(row[column], known))
    for stream in _parts(row.get("streams", "")):
        if stream not in streams:
            yield Fault(line, "streams", _unknown(stream, streams))
    for column in ("name_en", "name_cy", "note_en", "note_cy"):
        if row.get(column, "").startswith(FORMULA_SIGNS):
            yield Fault(line, column, _("A spreadsheet would run this as a formula."))
    day = row.get("opted_in_on", "")
    if day and _day(day) is None:
        yield Fault(line, "opted_in_on", _("Write the day like this: 2026-11-25."))
    for column in ("key", *TEXTS):
        if row.get(column):
            model_field: Any = Organisation._meta.get_field(column)
            try:
                model_field.run_validators(row[column])
            except ValidationError as error:
                yield Fault(line, column, " ".join(error.messages))


def _unknown(value: str, known: Iterable[str]) -> str:
    return _("“%(value)s” is not known. Known are: %(known)s") % {
        "value": value[:40], "known": ", ".join(sorted(known)),
    }  # fmt: skip


def _parts(text: str) -> list[str]:
    return sorted({part.strip() for part in text.replace("|", ";").split(";") if part.strip()})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read(row: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """A row as stored values; a column that the table does not have stays as it is."""
    empty = {**dict.fromkeys(COLUMNS, ""), "streams": [], **DEFAULTS}
    values = dict(before or empty)
    for column, text in row.items():
        if column == "streams":
            values[column] = _parts(text)
        elif column == "opted_in_on":  # as it is stored: “20261125” is the same day
            day = _day(text)
            values[column] = day.isoformat() if day else text
        else:
            values[column] = text or DEFAULTS.get(column, "")
    return values


def values_of(organisation: Organisation) -> dict[str, Any]:
    """An organisation as a row: county and streams by their keys, the day as text."""
    day = organisation.opted_in_on
    return {
        **{name: str(getattr(organisation, name)) for name in ("key", "kind", "status", *TEXTS)},
        "visibility": str(organisation.visibility),
        "county": organisation.county.key if organisation.county else "",
        "streams": sorted(link.stream.key for link in organisation.streams.all()),
        "opted_in_on": day.isoformat() if day else "",
    }


def stored_values(keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """The organisations as rows, by key."""
    wanted = None if keys is None else set(keys)  # here: a database takes only so many parameters
    rows = Organisation.objects.select_related("county").prefetch_related("streams__stream")
    return {row.key: values_of(row) for row in rows if wanted is None or row.key in wanted}


def try_out(plan: Plan, file_name: str, user: Any) -> ImportRun:
    """Keep a plan without faults, so that it can be written."""
    stored = stored_values(plan.after)
    before = {key: stored.get(key) for key in plan.after}
    return ImportRun.objects.create(
        file_name=file_name[:120], made_by=user, after=plan.after, before=before
    )


def forget_old_runs() -> int:
    """Delete imports that were not written within a day, and others once their time for an undo is
    over (`IMPORT_UNDO_DAYS`): they hold contacts. Their number; the log keeps who and how many.
    """
    now = timezone.now()
    undo_ends = now - timedelta(days=settings.IMPORT_UNDO_DAYS)
    old = Q(applied_at=None, made_at__lt=now - KEPT_TRIED) | Q(applied_at__lt=undo_ends)
    deleted, _rows = ImportRun.objects.filter(old | Q(undone_at__isnull=False)).delete()
    return deleted


def _hold_the_register() -> None:
    """Whoever else changes an organisation waits until this transaction is over."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk"))


def write(run: ImportRun, user: Any) -> int:
    """Write a tried import in one transaction; the number of organisations.

    Raises:
        TableRefused: it was written already, or the register or its terms have changed since.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.applied_at is not None:
            raise TableRefused(_("This table was written already."))
        _hold_the_register()
        stored = stored_values(run.after)
        if run.before != {key: stored.get(key) for key in run.after}:
            raise TableRefused(
                _("Somebody has changed these organisations since. Bring the table in again.")
            )
        run.applied_at = timezone.now()
        run.save(update_fields=["applied_at"])
        _write_rows(run.after)
        log(run, WRITTEN, user=user, data={"organisations": len(run.after)})
        return len(run.after)


def undo(run: ImportRun, user: Any) -> int:
    """Put everything back as it was before the import; the number of organisations.

    Raises:
        UndoRefused: not written, undone already, or somebody has worked on its rows since.
        TableRefused: a county or stream of the rows is deleted by now.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.applied_at is None or run.undone_at is not None:
            raise UndoRefused(_("There is nothing to undo."))
        _hold_the_register()
        now = stored_values(run.after)
        worked_on = [key for key, values in run.after.items() if now.get(key) != values]
        made = [key for key, values in run.before.items() if values is None]
        for start in range(0, len(made), 500):
            batch = Organisation.objects.filter(key__in=made[start : start + 500])
            has_more = Q(awards__isnull=False) | Q(memberships__isnull=False)
            worked_on += batch.filter(has_more).values_list("key", flat=True)
        if worked_on:
            raise UndoRefused(
                _("These were changed since, so nothing was undone: %(keys)s")
                % {"keys": ", ".join(sorted(set(worked_on))[:20])}
            )
        for start in range(0, len(made), 500):
            Organisation.objects.filter(key__in=made[start : start + 500]).delete()
        _write_rows({key: values for key, values in run.before.items() if values is not None})
        run.undone_at = timezone.now()
        run.save(update_fields=["undone_at"])
        log(run, UNDONE, user=user, data={"organisations": len(run.after)})
        return len(run.after)


def _write_rows(rows: Mapping[str, Mapping[str, Any]]) -> None:
    counties = dict(Term.objects.filter(kind=TermKind.COUNTY).values_list("key", "pk"))
    streams = dict(Term.objects.filter(kind=TermKind.STREAM).values_list("key", "pk"))
    gone = {values["county"] for values in rows.values() if values["county"]} - counties.keys()
    gone |= {stream for values in rows.values() for stream in values["streams"]} - streams.keys()
    if gone:
        raise TableRefused(
            _("These terms do not exist any more, so nothing was written: %(terms)s")
            % {"terms": ", ".join(sorted(gone))}
        )
    known = {row.key: row for row in Organisation.objects.all()} if rows else {}
    for key, values in rows.items():
        organisation = known.get(key) or Organisation(key=key)
        for name in ("kind", "status", "visibility", *TEXTS):
            setattr(organisation, name, values[name])
        organisation.county_id = counties.get(values["county"])
        organisation.opted_in_on = _day(values["opted_in_on"])
        organisation.save()
        links = OrganisationStream.objects.filter(organisation=organisation)
        links.exclude(stream__key__in=values["streams"]).delete()
        there = set(links.values_list("stream__key", flat=True))
        OrganisationStream.objects.bulk_create(
            OrganisationStream(organisation=organisation, stream_id=streams[stream])
            for stream in values["streams"]
            if stream not in there
        )
