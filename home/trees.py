"""Both page trees: homes and sections exist in each language from the first migration on.

Without a Welsh home Wagtail answers every English page under `/cy/`, and choosers and parents need
the sections. Historical models have no `add_child`, so rows are written as treebeard would.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from treebeard.mp_tree import MP_Node

from bilingual import door
from bilingual.models import HOME_DEPTH
from core.vocabulary import COUNTIES

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class Seedling:
    """A page of both trees: model label, title, slug and sentence as (English, Welsh)."""

    model: str
    title: tuple[str, str]
    slug: tuple[str, str]
    summary: tuple[str, str]
    in_menu: bool = True
    values: dict[str, Any] = field(default_factory=dict)


HOME = Seedling(
    "home.HomePage",
    ("Home", "Hafan"),
    ("home", "hafan"),
    (
        "Stories, training and facts from the sanctuary network in Wales.",
        "Straeon, hyfforddiant a ffeithiau gan y rhwydwaith noddfa yng Nghymru.",
    ),
    in_menu=False,
)
SECTIONS = (
    Seedling(
        "case_studies.StoryIndexPage",
        ("Stories", "Straeon"),
        ("stories", "straeon"),
        (
            "How people and places make others welcome, what it took, and what changed.",
            "Sut mae pobl a lleoedd yn rhoi croeso i eraill, beth oedd ei angen, a beth newidiodd.",
        ),
    ),
    Seedling(
        "resources.ResourceIndexPage",
        ("Resources", "Adnoddau"),
        ("resources", "adnoddau"),
        (
            "This section is for training material, in Welsh and in English.",
            "Mae’r adran hon ar gyfer deunyddiau hyfforddi, yn Gymraeg ac yn Saesneg.",
        ),
    ),
    Seedling(
        "home.SectionPage",
        ("Workshops", "Gweithdai"),
        ("workshops", "gweithdai"),
        (
            "This section is for the workshops and courses of the sanctuary network.",
            "Mae’r adran hon ar gyfer gweithdai a chyrsiau’r rhwydwaith noddfa.",
        ),
        values={"section_cloth": "adnoddau"},
    ),
    Seedling(
        "home.SectionPage",
        ("Facts", "Ffeithiau"),
        ("facts", "ffeithiau"),
        (
            "Things people say about sanctuary, and what is true.",
            "Pethau mae pobl yn eu dweud am noddfa, a beth sy’n wir.",
        ),
        values={"section_cloth": "ffeithiau"},
    ),
    Seedling(
        "home.SectionPage",
        ("Events", "Digwyddiadau"),
        ("events", "digwyddiadau"),
        (
            "Welcome Days and workshops, near you and online.",
            "Diwrnodau Croeso a gweithdai, yn eich ardal ac ar-lein.",
        ),
        values={"section_cloth": "digwyddiadau"},
    ),
    Seedling(
        "home.SectionPage",
        ("Near you", "Yn eich ardal"),
        ("near-you", "yn-eich-ardal"),
        (
            "City of Sanctuary groups and awarded organisations in Wales.",
            "Grwpiau Dinas Noddfa a sefydliadau sydd wedi ennill gwobr yng Nghymru.",
        ),
        values={"section_cloth": "rhwydwaith"},
    ),
    Seedling(
        "home.ContactPage",
        ("Contact us", "Cysylltu â ni"),
        ("contact", "cysylltu"),
        ("Write to us in Welsh or in English.", "Ysgrifennwch atom yn Gymraeg neu yn Saesneg."),
        in_menu=False,
    ),
)


DIRECTORY = Seedling(
    "network.DirectoryPage",
    ("The network from A to Z", "Y rhwydwaith o A i Y"),
    ("a-to-z", "a-i-y"),
    (
        "Counties, groups, streams and organisations in alphabetical order.",
        "Siroedd, grwpiau, ffrydiau a sefydliadau yn nhrefn yr wyddor.",
    ),
    in_menu=False,
)
GLOSSARY = Seedling(
    "network.GlossaryPage",
    ("Glossary", "Geirfa"),
    ("glossary", "geirfa"),
    (
        "The words of this field in Welsh and in English, and what they mean.",
        "Geiriau’r maes hwn yn Gymraeg ac yn Saesneg, a’u hystyr.",
    ),
    in_menu=False,
)
CORRECTIONS = Seedling(
    "evidence.CorrectionsPage",
    ("Corrections", "Cywiriadau"),
    ("corrections", "cywiriadau"),
    (
        "What we got wrong, what is right, and when we put it right.",
        "Beth oedd yn anghywir, beth sy’n gywir, a phryd y cywirwyd ef.",
    ),
    in_menu=False,
)


def plant_trees(apps: Any) -> None:
    """Make both locales, homes and sections where there are none; do nothing where they stand.

    `apps` is a migration's registry or Django's own (tests that flush the database replant).
    """
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    if apps.get_model("home", "HomePage").objects.exists():
        return
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    ContentType = apps.get_model("contenttypes", "ContentType")
    if not Page.objects.filter(depth=1).exists():
        page_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
        Page.objects.create(
            title="Root", draft_title="Root", slug="root", depth=1, path="0001", numchild=0,
            url_path="/", content_type=page_type, locale=locales["en"],
            translation_key=uuid.uuid4(),
        )  # fmt: skip
    Site.objects.all().delete()
    with door.opened():
        Page.objects.filter(depth__gte=2).delete()
    Page.objects.filter(depth=1).update(numchild=0)
    root = Page.objects.get(depth=1)
    homes = _plant(apps, HOME, dict.fromkeys(LANGUAGES, root), locales)
    for seedling in SECTIONS:
        _plant(apps, seedling, homes, locales)
    Site.objects.create(
        hostname="localhost", port=80, root_page_id=homes["en"].pk, is_default_site=True,
        site_name="Dinas Noddfa · City of Sanctuary",
    )  # fmt: skip


def _plant(
    apps: Any, seedling: Seedling, parents: dict[str, Any], locales: dict[str, Any]
) -> dict[str, Any]:
    label, name = seedling.model.split(".")
    Model = apps.get_model(label, name)
    Page = apps.get_model("wagtailcore", "Page")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=label, model=name.lower()
    )
    translation_key = uuid.uuid4()
    now = timezone.now()
    planted = {}
    for language, title, slug, summary in zip(
        LANGUAGES, seedling.title, seedling.slug, seedling.summary, strict=True
    ):
        parent = Page.objects.get(pk=parents[language].pk)
        page = Model(
            title=title, draft_title=title, slug=slug, summary=summary,
            path=MP_Node._get_path(parent.path, parent.depth + 1, parent.numchild + 1),
            depth=parent.depth + 1, numchild=0, url_path=f"{parent.url_path}{slug}/",
            content_type_id=content_type.pk, locale_id=locales[language].pk,
            translation_key=translation_key, live=False, has_unpublished_changes=False,
            first_published_at=now, last_published_at=now, show_in_menus=seedling.in_menu,
            cloth_seed=seedling.slug[0], authored_in="en", **seedling.values,
        )  # fmt: skip
        page.live = True
        with door.opened():
            page.save()
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)
        planted[language] = Page.objects.get(pk=page.pk)
    return planted


def plant_network(apps: Any) -> None:
    """The 22 counties and the A–Z in “Near you”, and the glossary; nothing where they stand.

    The counties are terms already: their names and their forms after “in” come from there.
    """
    Locale = apps.get_model("wagtailcore", "Locale")
    locales = {row.language_code: row for row in Locale.objects.all()}
    Section = apps.get_model("network", "NearYouPage")
    sections = {row.locale.language_code: row for row in Section.objects.select_related("locale")}
    if set(sections) != set(LANGUAGES) or apps.get_model("network", "CountyPage").objects.exists():
        return
    terms = {
        term.key: term for term in apps.get_model("core", "Term").objects.filter(kind="county")
    }
    for key, *_names in COUNTIES:
        if key in terms:
            _plant(apps, _county(terms[key]), sections, locales)
    _plant(apps, DIRECTORY, sections, locales)
    _plant(apps, GLOSSARY, _homes(apps), locales)


def plant_corrections(apps: Any) -> None:
    """The log of corrections at the foot of both homes; nothing where it stands."""
    homes = _homes(apps)
    if set(homes) == set(LANGUAGES) and not apps.get_model(CORRECTIONS.model).objects.exists():
        _plant(apps, CORRECTIONS, homes, {code: home.locale for code, home in homes.items()})


def _homes(apps: Any) -> dict[str, Any]:
    homes = apps.get_model("home", "HomePage").objects.select_related("locale")
    return {home.locale.language_code: home for home in homes}


def _county(term: Any) -> Seedling:
    return Seedling(
        "network.CountyPage",
        (term.name_en, term.name_cy),
        (slugify(term.name_en), slugify(term.name_cy)),
        (
            f"City of Sanctuary groups and organisations {term.in_en}.",
            f"Grwpiau Dinas Noddfa a sefydliadau {term.in_cy}.",
        ),
        in_menu=False,
        values={"county_id": term.pk},
    )


def change_section_type(apps: Any, english_slug: str, label: str) -> None:
    """Make a planted `home.SectionPage` and its twin pages of the type `label`, where they stand.

    For migrations: a section gets the type of its room when the room is built. Address, key, texts,
    children and revisions stay; a body is kept where the new type has one.
    """
    app, name = label.split(".")
    SectionPage, NewPage = apps.get_model("home", "SectionPage"), apps.get_model(app, name)
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    new_type, _ = ContentType.objects.get_or_create(app_label=app, model=name.lower())
    planted = SectionPage.objects.filter(
        slug=english_slug, depth=HOME_DEPTH + 1, locale__language_code="en"
    )
    for old in SectionPage.objects.filter(translation_key__in=planted.values("translation_key")):
        kept = {
            field.attname: getattr(old, field.attname)
            for field in NewPage._meta.local_concrete_fields
            if hasattr(old, field.attname)
        }
        with door.opened():
            SectionPage.objects.filter(pk=old.pk)._raw_delete("default")
            NewPage(**kept).save_base(raw=True)
            Page.objects.filter(pk=old.pk).update(content_type_id=new_type.pk)
        _records_follow(apps, Page.objects.get(pk=old.pk))


# What names the type of a page: the model, its field with the type, its field with the page, and
# what of the page stands there.
RECORDS_OF_A_PAGE = (
    ("wagtailcore.Revision", "content_type_id", "object_id", "pk"),
    ("wagtailcore.WorkflowState", "content_type_id", "object_id", "pk"),
    ("wagtailcore.ReferenceIndex", "content_type_id", "object_id", "pk"),
    ("wagtailcore.PageLogEntry", "content_type_id", "page_id", "pk"),
    (
        "wagtail_localize.TranslationSource",
        "specific_content_type_id",
        "object_id",
        "translation_key",
    ),
)


def mend_records_of_sections(apps: Any) -> None:
    """What still names a section by the type that it had before its room was built follows it."""
    for page in apps.get_model("wagtailcore", "Page").objects.filter(depth=HOME_DEPTH + 1):
        _records_follow(apps, page)


def _records_follow(apps: Any, page: Any) -> None:
    """Everything recorded of this page as a `home.SectionPage` names the type that it has now.

    Else its history and its workflow are not found, and wagtail-localize refuses to read it anew:
    no pair could be signed off any more.
    """
    old_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="sectionpage"
    )
    if page.content_type_id == old_type.pk:
        return
    for label, type_field, page_field, attribute in RECORDS_OF_A_PAGE:
        records = apps.get_model(label).objects.filter(
            **{type_field: old_type.pk, page_field: getattr(page, attribute)}
        )
        if label == "wagtailcore.Revision":
            for revision in records:
                revision.content["content_type"] = page.content_type_id
                revision.save(update_fields=["content"])
        records.update(**{type_field: page.content_type_id})
