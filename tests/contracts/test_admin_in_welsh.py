"""Signed in with Welsh as preferred language, no screen of the admin shows an English string."""

import json
import re
from collections import deque
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.template import Template
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils import translation
from PIL import Image as Pillow
from wagtail.models import Page, Workflow
from wagtail.users.models import UserProfile

from accounts.models import User
from core.terms import Term
from files.models import Document, Image
from tests.contracts.admin_words import AdminWords, english_among, strings_in
from tests.factories.pairs import make_pair, page_types

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Answers that are no screen, pages in the language of the page, and the way out.
NO_SCREENS = (
    "/admin/jsi18n", "/admin/sprite", "/admin/logout", "/admin/localize/", "/accounts/logout",
    "/admin/password_reset", "/admin/failwhale",
)  # fmt: skip
NO_VIEWS = {"view_draft", "preview_on_edit", "preview_on_add", "revisions_view", "unlock", "lock"}
ONE_PAGE = (
    "edit", "delete", "unpublish", "copy", "move", "history", "usage", "workflow_history",
    "add_subpage", "set_privacy",
)  # fmt: skip
ACCOUNT = (
    "account_change_password", "account_reset_password", "account_email", "account_reauthenticate",
    "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_inactive",
    "account_reset_password_done", "account_signup",
)  # fmt: skip
FEWEST_SCREENS = 150
# Wagtail 8.0.1 says these in English whatever the language; only administrators meet them.
# Permissions are stored in English; the rest is labels built from field names or translated
# once when a class is made. A text that is no longer met has to be taken off.
UPSTREAM = {
    # groups
    "Add", "Edit", "Delete", "Choose", "Collection", "Locale",
    "Add collections", "Edit collections", "Delete collections",
    "Add/edit images you own", "Edit any image", "Select images in choosers",
    "Craidd Wagtail | tudalen | Delete pages with children",
    "Craidd Wagtail | tudalen | Lock/unlock pages you've locked",
    # redirects, workflows
    "Type", "Task type", "All", "Permanent", "Temporary", "Page",
    # an ageing page that nobody published by hand
    "None",
}  # fmt: skip


@pytest.fixture
def editor(client: Client, site_trees: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A superuser who reads Welsh, with one thing of every kind in the site."""
    # Django's tests keep a copy of what each template was given; nobody asks for it here.
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
    user = User.objects.create_superuser("golygydd@example.org", "x", first_name="Gwen")
    UserProfile.objects.create(user=user, preferred_language="cy")
    for model in page_types():
        make_pair(model)
    picture = BytesIO()
    Pillow.new("RGB", (40, 30)).save(picture, "PNG")
    with translation.override("cy"):
        Image.objects.create(
            title="Llun", file=ContentFile(picture.getvalue(), "llun.png"), is_decorative=True
        )
        Document.objects.create(title="Dogfen", file=ContentFile(b"Testun", "dogfen.txt"))
    client.force_login(user, backend=BACKEND)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "cy"
    client.raise_request_exception = False
    return client


def without_arguments(resolver: Any, prefix: str = "") -> Iterator[str]:
    """Addresses of the admin that need no argument."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).replace("^", "").replace("$", "")
        if "<" in route or "(" in route or "\\" in route:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from without_arguments(pattern, route)
        elif route.startswith("admin/"):
            yield "/" + route


def first_addresses() -> Iterator[str]:
    """Where the walk starts: what no link of another screen leads to."""
    yield from ("/admin/", "/accounts/login/")
    yield from without_arguments(get_resolver())
    for name in ACCOUNT:
        yield reverse(name)
    for model in page_types():
        page = model.objects.filter(locale__language_code="cy").first()
        assert page is not None
        for view in ONE_PAGE:
            yield reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
        for child in page.specific.creatable_subpage_models():
            meta = child._meta
            yield reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, page.pk])
    for workflow in Workflow.objects.all():
        yield reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
        yield reverse("wagtailadmin_workflows:usage", args=[workflow.pk])


def kind_of(path: str) -> tuple[Any, ...] | None:
    """What makes a screen another one: its view, and the type of the page it is about."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name is None or match.url_name.removeprefix("wagtailadmin_") in NO_VIEWS:
        return None
    about: Any = ""
    if match.view_name in ("wagtailadmin_pages:edit", "wagtailadmin_pages:add_subpage"):
        about = Page.objects.get(pk=next(iter(match.kwargs.values()))).specific_class
    elif match.view_name == "wagtailadmin_pages:add":
        about = tuple(match.kwargs.values())[1]
    return match.view_name, about


def texts_and_links(answer: Any) -> tuple[set[str], list[str]]:
    """What a person reads in an answer, and the addresses it leads to."""
    if answer.streaming:  # a file
        return set(), []
    body = answer.content.decode(errors="replace")
    kind = answer.get("Content-Type", "")
    if kind.startswith("application/json"):
        strings = list(strings_in(json.loads(body)))
        texts = {text for s in strings for text in (AdminWords(s).found if "<" in s else ())}
        return texts, []
    if not kind.startswith("text/html"):
        return set(), []
    texts = AdminWords(body).found
    links = re.findall(r'(?:href|action|src)="(/[^"#]+)"', body)
    return texts, [*links, *(text for text in texts if text.startswith("/"))]


def written_names() -> set[str]:
    """What editors wrote in English, which a Welsh reader of the admin sees as it is."""
    return {
        *Page.objects.values_list("title", flat=True),
        *(page.summary for model in page_types() for page in model.objects.exclude(summary="")),
        *Term.objects.values_list("name_en", flat=True),
    }


def walk(client: Client) -> tuple[list[str], dict[str, str]]:
    """Open every kind of screen once; return the addresses and each English text with its place."""
    waiting = deque(first_addresses())
    names = written_names()
    seen: set[Any] = set()
    read: set[str] = set()
    opened, strangers = [], {}
    while waiting:
        path = urlsplit(waiting.popleft()).path
        if not path.startswith(("/admin/", "/accounts/")) or path.startswith(NO_SCREENS):
            continue
        kind = kind_of(path)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer = client.get(path)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
            continue
        if answer.status_code != 200:
            assert answer.status_code < 500, path
            continue
        texts, links = texts_and_links(answer)
        opened.append(path)
        waiting.extend(links)
        for text in english_among(texts - read, names):
            strangers[text] = path
        read |= texts
    return opened, strangers


@pytest.mark.xdist_group("screens of the admin")  # half a minute: not to be begun last
def test_no_screen_of_the_admin_shows_an_english_string(editor: Client) -> None:
    opened, strangers = walk(editor)
    assert {text: path for text, path in strangers.items() if text not in UPSTREAM} == {}
    assert UPSTREAM - set(strangers) == set()
    assert len(opened) >= FEWEST_SCREENS, len(opened)


@pytest.mark.parametrize(
    "screen",
    [
        "<p>Dashboard</p>",
        "<nav aria-label='Dashboard'></nav>",
        """<div data-w-menu-value='{"label": "Dashboard"}'></div>""",
        """<script type="application/json">{"_args": [["Dashboard"]]}</script>""",
        "<p>Welcome to the place where you write</p>",
        "<p>Workflow 'Cymraeg' created.</p>",
        "<h1>Editing <span>Straeon</span> by hand, please</h1>",
    ],
)
def test_an_english_string_is_seen_wherever_it_stands(screen: str) -> None:
    assert english_among(AdminWords(screen).found, set())


@pytest.mark.parametrize(
    "screen",
    [
        "<p>Dangosfwrdd</p>",
        "<script>var text = 'Dashboard';</script>",
        """<div data-value='{"name": "Dashboard", "icon": "home"}'></div>""",
        "<p>Golygu ‘Near you’</p>",
    ],
)
def test_welsh_and_what_no_one_reads_and_names_are_let_through(screen: str) -> None:
    assert english_among(AdminWords(screen).found, {"Near you"}) == set()
