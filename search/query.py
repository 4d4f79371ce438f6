"""What a visitor asked for, made safe: the value that every search engine is given.

Whatever stands in the address, parsing succeeds. What the engines choke on (NUL, quotes, lone
surrogates, hundreds of words) never reaches them.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from modelsearch.query import Or, Phrase, PlainText
from modelsearch.query import SearchQuery as EngineQuery

from search.facets import facet_sources
from welsh.keys import index_words, query_keys
from welsh.text import forms

LONGEST_TEXT = 100  # characters
MOST_WORDS = 12  # each one is a level of recursion in the engines' query compilers
LAST_PAGE = 10_000
BEST, NEWEST, TITLE = "best", "newest", "title"
SORTS = (BEST, NEWEST, TITLE)
_READ_AT_MOST = 1_000  # characters looked at before cleaning: normalising megabytes takes seconds

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_QUOTES = frozenset('"“”„«»‟″＂')


@dataclass(frozen=True)
class SearchQuery:
    """Words to look for, in one language.

    `text` is what the visitor wrote, cleaned, to be shown again; `words` what is searched, as a
    `phrase` if all of it stood in quotes; `kinds` language-free keys of kinds of page, empty for
    all; `facets` pairs of a facet's parameter and a key; `page` is 1 or more.
    """

    text: str
    words: tuple[str, ...]
    language: str
    kinds: tuple[str, ...] = ()
    page: int = 1
    phrase: bool = False
    sort: str = BEST
    facets: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """There is something to search for."""
        return bool(self.words)

    def for_engine(self) -> EngineQuery:
        """The same question for every engine: only `Or` of `PlainText` means the same on all.

        A page is found by its exact words, which rank highest, or by the keys of their lemmas in
        one of the two languages (`welsh.keys`).
        """
        words = index_words(" ".join(self.words))
        if self.phrase:
            return Phrase(words)
        alternatives = [PlainText(words, operator="and")]
        for language in ("cy", "en"):
            keys = query_keys(self.forms(), language)
            if keys:
                alternatives.append(PlainText(" ".join(keys), operator="and"))
        return Or(alternatives) if len(alternatives) > 1 else alternatives[0]

    def forms(self) -> list[str]:
        """The words without clitics, in lower case, as `welsh` looks them up."""
        return forms(" ".join(self.words))

    def parameters(self) -> dict[str, str]:
        """The parameters of this query's own address, cleaned."""
        kind = {"kind": self.kinds[0]} if self.kinds else {}
        sort = {"sort": self.sort} if self.sort != BEST else {}
        return {"q": self.typed} | kind | dict(self.facets) | sort | {"page": str(self.page)}

    @property
    def typed(self) -> str:
        """What stands in the search field: a phrase with its quotes."""
        return f"“{self.text}”" if self.phrase else self.text


def parse(params: Mapping[str, object], language: str) -> SearchQuery:
    """The query in `params` (q, kind, sort, page, facets) for a reader of `language`; never raises.

    `params` is a QueryDict or any mapping; of a repeated parameter the last value counts.
    """
    raw = params.get("q")
    text = cleaned_text(raw)
    kind = cleaned_text(params.get("kind")).strip().lower()
    sort = params.get("sort")
    facets = (
        (source.parameter, cleaned_text(params.get(source.parameter)).lower())
        for source in facet_sources
    )
    return SearchQuery(
        text=text,
        words=words_of(text),
        language=language,
        kinds=(kind,) if kind else (),
        page=page_number(params.get("page")),
        sort=sort if isinstance(sort, str) and sort in SORTS else BEST,
        facets=tuple((parameter, key) for parameter, key in facets if key),
        phrase=isinstance(raw, str) and _is_quoted(raw[:_READ_AT_MOST].strip()),
    )


def _is_quoted(text: str) -> bool:
    """The whole text stands in one pair of quotes."""
    return len(text) > 2 and [sign in _QUOTES for sign in text] == (
        [True] + [False] * (len(text) - 2) + [True]
    )


def cleaned_text(raw: object) -> str:
    """At most 100 characters in NFC: one line, no quotes, no invisible or undecodable signs."""
    if not isinstance(raw, str):
        return ""
    signs = []
    for sign in unicodedata.normalize("NFC", raw[:_READ_AT_MOST].translate(_APOSTROPHES)):
        category = unicodedata.category(sign)
        if category in ("Cc", "Zl", "Zp") or sign in _QUOTES:
            signs.append(" ")
        elif category not in ("Cf", "Cs", "Cn", "Co"):
            signs.append(sign)
    return " ".join("".join(signs).split())[:LONGEST_TEXT].strip()


def words_of(text: str) -> tuple[str, ...]:
    """At most 12 different words of letters, digits and inner apostrophes, as they were written."""
    words: dict[str, str] = {}
    kept = "".join(
        sign if sign == "'" or unicodedata.category(sign)[0] in "LNM" else " " for sign in text
    )
    for word in (part.strip("'") for part in kept.split()):
        if any(sign.isalnum() for sign in word):
            words.setdefault(word.casefold(), word)
    return tuple(words.values())[:MOST_WORDS]


def page_number(raw: object) -> int:
    """A whole number from 1 to 10,000; 1 for anything that is none."""
    text = str(raw).strip() if isinstance(raw, str | int) else ""
    if not (text.isascii() and text.isdigit()):
        return 1
    significant = text.lstrip("0")
    if len(significant) > len(str(LAST_PAGE)):  # int() refuses more than 4,300 digits
        return LAST_PAGE
    return min(max(int(significant or "1"), 1), LAST_PAGE)
