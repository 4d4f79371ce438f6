"""Events: a series with its dates, who holds it, where in public and where in truth."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import PROSE
from core.models import BasePage
from events import recurrence
from events.recurrence import Pattern
from evidence.corrections import CORRECTIONS_PANEL
from files.models import Document
from press.shelf import MadeFileBase

IN_REACH = recurrence.demand_in_reach
SIGNER = Signer(salt="events.booking")
AT_MOST = _("Give at most %(limit_value)s.")
MOST_PLACES = 10_000  # on one date; more is a slip of the finger
LONGEST_RELEASE = 60  # days; who was told earlier would have to be told of every change


class Status(models.TextChoices):
    """What became of a date; the page stays, whatever it is (schema.org `eventStatus`)."""

    SCHEDULED = "scheduled", _("Goes ahead")
    POSTPONED = "postponed", _("Postponed")
    RESCHEDULED = "rescheduled", _("Moved to another time")
    CANCELLED = "cancelled", _("Cancelled")
    ONLINE = "online", _("Moved online")


class EventIndexPage(BasePage):
    """The calendar of all events, with its filters."""

    cloth = "digwyddiadau"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Lists all events by month. There is one in each language.")
    template = "pages/events/event_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["events.EventPage"]
    max_count = 2

    headline = models.CharField(_("Headline"), max_length=160, blank=True)

    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("headline")]
    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("headline")]

    class Meta:
        verbose_name = _("event section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.listing import event_list

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(event_list(self, request))
        return context


class EventPage(BasePage):
    """An event or a series of them: when, what happens, what people need to know to come.

    Where it is in truth (`venue`, `joining_link`) is shown by `events.disclosure` and by nothing
    else; the public place is the counties among the terms of the page.
    """

    class Kind(models.TextChoices):
        WELCOME_DAY = "welcome-day", _("Welcome Day")
        WORKSHOP = "workshop", _("Workshop")
        MEETING = "meeting", _("Open meeting")
        OTHER = "other", _("Something else")

    class Mode(models.TextChoices):
        ROOM = "room", _("In a room")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In a room and online")

    class Repeats(models.TextChoices):
        ONCE = "once", _("Once")
        WEEK = "week", _("Every week")
        FORTNIGHT = "fortnight", _("Every two weeks")
        MONTH = "month", _("Every month on the same weekday")
        RULE = "rule", _("By a rule of its own")

    class Spoken(models.TextChoices):
        BOTH = "both", _("Welsh and English")
        CY = "cy", _("Welsh")
        EN = "en", _("English")

    class Release(models.TextChoices):
        NOBODY = "nobody", _("Nobody: we tell people ourselves")
        BOOKED = "booked", _("People whose place we have confirmed")
        EVERYBODY = "everybody", _("Everybody")

    class Registration(models.TextChoices):
        NONE = "none", _("Not needed")
        FORM = "form", _("Form on this site")
        EXTERNAL = "external", _("On another site")

    cloth = "digwyddiadau"
    kind_label = _("Event")
    search_kind = _("Events")
    page_description = _("A Welcome Day, workshop or meeting, once or many times.")
    template = "pages/events/event_page.html"
    parent_page_types: ClassVar = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField(
        _("Kind"), max_length=20, choices=Kind.choices, default=Kind.WELCOME_DAY
    )
    starts_on = models.DateField(_("First day"), null=True, validators=[IN_REACH])
    starts_at = models.TimeField(
        _("From"), null=True, blank=True, help_text=_("Empty: the whole day.")
    )
    ends_at = models.TimeField(_("To"), null=True, blank=True)
    ends_on = models.DateField(
        _("Last day of one time"), null=True, blank=True, validators=[IN_REACH],
        help_text=_("Only where one time goes on to another day."),
    )  # fmt: skip
    repeats = models.CharField(
        _("How often"), max_length=10, choices=Repeats.choices, default=Repeats.ONCE
    )
    rule = models.CharField(
        _("Rule"), max_length=200, blank=True,
        help_text=_("As in a calendar file, for example FREQ=MONTHLY;BYDAY=2SA."),
    )  # fmt: skip
    until = models.DateField(
        _("Not after"), null=True, blank=True, validators=[IN_REACH],
        help_text=_("Empty: it goes on."),
    )  # fmt: skip
    status = models.CharField(
        _("Status"), max_length=12, choices=Status.choices, default=Status.SCHEDULED,
        help_text=_("Of every date; single dates are changed below."),
    )  # fmt: skip
    previous_on = models.DateField(
        _("Day before it was moved"), null=True, blank=True, validators=[IN_REACH],
        help_text=_("Only where an event that takes place once was moved to another time."),
    )  # fmt: skip
    previous_at = models.TimeField(_("Time before it was moved"), null=True, blank=True)

    mode = models.CharField(_("Where"), max_length=10, choices=Mode.choices, default=Mode.ROOM)
    venue = models.TextField(
        _("Address"), max_length=500, blank=True,
        help_text=_("Hidden from everybody, except to whom the rule below gives it."),
    )  # fmt: skip
    joining_link = models.URLField(
        _("Link to join online"), max_length=500, blank=True,
        help_text=_("Hidden in the same way."),
    )  # fmt: skip
    release_to = models.CharField(
        _("Who is told the address"), max_length=10, choices=Release.choices,
        default=Release.NOBODY,
    )  # fmt: skip
    release_days = models.PositiveSmallIntegerField(
        _("Days before"), default=2,
        validators=[MaxValueValidator(LONGEST_RELEASE, AT_MOST)],
        help_text=_("How long before each date they are told."),
    )  # fmt: skip

    spoken = models.CharField(
        _("Languages"), max_length=4, choices=Spoken.choices, default=Spoken.BOTH
    )
    registration = models.CharField(
        _("Booking"), max_length=10, choices=Registration.choices, default=Registration.NONE
    )
    registration_link = models.URLField(_("Address of the other site"), blank=True)
    capacity = models.PositiveIntegerField(
        _("Places"), null=True, blank=True,
        validators=[
            MinValueValidator(1, _("Give at least one place, or leave this empty.")),
            MaxValueValidator(MOST_PLACES, AT_MOST),
        ],
        help_text=_("On each date. Empty: as many as come."),
    )  # fmt: skip

    what_happens = RichTextField(_("What happens"), blank=True, features=PROSE)
    audience = models.CharField(_("Who it is for"), max_length=200, blank=True)
    cost = models.CharField(_("Cost"), max_length=160, blank=True)
    travel = models.CharField(_("Travel"), max_length=250, blank=True)
    food = models.CharField(_("Food"), max_length=250, blank=True)
    interpreters = models.CharField(_("Interpreters"), max_length=250, blank=True)
    photo_policy = models.CharField(_("Photographs"), max_length=250, blank=True)
    status_note = models.CharField(_("Note on the change"), max_length=250, blank=True)

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "kind", "starts_on", "starts_at", "ends_at", "ends_on", "repeats",
        "rule", "until", "status", "previous_on", "previous_at", "mode", "venue", "joining_link",
        "release_to", "release_days", "spoken", "registration", "registration_link", "capacity",
        "access_facts", "changes", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("what_happens"),
        index.SearchField("audience"),
        index.SearchField("food"),
        index.FilterField("kind"),
    ]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_at"),
                               FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("repeats"), FieldPanel("until")]),
            ],
            _("When"),
        ),
        FieldPanel("what_happens"),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                FieldPanel("venue"),
                FieldPanel("joining_link"),
                FieldRowPanel([FieldPanel("release_to"), FieldPanel("release_days")]),
            ],
            _("Where, for those who may know"),
        ),
        InlinePanel("access_facts", heading=_("Access"), label=_("Access fact"), max_num=20),
        MultiFieldPanel(
            [FieldPanel("spoken"), FieldPanel("interpreters"), FieldPanel("audience"),
             FieldPanel("cost"), FieldPanel("travel"), FieldPanel("food"),
             FieldPanel("photo_policy")],
            _("To know before coming"),
        ),
        MultiFieldPanel(
            [FieldPanel("registration"), FieldPanel("capacity"), FieldPanel("registration_link")],
            _("Booking"),
        ),
        InlinePanel("changes", heading=_("Changes of single dates"), label=_("Date")),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_note"),
             FieldRowPanel([FieldPanel("previous_on"), FieldPanel("previous_at")]),
             FieldPanel("ends_on"), FieldPanel("rule")],
            _("More about dates"),
        ),
        CORRECTIONS_PANEL,
    ]  # fmt: skip

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1), name="event_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(starts_on__range=(recurrence.EARLIEST, recurrence.LATEST)),
                name="event_is_in_our_time",
            ),
        ]

    def clean(self) -> None:
        """Raises ValidationError by field: times that do not exist, ends before starts, rules."""
        super().clean()
        days = (self.starts_on, self.ends_on, self.until, self.previous_on)
        if self.starts_on is None or not all(map(recurrence.is_in_reach, days)):
            return  # the field itself says so
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("Give the time when it begins.")})
        if self.starts_at and not self.ends_at:
            raise ValidationError({"ends_at": _("Give the time when it ends.")})
        if self.pattern.lasts <= timedelta(0):
            raise ValidationError({"ends_at": _("The end is not after the start.")})
        if self.until and self.until < self.starts_on:
            raise ValidationError({"until": _("This day is before the first one.")})
        _clean_field("starts_at", recurrence.demand_on_the_clock, self.pattern.starts)
        ends = self.pattern.starts + self.pattern.lasts
        _clean_field("ends_at", recurrence.demand_on_the_clock, ends)
        if self.repeats == self.Repeats.RULE or self.rule:
            if self.repeats != self.Repeats.RULE:
                raise ValidationError({"rule": _("Choose “By a rule of its own” to use this.")})
            _clean_field("rule", recurrence.check_rule, self.pattern)
        if self.status == Status.RESCHEDULED and (self.previous_on is None or self.is_series):
            raise ValidationError({"previous_on": _("Give the day on which it was before.")})
        if self.registration == self.Registration.EXTERNAL and not self.registration_link:
            raise ValidationError({"registration_link": _("Give the address where people book.")})
        needs_form = self.release_to == self.Release.BOOKED
        if needs_form and self.registration != self.Registration.FORM:
            raise ValidationError(
                {"release_to": _("Only people who book by our form can be confirmed.")}
            )

    def note_in(self, language: str) -> str:
        """What the editor wrote about the status; empty where it is in the other language."""
        return self.status_note if self.locale.language_code == language else ""

    @property
    def is_series(self) -> bool:
        return self.repeats != self.Repeats.ONCE

    @property
    def is_all_day(self) -> bool:
        return self.starts_at is None

    @property
    def pattern(self) -> Pattern:
        """When it takes place, as `events.recurrence` reads it; the page has a first day."""
        assert self.starts_on is not None
        starts = datetime.combine(self.starts_on, self.starts_at or time.min)
        ends = datetime.combine(self.ends_on or self.starts_on, self.ends_at or time.min)
        if self.is_all_day:
            ends += timedelta(days=1)
        rules = {
            self.Repeats.WEEK: recurrence.weekly(1),
            self.Repeats.FORTNIGHT: recurrence.weekly(2),
            self.Repeats.MONTH: recurrence.monthly(self.starts_on),
            self.Repeats.RULE: self.rule,
        }
        return Pattern(
            starts=starts,
            lasts=ends - starts,
            rule=rules.get(self.Repeats(self.repeats), ""),
            until=self.until if self.is_series else None,
            left_out=frozenset(
                change.day
                for change in self.changes.all()  # type: ignore[attr-defined]
                if change.status == EventChange.LEFT_OUT
            )
            if self.is_series
            else frozenset(),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.event import event_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(event_context(self, getattr(request, "is_preview", False)))
        return context


def _clean_field(name: str, check: Any, value: Any) -> None:
    try:
        check(value)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error


class EventChange(Orderable):
    """One date of a series that differs from the others, or is left out."""

    LEFT_OUT = "left_out"

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="changes")
    day = models.DateField(_("Day as planned"), validators=[IN_REACH])
    status = models.CharField(
        _("What happens to it"),
        max_length=12,
        choices=[*Status.choices, (LEFT_OUT, _("Left out of the series"))],
        default=Status.CANCELLED,
    )
    new_on = models.DateField(_("New day"), null=True, blank=True, validators=[IN_REACH])
    new_at = models.TimeField(_("New time, from"), null=True, blank=True)
    new_ends_at = models.TimeField(_("New time, to"), null=True, blank=True)
    note_en = models.CharField(_("Note in English"), max_length=250, blank=True)
    note_cy = models.CharField(_("Note in Welsh"), max_length=250, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("new_on"), FieldPanel("new_at"), FieldPanel("new_ends_at")]),
        FieldRowPanel([FieldPanel("note_cy"), FieldPanel("note_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("change of a date")
        verbose_name_plural = _("changes of dates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "day"], name="one_change_of_a_day"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.status != Status.RESCHEDULED:
            return
        if not (self.new_on or self.new_at):
            raise ValidationError({"new_on": _("Give the new day or time.")})
        if self.new_on and self.new_at:
            _clean_field("new_at", recurrence.demand_on_the_clock,
                         datetime.combine(self.new_on, self.new_at))  # fmt: skip
        if self.new_at and self.new_ends_at and self.new_ends_at <= self.new_at:
            raise ValidationError({"new_ends_at": _("The end is not after the start.")})

    def new_time(self, planned: datetime, lasts: timedelta) -> tuple[datetime, datetime]:
        """Start and end on the wall after the change; parts that are not given stay."""
        start = datetime.combine(self.new_on or planned.date(), self.new_at or planned.time())
        if self.new_ends_at is None:
            return start, start + lasts
        return start, datetime.combine(start.date(), self.new_ends_at)


class AccessFact(models.TextChoices):
    """What people ask before they come; “no” is said as clearly as “yes”.

    The twentieth, the languages of the event, is a field of its own (`EventPage.spoken`).
    """

    STEP_FREE = "step-free", _("Step-free")
    TOILET = "toilet", _("Accessible toilet")
    PARKING = "parking", _("Accessible parking")
    LOOP = "loop", _("Hearing loop")
    BSL = "bsl", _("BSL interpreter")
    CAPTIONS = "captions", _("Captions")
    QUIET = "quiet", _("Quiet room")
    PRAYER = "prayer", _("Prayer room")
    DOGS = "dogs", _("Assistance dogs")
    EASY_READ = "easy-read", _("Easy read")
    LARGE_PRINT = "large-print", _("Large print")
    COMPANION = "companion", _("Companion comes free")
    CHILDREN = "children", _("Children welcome")
    CHILDCARE = "childcare", _("Childcare")
    FOOD = "food", _("Food")
    TRAVEL = "travel", _("Travel paid")
    BUS = "bus", _("Bus stop near")
    WELSH = "welsh", _("Welsh is welcome")
    INTERPRETERS = "interpreters", _("Interpreters")


class EventAccess(Orderable):
    """One access fact of an event: yes, no, or ask."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        ASK = "ask", _("Ask us")

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="access_facts")
    fact = models.CharField(_("Access fact"), max_length=20, choices=AccessFact.choices)
    answer = models.CharField(_("Answer"), max_length=3, choices=Answer.choices, default=Answer.YES)
    detail_en = models.CharField(_("Detail in English"), max_length=160, blank=True)
    detail_cy = models.CharField(_("Detail in Welsh"), max_length=160, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("fact"), FieldPanel("answer")]),
        FieldRowPanel([FieldPanel("detail_cy"), FieldPanel("detail_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("access fact")
        verbose_name_plural = _("access facts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "fact"], name="access_fact_once"),
        ]

    def detail_in(self, language: str) -> str:
        return self.detail_cy if language == "cy" else self.detail_en


class Calendar(models.Model):
    """What subscribers of a pair have been told: grows by one when a date or status changes."""

    translation_key = models.UUIDField(unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.sequence}"


class Occurrence(models.Model):
    """One date of a pair, written down from its rule when it is published, for lists and booking.

    `planned` identifies it within its series (RFC 5545 RECURRENCE-ID). Its day stays when the whole
    series moves to another hour, so that bookings move with their day.
    """

    translation_key = models.UUIDField(db_index=True, editable=False)
    planned = models.DateTimeField()
    starts = models.DateTimeField(_("Starts"), db_index=True)
    ends = models.DateTimeField(_("Ends"), db_index=True)
    previous_start = models.DateTimeField(null=True)
    status = models.CharField(_("Status"), max_length=12, choices=Status.choices)
    note_en = models.CharField(max_length=250, blank=True)
    note_cy = models.CharField(max_length=250, blank=True)
    place = models.CharField(max_length=64, blank=True)  # a mark of it, see `events.disclosure`

    class Meta:
        verbose_name = _("date of an event")
        verbose_name_plural = _("dates of events")
        ordering = ["starts", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key", "planned"], name="one_occurrence_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="occurrence_lasts"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts):%Y-%m-%d %H:%M}"

    @property
    def is_on(self) -> bool:
        """People may come: it is neither cancelled nor waiting for a new time."""
        return self.status not in (Status.CANCELLED, Status.POSTPONED)

    def event_in(self, language: str) -> EventPage | None:
        """The live page of its event in this language, else in the other; None where neither is."""
        pages = EventPage.objects.live().filter(translation_key=self.translation_key)
        found = {page.locale.language_code: page for page in pages.select_related("locale")}
        return found.get(language) or next(iter(found.values()), None)


class Registration(models.Model):
    """A place on a date, or a place in the queue for it.

    It holds an email address and the language to write in; a name and needs where somebody gave
    them. Deleted some days after the date (`purge_bookings`) and at once when given up. Where it is
    goes to nobody before one of the staff has confirmed the place (`approved_at`).
    """

    class State(models.TextChoices):
        PLACE = "place", _("Has a place")
        WAITING = "waiting", _("On the waiting list")

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, related_name="registrations",
        verbose_name=_("date of an event"),
    )  # fmt: skip
    number = models.PositiveIntegerField(_("Number"))
    state = models.CharField(_("State"), max_length=10, choices=State.choices)
    language = models.CharField(
        _("Language"), max_length=2, choices=[("cy", _("Welsh")), ("en", _("English"))]
    )
    name = models.CharField(_("Name"), max_length=60, blank=True)
    email = models.EmailField(_("Email address"))
    needs = models.CharField(_("Needs"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("Asked"), auto_now_add=True)
    approved_at = models.DateTimeField(_("Place confirmed"), null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        editable=False, verbose_name=_("Confirmed by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["occurrence", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occurrence", "number"], name="one_number_one_booking"),
            models.UniqueConstraint(
                fields=["occurrence", "email"], name="one_booking_for_an_email"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(approved_at__isnull=False),
                name="approval_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence} · {self.number}"

    @property
    def token(self) -> str:
        """What stands in the link by which a place is given up; it names nobody."""
        return SIGNER.sign(str(self.pk))


class EventMail(models.Model):
    """A mail that is owed to somebody who booked. Its words are made when it is sent.

    So the table holds no address of a venue, and what is sent is true at that moment. `place_told`
    is the mark of the place that the mail named (`events.disclosure.Shown.mark`).
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("You have a place")
        WAITING = "waiting", _("You are on the waiting list")
        ADDRESS = "address", _("Where it is")
        CHANGED = "changed", _("Something changed")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    owed_since = models.DateTimeField(default=timezone.now, db_index=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, db_index=True)
    given_up_at = models.DateTimeField(null=True, db_index=True)
    place_told = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["owed_since", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registration}"


class EventPaper(MadeFileBase):
    """A poster, an invitation or a picture of a pair."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster (A4)")
        INVITATION = "invitation", _("Invitation (A5)")
        PICTURE = "picture", _("Picture for social media")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, related_name="event_papers",
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("paper of an event")
        verbose_name_plural = _("papers of events")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key", "kind", "language"], name="one_event_paper_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["poster", "invitation", "picture"]),
                name="event_paper_kind_known",
            ),
        ]
