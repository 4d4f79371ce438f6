"""The shelf of files that the site makes: a new one replaces the old, or the old one stays."""

import logging
import uuid
from collections.abc import Callable, Iterable
from hashlib import sha256

import typst
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from files.cleaning import Refused
from files.documents import store
from resources.models import MadeFile

logger = logging.getLogger(__name__)
FAILURES = (OSError, Refused, ValidationError, typst.TypstError)
TITLE_LENGTH = 255  # of a document
CACHE_SECONDS = 60  # another process may have made a file: a minute at most until it shows


def put(
    key: uuid.UUID,
    kind: str,
    language: str,
    *,
    title: str,
    extension: str,
    make: Callable[[int], bytes],
) -> MadeFile:
    """Make a file and store it at the address of the one before.

    `make` gets the number that stands inside the file. The number grows only when the content
    changes, so that making the same again changes no byte. A failure (a full disk, a missing file)
    is kept in `failure`, and the file before stays.
    """
    row, _created = MadeFile.objects.get_or_create(
        translation_key=key, kind=kind, language=language
    )
    try:
        with transaction.atomic():
            _store(row, title[:TITLE_LENGTH], extension, make)
    except FAILURES as error:
        logger.exception("A file could not be made: %s of %s", kind, key)
        row = MadeFile.objects.get(pk=row.pk)
        row.failure = _reason(error)
        row.save(update_fields=["failure"])
    cache.delete(_cache_key(key))
    return row


def _store(row: MadeFile, title: str, extension: str, make: Callable[[int], bytes]) -> None:
    content = make(max(1, row.number))
    before = row.document.checksum if row.document else ""
    if before and before != _digest(content):
        content = make(row.number + 1)
    if row.document is not None:
        row.document.withdrawn_at = None
    row.document = store(
        f"made.{extension}",
        content,
        title=title,
        language=row.language,
        generated=True,
        into=row.document,
    )
    row.number = row.number + 1 if row.document.checksum != before else row.number
    row.failure = ""
    row.save()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _reason(error: Exception) -> str:
    """The cause in one line for the editor, without a path of this machine."""
    if isinstance(error, OSError):
        return str(error.strerror or "OSError")[:250]
    with translation.override("en"):
        return str(getattr(error, "reason", None) or error).splitlines()[0][:250]


def withdraw(key: uuid.UUID, still: Iterable[tuple[str, str]] = ()) -> None:
    """Take back the files of a pair, except those of the (kind, language) in `still`.

    Their addresses answer 410 until they are made again.
    """
    kept = set(still)
    for row in MadeFile.objects.filter(translation_key=key).select_related("document"):
        if (row.kind, row.language) in kept:
            continue
        if row.document is not None and row.document.withdrawn_at is None:
            row.document.withdrawn_at = timezone.now()
            row.document.save(update_fields=["withdrawn_at"])
        if row.failure:
            row.failure = ""
            row.save(update_fields=["failure"])
    cache.delete(_cache_key(key))


def made_of(key: uuid.UUID) -> list[MadeFile]:
    """The files of a pair that can be fetched, in one query."""
    kinds = list(MadeFile.Kind.values)
    rows = (
        MadeFile.objects.filter(
            translation_key=key, document__isnull=False, document__withdrawn_at=None
        )
        .select_related("document")
        .defer("document__text")
    )
    return sorted(rows, key=lambda row: (kinds.index(row.kind), row.language))


def shown_of(key: uuid.UUID) -> list[MadeFile]:
    """As `made_of`, for public pages: kept in the cache between changes."""
    found = cache.get(_cache_key(key))
    if found is None:
        found = made_of(key)
        cache.set(_cache_key(key), found, CACHE_SECONDS)
    return list(found)


def _cache_key(key: uuid.UUID) -> str:
    return f"resources.made.{key.hex}"


def health_line() -> tuple[str, bool, str]:
    """For the health page: whether every print and pack could be made at its last try."""
    well = not MadeFile.objects.exclude(failure="").exists()
    return "Papurau a phecynnau", well, "Prints and packs"
