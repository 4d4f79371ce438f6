"""A resource with a plan, cards, material and one file in each language, made through the doors."""

import json
from typing import Any

from bilingual import pairs
from files.documents import store
from resources.models import PackPage, PackResource, ResourceFile, ResourcePage
from tests.factories.pairs import parents_for, unsaved

STEPS = [
    {"minutes": 10, "kind": "together", "title_en": "Welcome", "title_cy": "Croeso",
     "text_en": "Say names.", "text_cy": "Dweud enwau."},
    {"minutes": 20, "kind": "pairs", "title_en": "Listen", "title_cy": "Gwrando",
     "text_en": "", "text_cy": ""},
]  # fmt: skip
TEXTS = {
    "en": {"card": "At the bus stop", "material": "Listen first.", "notes": "Bring water."},
    "cy": {"card": "Wrth y safle bws", "material": "Gwrando’n gyntaf.", "notes": "Dewch â dŵr."},
}


def resource(
    title: str = "Listening",
    minutes: int = 30,
    publish: bool = True,
    rich: bool = True,
    **values: Any,
) -> pairs.Pair:
    """A published pair; `rich` gives it a plan, cards, material and a text file in each language.

    Signals wait for a commit that a test never makes: call what they would call.
    """
    pages = {}
    documents = {
        language: store(
            "notes.txt", TEXTS[language]["material"].encode(), title=title, language=language
        )
        for language in ("en", "cy")
        if rich
    }
    for language in ("en", "cy"):
        texts = TEXTS[language]
        page = unsaved(
            ResourcePage,
            language,
            **{
                "title": f"{title} {language}",
                "minutes": minutes,
                "licence": "cc-by-4.0",
                "content_note": "…",
                "safeguarding_note": "…",
                "impartiality_note": "…",
                "notes": f"<p>{texts['notes']}</p>",
                **values,
            },
        )
        page.material = json.dumps([{"type": "paragraph", "value": f"<p>{texts['material']}</p>"}])
        if rich:
            page.plan = json.dumps([{"type": "step", "value": step} for step in STEPS])
            page.cards = json.dumps(
                [{"type": "card", "value": {"title": texts["card"], "text": "<p>…</p>"}}]
            )
            for document in documents.values():
                page.files.add(
                    ResourceFile(
                        document=document, role="participant", label_en="Notes", label_cy="Nodiadau"
                    )
                )
        pages[language] = page
    return pairs.create_pair(parents_for(ResourcePage), pages["en"], pages["cy"], publish=publish)


def pack(*resources: pairs.Pair, publish: bool = True) -> pairs.Pair:
    """A curated pack of these resources."""
    pages = {}
    for language in ("en", "cy"):
        rows = [
            PackResource(resource=pair.en, sort_order=place) for place, pair in enumerate(resources)
        ]
        pages[language] = unsaved(PackPage, language, packed_resources=rows)
    return pairs.create_pair(parents_for(PackPage), pages["en"], pages["cy"], publish=publish)


def lose(document: Any) -> None:
    """The bytes of a document vanish from the storage."""
    document.file.storage.delete(document.file.name)
