"""The house's words: advice in both languages, while writing and when a file comes back."""

import pytest

from bilingual.termbase import advice, terms


@pytest.mark.parametrize(
    ("texts", "language", "says"),
    [
        ({"cy": "Llythyr at geiswyr lloches"}, "cy", "pobl sy’n ceisio noddfa"),
        ({"cy": "Anfonwch ebost"}, "cy", "Write “e-bost”, not “ebost”."),
        ({"en": "Stand up for sanctuary with us"}, "en", "Speak Up for Sanctuary"),
        ({"en": "A refugee came.", "cy": "Daeth rhywun."}, "cy", "usually “ffoadur”"),
        ({"en": "Somebody came.", "cy": "Daeth ffoadur."}, "en", "usually “refugee”"),
    ],
)
def test_a_word_that_the_house_does_not_use_is_named(texts, language, says) -> None:
    assert says in " ".join(advice(texts)[language])


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"en": "A refugee came.", "cy": ""},
        {"en": "Two refugees came.", "cy": "Daeth dau o ffoaduriaid."},
        {"en": "In a City of Sanctuary", "cy": "Mewn Dinas Noddfa"},
        {"en": "To a City of Sanctuary", "cy": "I Ddinas Noddfa"},
        {"en": "On asylum dispersal", "cy": "Am wasgaru ceiswyr lloches"},
        {"en": "Free of charge", "cy": "Am ddim"},
    ],
)
def test_good_words_in_any_mutation_pass_without_a_word(texts) -> None:
    assert advice(texts) == {"en": [], "cy": []}


def test_no_word_is_good_and_bad_at_once() -> None:
    for language in ("en", "cy"):
        good = {word.casefold() for term in terms() for word in term.good(language)}
        bad = {word.casefold() for term in terms() for word in term.forbidden[language]}
        assert not good & bad
        assert all(term.approved[language] for term in terms())
