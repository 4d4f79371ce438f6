"""What was translated before, on any page: offered, never inserted by itself.

The memory is wagtail-localize's `StringTranslation`, filled whenever both languages of a pair have
gone public in step (`bilingual.engine`). It is read in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from bilingual.exchange.units import Unit
from bilingual.models import other_language


def suggestions(units: Iterable[Unit], language: str) -> dict[Unit, str]:
    """What these units were in `language` when somebody wrote them there last, newest first."""
    wanted: dict[str, list[Unit]] = {}
    for unit in units:
        stored = unit.source if unit.is_rich else StringValue.from_plaintext(unit.source).data
        wanted.setdefault(stored, []).append(unit)
    by_hand = StringTranslation.objects.filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, has_error=False
    )
    there = by_hand.filter(
        locale__language_code=language,
        translation_of__locale__language_code=other_language(language),
        translation_of__data_hash__in=[String._get_data_hash(text) for text in wanted],
    ).values_list("translation_of__data", "data", "updated_at")
    back = by_hand.filter(
        locale__language_code=other_language(language),
        translation_of__locale__language_code=language,
        data__in=list(wanted),
    ).values_list("data", "translation_of__data", "updated_at")
    found: dict[Unit, str] = {}
    for text, translated, _when in sorted([*there, *back], key=lambda row: row[2]):
        for unit in wanted.get(text, []):
            found[unit] = translated if unit.is_rich else StringValue(translated).render_text()
    return {unit: text for unit, text in found.items() if text != unit.source}
