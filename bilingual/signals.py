"""What the rest of the house may listen to. Sent after commit, with both pages.

Arguments: `pair` (a `bilingual.pairs.Pair` with the specific pages `en` and `cy`).
"""

from django.dispatch import Signal

pair_published = Signal()
pair_withdrawn = Signal()
