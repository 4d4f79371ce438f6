"""The pair is the unit: everything that changes what the public sees acts on both languages.

Each function is one transaction, tests the permission on both sides itself and goes through the
door (`bilingual.door`). A user of None is the system (importers, the schedule). What others do
about it (index, purge, mail) hangs on the signals, which are sent after commit.
"""

import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page, ReferenceIndex, Revision

from bilingual import completeness, door, engine, exceptions
from bilingual.completeness import Gap
from bilingual.exceptions import GoAhead
from bilingual.models import LanguageException, language_of, other_language, twin_of
from bilingual.registries import not_copied, publish_checks, publisher_checks
from bilingual.shared import copy_shared
from bilingual.signals import pair_published, pair_withdrawn
from bilingual.slugs import follows, free_slug

logger = logging.getLogger(__name__)


class PairRefused(PermissionDenied):
    """The pair stays as it is; the message says to the person what to do next.

    A kind of `PermissionDenied`, so that a route without a friendly catch answers with a
    message or a 403 and never with a 500.
    """

    def __init__(self, *sentences: str, gaps: Sequence[Gap] = ()) -> None:
        self.sentences = list(sentences)
        self.gaps = list(gaps)  # the fields that these sentences speak of, where they do
        super().__init__(" ".join(sentences))


class OneLanguageChanged(PairRefused):
    """Both languages are public and one text was changed: the author has to say what follows."""

    def __init__(self, language: str, key: uuid.UUID) -> None:
        self.language, self.key = language, key
        super().__init__(
            _(
                "Only the Welsh text was changed. Change the English too, or say that it needs no "
                "change, or publish now and say when the English follows."
            )
            if language == "cy"
            else _(
                "Only the English text was changed. Change the Welsh too, or say that it needs no "
                "change, or publish now and say when the Welsh follows."
            )
        )


class SavedMeanwhile(PairRefused):
    """Somebody else saved a newer draft after this one was opened."""


class MadeMeanwhile(PairRefused):
    """A pair with this key was made a moment ago."""


@dataclass(frozen=True)
class Pair:
    """Both pages of one thing, of their specific types."""

    en: Any
    cy: Any

    def side(self, language: str) -> Any:
        """The page of this language."""
        return self.cy if language == "cy" else self.en

    def __iter__(self) -> Iterator[Any]:
        return iter((self.en, self.cy))


def twin(page: Page) -> Any:
    """The same page in the other language, of its specific type, live or not; None if none."""
    found = twin_of(page)
    return None if found is None else found.specific


def pair_of(page: Page) -> Pair:
    """Both pages, freshly read.

    Raises:
        PairRefused: one language does not exist.
    """
    sides = {
        language_of(side): side
        for side in Page.objects.filter(translation_key=page.translation_key)
        .select_related("locale", for_specific_subqueries=True)
        .specific()
    }
    if "cy" not in sides:
        raise PairRefused(
            _("“%(title)s” has no Welsh page yet. Make it first: both are published together.")
            % {"title": page.title}
        )
    if "en" not in sides:
        raise PairRefused(
            _("“%(title)s” has no English page yet. Make it first: both are published together.")
            % {"title": page.title}
        )
    return Pair(sides["en"], sides["cy"])


def hold(page: Page) -> None:
    """Until the transaction ends nobody else changes this pair, or takes an address below it.

    Both rows are taken in key order, so that two editors cannot deadlock.
    """
    rows = Page.objects.select_for_update().filter(translation_key=page.translation_key)
    list(rows.order_by("pk").values_list("pk", flat=True))


@contextmanager
def _pair_at_work(page: Page) -> Iterator[Pair]:
    """Both languages for nobody else to change, inside the open door."""
    with transaction.atomic():
        hold(page)
        with door.opened():
            yield pair_of(page)


@contextmanager
def _without_references() -> Iterator[None]:
    """Wagtail would read what a page refers to again for each row that the page has.

    Whoever uses this reads it once afterwards, with `_keep_references`.
    """
    from wagtail.signal_handlers import disable_reference_index_auto_update  # asks for models

    with disable_reference_index_auto_update():
        yield


def _keep_references(pair: Pair) -> None:
    for side in pair:
        ReferenceIndex.create_or_update_for_object(side)


def _demand(user: Any, pages: Any, question: str, *arguments: Any) -> None:
    """Ask Wagtail's own permission tester on each page.

    Raises:
        PairRefused: the answer is no for one of them.
    """
    for page in pages:
        if user is not None and not getattr(page.permissions_for_user(user), question)(*arguments):
            raise PairRefused(_not_allowed(page))


def _not_allowed(page: Page) -> str:
    if language_of(page) == "cy":
        return _("You may not do this to the Welsh page, so neither language was changed.")
    return _("You may not do this to the English page, so neither language was changed.")


def _demand_unlocked(user: Any, pages: Any) -> None:
    for page in pages if user is not None else []:
        lock = page.get_lock()
        if lock and lock.for_user(user):
            raise PairRefused(
                _("“%(title)s” is locked, so neither language was changed.")
                % {"title": page.get_admin_display_title()}
            )


def _send(signal: Any, key: uuid.UUID, gone: Pair | None = None) -> None:
    """Tell the house after commit; a listener that fails is logged and undoes nothing.

    `gone` are the pages as they were, where they are deleted.
    """

    def tell() -> None:
        try:
            pair = gone or pair_of(Page(translation_key=key, title=""))
        except PairRefused:
            return
        for receiver, answer in signal.send_robust(sender=type(pair.en), pair=pair):
            if isinstance(answer, Exception):
                logger.error("%r failed for pair %s", receiver, key, exc_info=answer)

    transaction.on_commit(tell)


def latest_draft(page: Page) -> Any:
    """The page as it would be published: its latest revision, or its row where it has none."""
    return page.get_latest_revision_as_object()


# ── to the public ────────────────────────────────────────────────────────────────────────────


def publish_pair(
    page: Page,
    user: Any = None,
    *,
    approved: bool = False,
    revisions: dict[int, Revision] | None = None,
    previous_revision: Revision | None = None,
    log_action: str | bool = True,
    go_ahead: GoAhead | None = None,
) -> Pair:
    """Publish the latest drafts of both languages, or schedule them if they carry a future time.

    Where a person changed the text of one language alone although both are public, `go_ahead`
    says what becomes of the other: it needs no change, or it follows by a day. With it `page` goes
    ahead: a public twin keeps its public text, and what is being written there stays its draft.
    Shared fields of `page` are written to its twin first. `approved` says that a finished workflow
    stands for the user's own right to publish, and for the answer: its checks have read both
    languages, so the unchanged one needs no change. `revisions` (page key to revision) publishes
    these instead of the latest drafts; the schedule uses it.

    Raises:
        OneLanguageChanged: `go_ahead` is needed and was not given, or the other text was changed.
        PairRefused: a language is missing, incomplete, locked or not the user's to publish.
    """
    with _pair_at_work(page) as pair:
        if not approved:
            _demand(user, pair, "can_publish")
            _demand_unlocked(user, pair)
        mine = language_of(page)
        goes_ahead = go_ahead is not None and pair.side(other_language(mine)).live
        newest = {language_of(side): side.get_latest_revision() for side in pair}
        for side in pair:
            if side.latest_revision is not None:
                side.latest_revision.content_object = side  # it need not be read again
        chosen = dict(revisions or {})
        if goes_ahead:
            if _rewritten(pair, {language_of(side): latest_draft(side) for side in pair}) == [
                other_language(mine)
            ]:
                raise OneLanguageChanged(other_language(mine), page.translation_key)
            behind = pair.side(other_language(mine))
            chosen[behind.pk] = behind.live_revision or behind.save_revision(user=user)
        taken = {language_of(side): chosen.get(side.pk, newest[language_of(side)]) for side in pair}

        def plan(language: str, revision: Revision) -> PublishPageRevisionAction:
            return PublishPageRevisionAction(
                revision,
                user=user,
                log_action=log_action,
                previous_revision=previous_revision if language == mine else None,
            )

        # What is checked is what is published: a draft is read once.
        planned = {
            language_of(side): plan(language_of(side), revision)
            for side in pair
            if (side.has_unpublished_changes or side.pk in chosen)
            and (revision := taken[language_of(side)]) is not None
        }
        drafts = {language_of(side): side for side in pair}
        drafts |= {language: publication.object for language, publication in planned.items()}
        for language, draft in drafts.items():
            draft.locale = pair.side(language).locale  # it came with the pair
        changed = {mine: False, other_language(mine): False}
        changed[other_language(mine)] = copy_shared(drafts[mine], drafts[other_language(mine)])
        for language, draft in drafts.items():
            side = pair.side(language)
            if draft.first_published_at is None and side.get_parent().depth > 1:
                slug = _slug_of_draft(draft, side, (side.title, side.slug))
                changed[language] |= slug != draft.slug
                draft.slug = slug
        newer = go_ahead is not None and go_ahead.kind == LanguageException.Kind.NEWER
        _demand_complete({mine: drafts[mine]} if goes_ahead and newer else drafts, user)
        rewritten = _rewritten(pair, drafts)
        ahead = ""
        if goes_ahead and not pair.side(mine).live:
            ahead = mine
        elif pair.en.live and pair.cy.live and len(rewritten) == 1:
            ahead = rewritten[0]
        known = exceptions.open_for(page.translation_key)
        if ahead and user is not None and go_ahead is None and known is None:
            if not approved:
                raise OneLanguageChanged(ahead, page.translation_key)
            go_ahead = GoAhead(
                LanguageException.Kind.NO_CHANGE,
                _("Both languages were read and approved; one was changed."),
                asked_by=newest[ahead] and newest[ahead].user,
            )
        later = drafts[mine].go_live_at is not None and drafts[mine].go_live_at > timezone.now()
        if later and ahead and newer:
            raise PairRefused(_("One language alone cannot be put on a schedule."))
        with _without_references():
            for language, draft in drafts.items():
                side, before, revision = pair.side(language), newest[language], taken[language]
                if (
                    revision is not None
                    and side.live
                    and side.live_revision_id == revision.pk
                    and not changed[language]
                    and language != mine
                ):
                    continue  # it is public as it stands
                if revision is None or changed[language]:
                    publication = plan(language, draft.save_revision(user=user))
                else:
                    publication = planned.get(language) or plan(language, revision)
                publication.execute(skip_permission_checks=True)
                if (
                    before is not None
                    and revision != before
                    and before.pk < publication.revision.pk
                ):
                    _write_on(before, drafts[mine])
        done = pair_of(page)
        _keep_references(done)
        as_before = [side.live for side in done] == [side.live for side in pair]
        if done.en.live != done.cy.live and not (later and as_before):
            raise PairRefused(
                _("One language would have gone public alone, so neither was changed.")
            )
        if ahead and go_ahead:
            known = exceptions.record(page.translation_key, ahead, go_ahead, user)
        elif known is not None and not later and _is_answered(known, rewritten):
            exceptions.close(page.translation_key)
            known = None
        if done.en.live:
            if not later:
                written_first = getattr(done.side(mine), "authored_in", mine)
                transaction.on_commit(
                    partial(
                        engine.record_safely,
                        done.side(written_first),
                        done.side(other_language(written_first)),
                        in_step=known is None or known.closed_at is not None,
                    )
                )
            _send(pair_published, page.translation_key)
    return done


def _write_on(newest: Revision, shared: Any) -> None:
    """What somebody was writing is the newest draft again, and theirs; shared fields are as now."""
    draft = Revision.objects.get(pk=newest.pk).as_object()
    copy_shared(shared, draft)
    draft.save_revision(user=newest.user, clean=False)


def _rewritten(pair: Pair, drafts: Mapping[str, Any]) -> list[str]:
    """The languages in which the drafts say something else than the public pages."""
    return [
        language
        for language, draft in drafts.items()
        if completeness.words_of(draft) != completeness.words_of(pair.side(language))
    ]


def _is_answered(known: LanguageException, rewritten: Sequence[str]) -> bool:
    """Both languages are public again, or the one that was behind has a new text."""
    return known.kind == LanguageException.Kind.ALONE or known.missing_language in rewritten


def _demand_complete(drafts: Mapping[str, Any], user: Any) -> None:
    """Raises PairRefused with every gap of these drafts; two drafts are compared as well."""
    gaps: list[Gap] = []
    for language, draft in drafts.items():
        gaps += completeness.what_is_missing(draft)
        gaps += [
            Gap(language, "", str(sentence))
            for check in publish_checks
            for sentence in check(draft)
        ]
        if user is not None:
            gaps += [
                Gap(language, "", str(sentence))
                for check in publisher_checks
                for sentence in check(draft, user)
            ]
        if completeness.is_untouched_copy(draft):
            sentence = (
                _("The Welsh page has not been written yet.")
                if language == "cy"
                else _("The English page has not been written yet.")
            )
            gaps.append(Gap(language, "", sentence))
    if len(drafts) > 1:
        gaps += completeness.what_differs(drafts["en"], drafts["cy"])
    if gaps:
        raise PairRefused(*dict.fromkeys(gap.sentence for gap in gaps), gaps=gaps)


def publish_alone(page: Page, go_ahead: GoAhead | None = None, user: Any = None) -> Any:
    """Publish this language while the other one is not public: only with a recorded exception.

    `go_ahead` may be left out while an exception for this language is open. Returns the page.

    Raises:
        PairRefused: no reason, incomplete, locked, on a schedule or not the user's to publish; or
            the other language is public, and both are published together.
    """
    with _pair_at_work(page) as pair:
        language = language_of(page)
        side, other = pair.side(language), pair.side(other_language(language))
        if other.live:
            raise PairRefused(_("The other language is public: publish both together."))
        _demand(user, [side], "can_publish")
        _demand_unlocked(user, [side])
        known = exceptions.open_for(page.translation_key)
        if known is None or known.language != language or go_ahead is not None:
            if go_ahead is None or not go_ahead.reason.strip():
                raise PairRefused(
                    _("Say why this language goes public before the other, and when that follows.")
                )
            exceptions.record(page.translation_key, language, go_ahead, user)
        draft = latest_draft(side)
        if draft.go_live_at is not None and draft.go_live_at > timezone.now():
            raise PairRefused(_("One language alone cannot be put on a schedule."))
        if draft.first_published_at is None:
            draft.slug = _slug_of_draft(draft, side, (side.title, side.slug))
        _demand_complete({language: draft}, user)
        PublishPageRevisionAction(draft.save_revision(user=user), user=user).execute(
            skip_permission_checks=True
        )
        share_draft(side)  # what is public holds for both, whoever may write the other draft
        _send(pair_published, page.translation_key)
        return pair_of(page).side(language)


def save_drafts(
    drafts: Mapping[str, Any],
    user: Any,
    *,
    opened_with: Mapping[str, int | None],
    own: Mapping[str, int | None] | None = None,
) -> Pair:
    """Save the drafts of one or both languages, which an editor opened at these revisions.

    Shared fields must be equal in the drafts already. `own` names revisions that autosave made a
    moment ago: they are replaced instead of adding one every few seconds, unless they are public,
    on a schedule or in a workflow by now. A draft that says nothing new is not saved.

    Raises:
        SavedMeanwhile: a newer draft says something else.
        PairRefused: a page is locked, or not the user's to edit.
    """
    any_draft = next(iter(drafts.values()))
    with transaction.atomic():
        hold(any_draft)
        pair = pair_of(any_draft)
        for language, draft in drafts.items():
            side = pair.side(language)
            latest = side.get_latest_revision()
            if side.first_published_at is None:
                known = latest.content if latest else {"title": side.title, "slug": side.slug}
                draft.slug = _slug_of_draft(draft, side, (known["title"], known["slug"]))
            if _says_the_same(draft, side, latest):
                continue
            _demand(user, [side], "can_edit")
            _demand_unlocked(user, pair)
            if latest is not None and latest.pk != opened_with.get(language):
                raise SavedMeanwhile(_saved_meanwhile(language, latest))
            mine = latest is not None and own is not None and latest.pk == own.get(language)
            replaced = latest if mine and _may_be_replaced(latest, side, user) else None
            draft.save_revision(
                user=user,
                log_action=_has_label(draft),
                clean=False,
                overwrite_revision=replaced,
            )
            if side.first_published_at is None:
                _readdress(side, draft)
        return pair_of(any_draft)


# Of Wagtail's own fields those that an editor writes.
_WRITTEN = {"title", "slug", "seo_title", "search_description", "go_live_at", "expire_at"}


def _says_the_same(draft: Any, side: Any, latest: Revision | None) -> bool:
    if latest is None:
        return False
    stored = side.with_content_json(dict(latest.content)).serializable_data()
    fresh = draft.serializable_data()
    names = set(fresh) - {field.name for field in Page._meta.concrete_fields} | _WRITTEN
    names -= {"page_ptr", COMMENTS_RELATION_NAME}
    return all(_comparable(fresh[name]) == _comparable(stored.get(name)) for name in names)


def _comparable(value: Any) -> Any:
    """Child rows without the keys that they get when they are stored."""
    if isinstance(value, list):
        return [
            {name: part for name, part in row.items() if name not in ("pk", "page", "sort_order")}
            if isinstance(row, dict)
            else row
            for row in value
        ]
    return value


def _may_be_replaced(latest: Revision | None, side: Any, user: Any) -> bool:
    return (
        latest is not None
        and latest.user_id == (user and user.pk)
        and latest.pk != side.live_revision_id
        and latest.approved_go_live_at is None
        and not latest.task_states.exists()
    )


def _saved_meanwhile(language: str, latest: Revision) -> str:
    values = {
        "who": str(latest.user or _("Somebody")),
        "time": date_format(timezone.localtime(latest.created_at), "DATETIME_FORMAT"),
    }
    if language == "cy":
        return (
            _("%(who)s saved the Welsh page at %(time)s. Your text is still here, not saved.")
            % values
        )
    return (
        _("%(who)s saved the English page at %(time)s. Your text is still here, not saved.")
        % values
    )


def schedule_pair(
    page: Page, go_live_at: datetime, expire_at: datetime | None = None, user: Any = None
) -> Pair:
    """Publish both languages at one time, and take both down at `expire_at` if given.

    Raises:
        PairRefused: as `publish_pair`; or the time has passed.
    """
    if go_live_at <= timezone.now():
        raise PairRefused(_("The time for going public has already passed."))
    with transaction.atomic():
        draft = latest_draft(page.specific)
        draft.go_live_at, draft.expire_at = go_live_at, expire_at
        draft.save_revision(user=user)
        return publish_pair(page, user=user)


def unpublish_pair(
    page: Page,
    user: Any = None,
    *,
    set_expired: bool = False,
    include_descendants: bool = False,
    log_action: str | bool = True,
) -> Pair:
    """Take both languages from the public; with `include_descendants` all pairs below too.

    Raises:
        PairRefused: a live side is locked or not the user's to withdraw.
    """
    with _pair_at_work(page) as pair:
        live = [side for side in pair if side.live]
        _demand_unlocked(user, live)
        _demand(user, live, "can_unpublish")
        for side in live:
            UnpublishPageAction(
                side, set_expired=set_expired, user=user, log_action=log_action
            ).execute(skip_permission_checks=True)
        for side in pair:
            # A revision waiting for its time would bring one language back alone.
            side.revisions.update(approved_go_live_at=None)
        exceptions.close(page.translation_key)
        if live:
            _send(pair_withdrawn, page.translation_key)
        if include_descendants:
            for below in _pairs_below(pair):
                if any(side.live for side in Page.objects.filter(translation_key=below)):
                    unpublish_pair(
                        Page.objects.filter(translation_key=below).order_by("pk")[0],
                        user=user,
                        log_action=log_action,
                    )
        return pair_of(page)


def _pairs_below(pair: Pair) -> list[uuid.UUID]:
    """Keys of all pairs below, parents before children, each once."""
    rows = Page.objects.filter(pk__in=[]).order_by()
    for side in pair:
        rows = rows | side.get_descendants().order_by()
    return list(
        dict.fromkeys(rows.order_by("depth", "path").values_list("translation_key", flat=True))
    )


# ── in the tree ──────────────────────────────────────────────────────────────────────────────


def create_pair(
    parent_en: Page,
    page_en: Page,
    page_cy: Page,
    user: Any = None,
    publish: bool = False,
    *,
    key: uuid.UUID | None = None,
) -> Pair:
    """Put two unsaved pages into both trees as one pair of drafts, and publish them if asked.

    The shared fields are taken from the page of the language named in `authored_in`. `key` is the
    pair's translation key where an importer or a form has one; else a new one is made.

    Raises:
        MadeMeanwhile: there is a page with this key.
        PairRefused: the parent has no twin, the user may not add there, or `publish_pair` refuses.
    """
    with transaction.atomic():
        hold(parent_en)
        parents = pair_of(parent_en)
        _demand(user, parents, "can_add_subpage")
        key = key or uuid.uuid4()
        if Page.objects.filter(translation_key=key).exists():
            raise MadeMeanwhile(_("These pages have been made already."))
        fresh = {"en": page_en, "cy": page_cy}
        written_first = getattr(page_en, "authored_in", "en")
        copy_shared(fresh[written_first], fresh[other_language(written_first)])
        with _without_references():
            for language, page in fresh.items():
                parent = parents.side(language)
                page.locale = parent.locale
                page.translation_key = key
                page.live = False
                page.owner = page.owner or user
                page.slug = page.slug or free_slug(page, parent, language)
                own_title = page.title
                # A row must have a title; until its own is written that of the twin stands in.
                page.title = own_title or fresh[other_language(language)].title
                parent.add_child(instance=page)
                page.title = own_title
                page.save_revision(user=user, log_action=_has_label(page), clean=False)
        if publish:
            return publish_pair(fresh[written_first], user=user)
        made = pair_of(page_en)
        _keep_references(made)
        return made


def _has_label(draft: Any) -> bool:
    """Wagtail's log names every page by its title and refuses one that has none yet."""
    return bool(draft.title)


def make_twin(page: Page, user: Any = None) -> Any:
    """The twin, made as a draft if there is none: same title, blocks and shared fields.

    Plain text fields are left empty on purpose: a copy could be published as Welsh by mistake.
    Blocks are copied because both languages need the same block ids; their copied text is
    refused at publication. None where the section has no page in the other language.
    """
    existing = twin(page)
    if existing is not None or page.depth is None or page.depth < 3:
        return existing
    other = Locale.objects.get(language_code=other_language(language_of(page)))
    if twin_of(page.get_parent()) is None:
        return None
    specific = page.specific
    with transaction.atomic():
        hold(page.get_parent())
        if (existing := twin(page)) is not None:
            return existing  # made by somebody else a moment ago
        made = CopyPageForTranslationAction(
            specific,
            other,
            exclude_fields=[
                field.name
                for field in completeness.text_fields(specific)
                if not isinstance(field, StreamField)
            ],
            user=user,
        ).execute(skip_permission_checks=True)
        made.slug = free_slug(made, made.get_parent(), language_of(made))
        made.owner = user
        made.save()
        made.save_revision(user=user, clean=False)
    return made


def share_draft(page: Page, user: Any = None) -> bool:
    """After one side was saved: write its shared fields to the twin's latest draft.

    True if the twin's draft changed. Nothing public changes before the pair is published.

    Raises:
        PairRefused: they changed, and the twin is locked or not the user's to edit.
    """
    other = twin(page)
    if other is None:
        return False
    with transaction.atomic():
        draft = latest_draft(other)
        if not copy_shared(latest_draft(page.specific), draft):
            return False
        try:
            _demand(user, [other], "can_edit")
            _demand_unlocked(user, [other])
        except PairRefused:
            raise PairRefused(
                _(
                    "Your text was saved. What both languages share stays as it was: the other "
                    "language is locked, or you may not change it."
                )
            ) from None
        draft.save_revision(user=user, clean=False)
    return True


def take_back_shared(page: Page, user: Any) -> None:
    """The draft that `user` has just saved has the shared fields of its twin's draft again."""
    draft, other = latest_draft(page.specific), twin(page)
    if other is not None and copy_shared(latest_draft(other), draft):
        draft.save_revision(user=user, clean=False, overwrite_revision=page.get_latest_revision())


@transaction.atomic
def follow_title(page: Page, before: tuple[str, str] | None = None) -> bool:
    """Until the first publication a draft's address follows its title; True if it changed.

    A page is created by autosave from half a title: the half must not stay in the address. An
    address that somebody wrote stays: `before` holds title and slug as they were, and where the
    slug alone has changed it was written by hand.
    """
    if page.first_published_at is not None or page.depth is None or page.depth < 3:
        return False
    draft = latest_draft(page.specific)
    language, written = language_of(page), ""
    if before is not None:
        title, known = before
        by_hand = draft.title == title and draft.slug != known
        if by_hand or (draft.slug == known and not follows(known, title, language)):
            written = draft.slug
    slug = _slug_held(draft, page, language, written)
    if slug == page.slug and slug == draft.slug:
        return False
    draft.slug = slug
    row = _readdress(page, draft)
    revision = page.specific.get_latest_revision()
    if revision is not None:
        revision.content["slug"] = slug
        revision.content["url_path"] = row.url_path
        revision.save(update_fields=["content"])
    return True


def _slug_of_draft(draft: Any, side: Any, before: tuple[str, str]) -> str:
    """The address of a draft that was never public: its title gives it, or somebody wrote it.

    `before` holds title and slug as they were stored. An empty slug follows the title.
    """
    language = language_of(side)
    title, slug = before
    unwritten = follows(draft.slug, draft.title, language) or (
        draft.slug == slug and follows(slug, title, language)
    )
    return _slug_held(draft, side, language, "" if unwritten else draft.slug)


def _slug_held(draft: Any, row: Page, language: str, wanted: str) -> str:
    """A free slug; a new one is for nobody else to take until the transaction ends."""
    section = row.get_parent()
    slug = free_slug(draft, section, language, wanted)
    if slug != row.slug:
        hold(section)
        slug = free_slug(draft, section, language, wanted)
    return slug


def _readdress(page: Page, draft: Any) -> Any:
    """The row of a page that was never public takes title and address of its draft."""
    row = page.specific_class.objects.get(pk=page.pk)
    row.title, row.slug = draft.title or row.title, draft.slug
    row.save(update_fields=["title", "slug", "url_path"])
    return row


def move_pair(page: Page, target: Page, user: Any = None, pos: str = "last-child") -> Pair:
    """Move both languages: this page below `target`, its twin below the twin of `target`.

    Raises:
        PairRefused: `target` is in the other language, has no twin, holds the slug already, or
            one of the moves is not the user's to make.
    """
    with _pair_at_work(page) as pair:
        targets = pair_of(target)
        if language_of(target) != language_of(page):
            raise PairRefused(_("A page moves within its own language; its twin goes with it."))
        _demand_unlocked(user, pair)
        for side in pair:
            goal = targets.side(language_of(side))
            _demand(user, [side], "can_move_to", goal)
            if side.pk == goal.pk or goal.is_descendant_of(side):
                raise PairRefused(_("A page cannot be moved into itself."))
            if not Page._slug_is_available(side.slug, goal, side):
                raise PairRefused(
                    _("“%(slug)s” is already in use there, so neither language was moved.")
                    % {"slug": side.slug}
                )
        for side in pair:
            goal = Page.objects.get(pk=targets.side(language_of(side)).pk)
            moving = Page.objects.get(pk=side.pk).specific
            MovePageAction(moving, goal, pos=pos, user=user).execute(skip_permission_checks=True)
        moved = pair_of(page)
        if moved.en.live or moved.cy.live:
            _send(pair_published, page.translation_key)
        return moved


def delete_pair(page: Page, user: Any = None) -> None:
    """Delete both languages with all pairs below them. The engine's memory of them goes too.

    Raises:
        PairRefused: locked, not the user's to delete, once public and the user no publisher, or
            a page below has its twin elsewhere.
    """
    delete_pairs([page], user)


def delete_pairs(pages: Iterable[Page], user: Any = None) -> None:
    """As `delete_pair` for each of these, all or none.

    Django asks every table that may point at a page: once for all of them, not once for each.
    """
    with transaction.atomic(), door.opened():
        keys: dict[uuid.UUID, None] = {}
        for page in pages:
            hold(page)
            pair = pair_of(page)
            _demand_deletable(pair, user)
            keys |= dict.fromkeys([page.translation_key, *_pairs_below(pair)])
        rows = Page.objects.filter(translation_key__in=keys).order_by("depth", "path")
        public = rows.filter(live=True).values_list("translation_key", flat=True)
        gone = [pair_of(Page(translation_key=key, title="")) for key in dict.fromkeys(public)]
        for row in rows.specific():
            log(instance=row, action="wagtail.delete", user=user, deleted=True)
        rows.delete()
        exceptions.close(*keys)
        for was_public in gone:
            _send(pair_withdrawn, was_public.en.translation_key, was_public)


def _demand_deletable(pair: Pair, user: Any) -> None:
    """Raises PairRefused where this pair, or what is below it, may not be deleted."""
    _demand_unlocked(user, pair)
    _demand(user, pair, "can_delete")
    below = {
        language_of(side): side.get_descendants().values_list("translation_key", flat=True)
        for side in pair
    }
    stray = set(below["en"]) ^ set(below["cy"])
    if Page.objects.filter(translation_key__in=stray).exclude(
        pk__in=[row.pk for side in pair for row in side.get_descendants(inclusive=True).only("pk")]
    ):
        raise PairRefused(_("A page below has its other language elsewhere. Move it back first."))
    for side in pair if user is not None else []:
        once_public = side.get_descendants(inclusive=True).filter(first_published_at__isnull=False)
        if once_public.exists() and not side.permissions_for_user(user).can_publish():
            raise PairRefused(_("A page that was public is not deleted, only unpublished."))


def delete_orphan(page: Page, user: Any = None) -> None:
    """Delete a page that has no twin and nothing below it: it must not be undeletable.

    Raises:
        PairRefused: locked, not the user's to delete, or there are pages below it.
    """
    with transaction.atomic(), door.opened():
        _demand_unlocked(user, [page])
        _demand(user, [page], "can_delete")
        if twin_of(page) is not None or page.get_descendants().exists():
            raise PairRefused(
                _("A page below has its other language elsewhere. Move it back first.")
            )
        DeletePageAction(Page.objects.get(pk=page.pk), user=user).execute(
            skip_permission_checks=True
        )


def copy_pair(
    page: Page,
    target: Page,
    user: Any = None,
    *,
    title: str | None = None,
    recursive: bool = False,
) -> Pair:
    """Copy both latest drafts below `target` and its twin, as drafts under one new key.

    `title` is the new title of the copy in the language of `page`. A copy has no time to go public
    or to end: those are of the page it was made from.

    Raises:
        PairRefused: `target` has no twin or lies below the page, or the user may not add there.
    """
    with transaction.atomic():
        hold(target)
        pair, targets = pair_of(page), pair_of(target)
        if language_of(target) != language_of(page):
            raise PairRefused(_("A page moves within its own language; its twin goes with it."))
        _demand(user, pair, "can_copy")
        _demand(user, targets, "can_add_subpage")
        for side in pair:
            if not side.specific_class.can_create_at(targets.side(language_of(side)).specific):
                raise PairRefused(_("A page of this kind cannot stand there."))
        if recursive and any(
            goal.pk == side.pk or goal.is_descendant_of(side)
            for side, goal in zip(pair, targets, strict=True)
        ):
            raise PairRefused(_("A page cannot be copied into itself with the pages below it."))
        children = list(
            pair.side(language_of(page))
            .get_children()
            .order_by("path")
            .values_list("translation_key", flat=True)
        )
        key = uuid.uuid4()
        for side in pair:
            language = language_of(side)
            goal = Page.objects.get(pk=targets.side(language).pk)
            draft = latest_draft(side)  # a page that was never public is written there alone
            own_title = "" if completeness.is_untouched_copy(side) else draft.title
            if title and language == language_of(page):
                own_title = title
            renamed = own_title or side.title
            candidate = Page(title=own_title, translation_key=key)
            copied = CopyPageAction(
                draft,
                to=goal,
                update_attrs={
                    "title": renamed,
                    "draft_title": renamed,
                    "slug": free_slug(candidate, goal, language),
                    "translation_key": key,
                    "go_live_at": None,
                    "expire_at": None,
                },
                exclude_fields=list(not_copied),
                copy_revisions=False,
                keep_live=False,
                user=user,
                reset_translation_key=False,
            ).execute(skip_permission_checks=True)
            if not own_title:  # as in a new pair: that of the twin stands in the row alone
                unwritten = latest_draft(copied)
                unwritten.title = ""
                unwritten.save_revision(user=user, log_action=False, clean=False)
        made = pair_of(copied)
        if recursive:
            for child_key in children:
                child = Page.objects.get(translation_key=child_key, locale_id=page.locale_id)
                copy_pair(child, made.side(language_of(page)), user=user, recursive=True)
        return pair_of(copied)
