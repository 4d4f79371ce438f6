"""Every answer carries the whole set of headers; the admin's own scripts get a nonce."""

import itertools
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from operations.headers import AdminNonce, is_known_script

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ANSWERS = {
    "/": 200, "/en/": 200, "/cy/": 200, "/en/not-here/": 404, "/cy/ddim-yma/": 404, "/en": 302,
    "/admin/": 302, "/admin/login/": 302, "/accounts/login/": 200, "/-/live": 200,
    "/-/health": 200, "/robots.txt": 200, "/favicon.ico": 302, "/en/?q=%00": 400,
    "/sitemap.xml": 200, "/.well-known/security.txt": 200,
}  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_whole_set(client, db, path):
    answer = client.get(path)
    assert answer.status_code in {ANSWERS[path], 301 if path == "/en" else ANSWERS[path]}
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None and "unsafe" not in scripts[1]
    assert "geolocation=()" in answer["Permissions-Policy"]
    can_use_passkeys = "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
    assert can_use_passkeys is path.startswith("/accounts/")


@pytest.mark.parametrize("path", ["/", "/en/", "/cy/", "/en/search/?q=a", "/en/none/"])
def test_a_visitor_gets_no_cookie_and_no_page_of_their_own(client, db, path):
    answer = client.get(path)
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert "nonce-" not in answer["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in answer["Content-Security-Policy"]


def test_an_error_of_the_server_is_told_in_both_languages_with_all_headers(db, monkeypatch):
    def fails(*_args, **_kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("operations.views.checks", fails)
    answer = Client(raise_request_exception=False).get("/-/ready")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert 'lang="cy"' in page and 'lang="en"' in page
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    assert "Content-Security-Policy" in answer


def test_the_admin_has_its_own_policy_with_a_nonce_that_its_scripts_carry(client, db):
    client.force_login(
        User.objects.create_superuser("a@example.org", "x"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    answer = client.get("/admin/reports/site-history/")
    policy = answer["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert answer.status_code == 200
    assert nonce is not None
    assert f'nonce="{nonce[1]}"'.encode() in answer.content


SAMPLES = (
    'initDateChooser("id_date", {"dayOfWeekStart": 1, "format": "Y-m-d"});',
    'initTimeChooser("id_time");',
    'initDateTimeChooser("id_go_live", {"format": "Y-m-d H:i"});',
    'new Chooser("id_topic");',
    'new PageChooser("id_page", {"modelNames": ["wagtailcore.page"], "canChooseRoot": false});',
    'createTaskChooser("id_task");',
    r'(function() { var panel = new InlinePanel(JSON.parse("\u007B\u0022a\u0022: 1}")); })();',
)
ATTACKS = (
    "alert(1)", "`${alert(1)}`", '",alert(1),"', "x=>alert(1)", "location=name", "</script>",
    '"+alert(1)+"', "'-alert(1)-'", "\\", ");alert(1);(", "{[alert(1)]:1}", "eval`1`",
)  # fmt: skip


def powers(script: str) -> int:
    """How much a script can do: calls, assignments and templates outside its strings."""
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', script)
    return sum(outside.count(sign) for sign in "(=`")


@pytest.mark.parametrize("sample", SAMPLES)
def test_scripts_of_wagtail_are_known_whatever_their_white_space(sample):
    assert is_known_script(sample)
    assert is_known_script("\n   " + sample.replace("; ", ";\n    ") + "\n")


def test_no_attack_at_any_place_of_a_known_script_gains_power():
    tried = 0
    for sample, attack in itertools.product(SAMPLES, ATTACKS):
        for place in range(len(sample) + 1):
            altered = sample[:place] + attack + sample[place:]
            tried += 1
            if is_known_script(altered):
                assert powers(altered) <= powers(sample), altered
                assert "<" not in altered
    assert tried > 4000


@pytest.mark.parametrize("script", ["alert(1)", "", "var a = 1;", "initDateChooser(name);"])
def test_any_other_script_is_left_without_nonce(rf, script):
    page = f"<script>{script}</script><script src='x'></script>"
    request = rf.get("/admin/")
    request.csp_nonce = "abc"
    answer = AdminNonce(lambda _request: HttpResponse(page))(request)
    assert answer.content.decode() == page


def test_the_length_of_an_answer_with_a_nonce_is_corrected(rf):
    request = rf.get("/admin/")
    request.csp_nonce = "abc"

    def page(_request):
        content = f"<script>{SAMPLES[1]}</script>"
        return HttpResponse(content, headers={"Content-Length": str(len(content))})

    answer = AdminNonce(page)(request)
    assert b'nonce="abc"' in answer.content
    assert answer["Content-Length"] == str(len(answer.content))
