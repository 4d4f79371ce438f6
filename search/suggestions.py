"""Words of the site itself: other forms of what was asked for, and what may have been meant.

Only words that stand on a live page in this language are ever named.
"""

from difflib import SequenceMatcher, get_close_matches

from search.models import SiteWord
from search.query import SearchQuery
from welsh.keys import key_asked
from welsh.text import folded

MOST_FORMS = 6
MOST_CORRECTED = 4  # words of one query
MOST_COMPARED = 20_000  # words of the site: 40 ms for each word to correct
LIKE_ENOUGH = 0.8  # below, *torïaid* was offered for *ffoduriaid*


def other_forms(query: SearchQuery) -> list[str]:
    """Forms on live pages that the query finds beside those typed, the commonest first."""
    keys = {key for form in query.forms() if (key := key_asked(form, query.language))}
    typed = {folded(form) for form in query.forms()}
    if not keys or query.phrase:
        return []
    rows = SiteWord.objects.filter(language=query.language, key__in=keys)
    words = rows.order_by("-pages", "word").values_list("word", "folded")
    return [word for word, plain in words[: MOST_FORMS + len(typed)] if plain not in typed][
        :MOST_FORMS
    ]


def meant(query: SearchQuery) -> str:
    """The query with words the site does not have replaced by its nearest ones; empty if none."""
    words = query.forms()
    known = set(
        SiteWord.objects.filter(
            language=query.language, folded__in=[folded(word) for word in words]
        ).values_list("folded", flat=True)
    )
    strange = [
        word
        for word in dict.fromkeys(words)
        if folded(word) not in known and 4 <= len(word) <= 30 and key_asked(word, query.language)
    ][:MOST_CORRECTED]
    if not strange:
        return ""
    rows = SiteWord.objects.filter(language=query.language).order_by("-pages", "word")
    common: dict[str, tuple[str, int]] = {}
    for word, plain, pages in rows.values_list("word", "folded", "pages")[:MOST_COMPARED]:
        common.setdefault(plain, (word, pages))
    better = {word: nearest for word in strange if (nearest := _nearest(folded(word), common))}
    return " ".join(better.get(word, word) for word in words) if better else ""


def _nearest(word: str, common: dict[str, tuple[str, int]]) -> str:
    candidates = [plain for plain in common if abs(len(plain) - len(word)) <= 3]
    near = get_close_matches(word, candidates, n=3, cutoff=LIKE_ENOUGH)
    if not near:
        return ""
    best = max(
        near, key=lambda plain: (SequenceMatcher(None, word, plain).ratio(), common[plain][1])
    )
    return common[best][0]
