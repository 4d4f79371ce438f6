"""The engine's own screens are shut for everyone, and its faults S1-S13 cannot happen here."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from bilingual import engine, pairs
from tests.bilingual.conftest import BODY, is_live


@pytest.fixture
def recorded(live_pair: pairs.Pair) -> pairs.Pair:
    """A live pair with engine records: only then the engine shows its buttons."""
    engine.record(live_pair.en, live_pair.cy)
    return live_pair


@pytest.fixture(params=["administrator", "editor", "english_publisher"])
def browser(request: Any, client: Any) -> Any:
    user = request.getfixturevalue(request.param)
    client.force_login(user)
    return client


def test_every_screen_of_the_engine_answers_403_and_changes_nothing(browser, recorded) -> None:
    source = TranslationSource.objects.get(object_id=recorded.en.translation_key)
    translation = Translation.objects.get(source=source)
    addresses = [
        reverse("wagtail_localize:submit_page_translation", args=[recorded.en.pk]),
        reverse("wagtail_localize:update_translations", args=[source.pk]),
        reverse("wagtail_localize:convert_to_alias", args=[recorded.cy.pk]),
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]),
        reverse("wagtail_localize:download_pofile", args=[translation.pk]),
        reverse("wagtail_localize:machine_translate", args=[translation.pk]),
        reverse("wagtail_localize:stop_translation", args=[translation.pk]),
        reverse("wagtail_localize:translations_report"),
        reverse("wagtail_localize:translations_report_results"),
    ]
    values = {"locales": [recorded.cy.locale_id], "publish_translations": "on"}
    for address in addresses:
        assert browser.get(address).status_code == 403, address
        assert browser.post(address, values).status_code == 403, address
    assert is_live(recorded) == (True, True)
    welsh = pairs.pair_of(recorded.en).cy
    assert (welsh.title, welsh.summary, welsh.alias_of_id) == ("Rhy fach", BODY["cy"], None)


@pytest.mark.parametrize("button", ["localize-restart-translation", "localize-convert-to-alias"])
def test_the_engines_buttons_posted_to_the_editor_answer_403(
    browser, recorded, button: str
) -> None:
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[recorded.cy.pk]), {button: "1"})
    # Who may not edit the page at all is sent away before the hook.
    assert answer.status_code in (302, 403)
    assert not Translation.objects.filter(enabled=True).exists()
    assert pairs.pair_of(recorded.en).cy.alias_of_id is None


def test_an_administrator_sees_none_of_the_engines_buttons(client, administrator, recorded) -> None:
    client.force_login(administrator)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[recorded.cy.pk]),
        reverse("wagtailadmin_explore", args=[recorded.cy.get_parent().pk]),
        reverse("wagtailadmin_home"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert "localize-convert-to-alias" not in html
        assert "localize-restart-translation" not in html
        assert "/admin/localize/" not in html


def test_no_group_holds_the_engines_right(db) -> None:
    assert not Group.objects.filter(permissions__codename="submit_translation").exists()


def test_the_settings_that_keep_the_faults_out_hold() -> None:
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    assert settings.WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE == "simple"
    assert "wagtail_localize.locales" not in settings.INSTALLED_APPS
    assert "wagtail.contrib.simple_translation" not in settings.INSTALLED_APPS
    assert "wagtail.locales" in settings.INSTALLED_APPS
    apps = settings.INSTALLED_APPS
    assert apps.index("bilingual") < apps.index("wagtail")


def test_both_homes_are_live_and_no_english_home_answers_in_welsh(client, homes) -> None:
    assert set(homes) == {"en", "cy"}
    assert all(home.live for home in homes.values())
    answer = client.get("/cy/")
    assert answer.status_code == 200
    assert answer.wsgi_request.content_language == "cy"


def test_no_page_is_an_alias_and_the_trees_are_whole(recorded) -> None:
    assert not Page.objects.exclude(alias_of=None).exists()
    assert not any(Page.find_problems())
    assert Locale.objects.count() == 2


def test_the_other_direction_replaces_the_first(recorded) -> None:
    engine.record(recorded.cy, recorded.en)
    source = TranslationSource.objects.get(object_id=recorded.en.translation_key)
    assert source.locale.language_code == "cy"
