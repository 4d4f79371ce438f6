"""Words of running text: where they stand, and the plain form in which they are compared.

Welsh fastens small words to the end of others with an apostrophe: *mae'r* is *mae* + *yr*. They
are cut off here, so that what is left can be looked up. The list follows Peter Wynn Thomas,
*Gramadeg y Gymraeg* (1996), and *Cysill*'s usage notes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
# yr, yn, ei/eu, ein, fy/eich …: 'r 'n 'i 'u 'm 'th 'w 'ch; spoken 'd; the English possessive 's.
_CLITIC = re.compile(r"'(?:r|n|i|u|m|th|w|ch|d|s)?$", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:stop]` as written, `form` as compared (lower case, NFC)."""

    form: str
    start: int
    stop: int


def normalised(text: str) -> str:
    """NFC with one sign for every apostrophe: the text that offsets of `words` refer to."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def folded(text: str) -> str:
    """Lower case without accents: “Ŵyl” is “wyl”. Dictionaries and engines compare like this."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> Iterator[Word]:
    """Every word of `text`, which must be `normalised`; hyphens part words, clitics are cut off."""
    for match in _WORD.finditer(text):
        form = match.group()
        kept = (_CLITIC.sub("", form) or form) if "'" in form else form
        yield Word(kept.lower(), match.start(), match.start() + len(kept))


def forms(text: str) -> list[str]:
    """The words of any text as they are compared."""
    return [word.form for word in words(normalised(text))]


def letters_and_digits(word: str) -> str:
    """What of a word may stand in a key: folded, nothing but letters and digits."""
    return _LETTERS.sub("", folded(word))
