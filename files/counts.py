"""What there is in each language, for the parity report."""

from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from bilingual.registries import ParityFigure
from files.models import Document


def documents() -> ParityFigure:
    """Documents by language; those with a counterpart count as in both."""
    rows = list(Document.objects.values_list("language", "counterpart_id"))
    return ParityFigure(
        label=_("Documents"),
        english=sum(language == "en" for language, _other in rows),
        welsh=sum(language == "cy" for language, _other in rows),
        both=sum(language == "both" or other is not None for language, other in rows),
    )


def described_pictures() -> ParityFigure:
    """Pictures that tell something, by the languages in which they are described."""
    told = get_image_model().objects.filter(is_decorative=False)
    rows = list(told.values_list("alt_en", "alt_cy"))
    return ParityFigure(
        label=_("Descriptions of pictures"),
        english=sum(bool(english) for english, _welsh in rows),
        welsh=sum(bool(welsh) for _english, welsh in rows),
        both=sum(bool(english and welsh) for english, welsh in rows),
    )
