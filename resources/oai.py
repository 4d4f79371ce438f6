"""OAI-PMH 2.0: library catalogues harvest the resources as Dublin Core, each language a record.

http://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm. The sets are the two languages. There
are no deleted records: a withdrawn resource leaves no trace here.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core import signing
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from bilingual.models import LANGUAGES, is_restricted
from bilingual.switch import OWN_NAMES, absolute
from core.linked_data import PUBLISHER
from resources.exchange import Record, records_of
from resources.models import ResourcePage

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIX = "oai_dc"
AT_ONCE = 50  # records of one answer
SALT = "resources.oai"
TOKEN_AGE = timedelta(days=1)
LONGEST_VALUE = 500
DAY, SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What each verb needs and may have.
ARGUMENTS = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set"}),
}


class OaiError(Exception):
    """An error of the protocol; `code` is one of its own."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


@csrf_exempt  # a harvester's question changes nothing
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one of the six verbs, or an error in the words of the protocol."""
    given = request.POST if request.method == "POST" else request.GET
    root = ET.Element(f"{{{OAI}}}OAI-PMH")
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    _add(root, "responseDate", _stamp(timezone.now()))
    asked = _add(root, "request", absolute(request.path))
    try:
        arguments = _arguments(given)
        for name, value in arguments.items():
            asked.set(name, value)
        verb = arguments.pop("verb")
        answer = ET.Element(f"{{{OAI}}}{verb}")
        ANSWERS[verb](answer, arguments, request)
        root.append(answer)
    except OaiError as error:
        _add(root, "error", str(error)).set("code", error.code)
    for prefix, space in (("", OAI), ("dc", DC), ("oai_dc", OAI_DC), ("xsi", XSI)):
        ET.register_namespace(prefix, space)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _arguments(given: Any) -> dict[str, str]:
    """The arguments, each once and known to its verb.

    Raises:
        OaiError: badVerb or badArgument.
    """
    verbs = given.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", "The verb is missing, repeated or not one of the six.")
    needed, allowed = ARGUMENTS[verbs[0]]
    names = set(given) - {"verb"}
    if "resumptionToken" in names and needed == {"metadataPrefix"}:
        needed, allowed = {"resumptionToken"}, set()
    if any(len(given.getlist(name)) != 1 for name in names) or names - needed - allowed:
        raise OaiError("badArgument", "An argument is repeated or does not belong to this verb.")
    if needed - names:
        raise OaiError("badArgument", f"Missing: {', '.join(sorted(needed - names))}.")
    values = {"verb": verbs[0], **{name: given[name] for name in names}}
    if any(len(value) > LONGEST_VALUE or not value.isprintable() for value in values.values()):
        raise OaiError("badArgument", "A value is too long or holds signs that no value has.")
    return values


def _identify(answer: ET.Element, arguments: dict[str, str], request: HttpRequest) -> None:
    earliest = _records().aggregate(day=Min("last_published_at"))["day"] or timezone.now()
    values = (
        ("repositoryName", " · ".join(PUBLISHER[language] for language in ("cy", "en"))),
        ("baseURL", absolute(request.path)),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.DEFAULT_FROM_EMAIL),
        ("earliestDatestamp", _stamp(earliest)),
        ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )
    for name, value in values:
        _add(answer, name, value)


def _formats(answer: ET.Element, arguments: dict[str, str], request: HttpRequest) -> None:
    if "identifier" in arguments:
        _page_of(arguments["identifier"])
    form = _add(answer, "metadataFormat")
    _add(form, "metadataPrefix", PREFIX)
    _add(form, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    _add(form, "metadataNamespace", OAI_DC)


def _sets(answer: ET.Element, arguments: dict[str, str], request: HttpRequest) -> None:
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", "The list of sets is short and has one part.")
    for language in LANGUAGES:
        row = _add(answer, "set")
        _add(row, "setSpec", language)
        _add(row, "setName", OWN_NAMES[language])


def _get(answer: ET.Element, arguments: dict[str, str], request: HttpRequest) -> None:
    _demand_prefix(arguments["metadataPrefix"])
    page = _page_of(arguments["identifier"])
    _add_records(answer, [page], with_metadata=True)


def _list(answer: ET.Element, arguments: dict[str, str], request: HttpRequest) -> None:
    start = 0
    if "resumptionToken" in arguments:
        arguments, start = _read_token(arguments["resumptionToken"])
    _demand_prefix(arguments["metadataPrefix"])
    pages = _chosen(arguments)
    shown = list(pages[start : start + AT_ONCE + 1])
    if not shown:
        raise OaiError("noRecordsMatch", "No record fits.")
    _add_records(answer, shown[:AT_ONCE], with_metadata=answer.tag.endswith("ListRecords"))
    if len(shown) > AT_ONCE:
        _add(answer, "resumptionToken", signing.dumps([arguments, start + AT_ONCE], salt=SALT))
    elif start:
        _add(answer, "resumptionToken", "")


ANSWERS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}


def _records() -> "QuerySet[ResourcePage]":
    pages = ResourcePage.objects.filter(~is_restricted(), live=True).select_related("locale")
    return pages.order_by("last_published_at", "pk")


def _chosen(arguments: dict[str, str]) -> "QuerySet[ResourcePage]":
    pages = _records()
    start, end = (_moment(arguments.get(name), name) for name in ("from", "until"))
    if "from" in arguments and "until" in arguments:
        if len(arguments["from"]) != len(arguments["until"]):
            raise OaiError("badArgument", "from and until must be of one granularity.")
        if start and end and start > end:
            raise OaiError("badArgument", "from lies after until.")
    if start:
        pages = pages.filter(last_published_at__gte=start)
    if end:
        pages = pages.filter(last_published_at__lt=end)
    if "set" in arguments:
        if arguments["set"] not in LANGUAGES:
            raise OaiError("noRecordsMatch", "There is no such set.")
        pages = pages.filter(locale__language_code=arguments["set"])
    return pages


def _moment(text: str | None, name: str) -> datetime | None:
    """A day or a second of the protocol; `until` includes its whole day or second."""
    if text is None:
        return None
    is_day = bool(DAY.fullmatch(text))
    if not is_day and not SECOND.fullmatch(text):
        raise OaiError("badArgument", f"{name} is no date of the protocol.")
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        step = timedelta(days=1) if is_day else timedelta(seconds=1)
        return moment + step if name == "until" else moment
    except (ValueError, OverflowError):
        raise OaiError("badArgument", f"{name} is no date of the protocol.") from None


def _read_token(token: str) -> tuple[dict[str, str], int]:
    try:
        arguments, start = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
    except signing.BadSignature:
        raise OaiError("badResumptionToken", "The token is unknown or too old.") from None
    return arguments, start


def _demand_prefix(prefix: str) -> None:
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", "The only format is oai_dc.")


def _identifier(page: ResourcePage) -> str:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"oai:{host}:{page.translation_key}/{page.locale.language_code}"


def _page_of(identifier: str) -> ResourcePage:
    found = re.fullmatch(r"oai:[^:]+:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(en|cy)",
                         identifier)  # fmt: skip
    page = None
    if found:
        pages = _records().filter(translation_key=found[1], locale__language_code=found[2])
        page = pages.first()
    if page is None or _identifier(page) != identifier:
        raise OaiError("idDoesNotExist", "There is no record of this identifier.")
    return page


def _add_records(answer: ET.Element, pages: list[ResourcePage], with_metadata: bool) -> None:
    records: dict[int, Record] = {}
    for language in LANGUAGES:
        with translation.override(language):
            own = [page for page in pages if page.locale.language_code == language]
            records.update({record.page.pk: record for record in records_of(own, language)})
    for page in pages:
        parent = _add(answer, "record") if with_metadata else answer
        header = _add(parent, "header")
        _add(header, "identifier", _identifier(page))
        _add(header, "datestamp", _stamp(records[page.pk].changed))
        _add(header, "setSpec", page.locale.language_code)
        if with_metadata:
            _add_dublin_core(_add(parent, "metadata"), records[page.pk])


def _add_dublin_core(parent: ET.Element, record: Record) -> None:
    core = ET.SubElement(parent, f"{{{OAI_DC}}}dc")
    core.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    values = [
        ("title", record.page.title),
        *(("subject", topic) for topic in record.topics),
        ("description", record.page.summary),
        ("publisher", PUBLISHER[record.language]),
        ("date", _stamp(record.changed)[:10]),
        ("type", record.kind),
        *(("format", name) for name in record.formats),
        ("identifier", record.address),
        *(("relation", address) for address in record.files),
        ("language", record.language),
        ("rights", record.licence),
    ]
    for name, value in values:
        if value:
            ET.SubElement(core, f"{{{DC}}}{name}").text = value


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{OAI}}}{name}")
    element.text = text
    return element


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
