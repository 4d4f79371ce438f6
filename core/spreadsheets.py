"""Cells of tables that are opened in a spreadsheet."""

from typing import Any

# Spreadsheets take a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet runs: a leading apostrophe takes away the formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def plain_cell(text: str) -> str:
    """The value that `safe_cell` has written, without its apostrophe."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
