"""The shelf of files that a room makes at publish: a new one replaces the old."""

import logging
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from typing import Any, Generic, TypeVar

import typst
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from bilingual.models import is_restricted, language_of
from bilingual.pairs import Pair, pair_of
from bilingual.signals import access_changed
from files.cleaning import Refused
from files.documents import store
from files.models import Document

logger = logging.getLogger(__name__)
FAILURES = (OSError, Refused, ValidationError, typst.TypstError)
TITLE_LENGTH = 255  # of a document
CACHE_SECONDS = 60  # another process may have made a file: a minute at most until it shows


def public_sides(pair: Pair) -> dict[str, Any]:
    """The pages of a pair that everybody may read, by language, Welsh first: a file is made of
    nothing else."""
    public = _public_revisions(pair.en.translation_key)
    return {language_of(side): side for side in (pair.cy, pair.en) if side.pk in public}


def are_public_still(sides: dict[str, Any]) -> bool:
    """Whether these pages of one pair, as they were read, are what everybody may read now."""
    key = next(iter(sides.values())).translation_key
    return _public_revisions(key) == {side.pk: side.live_revision_id for side in sides.values()}


def _public_revisions(key: uuid.UUID) -> dict[int, int | None]:
    """Page id to public revision, of the languages of a pair that everybody may read."""
    rows = Page.objects.filter(~is_restricted(), live=True, translation_key=key).order_by()
    return dict(rows.values_list("pk", "live_revision_id"))


def follow_access(model: type[Page], make: Callable[..., None]) -> None:
    """Where pages of this type are closed to some people, or opened again, their files follow.

    `make` is called as after a publication (`bilingual.signals.pair_published`), after commit.
    """

    def follow(pages: "models.QuerySet[Page]", **kwargs: Any) -> None:
        for page in model.objects.live().filter(pk__in=pages.values("pk")):
            transaction.on_commit(partial(make, sender=model, pair=pair_of(page)), robust=True)

    access_changed.connect(
        follow, weak=False, dispatch_uid=f"press.access.{model._meta.label_lower}"
    )


class MadeFileBase(models.Model):
    """One file of a pair; its document keeps its address when it is made anew.

    A room adds `kind` (a choice), `document` (a nullable key) and their constraints. `number`
    counts the makings that changed something. `failure` says why the last one did not succeed; the
    document is then still the one before.
    """

    kind: Any
    document: Any

    translation_key = models.UUIDField(db_index=True, editable=False)
    language = models.CharField(
        _("Language of the text"), max_length=5, choices=Document.Language.choices
    )
    number = models.PositiveIntegerField(_("Number"), default=0)
    failure = models.CharField(_("Why it could not be made"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        kind = self.get_kind_display()  # type: ignore[attr-defined]
        return f"{kind} ({self.get_language_display()})"


Row = TypeVar("Row", bound=MadeFileBase)


class Shelf(Generic[Row]):
    """The files of one room; `model` is its kind of `MadeFileBase`.

    `old_stays` says what becomes of the file before where a new one cannot be made: it stays, or it
    is taken back, because what it says may not be true any more.
    """

    def __init__(self, model: type[Row], *, old_stays: bool = True) -> None:
        self.model = model
        self.old_stays = old_stays

    def put(
        self,
        key: uuid.UUID,
        kind: str,
        language: str,
        *,
        title: str,
        extension: str,
        make: Callable[[int], bytes],
        is_current: Callable[[], bool],
        is_numbered: bool = False,
    ) -> Row:
        """Make a file and store it at the address of the one before.

        `make` gets the number of the file; `is_numbered` says that it stands inside. It grows only
        when the content changes, so that making the same again changes no byte. A failure (a full
        disk, a missing file) is kept in `failure`. Making takes seconds: `is_current` says at the
        end whether what the file was made of is still public and the same. If not, the file is
        dropped; whoever changed that withdraws the files or makes them anew.
        """
        row, _created = self.model._default_manager.get_or_create(
            translation_key=key, kind=kind, language=language
        )
        try:
            content = _content(row, make, is_numbered)
            with transaction.atomic():
                row = self.model._default_manager.select_for_update().get(pk=row.pk)
                if is_current():
                    _store(row, title[:TITLE_LENGTH], extension, content)
        except FAILURES as error:
            logger.exception("A file could not be made: %s of %s", kind, key)
            row = self.model._default_manager.get(pk=row.pk)
            row.failure = _reason(error)
            row.save(update_fields=["failure"])
            if not self.old_stays:
                _take_back(row)
        cache.delete(self._cache_key(key))
        return row

    def withdraw(self, key: uuid.UUID, still: Iterable[tuple[str, str]] = ()) -> None:
        """Take back the files of a pair, except those of the (kind, language) in `still`.

        Their addresses answer 410 until they are made again.
        """
        kept = set(still)
        rows = self.model._default_manager.filter(translation_key=key).order_by("pk")
        with transaction.atomic():
            for row in rows.select_for_update():  # a file on its way to the shelf is waited for
                if (row.kind, row.language) in kept:
                    continue
                _take_back(row)
                if row.failure:
                    row.failure = ""
                    row.save(update_fields=["failure"])
        cache.delete(self._cache_key(key))

    def made_of(self, key: uuid.UUID) -> list[Row]:
        """The files of a pair that can be fetched, in one query."""
        kinds = [kind for kind, _name in self.model.kind.field.choices]
        rows = (
            self.model._default_manager.filter(
                translation_key=key, document__isnull=False, document__withdrawn_at=None
            )
            .select_related("document")
            .defer("document__text")
        )
        return sorted(rows, key=lambda row: (kinds.index(row.kind), row.language))

    def shown_of(self, key: uuid.UUID) -> list[Row]:
        """As `made_of`, for public pages: kept in the cache between changes."""
        found = cache.get(self._cache_key(key))
        if found is None:
            found = self.made_of(key)
            cache.set(self._cache_key(key), found, CACHE_SECONDS)
        return list(found)

    def failed(self, key: uuid.UUID | None = None) -> "models.QuerySet[Row]":
        """Files that could not be made at the last try, of one pair or of all."""
        rows = self.model._default_manager.exclude(failure="")
        return rows if key is None else rows.filter(translation_key=key)

    def say_what_failed(self, request: HttpRequest, page: Page) -> None:
        """For `before_edit_page`: whoever opens the page reads which files could not be made."""
        if request.method != "GET":
            return
        said = (
            _(
                "“%(file)s” could not be made anew: %(reason)s. The last one stays public. "
                "Publish again to try once more."
            )
            if self.old_stays
            else _(
                "“%(file)s” could not be made: %(reason)s. The old one is offered no more. It is "
                "tried again tonight; publish again to try now."
            )
        )
        for row in self.failed(page.translation_key):
            messages.warning(request, said % {"file": row, "reason": row.failure})

    def _cache_key(self, key: uuid.UUID) -> str:
        return f"press.shelf.{self.model._meta.label_lower}.{key.hex}"


def _take_back(row: MadeFileBase) -> None:
    """The address of the file answers 410 until it is made again."""
    if row.document is not None and row.document.withdrawn_at is None:
        row.document.withdrawn_at = timezone.now()
        row.document.save(update_fields=["withdrawn_at"])


def _content(row: Row, make: Callable[[int], bytes], is_numbered: bool) -> bytes:
    """Made with the number of the one before; where it changed, again with the next number."""
    content = make(max(1, row.number))
    if is_numbered and row.document and row.document.checksum != sha256(content).hexdigest():
        return make(row.number + 1)
    return content


def _store(row: Row, title: str, extension: str, content: bytes) -> None:
    before = row.document.checksum if row.document else ""
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


def _reason(error: Exception) -> str:
    """The cause in one line for the editor, without a path of this machine."""
    if isinstance(error, OSError):
        return str(error.strerror or "OSError")[:250]
    with translation.override("en"):
        return str(getattr(error, "reason", None) or error).splitlines()[0][:250]
