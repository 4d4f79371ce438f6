"""Which dictionary words a written word may be: its readings, the likeliest first.

Every reading of a word on a page is indexed, and a search asks for the likeliest reading of each
of its words. That asymmetry is what makes *genedl* find *cenedl* without *cael* finding *gael*'s
look-alikes.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Protocol

from welsh import grammar
from welsh.lexicon import Lexicon, SimplemmaLexicon
from welsh.mutations import mutated_forms, radicals
from welsh.text import folded

WORDS_REMEMBERED = 32_768  # per language; the words of about 5,000 pages, 6 MB

ENGLISH_FUNCTION_WORDS = grammar.word_set(
    """
    a an the and or but if so as than that this these those there here
    of in on at by for from to into with without about up out over under
    i me my we us our you your he him his she her it its they them their
    am is are was were be been being do does did has have had
    not no will would can could may might shall should must
    what when where which who whom whose why how
    """
)


class Analyser(Protocol):
    """What search asks of a language. Words come as `welsh.text.words` gives them."""

    language: str

    def is_function_word(self, word: str) -> bool:
        """The word says nothing about what a text is about."""
        ...

    def readings(self, word: str) -> tuple[str, ...]:
        """Every lemma the word may belong to, the likeliest first; none for a function word."""
        ...

    def likeliest(self, word: str) -> str | None:
        """The reading a search for the word asks for; None for a function word."""
        ...


class EnglishAnalyser:
    """English: one lemma for each form."""

    language = "en"

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def is_function_word(self, word: str) -> bool:
        return word in ENGLISH_FUNCTION_WORDS

    def readings(self, word: str) -> tuple[str, ...]:
        if self.is_function_word(word):
            return ()
        return (self.lexicon.lemma(word) or word,)

    def likeliest(self, word: str) -> str | None:
        return next(iter(self.readings(word)), None)


class WelshAnalyser:
    """Welsh: mutations are undone, irregular forms known, endings taken off."""

    language = "cy"

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.readings: Callable[[str], tuple[str, ...]] = lru_cache(WORDS_REMEMBERED)(
            self._readings
        )

    def is_function_word(self, word: str) -> bool:
        return word in grammar.FUNCTION_WORDS or grammar.is_inflected_preposition(word)

    def likeliest(self, word: str) -> str | None:
        if self.is_function_word(word):
            return None
        # Typed without its accent (dwr, ty) a word is first of all the accented one.
        accented = (lemma for lemma in self.lexicon.accented(word) if folded(lemma) == word)
        return next(chain(accented, self.readings(word)), None)

    def _readings(self, word: str) -> tuple[str, ...]:
        if self.is_function_word(word):
            return ()
        content = self._without_function_words(self._known_readings(word))
        return content or self._without_function_words(self._guessed_readings(word))

    def _without_function_words(self, found: Iterable[str]) -> tuple[str, ...]:
        return tuple(lemma for lemma in dict.fromkeys(found) if lemma not in grammar.FUNCTION_WORDS)

    def _lemma(self, form: str) -> str | None:
        """What the tables and the lexicon say of a form, in the spelling that is meant."""
        lemma = grammar.IRREGULAR_FORMS.get(form) or self.lexicon.lemma(form)
        if lemma is None:
            return form if form in grammar.FURTHER_WORDS else None
        return grammar.SAME_WORD.get(lemma) or grammar.IRREGULAR_FORMS.get(lemma) or lemma

    def _is_lemma(self, word: str) -> bool:
        return word in grammar.FURTHER_WORDS or self.lexicon.is_lemma(word)

    def _known_readings(self, word: str) -> list[str]:
        """Readings that some word list vouches for."""
        named = self._lemma(word)
        is_lemma = self._is_lemma(word)
        known = named is not None and word not in grammar.IRREGULAR_FORMS
        found = [word] if word in grammar.LEXICALISED else []
        found += self._ordered(word, named, is_lemma)
        if not is_lemma:
            found += self._stems(word, with_verbs=named is None)
        # haf is not af, mythau not bythau: a word of its own in h, m or n is hardly ever mutated.
        stands_alone = word[0] in "hmn" and any(own[0] == word[0] for own in found)
        if not stands_alone:
            for radical in radicals(word):
                found += self._radical_readings(radical, form_is_known=known)
                if not is_lemma:
                    found += self._stems(radical, with_verbs=named is None)
        found = found or list(self.lexicon.accented(word))
        found += [self._lemma(lemma) or lemma for lemma in found]
        return self._agents_joined(word, found)

    def _agents_joined(self, word: str, found: list[str]) -> list[str]:
        """Who does something ends in -wr or -ydd; both have plurals in -wyr (ymwelydd, ymwelwyr).

        One may be meant by the other, so the one in -wr stands for both.
        """
        stems = [lemma[:-3] for lemma in found if lemma.endswith("ydd")]
        agents = [f"{stem}wr" for stem in stems if not stem.endswith("d")]  # Caerdydd is nobody
        return agents + found if word.endswith("wyr") else found + agents

    def _ordered(self, word: str, named: str | None, is_lemma: bool) -> list[str]:
        """The word's own readings, the likeliest first.

        simplemma names one lemma for a form, and prefers verbs and mutated words: croesi for
        croeso, tynion for dynion. A noun of its own, or the singular of a regular plural, comes
        before such a one.
        """
        if word in grammar.IRREGULAR_FORMS:
            return [grammar.IRREGULAR_FORMS[word], word]
        if named is None:
            return [word] if is_lemma else []
        if is_lemma:
            derived = named != word and (named.startswith(word) or word.startswith(named))
            if derived and named not in grammar.singulars_and_positives(word):
                return [word, named]  # cywir is not cywiro, siopa not siop
            verb_named = named[-1] in "oui" and not grammar.FINITE_ENDING.search(word)
            return [word, named] if verb_named else [named, word]
        regular = grammar.singulars_and_positives(word, changed=False)
        own = next(filter(self._is_lemma, regular), None)
        named_wrongly = named[-1] in "oui" or named[0] != word[0]
        if named_wrongly and own and self._lemma(own) == own != named:
            return [own, named]
        # A mutated form may be named after its unmutated form instead of its lemma.
        further = self._lemma(named)
        if further and further != named:
            inflected = grammar.FINITE_ENDING.search(named)
            if inflected or further in grammar.singulars_and_positives(named):
                return [further, named]
        return [named]

    def _radical_readings(self, radical: str, form_is_known: bool) -> list[str]:
        irregular = grammar.IRREGULAR_FORMS.get(radical)
        lemma = self._lemma(radical)
        if self._is_lemma(radical):
            return [lemma or radical, radical]
        if irregular or (lemma and not form_is_known):
            return [irregular or lemma or radical]
        return []

    def _stems(self, form: str, with_verbs: bool) -> Iterator[str]:
        """Lemmas of which `form` may be an inflected form by the regular endings."""
        yield from filter(self._is_lemma, grammar.singulars_and_positives(form))
        for spelling in grammar.standard_spellings(form):
            lemma = self._lemma(spelling)
            if lemma:
                yield lemma
        if with_verbs:
            verb = next(filter(self._is_lemma, grammar.verbal_nouns(form)), None)
            if verb:
                yield verb

    def _guessed_readings(self, word: str) -> Iterator[str]:
        """For a word that no list has, a name as a rule: every form it may have.

        Its own mutated forms are readings too, so that a search for “Dalgarth” finds “Talgarth”.
        """
        yield word
        for radical in dict.fromkeys((word, *radicals(word))):
            yield radical
            yield from mutated_forms(radical)
            yield from grammar.guessed_stems(radical)


@cache
def analyser(language: str) -> Analyser:
    """The analyser of “cy” or “en”, made on first use (about 0.5 s, once per process).

    Raises:
        KeyError: another language.
    """
    kinds: dict[str, type[WelshAnalyser] | type[EnglishAnalyser]]
    kinds = {"cy": WelshAnalyser, "en": EnglishAnalyser}
    return kinds[language](SimplemmaLexicon(language))
