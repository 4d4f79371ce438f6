"""What the rest of the house may listen to.

`pair_published` and `pair_withdrawn` are sent after commit, with both pages: `pair` is a
`bilingual.pairs.Pair` of the specific pages `en` and `cy`.

`access_changed` is sent at once, within the transaction: `pages` is a query set of the pages that
other people than before may read, because a page was restricted, opened or moved.
"""

from django.dispatch import Signal

pair_published = Signal()
pair_withdrawn = Signal()
access_changed = Signal()
