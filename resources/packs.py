"""Trainer packs: everything of some resources in one archive that needs no network.

`contents_of` gathers, `members_of` writes. The same members make the stored pack of a workshop or
a curated pack (built after publish) and the pack that a visitor chooses (streamed).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bilingual.models import is_restricted, language_of
from bilingual.pairs import Pair, pair_of
from bilingual.switch import OWN_NAMES
from core.short_links import short_address
from design import css
from files.models import Document
from press.archive import Member, member_of, with_manifest, write_archive
from press.shelf import are_public_still, public_sides
from resources import made
from resources.blocks import words_of
from resources.downloads import made_before
from resources.licences import licence_of
from resources.models import (
    MadeFile,
    PackPage,
    ProgrammePage,
    ResourcePage,
    WorkshopPage,
)
from resources.plans import people_in_words, plan_in, time_in_words
from resources.prints import material_of, whole_face
from resources.resource import notes_before, parts_of

PACKED = (PackPage, ProgrammePage, WorkshopPage)
FOLDERS = {"cy": "cy", "en": "en", "both": "cy-en", "other": "other"}
NOTES = {"cy": "cy/nodiadau.html", "en": "en/notes.html"}
LICENCE_FILE = "TRWYDDED-LICENCE.txt"
TO_PRINT = {"pdf"}


@dataclass(frozen=True)
class PackedFile:
    """One file of a pack: where it lies, its name in both languages, what it is."""

    path: str
    labels: dict[str, str]
    document: Document

    def is_for(self, language: str) -> bool:
        return self.document.language in (language, Document.Language.BOTH)

    def is_stored(self) -> bool:
        """The bytes are there."""
        return bool(self.document.file.storage.exists(str(self.document.file.name)))

    def member(self) -> Member:
        """The stored file. Raises OSError where it is missing."""
        stored, name = self.document.file.storage, str(self.document.file.name)
        return Member(
            self.path, stored.size(name), lambda: stored.open(name), self.document.checksum
        )


@dataclass(frozen=True)
class PackedItem:
    """One resource of a pack, in the languages in which it is public."""

    sides: dict[str, ResourcePage]
    files: tuple[PackedFile, ...]

    def side(self, language: str) -> ResourcePage:
        """The page for a reader of `language`: in it where there is one."""
        return self.sides.get(language) or next(iter(self.sides.values()))


@dataclass(frozen=True)
class About:
    """What a pack says about itself, in each language."""

    titles: dict[str, str]
    texts: dict[str, str]
    address: str = ""
    is_sample: bool = False


def items_of(
    keys: Sequence[Any], languages: Iterable[str] = ("cy", "en"), to_change: bool = True,
    to_print: bool = True,
) -> list[PackedItem]:  # fmt: skip
    """The public resources of these translation keys, in this order, with the files asked for."""
    chosen = set(languages)
    sides: dict[Any, dict[str, ResourcePage]] = {}
    found = ResourcePage.objects.filter(
        ~is_restricted(), translation_key__in=list(keys), live=True
    ).select_related("locale")
    for page in found:
        sides.setdefault(page.translation_key, {})[language_of(page)] = page
    items = []
    for number, key in enumerate((key for key in keys if key in sides), start=1):
        page = sides[key].get("cy") or sides[key]["en"]
        files = [
            file
            for file in _files_of(number, page)
            if file.document.language in chosen | {"both", "other"}
            and (to_print if file.document.file_extension in TO_PRINT else to_change)
        ]
        items.append(PackedItem(sides[key], tuple(files)))
    return items


def _files_of(number: int, page: ResourcePage) -> list[PackedFile]:
    found: list[tuple[dict[str, str], Document]] = [
        ({"cy": row.label_cy, "en": row.label_en}, row.document)
        for row in parts_of(page).newest_files
    ]
    for row in made.made_of(page.translation_key):
        if row.kind != MadeFile.Kind.PACK and row.document is not None:
            found.append((_kind_labels(row), row.document))
    folder = f"{number:02}-{slugify(page.title)[:60].strip('-') or 'resource'}"
    files: list[PackedFile] = []
    taken: set[str] = set()
    for labels, document in found:
        label = labels["cy" if document.language == "cy" else "en"]
        name = slugify(label)[:60].strip("-") or "file"
        place = f"{FOLDERS[document.language]}/{folder}/{name}"
        path, turn = f"{place}.{document.file_extension}", 2
        while path in taken:
            path, turn = f"{place}-{turn}.{document.file_extension}", turn + 1
        taken.add(path)
        files.append(PackedFile(path, labels, document))
    return files


def _kind_labels(row: MadeFile) -> dict[str, str]:
    labels = {}
    for language in ("cy", "en"):
        with translation.override(language):
            labels[language] = row.label
    return labels


def members_of(items: Sequence[PackedItem], about: About, number: int = 0) -> list[Member]:
    """All members of a pack with its manifest. `number` is its version, 0 for one made on the way.

    Raises:
        OSError: a stored file is missing.
    """
    members = [file.member() for item in items for file in item.files]
    members.append(member_of("index.html", _index(items, about, number)))
    for language, path in NOTES.items():
        members.append(member_of(path, _notes(items, about, language)))
    members.append(member_of(LICENCE_FILE, _licences(items)))
    members += _design()
    return with_manifest(
        members, {"title": about.titles, "version": number or None, "address": about.address}
    )


def _design() -> list[Member]:
    static = Path(settings.BASE_DIR) / "static"
    names = [*sorted((static / "fonts").iterdir()), static / "icons" / "mark.svg"]
    return [
        member_of("design/css/site.css", css.joined()),
        *(
            member_of(f"design/{path.relative_to(static).as_posix()}", path.read_bytes())
            for path in names
        ),
    ]


def _index(items: Sequence[PackedItem], about: About, number: int) -> str:
    faces = []
    for language in ("cy", "en"):
        with translation.override(language):
            faces.append(
                {
                    "language": language,
                    "title": about.titles[language],
                    "text": about.texts[language],
                    "version": number,
                    "sample": about.is_sample,
                    "notes_path": NOTES[language],
                    "resources": [_row(item, language) for item in items],
                    "licences": _plain_licences(items),
                }
            )
    return render_to_string("pages/resources/offline_pack.html", {"faces": faces})


def _row(item: PackedItem, language: str) -> dict[str, Any]:
    page = item.side(language)
    meta = (
        page.get_kind_display(),
        time_in_words(page.minutes) if page.minutes else "",
        people_in_words(page.least_people, page.most_people),
    )
    return {
        "title": page.title,
        "meta": [str(part) for part in meta if part],
        "files": [
            {
                "label": file.labels[language],
                "path": quote(file.path),
                "format": file.document.file_extension.upper(),
                "size": filesizeformat(file.document.get_file_size() or 0),
                "hreflang": language if file.is_for(language) else file.document.language,
                "language": "" if file.is_for(language)
                else OWN_NAMES.get(file.document.language, ""),
            }
            for file in item.files
            if file.is_for(language)
            or not any(f.is_for(language) and f.labels == file.labels for f in item.files)
        ],
    }  # fmt: skip


def _plain_licences(items: Sequence[PackedItem]) -> list[dict[str, str]]:
    keys = dict.fromkeys(item.side("cy").licence for item in items)
    found = [licence for licence in map(licence_of, keys) if licence is not None]
    return [{"name": licence.name, "text": str(licence.text)} for licence in found]


def _notes(items: Sequence[PackedItem], about: About, language: str) -> str:
    with translation.override(language):
        resources = []
        for item in items:
            page = item.side(language)
            face = whole_face(page)
            resources.append(
                {
                    "title": page.title,
                    "sample": page.is_sample,
                    "notes_before": notes_before(page),
                    "steps": plan_in(language, page.plan).steps,
                    "end_at": face.end_at,
                    "end_text": face.end_text,
                    "sections": [*face.closing, *material_of(page)],
                    "cards": face.cards,
                }
            )
        return render_to_string(
            "pages/resources/offline_notes.html",
            {"language": language, "title": about.titles[language], "resources": resources},
        )


def _licences(items: Sequence[PackedItem]) -> str:
    """Licences in plain words and what others made, first in Welsh, then in English."""
    lines = []
    for language in ("cy", "en"):
        with translation.override(language):
            for item in items:
                page = item.side(language)
                licence = licence_of(page.licence)
                lines.append(page.title)
                if licence is not None:
                    lines += [f"{licence.name}: {licence.text}", licence.address]
                for part in page.third_party:
                    what = words_of(part.value, "what", language)
                    lines.append(f"- {what}: {part.value['maker']}, {part.value['licence']}")
                lines.append("")
    return "\n".join(lines) + "\n"


def about_page(sides: Mapping[str, Any]) -> About:
    """A workshop, programme or curated pack as the title of its pack; where one language alone is
    public, it stands for both."""
    cy, en = sides.get("cy") or sides["en"], sides.get("en") or sides["cy"]
    return About(
        titles={"cy": cy.title, "en": en.title},
        texts={"cy": cy.summary, "en": en.summary},
        address=short_address(en.translation_key),
        is_sample=en.is_sample,
    )


_waiting: ContextVar[dict[Any, Any] | None] = ContextVar("packs waiting to be made", default=None)


@contextmanager
def each_pack_once() -> Iterator[None]:
    """Packs asked for inside are made at the end: many resources may be published together."""
    token = _waiting.set({})
    try:
        yield
        waiting = _waiting.get() or {}
    finally:
        _waiting.reset(token)
    for page in waiting.values():
        make_pack(pair_of(page))


def make_pack(pair: Pair) -> None:
    """Build the pack of a workshop, programme or curated pack and put it in place of the old one.

    Without a public resource, or where the page is not for everybody, there is no pack.
    """
    key = pair.en.translation_key
    if (waiting := _waiting.get()) is not None:
        waiting[key] = pair.en
        return
    sides = public_sides(pair)
    page = sides.get("en") or sides.get("cy")
    keys = list(_keys_of(page.resource_ids())) if page else []
    items = items_of(keys)
    if not items:
        made.withdraw(key)
        return
    about = about_page(sides)

    def make(number: int) -> bytes:
        out = BytesIO()
        write_archive(members_of(items, about, number), out)
        return out.getvalue()

    def is_current() -> bool:
        return are_public_still(sides) and _sources(items_of(keys)) == _sources(items)

    made.put(
        key,
        MadeFile.Kind.PACK,
        Document.Language.BOTH,
        title=" / ".join(dict.fromkeys(about.titles.values())),
        extension="zip",
        make=make,
        is_current=is_current,
        is_numbered=True,
    )


def _sources(items: Sequence[PackedItem]) -> list[Any]:
    """What a pack is made of: each text and each file in the state in which it was read."""
    return [
        (
            sorted((side.pk, side.live_revision_id) for side in item.sides.values()),
            [(file.path, file.document.checksum) for file in item.files],
        )
        for item in items
    ]


def _keys_of(ids: list[int]) -> Iterable[Any]:
    """Translation keys of resources, in the order of their ids."""
    by_id = dict(
        ResourcePage.objects.filter(pk__in=ids).values_list("pk", "translation_key").order_by()
    )
    return (by_id[pk] for pk in ids if pk in by_id)


def packs_with(*keys: Any) -> list[Any]:
    """One live page of each workshop, programme and pack with one of these resources."""
    pages: dict[Any, Any] = {}
    for model in PACKED:
        for page in model.objects.filter(
            live=True, packed_resources__resource__translation_key__in=keys
        ):
            pages[page.translation_key] = page
    return list(pages.values())


def download_of_pack(key: Any) -> dict[str, Any] | None:
    """The stored pack of a page as a link in the active language; None while there is none."""
    for row in made.shown_of(key):
        if row.kind == MadeFile.Kind.PACK and row.document is not None:
            return {
                "url": row.document.url,
                "size": filesizeformat(row.document.file_size or 0),
                "version": _("Version %(number)s") % {"number": row.number},
                "note": made_before(row),
            }
    return None


def about_choice() -> About:
    """What a pack that a visitor has chosen says about itself."""
    titles, texts = {}, {}
    for language in ("cy", "en"):
        with translation.override(language):
            titles[language] = _("Your trainer pack")
            texts[language] = _("Your chosen resources in one download.")
    return About(titles, texts)


def without_missing(items: Sequence[PackedItem]) -> list[PackedItem]:
    """The items without files that have vanished from the storage: a visitor gets the others."""
    return [
        replace(item, files=tuple(file for file in item.files if file.is_stored()))
        for item in items
    ]
