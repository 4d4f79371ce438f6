"""The same words in other looks: forced colours, paper, no motion, large and spaced text."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_every_template import violations

pytestmark = pytest.mark.slow  # `make sample` runs them, and so does CI
# One of each kind of page, the languages taking turns.
PLACES = [
    "/en/",
    "/cy/straeon/",
    "/en/stories/welcome-starts-with-meeting/",
    "/cy/amdanom-ni/",
    "/en/search/?q=welcome",
    "/cy/cysylltu/",
    "/en/resources/listen-first-an-activity-in-pairs/",
    "/cy/gallery/",
]
SHEET = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# Success criterion 1.4.12, as it is written.
SPACED = """p { margin-block-end: 2em !important }
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}"""
WIDTH = "document.documentElement.scrollWidth"


def parts(selector: str, rule: str) -> str:
    """A script that names the parts to be seen for which the rule holds."""
    return f"""() => [...document.querySelectorAll({selector!r})]
      .filter(part => part.checkVisibility({{visibilityProperty: true}}))
      .filter(part => !part.closest('.vh, .skip'))
      .filter(part => {{ const style = getComputedStyle(part); {rule} }})
      .map(part => part.outerHTML.slice(0, 120))"""


BARE = parts(
    "a[href], button, summary",
    """const edged = parseFloat(style.borderBlockEndWidth) && style.borderBlockEndStyle !== 'none';
      return !edged && !style.textDecorationLine.includes('underline')
        && !part.querySelector('svg') && !part.closest('nav, .brand');""",
)
MOVING = """() => {
  const longest = value => Math.max(...value.split(',').map(parseFloat));
  const moves = style => longest(style.transitionDuration) > 0
    || (style.animationName !== 'none' && longest(style.animationDuration) > 0);
  return [...document.querySelectorAll('*')]
    .filter(part => [null, '::before', '::after'].some(at => moves(getComputedStyle(part, at))))
    .map(part => part.outerHTML.slice(0, 120));
}"""
CLIPPED = parts(
    "body *",
    """const cuts = [style.overflowX, style.overflowY].some(way => /hidden|clip/.test(way));
      return cuts && part.innerText && part.clientHeight > 1
        && (part.scrollHeight > part.clientHeight + 1
          || part.scrollWidth > part.clientWidth + 1);""",
)
# Success criterion 2.5.8; a link inside a sentence is as high as its line.
SMALL = parts(
    "a[href], button, summary, select, textarea, input:not([type=hidden])",
    """const box = (part.closest('label') || part).getBoundingClientRect();
      const around = part.closest('p, li, dd, dt, figcaption, td');
      const isInSentence = style.display === 'inline' && around
        && around.innerText.trim().length > part.innerText.trim().length;
      return !isInSentence && box.width > 0 && Math.min(box.width, box.height) < 24;""",
)
HIDDEN_FOCUS = """() => {
  const edge = document.querySelector('.exit').getBoundingClientRect().bottom;
  const stops = 'main a[href], main button, main summary, main input';
  const shown = [...document.querySelectorAll(stops)].filter(part => part.checkVisibility());
  return shown.reverse().filter(part => {
    part.focus();
    return part.getBoundingClientRect().top < edge;
  }).map(part => part.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("path", PLACES)
def test_forced_colours_leave_every_link_and_button_to_be_seen(
    visit: Callable[..., Any], path: str
) -> None:
    page = visit(path).page
    page.emulate_media(forced_colors="active")
    assert page.evaluate(BARE) == []
    assert violations(page) == []


@pytest.mark.parametrize("path", PLACES)
def test_paper_shows_the_content_without_menus_and_without_ink_for_cloth(
    visit: Callable[..., Any], path: str
) -> None:
    page = visit(path).page
    page.emulate_media(media="print")
    assert page.locator("main h1").first.is_visible()
    assert page.locator("header nav:visible, footer nav:visible, .exit:visible").count() == 0
    assert page.locator(".cloth:visible, .fringe:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("path", PLACES)
def test_nothing_moves_for_whoever_asked_for_less_motion(
    visit: Callable[..., Any], path: str
) -> None:
    page = visit(path).page
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PLACES)
def test_text_of_double_size_needs_no_sideways_scroll(
    visit: Callable[..., Any], path: str, width: int
) -> None:
    page = visit(path, width=width).page
    page.evaluate(SHEET, "html { font-size: 200% !important }")
    assert page.evaluate(WIDTH) <= width
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("path", PLACES)
def test_spaced_text_fits_a_narrow_phone_uncut(visit: Callable[..., Any], path: str) -> None:
    page = visit(path, width=320).page
    page.evaluate(SHEET, SPACED)
    assert page.evaluate(WIDTH) <= 320
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("path", PLACES)
def test_every_target_outside_a_sentence_is_24_pixels_wide_and_high(
    visit: Callable[..., Any], path: str
) -> None:
    assert visit(path, width=360).page.evaluate(SMALL) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_focus_never_hides_under_the_exit(visit: Callable[..., Any], width: int) -> None:
    page = visit("/cy/gallery/", width=width).page
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert page.evaluate(HIDDEN_FOCUS) == []
