"""Sizes and formats of a picture, made at publish and only read at view.

A phone gets at most `PHONE_LIMIT` bytes: quality steps down until the file fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.fields import StreamField

from files.models import Image, Rendition

PHONE_WIDTHS = (480, 800)  # pixels
WIDE_WIDTHS = (1200, 1600)
PHONE_LIMIT = 60 * 1024  # bytes, the speed guide's "picture on a phone"
PHONE_MEDIA = "(max-width: 40rem)"
FORMATS = ("avif", "webp")  # in the order in which a browser should choose
QUALITIES = (60, 45, 30, 18, 8)
SIZES = "100vw"
SHARE_SIZE = (1200, 630)  # pixels, what messengers and networks show
SHARE_FILTER = "fill-1200x630|format-jpeg|jpegquality-70"


@dataclass(frozen=True)
class Spec:
    """One wanted size: pixels wide, format, and the most bytes it may weigh (None: no limit)."""

    width: int
    format: str
    most_bytes: int | None = None

    @property
    def start(self) -> str:
        """How its filter begins; the quality follows."""
        return f"width-{self.width}|format-{self.format}|"

    def filters(self) -> list[str]:
        """From the best quality to the smallest file."""
        return [f"{self.start}{self.format}quality-{quality}" for quality in QUALITIES]


PICTURE_SPECS: tuple[Spec, ...] = tuple(
    Spec(width, format, PHONE_LIMIT if width in PHONE_WIDTHS else None)
    for format in FORMATS
    for width in PHONE_WIDTHS + WIDE_WIDTHS
)


@dataclass(frozen=True)
class Source:
    """One `source` element."""

    type: str
    srcset: str
    media: str = ""


@dataclass(frozen=True)
class Picture:
    """What a template needs to show a picture: addresses, size in pixels, text."""

    sources: tuple[Source, ...]
    src: str
    width: int
    height: int
    alt: str
    is_lazy: bool = True

    def __html__(self) -> SafeString:
        sources = format_html_join(
            "",
            '<source{} type="{}" srcset="{}" sizes="{}">',
            (
                (
                    format_html(' media="{}"', source.media) if source.media else "",
                    source.type,
                    source.srcset,
                    SIZES,
                )
                for source in self.sources
            ),
        )
        lazy = SafeString(' loading="lazy"') if self.is_lazy else ""
        return format_html(
            '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
            sources,
            self.src,
            self.width,
            self.height,
            self.alt,
            lazy,
        )

    def __str__(self) -> str:
        return self.__html__()


def make_renditions(image: Image, specs: Iterable[Spec] = PICTURE_SPECS) -> list[Rendition]:
    """One rendition for each spec, made if missing. Files above their limit are not kept.

    A picture narrower than a spec is not enlarged; the same width is then made once.
    """
    made: list[Rendition] = []
    existing = list(image.renditions.all())
    done: set[tuple[int, str]] = set()
    for spec in specs:
        width = min(spec.width, image.width)
        if (width, spec.format) in done:
            continue
        done.add((width, spec.format))
        found = [r for r in existing if r.filter_spec.startswith(spec.start)]
        made.append(found[0] if found else _made(image, spec))
    return made


def _made(image: Image, spec: Spec) -> Rendition:
    filters = spec.filters()
    for number, name in enumerate(filters):
        rendition = image.get_rendition(name)
        fits = spec.most_bytes is None or rendition.file.size <= spec.most_bytes
        if fits or number == len(filters) - 1:
            return rendition
        rendition.file.delete(save=False)
        rendition.delete()
    raise AssertionError("a spec has at least one filter")


def share_picture(image: Image, *, make: bool = False) -> Rendition | None:
    """The picture of 1200 × 630 pixels for cards elsewhere; None where it is not made yet.

    A picture that is smaller has none: an enlarged one would be no recommendation.
    """
    if image.width < SHARE_SIZE[0] or image.height < SHARE_SIZE[1]:
        return None
    if make:
        return image.get_rendition(SHARE_FILTER)
    return next((r for r in image.renditions.all() if r.filter_spec == SHARE_FILTER), None)


def picture(
    image: Image | None, language: str, *, lazy: bool = True, make: bool = False
) -> Picture | None:
    """The picture in one language ("en" or "cy"), from renditions that exist; one query.

    None without an image or before its renditions are made. `make` is for previews alone.
    """
    if image is None:
        return None
    if make:
        make_renditions(image)
    renditions = list(image.renditions.all())
    sources: list[Source] = []
    groups = ((PHONE_WIDTHS, PHONE_MEDIA), (PHONE_WIDTHS + WIDE_WIDTHS, ""))
    found: dict[tuple[int, str], Rendition] = {}
    for spec in PICTURE_SPECS:
        for rendition in renditions:
            if rendition.filter_spec.startswith(spec.start):
                found[spec.width, spec.format] = rendition
    for widths, media in groups:
        for format in FORMATS:
            chosen = [found[w, format] for w in widths if (w, format) in found]
            if chosen:
                srcset = ", ".join(f"{r.url} {r.width}w" for r in chosen)
                sources.append(Source(f"image/{format}", srcset, media))
    fallback = next(
        (found[w, "webp"] for w in reversed(PHONE_WIDTHS) if (w, "webp") in found), None
    )
    if fallback is None:
        return None
    return Picture(
        sources=tuple(sources),
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=image.alt_in(language),
        is_lazy=lazy,
    )


def images_of(page: models.Model) -> list[Image]:
    """The pictures that a page shows: its own fields and those in its stream fields."""
    keys: set[Any] = set()
    for field in page._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is Image:
            keys.add(getattr(page, field.attname))
        elif isinstance(field, StreamField):
            value = getattr(page, field.name)
            for reference in value.stream_block.extract_references(value):
                if reference[0] is Image:
                    keys.add(reference[1])
    return list(Image.objects.filter(pk__in=keys - {None}).prefetch_related("renditions"))
