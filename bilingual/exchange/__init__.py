"""Texts out to translators and back: PO, XLIFF 1.2 and XLIFF 2.0, page by page.

A file is about one pair and one language to be written. What comes back is laid into the draft of
that language, paragraph by paragraph, and never published.
"""
