"""The six Welsh plural forms: which one a number takes.

Source: CLDR plural rules for `cy` (0, 1, 2, 3, 6 and everything else have forms of their own).
"""

from typing import Literal

PluralForm = Literal["zero", "one", "two", "few", "many", "other"]

FORMS: tuple[PluralForm, ...] = ("zero", "one", "two", "few", "many", "other")
"""In the order of a gettext catalogue: `msgstr[0]` is the form for zero."""

_FORM_OF: dict[float, PluralForm] = {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}


def plural_form(number: float) -> PluralForm:
    """The CLDR name of the form that `number` takes; 1.5, -1 and 11 take “other”."""
    return _FORM_OF.get(number, "other")
