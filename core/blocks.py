"""The blocks of long texts. Editors choose meaning; components decide the looks."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from files.rich_text import for_reader

PROSE = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_PROSE = ["bold", "italic", "link"]
LANGUAGES = [("cy", _("Welsh")), ("en", _("English"))]
OTHER_LANGUAGES = [
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("ckb", "کوردی"),
    ("uk", "Українська"),
    ("sq", "Shqip"),
]
RIGHT_TO_LEFT = {"ar", "fa", "ckb"}


class HeadingBlock(blocks.CharBlock):
    """A section heading (h2)."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "components/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", PROSE)
        super().__init__(*args, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "components/blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    """A quotation, always with its source, in the language it was said in."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(
        label=_("Who says it"), help_text=_("A role or a document, never a person’s name.")
    )
    language = blocks.ChoiceBlock(
        choices=LANGUAGES, default="en", label=_("Language"), search_index=False
    )
    lived_experience = blocks.BooleanBlock(
        required=False, label=_("Said by somebody with lived experience")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "components/blocks/quote.html"


class NoticeBlock(blocks.StructBlock):
    """A sewn notice: safety, consent, privacy. Seldom more than one on a page."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(features=PLAIN_PROSE, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "components/blocks/notice.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; the alternative text lives on the picture, in both languages."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/blocks/image.html"


class FiguresBlock(blocks.ListBlock):
    """Numbers from the register, each with its date and source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(SnippetChooserBlock("evidence.Figure"), *args, **kwargs)

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "components/blocks/figures.html"


class CallToActionBlock(blocks.StructBlock):
    """One thing a reader can do."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("take_part", _("Take part")),
            ("host", _("Host")),
            ("train", _("Train")),
            ("pledge", _("Pledge")),
        ],
        default="take_part",
        label=_("Kind"),
        search_index=False,  # its label is of the interface, in whatever language indexes the page
    )
    text = blocks.CharBlock(label=_("What to do"))
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "hand"
        label = _("Call to action")
        template = "components/blocks/call_to_action.html"


class FundingBlock(blocks.StructBlock):
    """Who paid, when, and whether the money carries conditions on language."""

    funder = blocks.CharBlock(label=_("Funder"))
    years = blocks.CharBlock(required=False, label=_("Years"))
    language_conditions = blocks.CharBlock(required=False, label=_("Conditions on language"))

    class Meta:
        icon = "group"
        label = _("Funding")
        template = "components/blocks/funding.html"


class PairedDocumentChooserBlock(DocumentChooserBlock):
    """Reads each document with its counterpart: two queries for all documents of a text."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        documents: list[Any] = super().bulk_to_python(values)
        prefetch_related_objects([found for found in documents if found], "counterpart")
        return documents


class DocumentBlock(blocks.StructBlock):
    """A document to download, in the reader’s language where it exists."""

    document = PairedDocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(required=False, label=_("Note"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        reader = (get_language() or "en")[:2]
        if value["document"]:
            document, language, only_in = for_reader(value["document"], reader)
            context |= {
                "document": document, "document_language": language, "only_in": only_in,
            }  # fmt: skip
        return context

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "components/blocks/document.html"


class OutcomeBlock(blocks.StructBlock):
    """One thing that changed: a big word and the sentence that goes on from it."""

    word = blocks.CharBlock(max_length=40, label=_("Word"))
    text = blocks.CharBlock(max_length=250, label=_("Sentence"))

    class Meta:
        icon = "tick"
        label = _("Outcome")


class OtherLanguageBlock(blocks.StructBlock):
    """The page in a few words in a language that is neither Welsh nor English."""

    language = blocks.ChoiceBlock(choices=OTHER_LANGUAGES, label=_("Language"))
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "globe"
        label = _("Another language")


class BodyBlock(blocks.StreamBlock):
    """The body of standard and position pages."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    image = PictureBlock()
    figures = FiguresBlock()
    call_to_action = CallToActionBlock()
    funding = FundingBlock()
    document = DocumentBlock()

    class Meta:
        required = False
