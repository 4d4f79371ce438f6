"""Components of the library, the facts, the events and the network, and the notices."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tests.gallery.samples import samples

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "use", "path", "rect"}


def cases(language: str) -> dict[str, dict[str, Any]]:
    """Return inputs for every component of this file, in `language`."""
    whole = samples(language)
    fact, photo, plan, event = whole["fact"], whole["photo"], whole["plan"], whole["event"]
    entry, facets = whole["entries"][0], whole["facets"]
    return {
        "access_list": {"items": whole["access"]},
        "alert": whole["alert"],
        "atlas": {"counties": whole["counties"], "sample": True},
        "awards_table": {"rows": whole["awards"]},
        "button": {"url": "#", "text": event["title"], "kind": "quiet"},
        "chips": {"chips": whole["chips"], "clear_url": "#"},
        "claim": {"text": fact["claim"], "verdict": fact["verdict"]},
        "corrections": {"corrections": whole["corrections"]},
        "date_tile": {"starts": event["starts"], "size": "huge"},
        "downloads": {"languages": whole["languages"], "documents": whole["documents"]},
        "event_row": event | {"url": "#"},
        "exit": {},
        "facet": facets["groups"][0],
        "facets": facets | {"active": 2},
        "fact_again": {"text": fact["again"], "seed": "seed"},
        "fact_row": whole["fact_rows"][0] | {"url": "#"},
        "fact_slice": fact | {"seed": "seed", "sources_count": 2},
        "file_link": {"url": "#", "format": "PDF", "size": "1 MB"},
        "formats": {"versions": entry["versions"]},
        "groups": {"groups": whole["groups"]},
        "language_note": {"original_url": "#"},
        "letters": {"letters": whole["letters"]},
        "licence": whole["licence"] | {"licence": "CC BY-NC-SA 4.0"},
        "limits": {"text": fact["limits"]},
        "members": {"organisations": whole["members"], "unnamed": 2},
        "notice": whole["notice"] | {"id": "note", "sample": True},
        "outcomes": {"items": whole["outcomes"]},
        "pack_add_all": {"url": "#"},
        "pack_bar": {"count": 2, "size": "3.1 MB", "url": "#"},
        "pack_button": entry["pack"] | {"title": entry["title"]},
        "pack_form": {
            "languages": whole["pack_languages"],
            "files": whole["pack_files"],
            "size": "3.1 MB",
            "sample": True,
        },
        "photo": photo | {"seed": "seed"},
        "photo_cover": photo | {"seed": "seed", "picture": photo["cover_picture"]},
        "planner": plan | {"end_at": "2:00", "sample": True},
        "pull_quote": whole["quote"],
        "ref": {"number": 1, "first": True},
        "resource_entry": entry | {"url": "#"},
        "session_plan": {"steps": plan["steps"], "end_at": "2:00"},
        "sessions": {"sessions": whole["sessions"]},
        "share_kit": {"kits": whole["kits"]},
        "sources": {"sources": fact["sources"], "report": True, "sample": True},
        "specimen_cloths": {"cloths": whole["cloths"]},
        "specimen_type": {"line": event["title"]},
        "streams": {"streams": whole["streams"]},
        "tongues": {"items": whole["tongues"]},
        "versions": {"versions": whole["resource_versions"], "sample": True},
    }


NAMES = sorted(cases("en"))
LANGUAGES = ["en", "cy"]


def rendered(name: str, language: str, **inputs: Any) -> str:
    """Return the HTML of one component with the sample inputs, changed by `inputs`."""
    with translation.override(language):
        return render_to_string(f"components/{name}.html", cases(language)[name] | inputs)


class Runs(HTMLParser):
    """Collects every run of text and every accessible name with the language it stands in."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.languages = [language]
        self.runs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element and note the names it carries."""
        attributes = dict(attrs)
        language = attributes.get("lang") or self.languages[-1]
        for key in ("aria-label", "alt", "title", "placeholder"):
            if attributes.get(key):
                self.runs.append((language, str(attributes[key]).strip()))
        if tag not in VOID:
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in VOID:
            self.languages.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element closed at once (SVG) holds no text."""

    def handle_data(self, data: str) -> None:
        """Note a run of text."""
        if data.strip():
            self.runs.append((self.languages[-1], data.strip()))


def interface_strings() -> set[str]:
    """Return every plain English string that the templates of these components translate."""
    found: set[str] = set()
    for name in NAMES:
        source = (COMPONENTS / f"{name}.html").read_text(encoding="utf-8")
        found |= set(re.findall(r'\{% translate "(.*?)"', source))
    return found


def texts_in(html: str, page: str, language: str) -> list[str]:
    """Return the runs of `html`, on a page in `page`, that are marked as `language`."""
    runs = Runs(page)
    runs.feed(html)
    return [text for marked, text in runs.runs if marked == language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_component_renders_without_inline_style_or_script(name: str, language: str) -> None:
    html = rendered(name, language)
    assert html.strip()
    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)


@pytest.mark.parametrize("name", NAMES)
def test_a_component_closes_what_it_opens(name: str) -> None:
    runs = Runs("en")
    runs.feed(rendered(name, "en"))
    assert runs.languages == ["en"]


@pytest.mark.parametrize("name", NAMES)
def test_a_component_states_its_inputs_first(name: str) -> None:
    source = (COMPONENTS / f"{name}.html").read_text(encoding="utf-8")
    before_markup = source.split("<", 1)[0]
    assert "{% comment %}" in before_markup or "{#" in before_markup


@pytest.mark.parametrize("name", NAMES)
def test_the_welsh_face_holds_no_english_interface_string(name: str) -> None:
    welsh_runs = texts_in(rendered(name, "cy"), "cy", "cy")
    assert not interface_strings() & {run.strip(" :") for run in welsh_runs}
    assert not interface_strings() & set(welsh_runs)


@pytest.mark.parametrize("name", NAMES)
def test_the_english_face_holds_no_welsh_interface_string(name: str) -> None:
    with translation.override("cy"):
        welsh = {gettext(text) for text in interface_strings()} - interface_strings()
    assert not welsh & set(texts_in(rendered(name, "en"), "en", "en"))


def test_the_check_of_languages_sees_an_unmarked_foreign_string() -> None:
    assert "Remove" in texts_in('<p><span lang="cy">Tynnu</span> Remove</p>', "en", "en")
    assert "Remove" not in texts_in('<p lang="cy">Remove</p>', "en", "en")


def test_every_interface_string_has_its_welsh() -> None:
    with translation.override("cy"):
        untranslated = {text for text in interface_strings() if gettext(text) == text}
    assert not untranslated


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 funud"), (2, "2 funud"), (3, "3 munud"), (6, "6 munud"), (40, "40 munud")],
)
def test_minutes_of_a_step_mutate_in_welsh(minutes: int, words: str) -> None:
    step = samples("cy")["plan"]["steps"][0] | {"minutes": minutes}
    assert f"Gyda’n gilydd, {words}<" in rendered("session_plan", "cy", steps=[step])


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 resources, "), (1, "1 resource, "), (2, "2 resources, ")]
)
def test_the_pack_counts_its_resources(count: int, words: str) -> None:
    assert f"<p>{words}3.1 MB</p>" in rendered("pack_bar", "en", count=count)
    assert f"<p>{count} adnodd, 3.1 MB</p>" in rendered("pack_bar", "cy", count=count)


def test_the_page_language_comes_first_in_downloads_and_share_kit() -> None:
    for language, other in (("en", "cy"), ("cy", "en")):
        for name, mark in (
            ("downloads", '<th scope="col" lang="{}">'),
            ("share_kit", 'class="kit__lang" lang="{}"'),
            ("formats", '<dt lang="{}">'),
        ):
            html = rendered(name, language)
            assert html.index(mark.format(language)) < html.index(mark.format(other))


def test_a_missing_download_is_said_in_words_in_both_languages() -> None:
    assert "Not yet in Welsh" in rendered("downloads", "en")
    assert "Not yet in English" in rendered("downloads", "en")
    assert "Ddim yn Gymraeg eto" in rendered("downloads", "cy")
    assert "Ddim yn Saesneg eto" in rendered("downloads", "cy")
    assert not re.search(r"</span>\s*</td>", rendered("downloads", "cy"))


def test_each_half_of_the_share_kit_speaks_its_own_language() -> None:
    for language in LANGUAGES:
        html = rendered("share_kit", language)
        assert "Text to share" in texts_in(html, language, "en")
        assert "Testun i’w rannu" in texts_in(html, language, "cy")


def test_the_claim_is_in_no_part_of_the_share_kit() -> None:
    for language in LANGUAGES:
        claim = samples(language)["fact_rows"][0]["claim"].rstrip(".")
        assert claim not in rendered("share_kit", language)


def test_the_claim_is_no_heading_and_no_link() -> None:
    for name in ("claim", "fact_row"):
        html = rendered(name, "en")
        claim = "Local people will always be against asylum accommodation."
        assert claim in html
        for part in re.findall(r"<(?:h[1-6]|a)\b.*?</(?:h[1-6]|a)>", html, re.DOTALL):
            assert claim not in part


def test_the_quick_exit_leaves_no_referrer_and_needs_no_script() -> None:
    assert 'rel="nofollow noreferrer"' in rendered("exit", "cy")


def test_a_quotation_in_the_other_language_is_marked() -> None:
    assert '<p lang="en">The most effective way' in rendered("pull_quote", "cy")
    assert "<p>The most effective way" in rendered("pull_quote", "en")


def test_the_language_note_speaks_the_reader_s_language_inside_the_other_one() -> None:
    with translation.override("en"):
        html = render_to_string("components/language_note.html", {"language": "cy"})
    assert 'lang="cy"' in html
    assert "Nid yw’r dudalen hon ar gael yn Gymraeg eto. Dyma’r fersiwn Saesneg." in html


def test_each_pack_button_names_its_resource() -> None:
    title = samples("cy")["entries"][0]["title"]
    assert f'<span class="vh"> {title}</span>' in rendered("pack_button", "cy")
    added = rendered("pack_button", "cy", in_pack=False)
    assert f'<span class="vh">: {title}</span>' in added


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_patchwork_holds_all_22_counties_and_says_what_each_number_counts(
    language: str,
) -> None:
    html = rendered("atlas", language)
    assert html.count('class="atlas__tile ') == 22
    unit = "organisations?" if language == "en" else "(?:o sefydliadau|sefydliad)"
    assert len(re.findall(rf'<span class="vh"> {unit}</span>', html)) == 22


def test_months_and_weekdays_on_tiles_are_in_the_language_of_the_page() -> None:
    assert ">Rhagfyr<" in rendered("date_tile", "cy")
    assert ">Sad<" in rendered("date_tile", "cy", size="large")
    assert ">Rhag<" in rendered("date_tile", "cy", size="")


MONTHS = [
    ("Ionawr", "Ion"),
    ("Chwefror", "Chwef"),
    ("Mawrth", "Maw"),
    ("Ebrill", "Ebr"),
    ("Mai", "Mai"),
    ("Mehefin", "Meh"),
    ("Gorffennaf", "Gorff"),
    ("Awst", "Awst"),
    ("Medi", "Medi"),
    ("Hydref", "Hyd"),
    ("Tachwedd", "Tach"),
    ("Rhagfyr", "Rhag"),
]


@pytest.mark.parametrize(("number", "names"), enumerate(MONTHS, start=1))
def test_months_on_tiles_have_the_names_of_the_house(number: int, names: tuple[str, str]) -> None:
    starts = samples("cy")["event"]["starts"].replace(month=number)
    assert f'month">{names[0]}<' in rendered("date_tile", "cy", starts=starts)
    assert f'month">{names[1]}<' in rendered("date_tile", "cy", starts=starts, size="")


DAYS = ["Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"]


@pytest.mark.parametrize(("day", "name"), enumerate(DAYS, start=7))
def test_weekdays_on_tiles_have_the_names_of_the_house(day: int, name: str) -> None:
    starts = samples("cy")["event"]["starts"].replace(day=day)
    assert f'month">{name}<' in rendered("date_tile", "cy", starts=starts, size="large")


def test_nothing_is_written_about_filters_when_none_is_on() -> None:
    assert rendered("chips", "en", chips=[]).strip() == ""
    assert 'class="count"' not in rendered("facets", "en", active=0)


def test_a_count_of_nought_is_shown_beside_its_filter() -> None:
    assert '<span class="tick__n">0</span>' in rendered("facets", "en")


NAMES_OF_PRODUCTS = {"WhatsApp"}


def words_outside_translation(source: str) -> list[str]:
    """Return the words a template writes itself, as text or as an accessible name."""
    for block in ("comment", "blocktranslate"):
        source = re.sub(rf"{{% {block}\b.*?{{% end{block} %}}", "", source, flags=re.DOTALL)
    source = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
    names = re.findall(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"', source)
    text = re.sub(r"<[^>]*>", " ", source) + " ".join(names)
    return re.findall(r"[^\W\d_]{2,}", text)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "specimen_type"])
def test_a_component_writes_no_word_that_is_not_translated(name: str) -> None:
    source = (COMPONENTS / f"{name}.html").read_text(encoding="utf-8")
    assert set(words_outside_translation(source)) <= NAMES_OF_PRODUCTS


def test_the_check_of_words_sees_text_and_accessible_names() -> None:
    assert words_outside_translation('<a aria-label="Go">{{ x }}</a>') == ["Go"]
    assert words_outside_translation('<p>{% translate "Go" %} on</p>') == ["on"]


# Names that only say what a part is, or that scripts and tests may hold on to.
UNPAINTED = {"claim__text", "date-row__body", "near__groups", "near__map"}


def test_every_class_of_a_component_is_painted_by_a_style_sheet() -> None:
    sheets = (Path(settings.BASE_DIR) / "static" / "css").rglob("*.css")
    styles = "".join(path.read_text(encoding="utf-8") for path in sheets)
    painted = set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))
    used = {
        word
        for name, language in product(NAMES, LANGUAGES)
        for names in re.findall(r'\sclass="([^"]*)"', rendered(name, language))
        for word in names.split()
    }
    assert used - painted == UNPAINTED


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_shows_every_component_in_one_page(client: Any, language: str) -> None:
    with translation.override(language):
        address = reverse("gallery:components")
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert "style=" not in html
    identifiers = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(identifiers) == sorted(set(identifiers))
    assert ("Cydrannau" if language == "cy" else "Components") in html
