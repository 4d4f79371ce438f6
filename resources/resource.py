"""What a resource page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from bilingual.models import LANGUAGES
from bilingual.switch import OWN_NAMES
from core.related import related_to
from core.terms import Term, TermKind
from files.models import public_documents
from resources.blocks import words_of
from resources.builder import pack_address
from resources.downloads import languages_from, others_of, print_rows, table_of
from resources.licences import licence_of
from resources.made import shown_of
from resources.models import ResourceFile, ResourcePage, ResourceVersion
from resources.models.resource import RUN_PATHS
from resources.plans import people_in_words, plan_in, time_in_words


@dataclass(frozen=True)
class Parts:
    """Everything that belongs to one resource, read once."""

    terms: list[Term]
    files: list[ResourceFile]
    versions: list[ResourceVersion]

    @property
    def newest(self) -> ResourceVersion | None:
        return self.versions[0] if self.versions else None

    def files_of(self, number: int) -> list[ResourceFile]:
        """The files that came with one version."""
        return [file for file in self.files if file.version == number]

    @property
    def newest_files(self) -> list[ResourceFile]:
        """The files of the newest version; all of them where no version is numbered yet."""
        return self.files_of(self.newest.number) if self.newest else self.files


def parts_of(page: ResourcePage) -> Parts:
    """Terms, files that everybody may have, versions: in three queries; versions newest first."""
    return Parts(
        terms=[link.term for link in page.page_terms.select_related("term")] if page.pk else [],
        # By id: the rows of a draft are filtered in memory.
        files=list(
            page.files.filter(document_id__in=public_documents().values_list("pk", flat=True))
            .select_related("document")
            .defer("document__text")
        ),
        versions=sorted(page.versions.all(), key=lambda version: -version.number),
    )


def resource_context(page: ResourcePage) -> dict[str, Any]:
    """Parts of the page in its own language; empty parts are left out."""
    from core.linked_data import as_script
    from resources.linked_data import learning_resource

    language = page.locale.language_code
    parts = parts_of(page)
    files = parts.newest_files
    plan = plan_in(language, page.plan)
    return {
        "linked_data": as_script(learning_resource(page, parts)),
        "key_facts": key_facts(page, parts),
        "file_languages": languages_in(files),
        "newest": parts.newest,
        "notes_before": notes_before(page),
        "download_languages": languages_from(language),
        "downloads": [
            *table_of(files, language),
            *print_rows(shown_of(page.translation_key), language),
        ],
        "other_downloads": others_of(files, language),
        "films": films_of(page),
        "run_url": f"{page.url or ''}{RUN_PATHS[language]}" if plan.steps else "",
        "pack_url": pack_address(page.key),
        "outcomes": page.lines_of("outcomes"),
        "plan": plan if plan.steps else None,
        "plan_heading": _("Step by step: %(time)s") % {"time": time_in_words(plan.minutes)},
        "before_people_come": page.lines_of("before_people_come"),
        "versions": version_rows(page, parts),
        "licence": licence_of(page.licence),
        "third_party": [
            {"what": words_of(part.value, "what", language), **part.value}
            for part in page.third_party
        ],
        "curriculum": [
            {"name": words_of(part.value, "name", language), "address": part.value["address"]}
            for part in page.curriculum
        ],
        "cards": [card.value for card in page.cards],
        "related": related_to(page, language) if page.pk else [],
        "has_text": {
            name: bool(strip_tags(str(getattr(page, name))).strip())
            for name in ("co_production", "notes", "material")
        },
    }


def key_facts(page: ResourcePage, parts: Parts) -> list[dict[str, str]]:
    """What a trainer asks first. Labels and values are in the active language."""
    by_kind: dict[str, list[str]] = {}
    for term in parts.terms:
        by_kind.setdefault(term.kind, []).append(term.name)
    facts = [
        (_("Kind"), page.get_kind_display()),
        (_("Programme"), ", ".join(by_kind.get(TermKind.PROGRAMME, []))),
        (_("Time"), time_in_words(page.minutes) if page.minutes else ""),
        (_("Group"), people_in_words(page.least_people, page.most_people)),
        (_("Age"), ages_in_words(page.age_from, page.age_to)),
        (_("For"), ", ".join(by_kind.get(TermKind.AUDIENCE, []))),
        (_("Where"), ", ".join(by_kind.get(TermKind.SETTING, []))),
        (_("How"), ", ".join(by_kind.get(TermKind.DELIVERY, []))),
        (_("Facilitator"), page.facilitator_experience or page.get_level_display()),
        (_("You need"), page.you_need),
        (_("Works on"), ", ".join(by_kind.get(TermKind.TOPIC, []))),
    ]
    return [{"label": label, "value": str(value)} for label, value in facts if value]


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """Ages in the active language; empty where any age fits."""
    if youngest and oldest:
        return _("%(from)d to %(to)d years old") % {"from": youngest, "to": oldest}
    if youngest:
        return _("%(from)d years old and over") % {"from": youngest}
    return _("Up to %(to)d years old") % {"to": oldest} if oldest else ""


def languages_in(files: list[ResourceFile]) -> list[dict[str, str]]:
    """Welsh and English as far as there are files, each under its own name."""
    return [
        {"code": code, "name": OWN_NAMES[code]}
        for code in sorted(LANGUAGES)
        if any(file.is_for(code) for file in files)
    ]


def notes_before(page: ResourcePage) -> list[dict[str, str]]:
    """What to know before the download: content, safety, fairness."""
    notes = [
        ("content", _("What may be hard"), page.content_note),
        ("safeguarding", _("Keeping people safe"), page.safeguarding_note),
        ("impartiality", _("Fair to all views"), page.impartiality_note),
    ]
    return [{"id": key, "heading": head, "text": text} for key, head, text in notes if text]


def films_of(page: ResourcePage) -> list[dict[str, Any]]:
    """Films with what helps people who cannot hear or see them. Only films ask the database."""
    if page.kind != ResourcePage.Kind.VIDEO:
        return []
    language = page.locale.language_code
    return [
        {
            "title": film.title_in(language),
            "address": film.address,
            "language": film.get_language_display(),
            "is_captioned": film.is_captioned,
            "is_signed": film.is_signed,
            "transcript": film.transcript,
        }
        for film in page.videos.select_related("transcript")
    ]


def version_rows(page: ResourcePage, parts: Parts) -> list[dict[str, Any]]:
    """Rows of components/versions.html; older versions lead to their own page."""
    language = page.locale.language_code
    return [
        {
            "number": version.number,
            "date": version.date,
            "text": version.changed_in(language),
            "is_breaking": version.is_breaking,
            "url": "" if version is parts.newest else page.version_url(version.number),
        }
        for version in parts.versions
    ]
