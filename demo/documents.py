"""The real files of the demo: made from the words of its pages, in formats that people change.

Prints (PDF) are not made here: a resource gets them at publication.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx import Document as WordDocument
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.text import H, P
from pptx import Presentation
from wagtail.models import Collection

from demo.data import PageData
from files.documents import store
from files.models import Document
from press.text import blocks_of

COLLECTION = "Enghraifft / Sample"
SAMPLE = {"en": "Sample text", "cy": "Testun enghreifftiol"}
LOCALES = {"en": "en-GB", "cy": "cy-GB"}
SECONDS_OF_A_SUBTITLE = 4


@dataclass(frozen=True)
class Words:
    """What a file says: its title, and headings with their lines."""

    language: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    cards: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> list[str]:
        """Everything in one row of lines, the title first."""
        found = [self.title]
        for heading, lines in self.parts:
            found += [heading, *lines]
        return [line for line in found if line]


def words_of(data: PageData, language: str, version: int) -> Words:
    """The words of a resource in one language, as its page says them."""
    texts = data.texts[language]
    outcomes = tuple(texts.get("outcomes", ()))
    plan = tuple(
        " · ".join(
            part for part in (step[f"title_{language}"], step.get(f"text_{language}", "")) if part
        )
        for step in data.shared.get("plan", ())
    )
    material = tuple(plain(block["value"]) for block in texts.get("material", ()) if block["value"])
    cards = tuple((card["title"], plain(card["text"])) for card in texts.get("cards", ()))
    about = (texts["summary"], f"{SAMPLE[language]} · {version}")
    parts = [(texts["title"], about), ("", outcomes), ("", plan), ("", material)]
    return Words(language, texts["title"], tuple(part for part in parts if part[1]), cards)


def plain(html: str) -> str:
    """Rich text as one line of words."""
    return " ".join("".join(run.text for run in block.runs) for block in blocks_of(html)) or html


def docx(words: Words) -> bytes:
    document = WordDocument()
    document.core_properties.title = words.title
    document.core_properties.language = LOCALES[words.language]
    document.add_heading(words.title, level=1)
    for _heading, lines in words.parts:
        for line in lines:
            document.add_paragraph(line)
    for title, text in words.cards:
        document.add_heading(title, level=2)
        document.add_paragraph(text)
    return _bytes(document.save)


def pptx(words: Words) -> bytes:
    show = Presentation()
    show.core_properties.title = words.title
    show.core_properties.language = LOCALES[words.language]
    for _heading, lines in words.parts:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = words.title
        slide.placeholders[1].text = "\n".join(lines)
    return _bytes(show.save)


def odt(words: Words) -> bytes:
    document = OpenDocumentText()
    language, country = LOCALES[words.language].split("-")
    style = Style(name="Text", family="paragraph")
    style.addElement(TextProperties(language=language, country=country))
    document.styles.addElement(style)
    document.text.addElement(H(outlinelevel=1, text=words.title))
    for _heading, lines in words.parts:
        for line in lines:
            document.text.addElement(P(stylename=style, text=line))
    return _bytes(document.save)


def cards_csv(words: Words) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Cerdyn", "Testun"] if words.language == "cy" else ["Card", "Text"])
    rows.writerows(words.cards)
    return out.getvalue().encode("utf-8-sig")


def srt(words: Words) -> bytes:
    cues = []
    for number, line in enumerate(words.lines):
        start, end = (SECONDS_OF_A_SUBTITLE * (number + extra) for extra in (0, 1))
        cues.append(f"{number + 1}\n{_time(start)} --> {_time(end)}\n{line}\n")
    return "\n".join(cues).encode()


def _time(seconds: int) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02},000"


def _bytes(save: Callable[[Any], Any]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


MAKERS: dict[str, Callable[[Words], bytes]] = {
    "docx": docx, "pptx": pptx, "odt": odt, "csv": cards_csv, "srt": srt,
}  # fmt: skip


def sample_documents(data: PageData, row: dict[str, Any]) -> list[Document]:
    """The documents behind one row of a resource’s file list, one in each of its languages.

    A document that stands already is left as it is, so that a second load changes nothing.
    """
    collection = sample_collection()
    made: list[Document] = []
    for language in row["languages"]:
        version = row.get("version", 1)
        title = f"{data.texts[language]['title']}, {row[f'label_{language}']} ({version})"
        known = Document.objects.filter(
            collection=collection, title=title, language=language, format=row["kind"]
        ).first()
        made.append(
            known
            or store(
                f"file.{row['kind']}",
                MAKERS[row["kind"]](words_of(data, language, version)),
                title=title,
                language=language,
                counterpart=made[0] if made else None,
                collection=collection,
            )
        )
    return made


def sample_collection() -> Collection:
    """Where the documents of the demo lie."""
    found = Collection.objects.filter(name=COLLECTION).first()
    if found is not None:
        return found
    root: Collection = Collection.get_first_root_node()
    made: Collection = root.add_child(instance=Collection(name=COLLECTION))
    return made


def delete_sample_documents() -> None:
    """Remove the documents of the demo; their resources are gone already."""
    for document in Document.objects.filter(collection__name=COLLECTION):
        document.delete()
    Collection.objects.filter(name=COLLECTION, numchild=0).delete()
