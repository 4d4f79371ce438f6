"""Both languages in one form: nothing lost, nothing public alone, errors where they belong."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from bilingual import pairs
from bilingual.models import LanguageException
from core.terms import Term
from home.models import StandardPage
from tests.bilingual.conftest import BODY, is_live, member, new_page
from tests.factories.pairs import is_planted, label_of, make_pair, page_types, parents_for

TITLES = {"en": "A place to sleep", "cy": "Lle i gysgu"}


def rich(text: str) -> str:
    """What the rich text editor posts for one paragraph."""
    return json.dumps(
        {
            "blocks": [
                {"key": "a1b2c", "text": text, "type": "unstyled", "depth": 0,
                 "inlineStyleRanges": [], "entityRanges": []}
            ],
            "entityMap": {},
        }
    )  # fmt: skip


def blocks(language: str, *paragraphs: tuple[str, str]) -> dict[str, str]:
    """Paragraph blocks as (id, text)."""
    posted = {f"{language}-body-count": str(len(paragraphs))}
    for number, (key, text) in enumerate(paragraphs):
        posted |= {
            f"{language}-body-{number}-deleted": "",
            f"{language}-body-{number}-order": str(number),
            f"{language}-body-{number}-type": "paragraph",
            f"{language}-body-{number}-id": key,
            f"{language}-body-{number}-value": rich(text),
        }
    return posted


def rows(relation: str, *values: dict[str, Any]) -> dict[str, str]:
    posted = {
        f"both-{relation}-TOTAL_FORMS": str(len(values)),
        f"both-{relation}-INITIAL_FORMS": "0",
        f"both-{relation}-MIN_NUM_FORMS": "0",
        f"both-{relation}-MAX_NUM_FORMS": "1000",
    }
    for number, value in enumerate(values):
        for name, content in {"id": "", "ORDER": number + 1, "DELETE": "", **value}.items():
            posted[f"both-{relation}-{number}-{name}"] = str(content)
    return posted


def filled(press: str, pair: Any = None, **values: str) -> dict[str, str]:
    """The whole form of a standing page, with equal blocks in both languages."""
    key = str(uuid.uuid4())
    posted = {"press": press, "ahead-reason": "", "ahead-due_on": "2026-12-01"}
    for language in ("en", "cy"):
        posted |= {f"{language}-title": TITLES[language], f"{language}-summary": BODY[language]}
        for name in ("seo_title", "search_description", "social_text", "caption"):
            posted[f"{language}-{name}"] = ""
        posted |= blocks(language, (key, BODY[language] + "."))
        if pair is not None:
            side = Page.objects.get(pk=pair.side(language).pk)
            posted[f"opened-{language}"] = str(side.latest_revision_id or "")
            posted[f"{language}-slug"] = side.slug
    for name in ("image", "cloth_seed", "review_date", "go_live_at", "expire_at"):
        posted[f"both-{name}"] = ""
    posted["both-authored_in"] = "en"
    posted |= rows("page_terms") | rows("related_pages") | rows("corrections")
    return {**posted, **values}


@pytest.fixture
def browser(client: Any, administrator: Any) -> Any:
    client.force_login(administrator)
    return client


@pytest.fixture
def empty(homes: dict[str, Any]) -> str:
    return reverse("compose_new_pair", args=["home", "standardpage", homes["en"].pk])


def address(pair: Any) -> str:
    return reverse("compose_pair", args=[pair.en.translation_key])


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def stored_draft(page: Any) -> Any:
    return pairs.latest_draft(StandardPage.objects.get(pk=page.pk))


def made() -> pairs.Pair:
    return pairs.pair_of(StandardPage.objects.filter(draft_title__in=TITLES.values())[0])


def test_one_press_makes_a_pair_and_publishes_both(browser, empty) -> None:
    answer = browser.post(empty, filled("publish"), follow=True)
    assert "is public in both languages" in said(answer)
    pair = made()
    assert is_live(pair) == (True, True)
    assert (pair.en.slug, pair.cy.slug) == ("a-place-to-sleep", "lle-i-gysgu")
    assert [b.id for b in pair.en.body] == [b.id for b in pair.cy.body]


def test_the_editors_own_language_comes_first(browser, empty, administrator) -> None:
    profile = UserProfile.get_for_user(administrator)
    profile.preferred_language = "cy"
    profile.save()
    columns = browser.get(empty).context["columns"]
    assert [column["language"] for column in columns] == ["cy", "en"]
    browser.post(empty, filled("save", **{"both-authored_in": "cy"}))
    assert made().en.authored_in == "cy"


def test_a_new_page_starts_with_equal_blocks(browser, empty) -> None:
    drafts = browser.get(empty).context["composer"].drafts
    assert [b.id for b in drafts["en"].body] == [b.id for b in drafts["cy"].body] != []


def test_half_a_draft_is_saved_without_the_other_title(browser, empty) -> None:
    browser.post(empty, filled("save", **{"cy-title": "", "cy-summary": ""}))
    pair = made()
    assert stored_draft(pair.cy).title == ""
    assert is_live(pair) == (False, False)
    answer = browser.post(address(pair), filled("publish", pair, **{"cy-title": ""}))
    assert "title" in answer.context["columns"][1]["form"].errors
    assert is_live(pair) == (False, False)


def test_what_is_missing_stands_beside_its_field_and_the_drafts_are_saved(browser, empty) -> None:
    answer = browser.post(empty, filled("publish", **{"cy-summary": ""}))
    assert answer.status_code == 200
    columns = {column["language"]: column for column in answer.context["columns"]}
    assert "empty on the Welsh page" in str(columns["cy"]["form"].errors["summary"])
    assert not columns["en"]["form"].errors
    assert "“Summary” is empty" in answer.content.decode()
    pair = made()
    assert is_live(pair) == (False, False)
    assert stored_draft(pair.en).summary == BODY["en"]


def test_nothing_is_saved_without_any_title(browser, empty) -> None:
    answer = browser.post(empty, filled("save", **{"en-title": "", "cy-title": ""}))
    assert "write a title" in said(answer)
    assert BODY["cy"] in answer.content.decode()


def test_the_same_form_sent_twice_makes_one_pair(browser, empty) -> None:
    form = filled("save", key=str(uuid.uuid4()))
    for _press in range(2):
        assert browser.post(empty, form).status_code == 302
    assert StandardPage.objects.filter(title=TITLES["en"]).count() == 1


def test_saving_twice_neither_doubles_rows_nor_adds_a_version(browser, empty) -> None:
    term = Term.objects.first()
    with_term = rows("page_terms", {"term": term.pk})
    browser.post(empty, filled("publish", **with_term))
    pair = made()
    before = pair.en.revisions.count()
    key = pair.en.body[0].id
    again = filled("save", pair, **with_term)
    again |= blocks("en", (key, BODY["en"] + ".")) | blocks("cy", (key, BODY["cy"] + "."))
    for _press in range(2):
        browser.post(address(pair), again)
    assert pair.en.revisions.count() == before
    assert [row.term_id for row in stored_draft(pair.cy).page_terms.all()] == [term.pk]


def test_shared_fields_are_chosen_once(browser, empty) -> None:
    browser.post(empty, filled("publish", **{"both-quick_exit": "on"}))
    assert made().en.quick_exit
    assert made().cy.quick_exit


def test_blocks_without_a_counterpart_get_the_id_of_their_twin(browser, empty) -> None:
    browser.post(empty, filled("save", **blocks("cy", ("", "Un."), ("", "Dau."))))
    pair = made()
    english, welsh = (list(stored_draft(side).body) for side in pair)
    assert welsh[0].id == english[0].id
    assert len({block.id for block in welsh}) == 2


def test_autosave_answers_with_the_address_and_the_revisions(browser, empty) -> None:
    answer = browser.post(empty, filled("autosave", key=str(uuid.uuid4()))).json()
    pair = made()
    assert answer["address"] == address(pair)
    assert answer["opened"] == {"en": pair.en.latest_revision_id, "cy": pair.cy.latest_revision_id}


def test_autosave_replaces_its_own_version_and_no_other(browser, draft_pair) -> None:
    first = browser.post(
        address(draft_pair), filled("autosave", draft_pair, **{"en-summary": "One."})
    ).json()["opened"]
    count = draft_pair.en.revisions.count()
    own = {f"own-{language}": str(revision) for language, revision in first.items()}
    browser.post(
        address(draft_pair), filled("autosave", draft_pair, **{"en-summary": "Two."}, **own)
    )
    assert draft_pair.en.revisions.count() == count
    browser.post(address(draft_pair), filled("autosave", draft_pair, **{"en-summary": "Three."}))
    assert draft_pair.en.revisions.count() == count + 1


def test_somebody_else_saved_first_and_both_texts_survive(browser, draft_pair) -> None:
    form = filled("save", draft_pair, **{"cy-summary": "Fy ngeiriau i."})
    theirs = stored_draft(draft_pair.cy)
    theirs.summary = "Geiriau rhywun arall."
    theirs.save_revision()
    answer = browser.post(address(draft_pair), form)
    assert "Your text is still here" in said(answer)
    assert "Fy ngeiriau i." in answer.content.decode()
    assert stored_draft(draft_pair.cy).summary == "Geiriau rhywun arall."
    assert browser.post(address(draft_pair), {**form, "press": "autosave"}).status_code == 409
    browser.post(address(draft_pair), {**form, "overwrite": "1"})
    assert stored_draft(draft_pair.cy).summary == "Fy ngeiriau i."


def test_a_locked_page_holds_both_languages_and_keeps_the_text_on_screen(
    browser, draft_pair, editor
) -> None:
    Page.objects.filter(pk=draft_pair.cy.pk).update(
        locked=True, locked_by=editor, locked_at=timezone.now()
    )
    assert browser.get(address(draft_pair)).context["columns"][0]["panel"] is None
    answer = browser.post(
        address(draft_pair), filled("publish", draft_pair, **{"en-summary": "New words."})
    )
    assert "New words." in answer.content.decode()
    assert stored_draft(draft_pair.en).summary == BODY["en"]
    assert is_live(draft_pair) == (False, False)


@pytest.mark.parametrize("gone", ["twin", "both"])
def test_pages_deleted_meanwhile_are_made_again_from_the_form(
    browser, draft_pair, homes, gone: str
) -> None:
    form = filled("save", draft_pair, kind="home.standardpage", parent=str(homes["en"].pk))
    if gone == "both":
        pairs.delete_pair(draft_pair.en)
    else:
        with pairs.door.opened():
            Page.objects.get(pk=draft_pair.cy.pk).delete()
    browser.post(address(draft_pair), form)
    pair = pairs.pair_of(Page(translation_key=draft_pair.en.translation_key, title=""))
    assert [stored_draft(side).title for side in pair] == [TITLES["en"], TITLES["cy"]]


def test_a_translator_writes_one_language_and_reads_the_other(client, draft_pair, homes) -> None:
    translator = member("translator@example.org", (homes["cy"], "change"))
    client.force_login(translator)
    page = client.get(address(draft_pair))
    columns = {column["language"]: column for column in page.context["columns"]}
    assert columns["en"]["panel"] is None
    assert BODY["en"] in page.content.decode()
    assert not page.context["may_publish"]
    client.post(
        address(draft_pair),
        filled("save", draft_pair, **{"en-summary": "Stolen.", "cy-summary": "Newydd."}),
    )
    assert stored_draft(draft_pair.en).summary == BODY["en"]
    assert stored_draft(draft_pair.cy).summary == "Newydd."
    client.post(address(draft_pair), filled("publish", draft_pair))
    assert is_live(draft_pair) == (False, False)
    # Nobody compared the column that is only read: for an approval it stays as it was opened.
    answer = client.post(address(draft_pair), filled("autosave", draft_pair)).json()
    assert set(answer["opened"]) == {"cy"}


def test_a_form_that_does_not_arrive_whole_is_answered_in_words(browser, draft_pair) -> None:
    half = {"press": "save", "cy-title": "Rhy fach"}
    answer = browser.post(address(draft_pair), half, follow=True)
    assert "did not arrive whole" in said(answer)
    answer = browser.post(address(draft_pair), {**half, "press": "autosave"})
    assert (answer.status_code, answer.json()["saved"]) == (409, False)
    assert stored_draft(draft_pair.cy).title == "Rhy fach"


@pytest.mark.parametrize(
    "values", [{"press": "approve-²"}, {"en-body-count": "abc"}, {"opened-en": "²"}]
)
def test_numbers_that_are_none_are_answered_in_words(browser, draft_pair, values) -> None:
    form = {**filled("save", draft_pair), **values}
    answer = browser.post(address(draft_pair), form, follow=True)
    assert answer.status_code == 200
    assert said(answer)


@pytest.mark.parametrize("first", ["en", "cy"])
def test_this_one_goes_first_and_the_unfinished_other_one_stays_a_draft(
    browser, live_pair, first: str
) -> None:
    other = "cy" if first == "en" else "en"
    before = live_pair.side(other).title
    form = filled(
        f"publish-{first}", live_pair,
        **{f"{other}-title": "Hanner parod", "ahead-reason": "A lie spreads."},
    )  # fmt: skip
    assert "has been asked for" in said(browser.post(address(live_pair), form, follow=True))
    pair = pairs.pair_of(live_pair.en)
    assert (pair.side(first).title, pair.side(other).title) == (TITLES[first], before)
    assert stored_draft(pair.side(other)).title == "Hanner parod"
    assert LanguageException.objects.get(closed_at=None).language == first


def test_a_stranger_to_the_page_sees_nothing(client, draft_pair, empty) -> None:
    client.force_login(member("nobody@example.org"))
    for path in (address(draft_pair), empty):
        assert client.get(path).status_code in (302, 403)


@pytest.mark.parametrize(
    "path",
    ["add/home/nothing/3/", "add/accounts/user/3/", "add/home/standardpage/99999999/",
     "00000000-0000-4000-8000-000000000000/"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_found(browser, path: str) -> None:
    assert browser.get(f"/admin/pairs/{path}", follow=True).status_code == 404


def test_schedule_needs_a_time_and_then_holds_both(browser, empty) -> None:
    answer = browser.post(empty, filled("schedule", key=str(uuid.uuid4())))
    assert "go_live_at" in answer.context["shared"].form.errors
    pair = made()
    soon = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    browser.post(address(pair), filled("schedule", pair, **{"both-go_live_at": soon}))
    pair = pairs.pair_of(pair.en)
    assert pair.en.approved_schedule
    assert pair.cy.approved_schedule
    assert is_live(pair) == (False, False)


def test_preview_shows_what_stands_in_the_form_and_saves_nothing(
    browser, empty, draft_pair
) -> None:
    answer = browser.post(empty, filled("preview-cy"))
    assert "Lle i gysgu" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not StandardPage.objects.filter(title=TITLES["cy"]).exists()
    answer = browser.post(address(draft_pair), filled("preview-en", draft_pair))
    assert "A place to sleep" in answer.content.decode()
    assert stored_draft(draft_pair.en).title == "Too small"


AWKWARD = {
    "right to left": "مرحبا بكم في ويلز، שלום",
    "emoji": "Croeso 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍👩‍👧",
    "pasted markup": '<p class="MsoNormal"><o:p>Geiriau</o:p></p><script>alert(1)</script>',
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=list(AWKWARD))
def test_awkward_text_is_kept_and_never_runs(browser, empty, text: str) -> None:
    browser.post(empty, filled("publish", **{"cy-summary": text, "cy-title": f"{text[:12]} Cymru"}))
    pair = made()
    assert pair.cy.summary == text
    answer = browser.get(pair.cy.url).content.decode()
    assert "<script>alert" not in answer
    assert is_live(pair) == (True, True)


def test_two_hundred_blocks_are_saved_in_both_languages(browser, empty) -> None:
    ids = [str(uuid.uuid4()) for _number in range(200)]
    many = {}
    for language in ("en", "cy"):
        texts = [(key, f"{language} {number}") for number, key in enumerate(ids)]
        many |= blocks(language, *texts)
    browser.post(empty, filled("save", **many))
    pair = made()
    assert [len(stored_draft(side).body) for side in pair] == [200, 200]


def test_an_address_is_chosen_in_the_composer_and_given_back_to_the_title(browser, empty) -> None:
    browser.post(empty, filled("save", **{"cy-slug": "cysgu"}))
    pair = made()
    assert (pair.en.slug, pair.cy.slug) == ("a-place-to-sleep", "cysgu")
    columns = {
        column["language"]: column["form"]
        for column in browser.get(address(pair)).context["columns"]
    }
    assert (columns["en"]["slug"].value(), columns["cy"]["slug"].value()) == ("", "cysgu")
    title = {"cy-title": "Lle arall"}
    browser.post(
        address(pair), filled("save", pair, **title, **{"en-slug": "", "cy-slug": "cysgu"})
    )
    assert pairs.pair_of(pair.en).cy.slug == "cysgu"
    browser.post(address(pair), filled("save", pair, **title, **{"en-slug": "", "cy-slug": ""}))
    assert pairs.pair_of(pair.en).cy.slug == "lle-arall"
    browser.post(address(pair), filled("publish", pair, **title, **{"cy-slug": "arall"}))
    done = pairs.pair_of(pair.en)
    assert (done.en.slug, done.cy.slug) == ("a-place-to-sleep", "arall")
    assert is_live(done) == (True, True)


def test_a_slug_in_use_is_said_beside_its_field(browser, live_pair, homes) -> None:
    pairs.create_pair(homes["en"], new_page("Taken"), new_page("Wedi", "cy"), publish=True)
    answer = browser.post(address(live_pair), filled("save", live_pair, **{"en-slug": "taken"}))
    assert "already in use" in str(answer.context["columns"][0]["form"].errors["slug"])


def test_one_changed_language_is_held_until_somebody_says_what_follows(browser, live_pair) -> None:
    same = {"cy-title": "Rhy fach", "cy-body-count": "0", "en-body-count": "0"}
    answer = browser.post(address(live_pair), filled("publish", live_pair, **same))
    assert answer.context["ahead_language"] == "en"
    assert StandardPage.objects.get(pk=live_pair.en.pk).title == "Too small"
    form = filled("unchanged-cy", live_pair, **same)
    browser.post(address(live_pair), form)
    assert StandardPage.objects.get(pk=live_pair.en.pk).title == TITLES["en"]
    entry = LanguageException.objects.get()
    assert (entry.kind, entry.language) == ("no_change", "en")
    assert entry.closed_at


def test_one_language_goes_first_only_with_a_reason(browser, draft_pair) -> None:
    form = filled("publish-en", draft_pair, **{"cy-summary": ""})
    answer = browser.post(address(draft_pair), form)
    assert "reason" in answer.context["ahead"].errors
    assert is_live(draft_pair) == (False, False)
    form = filled("publish-en", draft_pair, **{"cy-summary": "", "ahead-reason": "A lie spreads."})
    browser.post(address(draft_pair), form)
    assert is_live(draft_pair) == (True, False)
    entry = LanguageException.objects.get()
    assert (entry.kind, entry.language, entry.reason) == ("alone", "en", "A lie spreads.")
    browser.post(address(draft_pair), filled("publish", draft_pair))
    assert is_live(draft_pair) == (True, True)
    assert LanguageException.objects.get().closed_at


@pytest.mark.parametrize("model", page_types(), ids=label_of)
def test_every_page_type_has_two_columns_that_lose_nothing(browser, model: Any) -> None:
    page, _twin = make_pair(model)
    answer = browser.get(reverse("compose_pair", args=[page.translation_key]))
    assert answer.status_code == 200
    columns = answer.context["columns"]
    names = [set(column["form"].fields) | set(column["form"].formsets) for column in columns]
    shared = answer.context["shared"].form
    assert names[0] == names[1]
    assert not names[0] & (set(shared.fields) | set(shared.formsets))
    if not is_planted(model):
        parent = parents_for(model)
        arguments = [model._meta.app_label, model._meta.model_name, parent.pk]
        assert browser.get(reverse("compose_new_pair", args=arguments)).status_code == 200


def test_the_two_columns_cost_no_more_than_two_editors(
    browser, live_pair, django_assert_max_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    editors = [reverse("wagtailadmin_pages:edit", args=[side.pk]) for side in live_pair]
    for path in (*editors, address(live_pair)):
        browser.get(path)
    with CaptureQueriesContext(connection) as stock:
        for path in editors:
            browser.get(path)
    with django_assert_max_num_queries(int(1.2 * len(stock))) as ours:
        browser.get(address(live_pair))
    print(f"queries: composer {len(ours)}, two editors {len(stock)}")
