"""The two-column editor: one address for a new pair, one for a pair that exists.

Every button saves both drafts first, so that whatever a button cannot do, no text is lost.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from bilingual import exceptions, pairs, staleness, termbase
from bilingual.approval import PairTask, checks_of, decide, send
from bilingual.composer import blocks
from bilingual.composer.forms import BOTH, GoAheadForm, NotWhole, PairForms
from bilingual.exceptions import GoAhead
from bilingual.models import (
    LANGUAGES,
    LONGEST_REASON,
    LanguageException,
    PairedPage,
    language_of,
    other_language,
    path_of,
)
from bilingual.reading import reading

PREVIEWS = {f"preview-{language}": language for language in LANGUAGES}
PUBLISH_ONE = {f"publish-{language}": language for language in LANGUAGES}
NO_CHANGE = {f"unchanged-{language}": language for language in LANGUAGES}
DECISIONS = ("approve", "reject")
GOING_PUBLIC = {"publish", "schedule", *PUBLISH_ONE, *NO_CHANGE}


class Composer(View):
    """What the new and the existing pair have in common.

    A subclass finds `pages` (both pages as they are stored, by language), `drafts` (as they are
    shown and saved), `parents` and `key`.
    """

    key: uuid.UUID
    exists: bool
    model: type[PairedPage]
    pages: dict[str, Any]
    drafts: dict[str, Any]
    parents: dict[str, Page]
    writable: set[str]
    locks: dict[str, str]
    made_again = ""  # the language whose page had been deleted

    def find(self) -> None:
        """Fill the attributes above.

        Raises:
            Http404: no such page type, parent or pair.
            PermissionDenied: the user may write in neither language.
        """
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        if self.locks:
            self.writable = set()
        return self.show(self.forms())

    @method_decorator(xframe_options_sameorigin_override)
    def preview(self, forms: PairForms, language: str) -> HttpResponse:
        """One language as a reader would see it, from what stands in the form."""
        if not forms.save_as_drafts():
            return render(self.request, "wagtailadmin/pairs/no_preview.html")
        draft = self.drafts[language]
        if not self.exists:
            parent = self.parents[language]
            draft.path = Page._get_children_path_interval(parent.path)[1]
            draft.depth = parent.depth + 1
            draft.slug = draft.slug or "-"
            draft.set_url_path(parent)
        draft.title = draft.title or _("Untitled")
        response: HttpResponse = draft.make_preview_request(
            self.request, draft.default_preview_mode, {"in_preview_panel": True}
        )
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.answer(request, request.POST.get("press", "save"))
        except NotWhole:
            sentence = _("The form did not arrive whole, so nothing was saved. Send it again.")
        if request.POST.get("press") == "autosave":
            return JsonResponse({"saved": False, "message": sentence}, status=409)
        messages.error(request, sentence)
        return redirect(request.path)

    def answer(self, request: HttpRequest, action: str) -> HttpResponse:
        """Do what the button with this name says.

        Raises:
            NotWhole: a part of the form is missing or broken.
        """
        self.find()
        forms = self.forms(request.POST)
        if action in PREVIEWS:
            return self.preview(forms, PREVIEWS[action])
        decision, _dash, task = action.partition("-")
        if decision in DECISIONS and task.isdecimal():
            return self.decide(decision, int(task[:9]))
        if self.locks:
            return self.not_saved(forms, list(self.locks.values()), action)
        if not forms.save_as_drafts():
            return self.not_saved(
                forms, [_("Nothing was saved yet: please correct the marked fields.")], action
            )
        if not any(draft.title for draft in self.drafts.values()):
            return self.not_saved(
                forms, [_("Nothing was saved yet: write a title in one language first.")], action
            )
        was_new = not self.exists
        try:
            self.save(action)
        except pairs.MadeMeanwhile:
            # The same form was sent twice at once: now it finds the pair of the other request.
            return self.answer(request, action)
        except pairs.SavedMeanwhile as refusal:
            return self.not_saved(forms, refusal.sentences, action, conflict=True)
        except pairs.PairRefused as refusal:
            return self.not_saved(forms, refusal.sentences, action)
        if action == "autosave":
            return JsonResponse(
                {
                    "saved": True,
                    "advice": self.advice(),
                    "address": self.address(),
                    # A column that is only read stays as it was opened: nobody compared it now.
                    "opened": {
                        language: revision
                        for language, revision in self.revisions().items()
                        if language in self.writable
                    },
                    "message": _("Both drafts saved at %(time)s.")
                    % {"time": timezone.localtime().strftime("%H:%M:%S")},
                }
            )
        if action in GOING_PUBLIC:
            return self.go_public(forms, action)
        if action == "submit":
            return self.submit()
        messages.success(
            request,
            _("Both drafts were made: %(title)s") % {"title": self.title()}
            if was_new
            else _("Both drafts were saved: %(title)s") % {"title": self.title()},
        )
        return redirect(self.address())

    # ── finding ──────────────────────────────────────────────────────────────────────────────

    def start(self, kind: str, parent_pk: int) -> None:
        """Two new pages of this type below this parent and its twin.

        Raises:
            Http404: no such type or parent.
            PermissionDenied: the type may not stand there, or the user may not add there.
        """
        try:
            model = apps.get_model(kind)
        except (LookupError, ValueError):
            raise Http404 from None
        parent = Page.objects.filter(pk=parent_pk).first()
        if parent is None or not issubclass(model, PairedPage):
            raise Http404
        both = self.pair(parent)
        self.model, self.exists = model, False
        self.parents = {language: both.side(language) for language in LANGUAGES}
        for above in both:
            allowed = above.permissions_for_user(self.request.user).can_add_subpage()
            if not (allowed and model.can_create_at(above)):
                raise PermissionDenied
        self.pages, self.locks, self.writable = {}, {}, set(LANGUAGES)
        self.drafts = {
            locale.language_code: model(
                owner=self.request.user,
                locale=locale,
                translation_key=self.key,
                authored_in=self.first(),
            )
            for locale in Locale.objects.filter(language_code__in=LANGUAGES)
        }
        blocks.start(self.drafts["en"], self.drafts["cy"])

    def open(self) -> None:
        """Both latest drafts of the pair with this key.

        Raises:
            Http404: these pages have no two columns.
            PermissionDenied: the user may write in neither language, or one language is missing.
        """
        pair = self.pair(Page(translation_key=self.key, title=""))
        if type(pair.en) is not type(pair.cy) or not isinstance(pair.en, PairedPage):
            raise Http404
        self.model, self.exists = type(pair.en), True
        self.pages = {language: pair.side(language) for language in LANGUAGES}
        self.drafts = {language: pairs.latest_draft(page) for language, page in self.pages.items()}
        self.parents = {language: page.get_parent() for language, page in self.pages.items()}
        user = self.request.user
        self.writable = {
            language
            for language, page in self.pages.items()
            if page.permissions_for_user(user).can_edit()
        }
        if not self.writable:
            raise PermissionDenied
        # A lock on one language holds both: they are saved and published together.
        self.locks = {
            language: str(lock.get_message(user))
            for language, page in self.pages.items()
            if (lock := page.get_lock()) is not None and lock.for_user(user)
        }

    def pair(self, page: Page) -> pairs.Pair:
        try:
            return pairs.pair_of(page)
        except pairs.PairRefused as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    # ── saving ───────────────────────────────────────────────────────────────────────────────

    def save(self, action: str) -> None:
        """Both drafts, or none.

        Raises:
            PairRefused: not allowed, locked, or somebody saved or made them meanwhile.
        """
        if not self.exists:
            made = pairs.create_pair(
                self.parents["en"],
                self.drafts["en"],
                self.drafts["cy"],
                user=self.request.user,
                key=self.key,
            )
            self.exists = True
        else:
            opened_with = self.posted_revisions("opened")
            if self.request.POST.get("overwrite"):
                opened_with = {
                    language: page.latest_revision_id for language, page in self.pages.items()
                }
            own = self.posted_revisions("own") if action == "autosave" else None
            drafts = {
                language: draft
                for language, draft in self.drafts.items()
                if language in self.writable
            }
            made = pairs.save_drafts(drafts, self.request.user, opened_with=opened_with, own=own)
        self.pages = {language: made.side(language) for language in LANGUAGES}

    def posted_revisions(self, name: str) -> dict[str, int | None]:
        posted = {
            language: self.request.POST.get(f"{name}-{language}", "") for language in LANGUAGES
        }
        return {
            language: self.pages[language].latest_revision_id
            if language == self.made_again
            else (int(text) if text.isdecimal() and len(text) < 19 else None)
            for language, text in posted.items()
        }

    def revisions(self) -> dict[str, int | None]:
        return {language: page.latest_revision_id for language, page in self.pages.items()}

    def not_saved(
        self, forms: PairForms, sentences: list[str], action: str, conflict: bool = False
    ) -> HttpResponse:
        """Say why; the form comes back with everything that was written."""
        if action == "autosave":
            return JsonResponse(
                {"saved": False, "conflict": conflict, "message": " ".join(sentences)}, status=409
            )
        for sentence in sentences:
            messages.error(self.request, sentence)
        return self.show(forms, conflict=conflict, refused=True)

    # ── going public ─────────────────────────────────────────────────────────────────────────

    def go_public(self, forms: PairForms, action: str) -> HttpResponse:
        """Publish or schedule; a refusal stands beside its field, and the drafts are saved."""
        alone = PUBLISH_ONE.get(action)
        ahead = GoAheadForm(self.request.POST)
        strict = self.forms(forms.without_empty_starts(), only=alone)
        if not strict.is_ready():
            messages.error(
                self.request, _("The drafts are saved, but not public: see the marked fields.")
            )
            return self.show(strict, ahead=ahead)
        if alone and not (ahead.is_valid() and ahead.cleaned_data["reason"].strip()):
            if not ahead.errors:
                ahead.add_error("reason", _("Say why one language goes first."))
            messages.error(self.request, _("The drafts are saved, but not public: say why."))
            return self.show(strict, ahead=ahead)
        if action == "schedule" and not self.drafts[strict.leader].go_live_at:
            if BOTH in strict.forms:  # who writes one language alone has no field for a time
                strict.forms[BOTH].add_error("go_live_at", _("Say when both go public."))
            messages.error(self.request, _("The drafts are saved: say when both go public."))
            return self.show(strict, ahead=ahead)
        try:
            with transaction.atomic():
                # Starting blocks that nobody used are gone from these drafts.
                strict.save_as_drafts()
                saved = pairs.save_drafts(
                    {
                        language: draft
                        for language, draft in self.drafts.items()
                        if language in strict.writable
                    },
                    self.request.user,
                    opened_with=self.revisions(),
                    own=self.revisions(),
                )
                done = self.publish(saved, action, ahead)
        except pairs.OneLanguageChanged as refusal:
            messages.warning(self.request, " ".join(refusal.sentences))
            return self.show(self.reread(), ahead=GoAheadForm(), ahead_language=refusal.language)
        except pairs.PairRefused as refusal:
            shown = self.reread()
            for sentence in dict.fromkeys(shown.add_gaps(refusal.gaps)) or (
                [] if refusal.gaps else refusal.sentences
            ):
                messages.error(self.request, sentence)
            messages.error(
                self.request, _("The drafts are saved, but not public: see the marked fields.")
            )
            return self.show(shown, ahead=ahead)
        messages.success(self.request, done, buttons=self.links())
        return redirect(self.address())

    def publish(self, saved: pairs.Pair, action: str, ahead: GoAheadForm) -> str:
        """Call the pair service; the sentence that says what happened.

        Raises:
            PairRefused: as the service.
        """
        user, title = self.request.user, {"title": self.title()}
        Kind = LanguageException.Kind
        if action in PUBLISH_ONE:
            language = PUBLISH_ONE[action]
            page, twin = saved.side(language), saved.side(other_language(language))
            reason, due_on = ahead.cleaned_data["reason"], ahead.cleaned_data["due_on"]
            if twin.live:
                pairs.publish_pair(page, user, go_ahead=GoAhead(Kind.NEWER, reason, due_on))
            else:
                pairs.publish_alone(page, GoAhead(Kind.ALONE, reason, due_on), user)
            if exceptions.open_for(self.key) is None:  # nothing was changed
                return _("“%(title)s” is public in both languages.") % title
            return (
                _("“%(title)s” is public in Welsh; the English has been asked for.") % title
                if language == "cy"
                else _("“%(title)s” is public in English; the Welsh has been asked for.") % title
            )
        page, go_ahead = saved.side(self.first()), None
        if action in NO_CHANGE:
            page = saved.side(other_language(NO_CHANGE[action]))
            reason = self.request.POST.get("ahead-reason", "").strip()
            go_ahead = GoAhead(Kind.NO_CHANGE, reason or _("The other language needs no change."))
        done = pairs.publish_pair(page, user, go_ahead=go_ahead)
        if done.en.approved_schedule:
            return _("“%(title)s” will go public in both languages at the time given.") % title
        return _("“%(title)s” is public in both languages.") % title

    def reread(self) -> PairForms:
        """Forms of the drafts as they are stored now, still bound, so that errors can be shown."""
        fresh = pairs.pair_of(Page(translation_key=self.key, title=""))
        self.pages = {language: fresh.side(language) for language in LANGUAGES}
        return self.forms(self.request.POST, ready=True)

    def submit(self) -> HttpResponse:
        """Send both languages into their workflow."""
        if send(self.pages.values(), self.request.user):
            messages.success(
                self.request,
                _("“%(title)s” was sent for approval in both languages.") % {"title": self.title()},
            )
        else:
            messages.warning(
                self.request,
                _(
                    "Both drafts are saved. They are with their approvers already, "
                    "or nobody is set."
                ),
            )
        return redirect(self.address())

    def decide(self, decision: str, task_pk: int) -> HttpResponse:
        """Approve one check in both languages, or ask for changes; the words are not touched."""
        task = PairTask.objects.filter(pk=task_pk).first()
        page = next(iter(self.pages.values()), None)
        if page is None or task is None:
            messages.warning(self.request, _("This check is not open any more."))
            return redirect(self.address())
        comment = self.request.POST.get("check-comment", "").strip()[:LONGEST_REASON]
        try:
            decide(
                page, task, self.request.user, decision, self.posted_revisions("opened"), comment
            )
        except pairs.PairRefused as refusal:
            for sentence in refusal.sentences:
                messages.error(self.request, sentence)
            return redirect(self.address())
        public = Page.objects.filter(
            translation_key=self.key, live=True, has_unpublished_changes=False
        )
        if decision == "reject":
            messages.success(self.request, _("Changes were asked for in both languages."))
        elif public.count() == len(LANGUAGES):
            messages.success(
                self.request,
                _("“%(title)s” is public in both languages.") % {"title": self.title()},
                buttons=self.links(),
            )
        else:
            messages.success(self.request, _("Approved in both languages; other checks are open."))
        return redirect(self.address())

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def first(self) -> str:
        """The column that comes first: the editor's own language."""
        language = (get_language() or "en")[:2]
        return language if language in LANGUAGES else "en"

    def forms(self, data: Any = None, only: str | None = None, ready: bool = False) -> PairForms:
        """Both texts and what they share; `only` asks for one language to be complete.

        `ready` validates at once, without asking for required fields.
        """
        writable = self.writable if only is None else self.writable & {only}
        forms = PairForms(self.drafts, self.parents, self.request.user, writable, data)
        if ready:
            forms.save_as_drafts()
        return forms

    def title(self) -> str:
        return next(
            (
                self.drafts[language].title
                for language in (self.first(), other_language(self.first()))
                if self.drafts[language].title
            ),
            "",
        )

    def address(self) -> str:
        return reverse("compose_pair", args=[self.key])

    def links(self) -> list[Any]:
        labels = {"en": _("See the English page"), "cy": _("See the Welsh page")}
        fresh = Page.objects.filter(translation_key=self.key, live=True).select_related("locale")
        return [
            messages.button(path_of(page) or "", labels[language_of(page)], new_window=True)
            for page in fresh
        ]

    def show(
        self,
        forms: PairForms,
        ahead: GoAheadForm | None = None,
        conflict: bool = False,
        ahead_language: str = "",
        refused: bool = False,
    ) -> HttpResponse:
        """Render the two columns, the editor's own language first."""
        if len(forms.writable) < len(self.writable):
            # Only one language was asked to be complete: show both again.
            whole = self.forms(forms.data, ready=True)
            whole.forms.update(forms.forms)
            forms = whole
        order = [self.first(), other_language(self.first())]
        names = {"en": _("English"), "cy": _("Welsh")}
        step = staleness.signed_off(self.key) if self.exists else None
        advice = self.advice()
        columns: list[dict[str, Any]] = []
        for language in order:
            form = forms.forms.get(language)
            panel = None
            if form is not None:
                for field in form.fields.values():
                    field.widget.attrs.setdefault("lang", language)
                panel = forms.columns.text.get_bound_panel(
                    self.drafts[language], self.request, form, prefix=f"panel-{language}"
                )
            page = self.pages.get(language)
            columns.append(
                {
                    "language": language,
                    "name": names[language],
                    "panel": panel,
                    "form": form,
                    "reading": [] if panel else reading(self.drafts[language]),
                    "lock": self.locks.get(language, ""),
                    "advice": advice[language],
                    "page": page,
                    "changes": self.changes_beside(language, step),
                    "opened": page.latest_revision_id if page else "",
                }
            )
        both = forms.forms.get(BOTH)
        shared = (
            forms.columns.shared.get_bound_panel(
                self.drafts[forms.leader], self.request, both, prefix="panel-both"
            )
            if both is not None
            else None
        )
        live = {language for language, page in self.pages.items() if page.live}
        media = sum((form.media for form in forms.forms.values()), GoAheadForm().media)
        for column in columns:
            if column["panel"]:
                media += column["panel"].media
        if shared:
            media += shared.media
        context = {
            "composer": self,
            "columns": columns,
            "shared": shared,
            "media": media,
            "ahead": ahead or GoAheadForm(),
            "ahead_language": ahead_language,
            "conflict": conflict,
            "refused": refused,
            "both_live": len(live) == len(LANGUAGES),
            "exception": exceptions.open_for(self.key) if self.exists else None,
            "title": self.title(),
            "kind": self.model.get_verbose_name(),
            "kind_key": self.model._meta.label_lower,
            "parent": self.parents["en"].pk,
            "may_publish": self.may_publish(),
            "checks": checks_of(list(self.pages.values()), self.request.user),
            "has_workflow": any(page.has_workflow for page in self.pages.values())
            or (not self.exists and self.parents["en"].has_workflow),
            "one_sided": [{"language": language, "name": names[language]} for language in order],
        }
        return render(self.request, "wagtailadmin/pairs/compose.html", context)

    def advice(self) -> dict[str, list[str]]:
        """What the termbase says about the words as they stand now."""
        texts = {
            language: "\n".join(text for passage in reading(draft) for text in passage.paragraphs)
            for language, draft in self.drafts.items()
        }
        return termbase.advice(texts)

    def changes_beside(self, language: str, step: Any) -> list[staleness.Change]:
        """What the other language says anew since both were in step."""
        if step is None:
            return []
        return staleness.changes(self.drafts[other_language(language)], self.drafts[language], step)

    def may_publish(self) -> bool:
        sides = self.pages or self.parents
        question = "can_publish" if self.pages else "can_publish_subpage"
        return all(
            getattr(page.permissions_for_user(self.request.user), question)()
            for page in sides.values()
        )


class NewPair(Composer):
    """Two empty columns under a parent and its twin; the pair is made by the first save."""

    def find(self) -> None:
        posted = self.request.POST.get("key", "")
        try:
            self.key = uuid.UUID(posted) if posted else uuid.uuid4()
        except ValueError:
            raise Http404 from None
        if Page.objects.filter(translation_key=self.key).exists():
            self.open()  # this form has been sent before
        else:
            self.start(
                f"{self.kwargs['app_label']}.{self.kwargs['model_name']}", self.kwargs["parent"]
            )


class ExistingPair(Composer):
    """Both drafts of a pair; where one may not be written, its words are only shown."""

    def find(self) -> None:
        self.key = self.kwargs["key"]
        posted = self.request.POST
        known = list(Page.objects.filter(translation_key=self.key, depth__gt=1))
        if known:
            if len(known) == 1:
                self.make_missing_twin(known[0])
            self.open()
        elif posted.get("parent", "").isdecimal():
            # Both were deleted while somebody was writing: what was written makes them anew.
            self.start(posted.get("kind", ""), int(posted["parent"][:9]))
        else:
            raise Http404

    def make_missing_twin(self, page: Page) -> None:
        """The twin was deleted, or never made: nobody has to start anew for that."""
        if page.permissions_for_user(self.request.user).can_edit():
            made = pairs.make_twin(page, user=self.request.user)
            if made is not None and self.request.method == "POST":
                self.made_again = language_of(made)
                messages.warning(
                    self.request,
                    _("The Welsh page had been deleted; it was made again from your text.")
                    if self.made_again == "cy"
                    else _("The English page had been deleted; it was made again from your text."),
                )
