"""What there is in each language, for the parity report."""

from django.utils.translation import gettext_lazy as _

from bilingual.registries import ParityFigure
from resources.models import ResourceVideo


def captioned_films() -> ParityFigure:
    """Public films with captions in the language spoken; one that speaks both counts as both."""
    films = ResourceVideo.objects.filter(page__live=True, is_captioned=True)
    # Both pages of a resource hold the same rows.
    spoken = [
        language
        for _key, _address, language in set(
            films.values_list("page__translation_key", "address", "language")
        )
    ]
    return ParityFigure(
        label=_("Films with captions"),
        english=spoken.count("en"),
        welsh=spoken.count("cy"),
        both=spoken.count("both"),
    )
