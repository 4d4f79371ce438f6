"""Facts: the pages, the sources they stand on, what people say, and what is made from them."""

from facts.models.fact import FactIndexPage, FactPage, FactSource, expired_facts
from facts.models.heard import HeardClaim
from facts.models.made import FactFile

__all__ = [
    "FactFile", "FactIndexPage", "FactPage", "FactSource", "HeardClaim", "expired_facts",
]  # fmt: skip
