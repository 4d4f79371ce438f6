"""A training resource: everything a trainer needs to decide, prepare, run and adapt it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField
from wagtail.search import index

from core.blocks import PLAIN_PROSE, PROSE, BodyBlock
from core.fields import StreamField
from core.models import BasePage
from evidence.corrections import CORRECTIONS_PANEL
from resources.blocks import CardBlock, CurriculumBlock, StepBlock, ThirdPartyBlock, words_of
from search.index import Text

MOST_MINUTES = 3000  # of a whole course: 50 hours
MOST_PEOPLE = 1000


def version_path(number: int, language: str) -> str:
    """The end of the address of one version, for a reader of "en" or "cy"."""
    return f"{'fersiwn' if language == 'cy' else 'version'}/{number}/"


RUN_PATHS = {"en": "run/", "cy": "cynnal/"}  # the end of the address of the run-sheet


def _read_as(language: str) -> tuple[str, ...]:
    """As what a text is read for the search; of other languages the words alone matter."""
    return {"both": ("cy", "en"), "cy": ("cy",)}.get(language, ("en",))


class Licence(models.TextChoices):
    """What people may do with the material; said in plain words by `resources.licences`."""

    BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    BY = "cc-by-4.0", "CC BY 4.0"
    ZERO = "cc0-1.0", "CC0 1.0"


class ResourcePage(RoutablePageMixin, BasePage):
    """One resource of the library.

    Audience, setting, stream, principle, topic, programme and delivery are terms (`page_terms`).
    The session plan is a shared stream, see `resources.blocks`. `material` is the text of the
    material itself as a web page, for everybody who cannot use the file.
    """

    class Kind(models.TextChoices):
        SESSION_PLAN = "session_plan", _("Session plan")
        SLIDES = "slides", _("Slides")
        HANDOUT = "handout", _("Handout")
        CARD_SET = "card_set", _("Card set")
        HANDBOOK = "handbook", _("Handbook")
        VIDEO = "video", _("Film")
        AUDIO = "audio", _("Sound recording")
        ACTIVITY = "activity", _("Activity")
        POSTER = "poster", _("Poster")

    class Level(models.TextChoices):
        FIRST = "first", _("For a first session")
        SOME = "some", _("Some experience needed")
        EXPERIENCED = "experienced", _("For experienced trainers")

    cloth = "adnoddau"
    kind_label = _("Resource")
    search_kind = _("Resources")
    page_description = _("A session plan, slides, a handout or other training material.")
    template = "pages/resources/resource_page.html"
    parent_page_types: ClassVar = ["resources.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField(
        _("Kind"), max_length=20, choices=Kind.choices, default=Kind.SESSION_PLAN
    )
    minutes = models.PositiveSmallIntegerField(
        _("Minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("With breaks. Empty for material without a fixed time."),
    )
    least_people = models.PositiveSmallIntegerField(
        _("Fewest people"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )  # fmt: skip
    most_people = models.PositiveSmallIntegerField(
        _("Most people"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )  # fmt: skip
    level = models.CharField(_("Level"), max_length=20, choices=Level.choices, default=Level.FIRST)
    age_from = models.PositiveSmallIntegerField(
        _("Age from"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("Age to"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    licence = models.CharField(_("Licence"), max_length=20, choices=Licence.choices, blank=True)
    third_party = StreamField(
        StreamBlock([("asset", ThirdPartyBlock())], required=False),
        blank=True,
        verbose_name=_("Made by others"),
    )
    curriculum = StreamField(
        StreamBlock([("link", CurriculumBlock())], required=False),
        blank=True,
        verbose_name=_("Curriculum links"),
    )
    plan = StreamField(
        StreamBlock([("step", StepBlock())], required=False, max_num=60),
        blank=True,
        verbose_name=_("Session plan"),
    )

    outcomes = models.TextField(
        _("What people will be able to do"), blank=True, help_text=_("One on each line.")
    )
    co_production = RichTextField(
        _("How people with lived experience took part"), blank=True, features=PLAIN_PROSE
    )
    content_note = models.TextField(
        _("Content note"), blank=True, max_length=600,
        help_text=_("What may be hard to hear or see."),
    )  # fmt: skip
    safeguarding_note = models.TextField(
        _("Safeguarding note"), blank=True, max_length=600,
        help_text=_("How to keep everybody in the room safe."),
    )  # fmt: skip
    impartiality_note = models.TextField(
        _("Impartiality note"), blank=True, max_length=600,
        help_text=_("How the material stays fair where views differ. Schools ask for it."),
    )  # fmt: skip
    facilitator_experience = models.CharField(
        _("Experience the facilitator needs"), max_length=200, blank=True
    )
    you_need = models.CharField(_("You need"), max_length=250, blank=True)
    before_people_come = models.TextField(
        _("Before people come"), blank=True, help_text=_("One on each line.")
    )
    plan_end = models.CharField(_("Words at the end of the plan"), max_length=160, blank=True)
    material = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("The material as a web page"),
        help_text=_("The same content as the file, for people who cannot use the file."),
    )
    notes = RichTextField(_("Notes for the facilitator"), blank=True, features=PROSE)
    cards = StreamField(
        StreamBlock([("card", CardBlock())], required=False, max_num=60),
        blank=True,
        verbose_name=_("Cards"),
    )
    reviewer_notes = models.TextField(
        _("Reviewer’s notes"), blank=True, help_text=_("For staff only, never public.")
    )

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "kind", "minutes", "least_people", "most_people", "level",
        "age_from", "age_to", "licence", "third_party", "curriculum", "plan", "files", "videos",
        "versions", "reviewer_notes", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("outcomes"),
        index.SearchField("plan_text"),
        index.SearchField("material"),
        index.SearchField("notes"),
        index.SearchField("cards"),
        index.FilterField("kind"),
        index.FilterField("minutes"),
    ]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldRowPanel([FieldPanel("minutes"), FieldPanel("level")]),
             FieldRowPanel([FieldPanel("least_people"), FieldPanel("most_people")]),
             FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
             FieldPanel("facilitator_experience"), FieldPanel("you_need")],
            _("Key facts"),
        ),
        MultiFieldPanel(
            [FieldPanel("content_note"), FieldPanel("safeguarding_note"),
             FieldPanel("impartiality_note")],
            _("Before you use it"),
        ),
        FieldPanel("outcomes"),
        FieldPanel("co_production"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        InlinePanel("videos", heading=_("Films"), label=_("Film")),
        InlinePanel("versions", heading=_("Versions"), label=_("Version")),
        FieldPanel("plan"),
        FieldPanel("plan_end"),
        FieldPanel("before_people_come"),
        FieldPanel("material"),
        FieldPanel("notes"),
        FieldPanel("cards"),
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("third_party")], _("Licence")),
        FieldPanel("curriculum"),
        CORRECTIONS_PANEL,
    ]  # fmt: skip
    settings_panels: ClassVar = [*BasePage.settings_panels, FieldPanel("reviewer_notes")]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                name="resource_minutes_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(least_people=None)
                | Q(most_people=None)
                | Q(least_people__lte=F("most_people")),
                name="resource_fewest_not_above_most",
                violation_error_message=_("The fewest people cannot be more than the most."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
                name="resource_ages_in_order",
                violation_error_message=_("The first age cannot be above the second."),
            ),
        ]

    @property
    def key(self) -> str:
        """The resource in addresses, the same in both languages (32 hexadecimal digits)."""
        return self.translation_key.hex

    @property
    def plan_text(self) -> str:
        """Titles and texts of the plan in the language of this page, for the search."""
        language = self.locale.language_code
        return "\n".join(
            words_of(step.value, name, language) for step in self.plan for name in ("title", "text")
        )

    def lines_of(self, name: str) -> list[str]:
        """`outcomes` or `before_people_come` as a list of sentences."""
        return [line.strip() for line in getattr(self, name).splitlines() if line.strip()]

    def version_url(self, number: int) -> str:
        """The address of one version of this resource; it stays when newer ones come."""
        return f"{self.url or ''}{version_path(number, self.locale.language_code)}"

    def hidden_texts(self) -> Iterable[Text]:
        """Found by what its newest files say, too: only those that everybody may have."""
        from resources.library import newest_files

        yield from super().hidden_texts()
        for file in newest_files().filter(page=self.pk).select_related("document"):
            document = file.document
            yield from (Text(document.text, one) for one in _read_as(document.language))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.resource import resource_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(resource_context(self))
        return context

    @re_path(r"^(?:run|cynnal)/$")
    def run_sheet(self, request: HttpRequest) -> HttpResponse:
        """The session on a phone, step by step.

        Raises:
            Http404: the resource has no plan.
        """
        from resources.runsheet import run_context

        found = run_context(self, request)
        if found is None:
            raise Http404
        context = {**super().get_context(request), **found}
        return TemplateResponse(request, "pages/resources/run_sheet.html", context)

    @re_path(r"^(?:version|fersiwn)/(\d{1,4})/$")
    def one_version(self, request: HttpRequest, number: str) -> HttpResponse:
        """One version with its files, which stay reachable: “version 2 of 4”.

        Raises:
            Http404: there is no version of this number.
        """
        from resources.versions import version_context

        found = version_context(self, int(number), request)
        if found is None:
            raise Http404
        context = {**super().get_context(request), **found}
        return TemplateResponse(request, "pages/resources/version.html", context)
