"""Removes everything that is flagged as sample and leaves the planted trees empty."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from bilingual import pairs
from core.models import BasePage
from demo.data import LANGUAGES, PageData, pages
from demo.documents import delete_sample_documents
from demo.load import planted_pair
from demo.registers import REGISTERS, purge_registers
from evidence.models import Evidence, Figure


class PurgeRefused(Exception):
    """Real content stands on sample content; the message says which."""


@dataclass
class Purged:
    """How many rows went. A pair counts once."""

    pairs: int = 0
    figures: int = 0
    sources: int = 0


def purge_demo() -> Purged:
    """Delete sample pairs, numbers and sources; give planted pages their first state back.

    Raises:
        PurgeRefused: a page that is no sample lies below a sample page or prints a sample number.
    """
    gone = Purged()
    with translation.override("en"), transaction.atomic():
        planted = set()
        for data in pages():
            if data.planted:
                planted.add(_restore(data))
        samples = {
            page.translation_key: page
            for model in get_page_models()
            if issubclass(model, BasePage)
            for page in model.objects.filter(is_sample=True).exclude(translation_key__in=planted)
        }
        for page in samples.values():
            below = page.get_descendants().exclude(translation_key__in=samples).first()
            if below is not None:
                raise PurgeRefused(
                    f"“{below.title}” is no sample but lies below the sample “{page.title}”. "
                    "Move it first."
                )
        pairs.delete_pairs(samples.values())
        gone.pairs = len(samples)
        delete_sample_documents()
        purge_registers()
        try:
            gone.figures = Figure.objects.filter(is_sample=True).delete()[0]
            gone.sources = Evidence.objects.filter(is_sample=True).delete()[0]
        except ProtectedError as error:
            users = ", ".join(sorted(str(row) for row in error.protected_objects))
            raise PurgeRefused(f"A sample number or source is still in use by: {users}.") from error
    return gone


def _restore(data: PageData) -> object:
    """Empty what the demo wrote on a planted pair, and forget the drafts that held it.

    Raises:
        bilingual.pairs.PairRefused: the pair cannot be published.
    """
    pair = planted_pair(data)
    if not (pair.en.is_sample or pair.cy.is_sample):
        return pair.en.translation_key
    for language in LANGUAGES:
        draft = pairs.latest_draft(pair.side(language))
        for name in data.texts[language]:
            field = draft._meta.get_field(name)
            setattr(draft, name, "[]" if isinstance(field, StreamField) else "")
        for name in ("quilt_total", "quilt_marked", "lead_story"):
            if hasattr(draft, f"{name}_id"):
                setattr(draft, f"{name}_id", None)
        for relation in ("page_terms", "related_pages", "page_figures"):
            getattr(draft, relation).set([])
        draft.is_sample = False
        draft.save_revision()
    pairs.publish_pair(pair.en)
    for side in pairs.pair_of(pair.en):
        side.revisions.exclude(pk=side.live_revision_id).filter(content__is_sample=True).delete()
    return pair.en.translation_key


def sample_rows() -> dict[str, int]:
    """How many sample rows each kind has; all zero after a purge."""
    counts = {
        model._meta.label: model.objects.filter(is_sample=True).count()
        for model in get_page_models()
        if issubclass(model, BasePage)
    }
    for model in (Figure, Evidence, *REGISTERS):
        counts[model._meta.label] = model.objects.filter(is_sample=True).count()
    return counts
