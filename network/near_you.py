"""What the section and the county pages show, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from bilingual.models import shown_to_readers_of
from core.related import about_term
from core.terms import Term, TermKind
from evidence.models import PageFigure
from network.models import (
    Award,
    CountyPage,
    DirectoryPage,
    GroupPage,
    NearYouPage,
    NetworkPage,
    Organisation,
    StreamPage,
)
from welsh.alphabet import english_sort_key, sort_key

AWARDS_SHOWN = 8
SOFT_HYPHEN = "\u00ad"
# The short names on the patchwork where there is no room, as the design has them.
SHORT = {
    "anglesey": ("Ang", "Môn"), "conwy": ("Con", "Con"), "denbighshire": ("Den", "Ddin"),
    "flintshire": ("Fli", "Ffl"), "gwynedd": ("Gwy", "Gwy"), "wrexham": ("Wre", "Wre"),
    "ceredigion": ("Cer", "Cer"), "powys": ("Pow", "Pow"), "pembrokeshire": ("Pem", "Ben"),
    "carmarthenshire": ("Car", "Gâr"), "merthyr-tydfil": ("Mer", "Mer"),
    "blaenau-gwent": ("BG", "BG"), "monmouthshire": ("Mon", "Fyn"), "swansea": ("Swa", "Abe"),
    "neath-port-talbot": ("NPT", "Nedd"), "rhondda-cynon-taf": ("RCT", "RCT"),
    "caerphilly": ("Cph", "Cff"), "torfaen": ("Tor", "Tor"), "bridgend": ("Bri", "Pen"),
    "vale-of-glamorgan": ("Vale", "Bro"), "cardiff": ("Car", "Cdd"), "newport": ("New", "Cas"),
}  # fmt: skip


def near_you_context(page: NearYouPage) -> dict[str, Any]:
    """Patchwork, groups, streams, networks, awards and figures in the page's own language."""
    language = page.locale.language_code
    groups = community_pages(GroupPage, language)
    streams = community_pages(StreamPage, language)
    areas = counties_of(groups)
    figures = figures_of([page, *streams])
    counts = organisations_by_county()
    return {
        "counties": patchwork(language, counts, areas),
        "has_sample_counts": any(samples for _number, samples in counts.values()),
        "groups": [group_row(group, areas[group.pk], language) for group in groups],
        "streams": [stream_row(stream, figures[stream.pk], language) for stream in streams],
        "networks": [
            {**_title(network, language), "text": network.known_for}
            for network in community_pages(NetworkPage, language)
        ],
        "awards": award_rows(Award.objects.named(), language, AWARDS_SHOWN),
        "has_sample_awards": Award.objects.named().filter(organisation__is_sample=True).exists(),
        "total": Organisation.objects.taking_part().count(),
        "figures": figures[page.pk],
        "directory_url": _directory_url(language),
    }


def county_context(page: CountyPage) -> dict[str, Any]:
    """Groups, organisations and other pages of one county."""
    language = page.locale.language_code
    groups = [
        group
        for group in community_pages(GroupPage, language)
        if any(link.term_id == page.county_id for link in group.page_terms.all())
    ]
    here = Organisation.objects.counted().filter(county=page.county_id)
    named = organisation_rows(here.named(), language)
    counted = here.count()
    return {
        "groups": [{**_title(group, language), "text": group.known_for} for group in groups],
        "organisations": named,
        "counted": counted,
        "unnamed": counted - len(named),
        "awarded": Award.objects.counted().filter(organisation__county=page.county_id)
        .values("organisation").distinct().count(),
        "about": about_term(page.county, language, but={group.pk for group in groups}),
        "figures": figures_of([page])[page.pk],
    }  # fmt: skip


def community_pages(model: Any, language: str) -> list[Any]:
    """Live pages of one kind for readers of `language`, in its alphabetical order."""
    pages = shown_to_readers_of(language, model.objects.select_related("locale"))
    if model is GroupPage:
        pages = pages.prefetch_related("page_terms__term")
    return sorted(pages, key=lambda page: in_order_of(page.title, language))


def in_order_of(text: str, language: str) -> str:
    """The sort key of a name in a list of this language."""
    return sort_key(text) if language == "cy" else english_sort_key(text)


def counties_of(pages: Iterable[Any]) -> dict[int, list[Term]]:
    """The counties of pages whose terms have been fetched, by page."""
    found: dict[int, list[Term]] = defaultdict(list)
    for page in pages:
        found[page.pk] = [
            link.term for link in page.page_terms.all() if link.term.kind == TermKind.COUNTY
        ]
    return found


def figures_of(pages: Iterable[Any]) -> dict[int, list[Any]]:
    """The figures that these pages print, in one query."""
    found: dict[int, list[Any]] = defaultdict(list)
    links = PageFigure.objects.filter(page__in=[page.pk for page in pages])
    for link in links.select_related("figure__evidence").order_by("sort_order", "pk"):
        found[link.page_id].append(link.figure)
    return found


def organisations_by_county() -> dict[int, tuple[int, int]]:
    """For each county: how many organisations count there, and how many of these are samples."""
    rows = (
        Organisation.objects.counted()
        .order_by()
        .values_list("county")
        .annotate(number=Count("pk"), samples=Count("pk", filter=Q(is_sample=True)))
    )
    return {county: (number, samples) for county, number, samples in rows}


def patchwork(
    language: str, counts: dict[int, tuple[int, int]], areas: dict[int, list[Term]]
) -> list[dict[str, Any]]:
    """The tiles, north to south as the counties were planted."""
    with_group = {term.pk for terms in areas.values() for term in terms}
    pages = shown_to_readers_of(language, CountyPage.objects.select_related("county", "locale"))
    tiles = []
    for page in pages.order_by("path"):
        number = counts.get(page.county_id, (0, 0))[0]
        state = "group" if page.county_id in with_group else "some" if number else "none"
        name = page.county.name_in(language)
        short = SHORT.get(page.county.key, (name[:3], name[:3]))[language == "cy"]
        tiles.append(
            {
                "short": short,
                "name": name.replace("shire", f"{SOFT_HYPHEN}shire"),
                "count": number,
                "state": state,
                "url": page.url,
            }
        )
    return tiles


def group_row(group: GroupPage, counties: list[Term], language: str) -> dict[str, Any]:
    """A group in the list beside the patchwork: its area, then what it is known for."""
    own = group.locale.language_code
    area = ", ".join(term.name_in(own) for term in counties)
    return {
        **_title(group, language),
        "text": f"{area}. {group.known_for}" if area else group.known_for,
    }


def stream_row(stream: StreamPage, figures: list[Any], language: str) -> dict[str, Any]:
    """A stream with its first figure, where it has one."""
    return {
        **_title(stream, language),
        "seed": stream.seed,
        "number": figures[0].number if figures else "",
        "number_text": figures[0].label if figures else "",
        "text": stream.known_for,
        "sample": stream.is_sample,
    }


def award_rows(awards: Any, language: str, most: int) -> list[dict[str, Any]]:
    """The first awards as the table shows them, each with the organisation's name."""
    order = "organisation__sort_cy" if language == "cy" else "organisation__sort_en"
    rows = []
    found = awards.select_related("organisation__county", "stream").order_by(order, "pk")
    for award in found[:most]:
        name, lang = award.organisation.name_in(language)
        county = award.organisation.county
        rows.append(
            {
                "name": name,
                "lang": lang,
                "stream": award.stream.name_in(language),
                "county": county.name_in(language) if county else "",
                "until": award.expires_on.year,
            }
        )
    return rows


def organisation_rows(organisations: Any, language: str) -> list[dict[str, str]]:
    """Named organisations in the alphabetical order of the language."""
    rows = []
    for row in organisations.order_by("sort_cy" if language == "cy" else "sort_en", "pk"):
        name, lang = row.name_in(language)
        note = row.note_cy if language == "cy" else row.note_en
        rows.append({"name": name, "lang": lang, "kind": row.get_kind_display(), "note": note})
    return rows


def _title(page: Any, language: str) -> dict[str, str]:
    own = page.locale.language_code
    return {"title": page.title, "url": page.url, "lang": own if own != language else ""}


def _directory_url(language: str) -> str:
    page = shown_to_readers_of(language, DirectoryPage.objects.all()).first()
    return page.url if page else ""
