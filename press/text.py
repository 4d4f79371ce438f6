"""Text as print knows it: blocks of runs, read from the small HTML of rich text."""

from dataclasses import dataclass
from html.parser import HTMLParser

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
BLOCKS = {"p", "li", "blockquote", *HEADINGS}
BOLD = {"b", "strong"}


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `href` where it is a link."""

    text: str
    bold: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """`kind` is paragraph, heading, bullet, number or quote."""

    kind: str
    runs: tuple[Run, ...]


def blocks_of(html: str) -> tuple[Block, ...]:
    """The blocks of rich text. Unknown elements lose their tag and keep their text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


def lines_as(kind: str, lines: list[str]) -> tuple[Block, ...]:
    """Plain lines as blocks of one kind."""
    return tuple(Block(kind, (Run(line),)) for line in lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.kind = "paragraph"
        self.lists: list[str] = []
        self.bold = 0
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.end_block()
            self.lists.append("number" if tag == "ol" else "bullet")
        elif tag in BLOCKS:
            self.end_block()
            self.kind = self._kind(tag)
        elif tag in BOLD:
            self.bold += 1
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
        elif tag == "br":
            self.runs.append(Run("\n", self.bold > 0, self.href))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS:
            self.end_block()
        elif tag in BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            if data and self.runs:
                self.runs.append(Run(" ", self.bold > 0))
            return
        before = " " if data[0].isspace() and self.runs else ""
        after = " " if data[-1].isspace() else ""
        self.runs.append(Run(before + text + after, self.bold > 0, self.href))

    def end_block(self) -> None:
        """Put what was read into the list of blocks, unless it is only white space."""
        if "".join(run.text for run in self.runs).strip():
            self.blocks.append(Block(self.kind, tuple(self.runs)))
        self.runs = []
        self.kind = "paragraph"

    def _kind(self, tag: str) -> str:
        if tag == "li":
            return self.lists[-1] if self.lists else "bullet"
        if tag in HEADINGS:
            return "heading"
        return "quote" if tag == "blockquote" else "paragraph"
