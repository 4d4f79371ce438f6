"""What machines read: JSON-LD, the table, the feed, OAI-PMH."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from core.models import PageTerm
from core.spreadsheets import safe_cell
from core.terms import Term
from resources import oai
from resources.models import ResourcePage, ResourceVersion
from tests.factories.pairs import make_pair
from tests.resources.material import resource

pytestmark = pytest.mark.django_db
OAI, DC = f"{{{oai.OAI}}}", f"{{{oai.DC}}}"
# Properties and types used, looked up at schema.org (LearningResource, CreativeWork, MediaObject).
SCHEMA_ORG = {
    "LearningResource": {
        "url", "name", "description", "inLanguage", "learningResourceType", "educationalLevel",
        "timeRequired", "typicalAgeRange", "teaches", "about", "audience", "educationalAlignment",
        "isBasedOn", "license", "isAccessibleForFree", "version", "dateModified", "publisher",
        "encoding", "workTranslation",
    },
    "EducationalAudience": {"educationalRole"},
    "AlignmentObject": {"alignmentType", "targetName", "targetUrl"},
    "CreativeWork": {"name"},
    "Thing": {"name"},
    "Organization": {"name"},
    "MediaObject": {"name", "contentUrl", "encodingFormat", "inLanguage"},
}  # fmt: skip


def linked_data(client: Client, page: Any) -> dict[str, Any]:
    html = client.get(page.url).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    return dict(json.loads(found[1]))


def unknown_terms(node: Any) -> set[str]:
    if isinstance(node, list):
        return {term for part in node for term in unknown_terms(part)}
    if not isinstance(node, dict):
        return set()
    own = {name for name in node if not name.startswith("@")}
    known = SCHEMA_ORG.get(node.get("@type", ""), set())
    return (own - known) | {term for part in node.values() for term in unknown_terms(part)}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_resource_says_what_it_is_in_terms_of_schema_org(client: Client, language: str) -> None:
    pair = make_pair(ResourcePage, minutes=30, age_from=16, outcomes="listen first")
    page = next(page for page in pair if page.locale.language_code == language)
    twin = next(other for other in pair if other is not page)
    data = linked_data(client, page)
    assert unknown_terms(data) == set()
    assert data["@type"] == "LearningResource"
    assert (data["name"], data["inLanguage"]) == (page.title, language)
    assert (data["timeRequired"], data["typicalAgeRange"]) == ("PT30M", "16-")
    assert data["workTranslation"]["@id"].endswith(twin.url)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_whole_resource_is_written_as_the_golden_file_says(client: Client, language: str) -> None:
    """Addresses of pages and files hold numbers of their own; the rest is equal byte for byte."""
    pair = resource(
        age_from=16, age_to=25, outcomes="listen first", level="some",
        curriculum=json.dumps([{"type": "link", "value": {
            "name_en": "Humanities", "name_cy": "Dyniaethau", "address": "https://hwb.gov.wales/"}}]),
        third_party=json.dumps([{"type": "asset", "value": {
            "what_en": "A photograph", "what_cy": "Ffotograff", "maker": "A. Maker",
            "licence": "CC BY 4.0", "address": ""}}]),
        page_terms=lambda: [
            PageTerm(term=Term.objects.get(kind=kind, key=key))
            for kind, key in (("topic", "misinformation"), ("audience", "volunteers"))
        ],
        versions=lambda: [ResourceVersion(
            number=1, date=date(2026, 6, 2), changed_en="First.", changed_cy="Cyntaf.")],
    )  # fmt: skip
    data = linked_data(client, pair.side(language))
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    text = re.sub(r"/documents/\d+/[^\"]+", "/documents/N/", text)
    text = re.sub(r"-[0-9]+/", "-N/", text)
    golden = Path(__file__).parent / "golden" / f"learning_resource.{language}.json"
    assert unknown_terms(data) == set()
    assert text == golden.read_text(encoding="utf-8")


def test_a_title_cannot_leave_the_script_element(client: Client) -> None:
    page = make_pair(ResourcePage, title="</script><script>alert(1)</script>")[0]
    assert "<script>alert" not in client.get(page.url).content.decode()
    assert linked_data(client, page)["name"] == page.title


@pytest.mark.parametrize(
    ("path", "header"),
    [("/en/resources/csv/", "Title"), ("/cy/adnoddau/csv/", "Teitl")],
)
def test_the_table_holds_every_resource_and_runs_no_formula(
    client: Client, path: str, header: str
) -> None:
    make_pair(ResourcePage, title="=1+1")
    response = client.get(path)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == header
    assert rows[1][0] == "'=1+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_text(start: str) -> None:
    assert safe_cell(f"{start}cmd") == f"'{start}cmd"


@pytest.mark.parametrize("path", ["/en/resources/atom/", "/cy/adnoddau/atom/"])
def test_the_feed_names_new_resources_in_its_language(client: Client, path: str) -> None:
    pair = make_pair(ResourcePage)
    response = client.get(path)
    assert response.status_code == 200, response.content[:400]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    titles = [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    own = next(page for page in pair if page.locale.language_code == path[1:3])
    assert titles[1:] == [own.title]


def ask(client: Client, **arguments: str) -> ET.Element:
    response = client.get("/oai", arguments)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def error_of(answer: ET.Element) -> str:
    found = answer.find(f"{OAI}error")
    return "" if found is None else found.get("code", "")


def test_oai_answers_its_six_verbs(client: Client) -> None:
    make_pair(ResourcePage)
    for verb in ("Identify", "ListMetadataFormats", "ListSets"):
        answer = ask(client, verb=verb)
        assert answer.find(f"{OAI}{verb}") is not None, ET.tostring(answer)
    listed = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    identifiers = [str(node.text) for node in listed.iter(f"{OAI}identifier")]
    assert len(identifiers) == 2
    records = ask(client, verb="ListRecords", metadataPrefix="oai_dc", set="cy")
    assert [node.text for node in records.iter(f"{DC}language")] == ["cy"]
    record = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifiers[0])
    assert record.find(f".//{DC}title") is not None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Steal"}, "badVerb"),
        ({"verb": "Identify", "set": "cy"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "de"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "gestern"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-13-40"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31"}, ""),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2001-01-01"},
         "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "x"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_oai_says_what_is_wrong_in_its_own_words(
    client: Client, arguments: dict[str, str], code: str
) -> None:
    make_pair(ResourcePage)
    if arguments.get("until") == "9999-12-31":
        assert error_of(ask(client, **arguments)) in ("", "badArgument")
    else:
        assert error_of(ask(client, **arguments)) == code


def test_a_long_list_comes_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oai, "AT_ONCE", 3)
    for _ in range(2):
        make_pair(ResourcePage)
    first = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    token = first.find(f".//{OAI}resumptionToken")
    assert token is not None and token.text
    second = ask(client, verb="ListRecords", resumptionToken=token.text)
    seen = [node.text for part in (first, second) for node in part.iter(f"{OAI}identifier")]
    assert len(seen) == len(set(seen)) == 4
    assert [node.text for node in second.iter(f"{OAI}resumptionToken")] == [None]
