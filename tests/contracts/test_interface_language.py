"""A Welsh page shows no English interface word, and the reverse."""

from functools import cache
from html.parser import HTMLParser

import polib
import pytest
from django.conf import settings
from django.test import Client

from bilingual.models import PairedPage
from tests.contracts.test_every_page import LANGUAGES, TYPES, of_language
from tests.factories.pairs import first_pair

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("standing"),
]
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")


class Words(HTMLParser):
    """Texts and spoken attributes of a page, each with the language that it is marked with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._languages = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self._languages[-1]
        self.found += [(language, values[name] or "") for name in SPOKEN if name in values]
        if tag not in VOID:
            self._languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._languages) > 1:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text:
            self.found.append((self._languages[-1], text))


@cache
def foreign_words(language: str) -> set[str]:
    """Interface texts of the other language that are not also texts of this one."""
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale/site/cy/LC_MESSAGES/django.po"))
    english = {entry.msgid for entry in catalogue}
    welsh = {entry.msgstr for entry in catalogue if entry.msgstr}
    # Names of the languages stand on both faces.
    both = (english & welsh) | {"English", "Cymraeg"}
    return (english if language == "cy" else welsh) - both


def strangers(html: str, language: str) -> list[str]:
    """Interface texts of the other language that are not marked as such."""
    foreign = foreign_words(language)
    return [text for marked, text in Words(html).found if marked == language and text in foreign]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPES)
def test_no_interface_word_of_the_other_language_stands_on_a_page(
    client: Client, model: type[PairedPage], language: str
) -> None:
    page = of_language(first_pair(model), language)
    assert strangers(client.get(page.url).content.decode(), language) == []


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/cy/chwilio/", "cy"),
        ("/en/search/?q=nothing-at-all", "en"),
        ("/cy/chwilio/?q=dim-byd", "cy"),
        ("/cy/dim-yma/", "cy"),
        ("/en/not-here/", "en"),
    ],
)
def test_views_and_errors_speak_one_language_too(client: Client, path: str, language: str) -> None:
    assert strangers(client.get(path).content.decode(), language) == []


def test_the_check_sees_an_english_word_on_a_welsh_page() -> None:
    assert strangers('<html lang="cy"><p>Search</p><p lang="en">Search</p></html>', "cy") == [
        "Search"
    ]
