"""Rich text as blocks, and the codes that lead from paper to the site."""

from press.qr import qr_svg
from press.text import Block, Run, blocks_of


def test_paragraphs_lists_headings_and_links_keep_their_meaning() -> None:
    html = (
        "<h3>One</h3><p>A <b>bold</b> <a href='https://example.org'>link</a>.</p>"
        "<ul><li>first</li><li>second</li></ul><ol><li>third</li></ol><blockquote>said</blockquote>"
    )
    assert blocks_of(html) == (
        Block("heading", (Run("One"),)),
        Block(
            "paragraph",
            (Run("A "), Run("bold", bold=True), Run(" "), Run("link", href="https://example.org"),
             Run(".")),
        ),
        Block("bullet", (Run("first"),)),
        Block("bullet", (Run("second"),)),
        Block("number", (Run("third"),)),
        Block("quote", (Run("said"),)),
    )  # fmt: skip


def test_broken_or_foreign_html_keeps_its_words() -> None:
    assert blocks_of("<div>loose <span>text</div><p></p></ul></b>") == (
        Block("paragraph", (Run("loose "), Run("text"))),
    )
    assert blocks_of("") == ()


def test_a_code_is_one_drawing_without_anything_foreign() -> None:
    svg = qr_svg("https://noddfa.example/s/k3j5x8q2mn")
    assert svg.startswith("<svg ") and svg.count("<path") == 1 and "viewBox" in svg
    assert svg == qr_svg("https://noddfa.example/s/k3j5x8q2mn")
