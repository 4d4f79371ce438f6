"""The claim stands on a fact's page once, and in nothing that travels from it.

Repeating a claim spreads it, also when it is denied (The Debunking Handbook 2020). So every text
of a fact that is shown elsewhere is searched for the claim, however its words are inflected,
mutated or ordered: a sentence of the claim is in a text when all its words that mean something are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from welsh.keys import keys_of_word
from welsh.text import forms, letters_and_digits

FEWEST_WORDS = 2  # that mean something; fewer are compared as they stand, function words too
# “Is not” in one word: a claim is the same claim when it is denied.
_DENIALS = {"does", "doedd", "doedden", "doeddent", "dydyn"}
_SENTENCE_END = re.compile(r"[.!?;:\n]+")


@dataclass(frozen=True)
class Claim:
    """A claim and the language it is in."""

    text: str
    language: str


def carries(text: str, claims: Iterable[Claim]) -> bool:
    """Whether a text says what one of the claims says, as a whole or in one of its sentences."""
    return any(_says(text, sentence) for claim in claims for sentence in _sentences(claim))


def _sentences(claim: Claim) -> list[Claim]:
    return [Claim(part, claim.language) for part in _SENTENCE_END.split(claim.text) if forms(part)]


def _says(text: str, sentence: Claim) -> bool:
    wanted = _meanings(sentence.text, sentence.language)
    if len(wanted) < FEWEST_WORDS:
        return f" {_folded(sentence.text)} " in f" {_folded(text)} "
    there = frozenset[str]().union(*_meanings(text, sentence.language))
    return all(word & there for word in wanted)


def _meanings(text: str, language: str) -> list[frozenset[str]]:
    """For each word that means something, every key it may have and its plain letters."""
    return [
        frozenset({*keys, letters_and_digits(word)})
        for word in forms(text)
        if word not in _DENIALS and (keys := keys_of_word(word, language))
    ]


def _folded(text: str) -> str:
    return " ".join(filter(None, map(letters_and_digits, forms(text))))
