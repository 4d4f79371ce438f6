"""The Welsh alphabet, and sort keys that put titles into its order.

Welsh has 29 letters, eight of them written with two signs: *ch* is one letter that follows *c*.
A key made here uses only the signs 0–9 and a–z and gives every letter two of them, so that any
database compares keys in the right order, whatever its collation: by byte (SQLite, PostgreSQL's
C) or by a locale that ignores blanks and case (glibc).

Two written signs are sometimes two letters: *Bangor* is n + g, *parhau* is r + h. Words known to
be so are listed here; for the rest an editor writes an override with a bar between the two:
``sort_key("Langstone", override="Lan|gstone")``.
"""

import re
import unicodedata

LETTERS: tuple[str, ...] = (
    "a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "l", "ll", "m",
    "n", "o", "p", "ph", "r", "rh", "s", "t", "th", "u", "w", "y",
)  # fmt: skip
ENGLISH_LETTERS: tuple[str, ...] = tuple("abcdefghijklmnopqrstuvwxyz")

SPLIT = "|"
"""Put between two signs that are two letters, in an override."""

_BLANK = "00"  # before everything: “Tir Coed” comes before “Tiroedd”
_DIGIT = "1"
_FOREIGN = "zz"  # letters of other scripts, after z, by code point

_DIGRAPHS = frozenset(letter for letter in LETTERS if len(letter) == 2)
# k q v x z occur in names and keep their Latin place, which their own sign already gives.
# ng is the one letter that does not stand after its first sign: it follows g.
_CODES = {letter: f"{letter}0" for letter in ENGLISH_LETTERS} | {
    letter: f"{'g' if letter == 'ng' else letter[0]}1" for letter in _DIGRAPHS
}

# Letters that Unicode does not decompose.
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)

# n + g where a prefix or a first part ends in n (Geiriadur Prifysgol Cymru orders them so), and
# in names from elsewhere. “llang” begins only place names in Llan-.
_N_G = re.compile(
    r"\bllan(?=g)|(?<=ban)(?=gor)|(?<=dan)(?=gos)|(?<=\bhen)(?=goed)|(?<=\bpen)(?=gam\b)"
    r"|(?<=\bcon)(?=go)|(?<=\bmon)(?=gol)|(?<=\btan)(?=go\b)|(?<=\bbin)(?=go\b)|(?<=\bun)(?=gorn)"
)
# r + h in verbs made with -hau and their nouns (sicrhau, parhad), in arhol-, arhos- and parha-.
_R_H = re.compile(r"(?<=\w)r(?=ha(?:u|d|ol|usol)\b)|\bar(?=h(?:ol|os))|\bpar(?=ha)")
_TOKEN = re.compile(r"\w+")


def _folded(text: str) -> str:
    """Lower case without accents; apostrophes gone, other signs kept as separators."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", decomposed)
    return "".join(
        sign for sign in decomposed if not unicodedata.combining(sign) and sign not in "'’‘ʼ`´"
    )


def _split_known_words(folded: str) -> str:
    """Bars where the two signs of a known word are two letters."""
    for pattern in (_N_G, _R_H):
        folded = pattern.sub(lambda match: match.group() + SPLIT, folded)
    return folded


def _letters(folded: str) -> list[str]:
    """Welsh letters, digits and "" for a break between words; a bar or a hyphen ends a letter."""
    letters: list[str] = []
    position = 0
    while position < len(folded):
        pair, sign = folded[position : position + 2], folded[position]
        if pair in _DIGRAPHS:
            letters.append(pair)
            position += 2
            continue
        position += 1
        if sign.isalnum():
            letters.append(sign)
        elif sign in (SPLIT, "-", "‐", "‑", "\u00ad"):
            continue  # “cyd-destun” is one word, and its d-d are two letters
        elif letters and letters[-1]:
            letters.append("")
    if letters and not letters[-1]:
        letters.pop()
    return letters


def _key(letters: list[str]) -> str:
    """The key of letters; two signs for each, eight for a letter of another script."""
    parts = []
    for letter in letters:
        if not letter:
            parts.append(_BLANK)
        elif letter in _CODES:
            parts.append(_CODES[letter])
        elif letter in "0123456789":
            parts.append(_DIGIT + letter)
        else:
            parts.append(f"{_FOREIGN}{ord(letter):06x}")
    return "".join(parts)


def letters_of(text: str) -> tuple[str, ...]:
    """The Welsh letters of `text`, lower case and without accents: “Llŷn” is ll, y, n.

    Digits count as letters; blanks and punctuation do not. The first one is the place of a
    title in a Welsh A–Z (k, q, v, x and z may come out: they are not in `LETTERS`).
    """
    return tuple(letter for letter in _letters(_split_known_words(_folded(text))) if letter)


def sort_key(text: str, override: str | None = None) -> str:
    """A string of 0–9 and a–z whose plain comparison gives Welsh alphabetical order.

    Accents, case, apostrophes and hyphens do not count; a blank comes before any letter, digits
    before letters. `override` is sorted instead of `text` when it is given and not blank; in it a
    bar parts two signs that are not one letter. Equal keys (tan, tân) keep the caller's second
    order. Source of the order: the 29 letters, as in Geiriadur Prifysgol Cymru.
    """
    if override and override.strip():
        return _key(_letters(_folded(override)))
    return _key(_letters(_split_known_words(_folded(text))))


def english_sort_key(text: str) -> str:
    """As `sort_key`, in the order of the 26 letters."""
    letters: list[str] = []
    for word in _TOKEN.findall(_folded(text).replace("-", "").replace("_", " ")):
        letters += ["", *(sign for sign in word if sign.isalnum())]
    return _key(letters[1:])
