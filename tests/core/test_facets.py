"""Filters with counts: “or” within one, “and” across, each counted as if it were open."""

import random

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bilingual.models import shown_to_readers_of
from case_studies.models import CaseStudyPage
from core.facets import ConditionFacet, Filters, Source, of_column, of_rows, of_terms
from core.models import RelatedPage
from core.terms import PageTerm, Term, TermKind
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
KINDS = ("project", "council", "school")
TOPICS = ("schools", "online-hate", "housing")
RELATIONS = ("try_it", "see_also")
LENGTHS = {"short": Q(title__lt="m"), "any": Q(pk__gt=0)}


def sources() -> list[Source]:
    return [
        of_terms("topic", "Topics", TermKind.TOPIC),
        of_column("kind", "Kind", CaseStudyPage, "kind", CaseStudyPage.Kind.choices),
        of_rows("link", "Links", RelatedPage.objects.all(), "relation",
                RelatedPage.Relation.choices),
        ConditionFacet("length", "Length", {key: (key, q) for key, q in LENGTHS.items()}),
    ]  # fmt: skip


def some_stories(dice: random.Random, number: int) -> dict[int, dict[str, set[str]]]:
    """Pairs with random values; what each English page has, by its id."""
    terms = {
        key: Term.objects.get_or_create(
            kind=TermKind.TOPIC, key=key, defaults={"name_en": key, "name_cy": key}
        )[0]
        for key in TOPICS
    }
    held = {}
    for _ in range(number):
        kind, letter = dice.choice(KINDS), dice.choice("az")
        topics = dice.sample(TOPICS, dice.randint(0, 2))
        links = dice.choices(RELATIONS, k=dice.randint(0, 3))
        for page in make_pair(CaseStudyPage, kind=kind):
            CaseStudyPage.objects.filter(pk=page.pk).update(title=letter, kind=kind)
            PageTerm.objects.bulk_create(PageTerm(page=page, term=terms[key]) for key in topics)
            for relation in links:
                RelatedPage.objects.create(page=page, target=page, relation=relation)
            if page.locale.language_code == "en":
                held[page.pk] = {
                    "topic": set(topics),
                    "kind": {kind},
                    "link": set(links),
                    "length": {"any"} | ({"short"} if letter < "m" else set()),
                }
    return held


def fits(values: dict[str, set[str]], ticked: dict[str, list[str]], but: str = "") -> bool:
    return all(name == but or not keys or values[name] & set(keys) for name, keys in ticked.items())


def test_every_count_is_what_counting_by_hand_gives() -> None:
    dice = random.Random(7)
    held = some_stories(dice, 8)
    stories = shown_to_readers_of("en", CaseStudyPage.objects.all())
    values = {"topic": TOPICS, "kind": KINDS, "link": RELATIONS, "length": tuple(LENGTHS)}
    for _ in range(40):
        ticked = {name: dice.sample(keys, dice.randint(0, 2)) for name, keys in values.items()}
        address = QueryDict("&".join(f"{n}={key}" for n, keys in ticked.items() for key in keys))
        filters = Filters(sources(), address, "en")
        fitting = set(filters.narrow(stories).values_list("pk", flat=True))
        assert fitting == {pk for pk, has in held.items() if fits(has, ticked)}
        shown = {
            (facet.name, option.value): option.count
            for facet in filters.facets(stories)
            for option in facet.options
        }
        for name, keys in values.items():
            for key in keys:
                expected = sum(key in h[name] and fits(h, ticked, but=name) for h in held.values())
                assert shown.get((name, key), 0) == expected
                assert expected == 0 or (name, key) in shown


def test_two_queries_however_much_is_ticked() -> None:
    some_stories(random.Random(1), 2)
    for address in ("", "topic=schools&kind=project&kind=school&link=try_it&length=any"):
        with CaptureQueriesContext(connection) as captured:
            filters = Filters(sources(), QueryDict(address), "cy")
            filters.facets(shown_to_readers_of("cy", CaseStudyPage.objects.all()))
        assert len(captured) == 2


def test_unknown_values_are_left_out_and_a_chip_keeps_the_other_ticks() -> None:
    address = QueryDict("topic=no-such&kind=school&kind=council&q=welcome&page=3&kind=school")
    filters = Filters(sources(), address, "en")
    assert filters.ticked == {"topic": [], "kind": ["school", "council"], "link": [], "length": []}
    assert [chip["url"] for chip in filters.chips()] == [
        "?topic=no-such&kind=council&q=welcome",
        "?topic=no-such&kind=school&kind=school&q=welcome",
    ]
