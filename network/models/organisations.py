"""Who takes part: organisations, their awards, and roles. Each row says how much of it is public.

Attacks made this necessary: a school may take part without being found. What a page, a feed, an
index or a table may show is asked here and nowhere else: `named` and `counted`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from core.terms import Term, TermKind
from welsh.alphabet import english_sort_key, sort_key

AWARD_YEARS = 3


class Visibility(models.TextChoices):
    """How much of a row the public learns.

    PUBLIC is named. COUNT is counted with its county and stream, without a name. HIDDEN is part
    of the total for Wales alone, so that no small number points at it.
    """

    PUBLIC = "public", _("Public")
    COUNT = "count", _("Count only")
    HIDDEN = "hidden", _("Hidden")


class Organisation(ClusterableModel):
    """A school, council, library … that takes part in the network, awarded or not.

    Kept out of every search index, so that a hidden name stands in none; staff search the table.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        COUNCIL = "council", _("Council")
        UNIVERSITY = "university", _("University")
        COLLEGE = "college", _("College")
        LIBRARY = "library", _("Library")
        ARTS = "arts", _("Arts organisation")
        FAITH = "faith", _("Faith organisation")
        HEALTH = "health", _("Health organisation")
        CLUB = "club", _("Club")
        BUSINESS = "business", _("Business")
        CHARITY = "charity", _("Charity")
        UK_BODY = "uk_body", _("UK body")
        COHESION_TEAM = "cohesion_team", _("Cohesion team")

    class Status(models.TextChoices):
        MEMBER = "member", _("Takes part")
        LEFT = "left", _("Has left")

    class Set(models.QuerySet["Organisation"]):
        """The questions about what may be shown."""

        def taking_part(self) -> Organisation.Set:
            """All that take part, whatever they show: for the total of Wales alone."""
            return self.filter(status=Organisation.Status.MEMBER)

        def counted(self) -> Organisation.Set:
            """Those that count in a county or a stream."""
            return self.taking_part().exclude(visibility=Visibility.HIDDEN)

        def named(self) -> Organisation.Set:
            """Those whose name the public may read."""
            return self.taking_part().filter(visibility=Visibility.PUBLIC)

    key = models.SlugField(
        _("Key"), max_length=80, unique=True,
        help_text=_("Names this organisation in tables; never shown to the public."),
    )  # fmt: skip
    name_en = models.CharField(_("English name"), max_length=200)
    name_cy = models.CharField(
        _("Welsh name"), max_length=200, blank=True,
        help_text=_("Only a name that the organisation uses itself."),
    )  # fmt: skip
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    county = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"kind": TermKind.COUNTY}, verbose_name=_("County"),
    )  # fmt: skip
    status = models.CharField(
        _("Status"), max_length=10, choices=Status.choices, default=Status.MEMBER
    )
    note_en = models.CharField(_("English note"), max_length=250, blank=True)
    note_cy = models.CharField(_("Welsh note"), max_length=250, blank=True)
    visibility = models.CharField(
        _("Visibility"), max_length=10, choices=Visibility.choices, default=Visibility.HIDDEN,
        help_text=_("Chosen by the organisation. Until it has chosen, it stays hidden."),
    )  # fmt: skip
    opted_in_on = models.DateField(
        _("Agreed to be named on"), null=True, blank=True,
        help_text=_("A public organisation needs this date."),
    )  # fmt: skip
    contact = models.TextField(_("Contact, for staff only"), blank=True, max_length=500)
    sort_override_cy = models.CharField(
        _("Welsh sorting, where no rule knows it"), max_length=220, blank=True
    )
    sort_en = models.CharField(max_length=900, editable=False, db_index=True)
    sort_cy = models.CharField(max_length=900, editable=False, db_index=True)
    is_sample = models.BooleanField(_("Sample"), default=False)

    objects = Set.as_manager()

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name_cy"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("key"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("county"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("visibility"), FieldPanel("opted_in_on")]),
        InlinePanel("streams", heading=_("Streams"), label=_("Stream")),
        InlinePanel("memberships", heading=_("Groups and networks"), label=_("Group or network")),
        InlinePanel("awards", heading=_("Awards"), label=_("Award")),
        FieldRowPanel([FieldPanel("note_cy"), FieldPanel("note_en")]),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldPanel("sort_override_cy"), FieldPanel("is_sample")],
            _("For staff"),
        ),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_en", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC) | Q(opted_in_on__isnull=False),
                name="public_organisation_has_agreed",
                violation_error_message=_("A public organisation needs the day it agreed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_en = english_sort_key(self.name_en)
        self.sort_cy = sort_key(self.name_cy or self.name_en, self.sort_override_cy or None)
        super().save(*args, **kwargs)

    def name_in(self, language: str) -> tuple[str, str]:
        """The name for a page in `language`, and its own language where it is another one."""
        if language == "cy":
            return (self.name_cy, "") if self.name_cy else (self.name_en, "en")
        return self.name_en, ""


class OrganisationStream(Orderable):
    """An organisation learns in a stream."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="streams")
    stream = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": TermKind.STREAM}, verbose_name=_("Stream"),
    )  # fmt: skip

    panels: ClassVar = [FieldPanel("stream")]

    class Meta(Orderable.Meta):
        verbose_name = _("stream of an organisation")
        verbose_name_plural = _("streams of an organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "stream"], name="stream_once_for_an_organisation"
            ),
        ]


class Membership(Orderable):
    """An organisation belongs to a group or a network; a page stands for its pair."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="network_members",
        verbose_name=_("Group or network"),
    )  # fmt: skip

    panels: ClassVar = [PageChooserPanel("page", ["network.GroupPage", "network.NetworkPage"])]

    class Meta(Orderable.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "page"], name="organisation_once_in_a_group"
            ),
        ]


class Award(Orderable):
    """A Sanctuary Award: given to an institution in a stream, for three years."""

    class Set(models.QuerySet["Award"]):
        """What may be shown of awards: never more than their organisation shows."""

        def current(self, day: date | None = None) -> Award.Set:
            """Awards that stand on `day` (default: today) of organisations that take part."""
            return self.filter(
                expires_on__gte=day or timezone.localdate(),
                organisation__status=Organisation.Status.MEMBER,
            )

        def counted(self) -> Award.Set:
            """Those that count in a county or a stream."""
            return self.current().exclude(
                Q(visibility=Visibility.HIDDEN) | Q(organisation__visibility=Visibility.HIDDEN)
            )

        def named(self) -> Award.Set:
            """Those that the public may read of, with the name."""
            return self.current().filter(
                visibility=Visibility.PUBLIC, organisation__visibility=Visibility.PUBLIC
            )

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="awards")
    stream = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": TermKind.STREAM}, verbose_name=_("Stream"),
    )  # fmt: skip
    awarded_on = models.DateField(_("Awarded on"))
    expires_on = models.DateField(
        _("Stands until"), blank=True, help_text=_("Empty: three years after the award.")
    )
    reaccredited_on = models.DateField(_("Accredited again on"), null=True, blank=True)
    citation_en = models.CharField(_("English citation"), max_length=300, blank=True)
    citation_cy = models.CharField(_("Welsh citation"), max_length=300, blank=True)
    principles_evidence = models.TextField(
        _("Evidence for the principles, for staff only"), blank=True, max_length=2000
    )
    visibility = models.CharField(
        _("Visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC,
        help_text=_("Never more than the organisation itself shows."),
    )  # fmt: skip

    objects = Set.as_manager()

    panels: ClassVar = [
        FieldPanel("stream"),
        FieldRowPanel([FieldPanel("awarded_on"), FieldPanel("expires_on"),
                       FieldPanel("reaccredited_on")]),
        FieldRowPanel([FieldPanel("citation_cy"), FieldPanel("citation_en")]),
        FieldPanel("visibility"),
        FieldPanel("principles_evidence"),
    ]  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("awarded_on")),
                name="award_ends_after_it_begins",
                violation_error_message=_("An award ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stream.name}, {self.awarded_on:%Y}"

    def clean(self) -> None:
        if self.awarded_on and not self.expires_on:
            self.expires_on = award_ends(self.awarded_on)
        super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.expires_on:
            self.expires_on = award_ends(self.awarded_on)
        super().save(*args, **kwargs)


def award_ends(begins: date) -> date:
    """Three years on; 29 February ends on the 28th."""
    try:
        return begins.replace(year=begins.year + AWARD_YEARS)
    except ValueError:
        return begins.replace(year=begins.year + AWARD_YEARS, day=28)


class Role(models.Model):
    """A task in the network, such as a local lead: a role and a way to write, not a person."""

    key = models.SlugField(_("Key"), max_length=80, unique=True)
    title_en = models.CharField(_("English title"), max_length=120)
    title_cy = models.CharField(_("Welsh title"), max_length=120)
    remit_en = models.CharField(_("English remit"), max_length=250, blank=True)
    remit_cy = models.CharField(_("Welsh remit"), max_length=250, blank=True)
    area = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"kind": TermKind.COUNTY}, verbose_name=_("Area"),
    )  # fmt: skip
    contact_form = models.URLField(
        _("Contact form"), blank=True, help_text=_("Empty: the contact form of this site.")
    )
    display_name = models.CharField(
        _("Name of the person"), max_length=120, blank=True,
        help_text=_("Shown only where it is switched on. Leave it empty if it is not needed."),
    )  # fmt: skip
    shows_name = models.BooleanField(_("Show the name"), default=False)
    visibility = models.CharField(
        _("Visibility"), max_length=10, choices=Visibility.choices, default=Visibility.HIDDEN
    )
    is_sample = models.BooleanField(_("Sample"), default=False)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("title_cy"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("remit_cy"), FieldPanel("remit_en")]),
        FieldRowPanel([FieldPanel("key"), FieldPanel("area")]),
        FieldPanel("contact_form"),
        FieldRowPanel([FieldPanel("visibility"), FieldPanel("is_sample")]),
        MultiFieldPanel([FieldPanel("display_name"), FieldPanel("shows_name")], _("For staff")),
    ]

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title_en

    def clean(self) -> None:
        if self.shows_name and not self.display_name:
            raise ValidationError({"display_name": _("Give the name, or do not show it.")})

    def as_shown(self, language: str) -> dict[str, str] | None:
        """What a page in `language` may say of this role; None unless it is public."""
        if self.visibility != Visibility.PUBLIC:
            return None
        own = "cy" if language == "cy" else "en"
        return {
            "title": getattr(self, f"title_{own}"),
            "remit": getattr(self, f"remit_{own}"),
            "name": self.display_name if self.shows_name else "",
            "contact_url": self.contact_form,
        }
