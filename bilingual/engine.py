"""The records of wagtail-localize: segments, memory, staleness. It never touches a page here.

Only the calls of the safe list are used; its own screens are shut (`bilingual.wagtail_hooks`).
"""

import json
import logging
from collections import defaultdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from bilingual import staleness
from bilingual.models import language_of

logger = logging.getLogger(__name__)
# As a segment is read from a page: as it is stored, and what of it stands in another table.
SEGMENTS: dict[type, tuple[Any, tuple[str, ...]]] = {
    StringSegmentValue: (StringSegment, ("string",)),
    TemplateSegmentValue: (TemplateSegment, ("template",)),
    RelatedObjectSegmentValue: (RelatedObjectSegment, ()),
    OverridableSegmentValue: (OverridableSegment, ()),
}


@transaction.atomic
def record(source_page: Page, target_page: Page, in_step: bool = True) -> None:
    """Store the live source's texts, and those of the target as their translation.

    Where one language is ahead of the other (`in_step` false), the texts do not belong together:
    then only the source is read, and its new paragraphs stand without a translation. One direction
    is kept, from the language in which the page was written first. Segments are paired by path;
    where a path has another number of segments in the target nothing is guessed.
    """
    key = source_page.translation_key
    records = TranslationSource.objects.filter(object_id=key)
    records.exclude(locale_id=source_page.locale_id).delete()  # the other direction
    source, _is_new = TranslationSource.objects.update_or_create(
        object=TranslatableObject.objects.get_or_create_from_instance(source_page)[0],
        locale=source_page.locale,
        specific_content_type=source_page.cached_content_type,
        defaults={
            "object_repr": str(source_page)[:200],
            "content_json": source_page.to_json(),
            "schema_version": get_schema_version(source_page._meta.app_label),
            "last_updated_at": timezone.now(),
        },
    )
    said = extract_segments(source_page)
    stored = _store(source, source_page, said)
    Translation.objects.get_or_create(
        source=source, target_locale=target_page.locale, defaults={"enabled": False}
    )
    if in_step:
        answered = extract_segments(target_page)
        _harvest(stored, target_page, answered)
        staleness.sign_off(
            key,
            {
                language_of(source_page): staleness.paragraphs(said),
                language_of(target_page): staleness.paragraphs(answered),
            },
        )


def _store(source: TranslationSource, page: Page, segments: list[Any]) -> list[StringSegment]:
    """Keep these segments and no others; those that hold a text, as they are stored.

    In the place of `TranslationSource.refresh_segments`, which asks the database for every
    paragraph. Those that are stored as they stand are passed over: a publication changes few.
    """
    rows = [
        row
        for model, names in SEGMENTS.values()
        for row in model.objects.filter(source=source).select_related("context", *names)
    ]
    stored = {_what_it_says(row): row for row in rows}
    kept = []
    for value in segments:
        segment = stored.get(_what_it_says(value))
        if segment is None:
            model, _names = SEGMENTS[type(value)]
            locale = [page.locale] if model is StringSegment else []
            segment = model.from_value(source, *locale, value)
            segment.context.get_field_path(page)  # kept with the context once it is known
        kept.append(segment)
    for gone in set(rows) - set(kept):
        gone.delete()
    return [segment for segment in kept if isinstance(segment, StringSegment)]


def _what_it_says(segment: Any) -> tuple[Any, ...]:
    """Equal for a segment as it is stored and as it is read from the page."""
    match segment:
        case StringSegment():
            said: tuple[Any, ...] = "text", segment.string.data, segment.attrs
        case StringSegmentValue():
            said = "text", segment.string.data, _json(segment.attrs)
        case TemplateSegment():
            said = "template", segment.template.template
        case TemplateSegmentValue():
            said = "template", segment.template
        case RelatedObjectSegment():
            said = "object", segment.object_id
        case RelatedObjectSegmentValue():
            said = "object", segment.translation_key
        case OverridableSegment():
            said = "data", segment.data_json
        case _:
            said = "data", _json(segment.data)
    path = segment.context.path if hasattr(segment, "context") else segment.path
    return path, segment.order, *said


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)


def record_safely(source_page: Page, target_page: Page, in_step: bool = True) -> None:
    """As `record`, but a failing engine is logged: it must not undo what is public."""
    try:
        record(source_page, target_page, in_step)
    except Exception:
        logger.exception("Engine records failed for pair %s", source_page.translation_key)


def _harvest(stored: list[StringSegment], target_page: Page, segments: list[Any]) -> None:
    rows_at: dict[str, list[StringSegment]] = defaultdict(list)
    for row in stored:
        rows_at[row.context.path].append(row)
    texts: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment)
    known = {
        (kept.translation_of_id, kept.context_id): kept
        for kept in StringTranslation.objects.filter(
            locale=target_page.locale, context__object_id=target_page.translation_key
        )
    }
    for path, rows in rows_at.items():
        found = sorted(texts.get(path, []), key=lambda segment: segment.order)
        if len(found) != len(rows):
            if found:
                logger.warning("Pair %s: %s does not pair up", target_page.translation_key, path)
            continue
        for row, segment in zip(sorted(rows, key=lambda row: row.order), found, strict=True):
            place = row.string_id, row.context_id
            if place not in known:  # a text may stand twice in one; what comes last is kept
                known[place] = StringTranslation(
                    translation_of=row.string, locale=target_page.locale, context=row.context
                )
            kept = known[place]
            said = segment.string.data, StringTranslation.TRANSLATION_TYPE_MANUAL, False
            # A publication changes few paragraphs: those that are stored as now are left alone.
            if (kept.data, kept.translation_type, kept.has_error) != said:
                kept.data, kept.translation_type, kept.has_error = said
                kept.save()
