"""The initial mutations of Welsh, both ways.

Soft, nasal and aspirate mutation and the h before a vowel change the first sound of a word after
certain words: *croeso*, *o groeso*, *fy nghroeso*, *a chroeso*. Source: Peter Wynn Thomas,
*Gramadeg y Gymraeg* (1996), chapter II; the table is the same in every grammar.
"""

from welsh.text import folded

VOWELS = frozenset("aeiouwy")

# Radical sound → its mutated sounds (soft, nasal, aspirate as far as they exist).
MUTATIONS: dict[str, tuple[str, ...]] = {
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "c": ("g", "ngh", "ch"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "g": ("", "ng"),
    "m": ("f",),
    "ll": ("l",),
    "rh": ("r",),
}
# Written with two signs; of these only ll and rh mutate.
_DIGRAPHS = ("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")

_RADICALS: dict[str, tuple[str, ...]] = {
    "b": ("p",),
    "d": ("t",),
    "g": ("c",),
    "f": ("b", "m"),
    "m": ("b",),
    "n": ("d",),
    "l": ("ll", "gl"),
    "r": ("rh", "gr"),
    "mh": ("p",),
    "nh": ("t",),
    "ngh": ("c",),
    "ph": ("p",),
    "th": ("t",),
    "ch": ("c",),
    "dd": ("d",),
    "ng": ("g",),
    "ff": (),
    "ll": (),
    "rh": (),
}


def _first_sound(word: str, sounds: dict[str, tuple[str, ...]]) -> str:
    """The longest beginning of `word` that the table knows, or nothing."""
    return next((word[:size] for size in (3, 2, 1) if word[:size] in sounds), "")


def starts_with_vowel(word: str) -> bool:
    return folded(word[:1]) in VOWELS


def radicals(word: str) -> tuple[str, ...]:
    """Every form from which `word` may come by mutation; `word` itself is not among them.

    Not all of them are words: only a lexicon can tell.
    """
    sound = _first_sound(word, _RADICALS)
    if sound:
        return tuple(radical + word[len(sound) :] for radical in _RADICALS[sound])
    if word.startswith("h") and starts_with_vowel(word[1:]):
        return (word[1:],)
    if starts_with_vowel(word):
        return ("g" + word,)
    return ()


def mutated_forms(radical: str) -> tuple[str, ...]:
    """Every mutated form of a radical: croeso gives groeso, nghroeso and chroeso."""
    sound = radical[:2] if radical[:2] in _DIGRAPHS else radical[:1]
    if sound in MUTATIONS:
        rest = radical[len(sound) :]
        return tuple(mutated + rest for mutated in MUTATIONS[sound] if mutated + rest)
    if starts_with_vowel(radical):
        return ("h" + radical,)
    return ()
