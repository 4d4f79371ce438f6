"""The records of wagtail-localize: segments, memory, staleness. It never touches a page here.

Only the calls of the safe list are used; its own screens are shut (`bilingual.wagtail_hooks`).
"""

import json
import logging
from collections import defaultdict
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from bilingual import staleness

logger = logging.getLogger(__name__)
SEGMENTS: dict[type, Any] = {
    TemplateSegmentValue: TemplateSegment,
    RelatedObjectSegmentValue: RelatedObjectSegment,
    OverridableSegmentValue: OverridableSegment,
}


@transaction.atomic
def record(source_page: Page, target_page: Page, in_step: bool = True) -> None:
    """Read the live source again and store the target's texts as its translation.

    Where one language is ahead of the other (`in_step` false), the texts do not belong together:
    then only the source is read, and its new paragraphs stand without a translation. One direction
    is kept, from the language in which the page was written first. Segments are paired by path;
    where a path has another number of segments in the target nothing is guessed.
    """
    other_direction = TranslationSource.objects.filter(
        object_id=source_page.translation_key
    ).exclude(locale_id=source_page.locale_id)
    other_direction.delete()
    source, is_new = TranslationSource.get_or_create_from_instance(source_page)
    if not is_new:  # a new one has been read already
        source.refresh_segments = partial(_refresh_segments, source)
        source.update_from_db()
    Translation.objects.update_or_create(
        source=source, target_locale=target_page.locale, defaults={"enabled": False}
    )
    if in_step:
        _harvest(source, target_page)
        staleness.sign_off(source_page, target_page)


def _refresh_segments(source: TranslationSource) -> None:
    """In the place of the source's own method, which asks the database for every paragraph.

    Those that are stored as they stand are passed over: a publication changes few.
    """
    strings = StringSegment.objects.filter(source=source).select_related("context", "string")
    templates = TemplateSegment.objects.filter(source=source).select_related("context", "template")
    stored = {_what_it_says(row): row for row in (*strings, *templates)}
    seen: dict[Any, list[int]] = {StringSegment: [], **{model: [] for model in SEGMENTS.values()}}
    page = source.as_instance()
    for value in extract_segments(page):
        segment = stored.get(_what_it_says(value))
        if segment is None:
            if isinstance(value, StringSegmentValue):
                segment = StringSegment.from_value(source, source.locale, value)
            else:
                segment = SEGMENTS[type(value)].from_value(source, value)
            segment.context.get_field_path(page)  # kept with the context once it is known
        seen[type(segment)].append(segment.pk)
    for model, keys in seen.items():
        model.objects.filter(source=source).exclude(pk__in=keys).delete()


def _what_it_says(segment: Any) -> tuple[Any, ...]:
    """Equal for a text or template as stored and as read from the page; other kinds equal none."""
    match segment:
        case StringSegment():
            return segment.context.path, segment.order, segment.string.data, segment.attrs
        case StringSegmentValue():
            attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
            return segment.path, segment.order, segment.string.data, attrs
        case TemplateSegment():
            return segment.context.path, segment.order, segment.template.template
        case TemplateSegmentValue():
            return segment.path, segment.order, segment.template
    return (id(segment),)


def record_safely(source_page: Page, target_page: Page, in_step: bool = True) -> None:
    """As `record`, but a failing engine is logged: it must not undo what is public."""
    try:
        record(source_page, target_page, in_step)
    except Exception:
        logger.exception("Engine records failed for pair %s", source_page.translation_key)


def _harvest(source: TranslationSource, target_page: Page) -> None:
    texts: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in extract_segments(target_page.specific):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment)
    stored: dict[str, list[StringSegment]] = defaultdict(list)
    for row in StringSegment.objects.filter(source=source).select_related("context", "string"):
        stored[row.context.path].append(row)
    # A publication changes few paragraphs: those that are stored as they are now are left alone.
    kept = set(
        StringTranslation.objects.filter(
            locale=target_page.locale,
            context__object_id=source.object_id,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            has_error=False,
        ).values_list("translation_of_id", "context_id", "data")
    )
    for path, rows in stored.items():
        found = sorted(texts.get(path, []), key=lambda segment: segment.order)
        if len(found) != len(rows):
            if found:
                logger.warning("Pair %s: %s does not pair up", source.object_id, path)
            continue
        for row, segment in zip(sorted(rows, key=lambda row: row.order), found, strict=True):
            context: TranslationContext = row.context
            if (row.string_id, context.pk, segment.string.data) in kept:
                continue
            StringTranslation.objects.update_or_create(
                translation_of=row.string,
                locale=target_page.locale,
                context=context,
                defaults={
                    "data": segment.string.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "has_error": False,
                },
            )
