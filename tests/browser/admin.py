"""Walking through the admin as an editor does, with an eye on what the browser complains about."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.contracts.admin_words import english_among

WATCH = """
document.addEventListener('securitypolicyviolation', event => {
  window.heardViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`)
})
"""
# An old library of Wagtail's image editor sets a handler by attribute; it does without.
# The way from a public page into the admin has no view transition on the other side.
HARMLESS = re.compile(r"script-src-attr .*jquery\.Jcrop|ViewTransition opt-in disabled")
PICTURE = Path(__file__).resolve().parents[2] / "docs/pictures/home-cy.png"
LINKS = ("external-link", "email-link", "phone-link", "anchor-link")
CHILDREN = "[data-streamfield-child]"
OUTER_STREAMS = ".w-field--block_widget > .w-field__input > [id$=-root]"
LAST_OWN_BUTTON = """stream => {
  const own = [...stream.querySelectorAll('.c-sf-add-button')]
    .filter(button => !stream.contains(button.closest('[data-streamfield-child]')))
  return (own.at(-1).id ||= 'add-' + Math.random())
}"""


def signed_in(chromium: Any, origin: str, email: str, password: str, language: str = "en") -> Any:
    """The browser of somebody who has signed in, reads this language and wants little to move.

    No form is pressed: `test_editors.sign_in` does that. Wagtail's badge, which moves while
    nothing happens, would cost as much as a screen every few seconds.
    """
    context = chromium.new_context(
        viewport={"width": 1400, "height": 1000}, locale=f"{language}-GB", base_url=origin,
        reduced_motion="reduce",
    )  # fmt: skip
    form = context.request.get("/accounts/login/").text()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form))
    values = {"login": email, "password": password, "csrfmiddlewaretoken": token}
    answer = context.request.post("/accounts/login/", form=values, max_redirects=0)
    assert answer.headers.get("location") == "/admin/", email
    context.clear_cookies(name="messages")  # the greeting: it would stand on the first screen
    return context


class Editor:
    """A signed-in person; `complaints` are violations and script errors, each with its place."""

    def __init__(self, chromium: Any, origin: str, email: str, password: str, language: str):
        self.origin, self.language = origin, language
        self.place = "sign-in"
        self.places: list[str] = []
        self.kinds: set[str] = set()
        self.complaints: list[str] = []
        self.texts: dict[str, str] = {}
        self.context = signed_in(chromium, origin, email, password, language)
        self.context.expose_function("heardViolation", self._complain)
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self._complain(str(error)))

    def _complain(self, what: str) -> None:
        if not HARMLESS.search(what):
            self.complaints.append(f"{self.place}: {what}")

    def go(self, path: str) -> None:
        """Open a screen and read it."""
        self.place = path
        answer = self.page.goto(self.origin + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        self.page.wait_for_load_state("load")
        self.places.append(path)
        self.read()

    def form_of(self, path: str, selector: str) -> dict[str, str]:
        """What a form of this screen would send as it stands."""
        self.go(path)
        form = self.page.locator(selector)
        form.wait_for()
        fields: list[list[str]] = form.evaluate(
            "form => [...new FormData(form)].filter(([, value]) => typeof value === 'string')"
        )
        # Which version was opened is left out: it would stop a form that is sent twice.
        return {name: text for name, text in fields if not name.startswith("loaded_revision")}

    def send(
        self, path: str, values: Mapping[str, str], file: tuple[str, bytes] | None = None
    ) -> Any:
        """Send a form past the buttons, or a file with it; the answer, before any redirect."""
        [token] = [c["value"] for c in self.context.cookies() if c["name"] == "csrftoken"]
        form: dict[str, Any] = {**values, "csrfmiddlewaretoken": token}
        if file is not None:
            name, data = file
            form["files"] = {"name": name, "mimeType": "text/plain", "buffer": data}
        address = self.origin + path
        return self.context.request.post(address, multipart=form, max_redirects=0)

    def read(self) -> None:
        """Keep the texts that stand on the screen now."""
        for text in self.page.evaluate("document.body.innerText").splitlines():
            if text.strip():
                self.texts.setdefault(text.strip(), self.place)

    def english(self, names: set[str]) -> dict[str, str]:
        """Texts read so far that are English, each with the first place it stood in."""
        return {text: self.texts[text] for text in english_among(set(self.texts), names)}

    @contextmanager
    def dialog(self, place: str) -> Iterator[Any]:
        """What stands in the dialog that has been opened; closed again afterwards."""
        before, self.place = self.place, f"{self.place} {place}"
        box = self.page.locator(".modal.in, .modal.fade.in").last
        box.wait_for(state="visible")
        box.locator("form, .tab-content, table, .chooser__grid, .w-tabs").first.wait_for()
        self.places.append(self.place)
        self.read()
        yield box
        if box.is_visible():
            box.locator("[data-dismiss=modal]").click()
            box.wait_for(state="hidden")
        self.place = before

    # ── the page editor ──────────────────────────────────────────────────────────────────────

    def write_title(self, title: str) -> None:
        """Type a title; the address follows by script."""
        self.page.locator("[name=title]").press_sequentially(title)
        self.page.keyboard.press("Tab")
        slug = self.page.locator("[name=slug]")
        for _ in range(60):  # the policy forbids what wait_for_function evaluates
            if slug.input_value():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("no address follows the title")

    def show_tab(self, number: int) -> None:
        self.page.locator("[role=tablist] > [role=tab]").nth(number).click()

    def add_every_block(self) -> None:
        """Through the block menu of each StreamField of the page, one block of each kind."""
        options = self.page.locator("[role=option]")
        for number in range(self.page.locator(OUTER_STREAMS).count()):
            stream = self.page.locator(OUTER_STREAMS).nth(number)
            kinds = self._open_menu(stream)
            for kind in range(max(kinds, 1)):
                if kind:
                    self._open_menu(stream)
                if kinds:
                    option = options.nth(kind)
                    self.kinds.add(f"{self.place} {number} {option.inner_text()}")
                    option.click()
                    options.first.wait_for(state="detached")
                else:
                    self.kinds.add(f"{self.place} {number}")
        self.read()

    def _open_menu(self, stream: Any) -> int:
        """Press the last plus of a stream; with one kind of block it is added at once."""
        button = stream.evaluate(LAST_OWN_BUTTON)
        blocks, options = stream.locator(CHILDREN), self.page.locator("[role=option]")
        before = blocks.count()
        self.page.locator(f"[id='{button}']").click()
        for _ in range(200):
            if (kinds := options.count()) or blocks.count() > before:
                return int(kinds)
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{self.place}: the plus neither opens a menu nor adds a block")

    def type_rich_text(self) -> None:
        """Type into the first rich text, then open every kind of link in its dialog."""
        text = self.page.locator(".Draftail-Editor [contenteditable=true]:visible").first
        text.click()
        self.page.keyboard.type("Croeso cynnes")
        self.page.keyboard.press("Control+a")
        editor = self.page.locator(".Draftail-Editor:visible").first
        editor.locator("button[name=BOLD]").click()
        editor.locator("button[name=LINK]").click()
        with self.dialog("link") as box:
            for kind in LINKS:
                box.locator(f".link-types a[href*=choose-{kind}]").click()
                box.locator(f"form[action*=choose-{kind}]").wait_for()
                self.read()

    def choose_picture(self) -> None:
        chooser = self.page.locator("[id$=image-chooser]").first
        chooser.locator("button:visible, a:visible").first.click()
        with self.dialog("image") as box:
            box.locator("[role=tab]").nth(1).click()
            self.read()
            box.locator("[role=tab]").first.click()
            box.locator("a.image-choice, a[data-chooser-modal-choice]").first.click()
            box.wait_for(state="hidden")

    def pick_date(self, field: str) -> None:
        self.page.locator(f"[name={field}]").click()
        calendar = self.page.locator(".xdsoft_datetimepicker:visible")
        calendar.wait_for()
        self.read()
        calendar.locator("td.xdsoft_date:not(.xdsoft_disabled)").first.click()
        assert self.page.locator(f"[name={field}]").input_value()

    def open_panels(self) -> None:
        for panel in ("status", "preview", "checks"):
            self.page.click(f"[data-side-panel-toggle={panel}]")
            self.page.locator(f"[data-side-panel={panel}]").wait_for(state="visible")
            self.page.wait_for_timeout(400)
            self.places.append(f"{self.place} {panel}")
            self.read()
        self.page.click("[data-side-panel-toggle=checks]")

    def save(self) -> None:
        self.page.wait_for_load_state("networkidle")  # what autosave has sent is answered
        with self.page.expect_event("load"):  # autosave navigates too, within the document
            self.page.locator("button.action-save:visible").first.click()
        self.read()
