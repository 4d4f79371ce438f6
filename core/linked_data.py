"""What every room needs to describe its pages to search engines (schema.org as JSON-LD)."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

PUBLISHER = {"en": "City of Sanctuary in Wales", "cy": "Dinas Noddfa yng Nghymru"}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that cannot leave its script element, whatever an editor has written."""
    text = json.dumps(data, ensure_ascii=False, indent=None, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return mark_safe(text)
