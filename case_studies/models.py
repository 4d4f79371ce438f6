"""Stories: case studies, practice examples and response updates."""

import math
import re
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField
from wagtail.search import index

from core.blocks import PLAIN_PROSE, PROSE, OtherLanguageBlock, OutcomeBlock, QuoteBlock
from core.fields import StreamField
from core.models import BasePage
from evidence.corrections import CORRECTIONS_PANEL

WORDS_PER_MINUTE = 150  # someone reading their third language


class StoryIndexPage(BasePage):
    """The list of stories, with its filters."""

    cloth = "straeon"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Lists all stories. There is one in each language.")
    template = "pages/case_studies/story_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["case_studies.CaseStudyPage"]
    max_count = 2

    class Meta:
        verbose_name = _("story section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from case_studies.listing import story_list

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(story_list(self, request))
        return context


class CaseStudyPage(BasePage):
    """A story: what was done, what changed, and how people with lived experience took part.

    Nobody is named. A story in which anyone could be recognised cannot be published until the
    consent register exists (see `case_studies.checks`).
    """

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        COUNCIL = "council", _("Council")
        SCHOOL = "school", _("School")
        GROUP = "group", _("Group")
        PERSON = "person", _("Person")
        PRACTICE = "practice", _("Practice example")
        RESPONSE = "response", _("Response update")

    class Recognised(models.TextChoices):
        NO = "no", _("No")
        YES = "yes", _("Yes")

    cloth = "straeon"
    kind_label = _("Story")
    search_kind = _("Stories")
    page_description = _("A case study, practice example or response update.")
    template = "pages/case_studies/case_study_page.html"
    parent_page_types: ClassVar = ["case_studies.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    starting_blocks: ClassVar = {"outcomes": ["outcome"]}

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices, default=Kind.PROJECT)
    could_be_recognised = models.CharField(
        _("Could anyone be recognised?"),
        max_length=3,
        choices=Recognised.choices,
        blank=True,
        help_text=_("A face, a voice, a person’s own story, or details that point at somebody."),
    )
    has_portrait = models.BooleanField(_("The picture shows a person"), default=False)
    published_on = models.DateField(_("Date of the story"), null=True, blank=True)
    names_notice = models.BooleanField(_("Say that people’s names are protected"), default=True)
    external_original = models.URLField(_("Address of the original"), blank=True)
    external_original_language = models.CharField(
        _("Language of the original"),
        max_length=2,
        choices=[("en", _("English")), ("cy", _("Welsh"))],
        blank=True,
    )
    other_languages = StreamField(
        StreamBlock([("text", OtherLanguageBlock())], required=False),
        blank=True,
        verbose_name=_("In a few words in other languages"),
    )

    place = models.CharField(
        _("Place"),
        max_length=120,
        blank=True,
        help_text=_("A county, region or town: never an address."),
    )
    who = models.CharField(_("Who"), max_length=200, blank=True)
    what = models.CharField(_("What"), max_length=200, blank=True)
    in_short = models.TextField(
        _("In short"),
        blank=True,
        help_text=_("Three sentences that a beginner can read, one on each line."),
    )
    challenge = RichTextField(_("The challenge"), blank=True, features=PROSE)
    what_was_done = RichTextField(_("What they did"), blank=True, features=PROSE)
    outcomes = StreamField(
        StreamBlock([("outcome", OutcomeBlock())], required=False, max_num=3),
        blank=True,
        verbose_name=_("What changed"),
    )
    what_gets_in_the_way = RichTextField(_("What gets in the way"), blank=True, features=PROSE)
    quotes = StreamField(
        StreamBlock([("quote", QuoteBlock())], required=False),
        blank=True,
        verbose_name=_("Quotations"),
    )
    co_production = RichTextField(
        _("How people with lived experience took part"), blank=True, features=PLAIN_PROSE
    )
    what_you_can_copy = RichTextField(_("What you can copy"), blank=True, features=PROSE)
    funders = models.CharField(_("Funders"), max_length=250, blank=True)
    funding_note = RichTextField(_("Funding note"), blank=True, features=PLAIN_PROSE)
    source_note = models.CharField(_("Source"), max_length=250, blank=True)
    as_at_note = models.CharField(_("True as at"), max_length=120, blank=True)

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "kind", "could_be_recognised", "has_portrait", "published_on",
        "names_notice", "external_original", "external_original_language", "other_languages",
        "page_figures", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("who"),
        index.SearchField("what"),
        index.SearchField("in_short"),
        index.SearchField("challenge"),
        index.SearchField("what_was_done"),
        index.SearchField("quotes"),
        index.SearchField("co_production"),
        index.SearchField("outcomes"),
        index.SearchField("what_gets_in_the_way"),
        index.SearchField("what_you_can_copy"),
        index.FilterField("kind"),
        index.FilterField("published_on"),
    ]
    content_panels: ClassVar = [
        FieldPanel("could_be_recognised"),
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("published_on"), FieldPanel("place"),
             FieldPanel("who"), FieldPanel("what")],
            _("Key facts"),
        ),
        FieldPanel("in_short"),
        FieldPanel("challenge"),
        FieldPanel("what_was_done"),
        FieldPanel("quotes"),
        FieldPanel("outcomes"),
        InlinePanel("page_figures", heading=_("Figures"), label=_("Figure")),
        FieldPanel("what_gets_in_the_way"),
        FieldPanel("co_production"),
        FieldPanel("what_you_can_copy"),
        MultiFieldPanel(
            [FieldPanel("funders"), FieldPanel("funding_note"), FieldPanel("source_note"),
             FieldPanel("as_at_note"), FieldPanel("external_original"),
             FieldPanel("external_original_language")],
            _("Funding and source"),
        ),
        FieldPanel("other_languages"),
        CORRECTIONS_PANEL,
    ]  # fmt: skip
    promote_panels: ClassVar = [*BasePage.promote_panels]
    settings_panels: ClassVar = [
        *BasePage.settings_panels,
        MultiFieldPanel([FieldPanel("has_portrait"), FieldPanel("names_notice")], _("Safety")),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def sentences(self) -> list[str]:
        """“In short” as a list of sentences."""
        return [line.strip() for line in self.in_short.splitlines() if line.strip()]

    @property
    def minutes(self) -> int:
        """Whole minutes that a careful reader needs."""
        text = " ".join(
            strip_tags(str(part))
            for part in (
                self.summary,
                self.in_short,
                self.challenge,
                self.what_was_done,
                self.what_gets_in_the_way,
                self.co_production,
                self.what_you_can_copy,
            )
        )
        return max(1, math.ceil(len(re.findall(r"\w+", text)) / WORDS_PER_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from case_studies.story import story_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(story_context(self))
        return context
