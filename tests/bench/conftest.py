"""Fixtures of search that its bench shares."""

from tests.search.conftest import node, patient

__all__ = ["node", "patient"]
