"""Icons in templates: a page ends with a sprite of the symbols it uses, and of no others."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
USED = "design.icons"
FOLDER = Path(__file__).resolve().parents[1] / "icons"


@lru_cache(maxsize=128)
def symbol(name: str) -> str:
    """The shapes of an icon. Raises FileNotFoundError for a name that is not in the folder."""
    text = (FOLDER / f"{name}.svg").read_text()
    return "".join(re.findall(r"<svg[^>]*>(.*)</svg>", text, re.S)).strip()


@register.simple_tag(takes_context=True)
def icon(context: Any, name: str, css: str = "") -> SafeString:
    """An icon; always beside words."""
    symbol(name)
    context.render_context.dicts[0].setdefault(USED, {})[name] = None
    classes = f"icon {css}".strip()
    return mark_safe(
        f'<svg class="{classes}" aria-hidden="true" focusable="false"><use href="#i-{name}"/></svg>'
    )


@register.simple_tag(takes_context=True)
def icon_sprite(context: Any) -> SafeString:
    """The symbols that this page used; the last thing in its body."""
    used = context.render_context.dicts[0].get(USED, {})
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{symbol(name)}</symbol>' for name in used
    )
    return mark_safe(f"<div hidden><svg>{symbols}</svg></div>" if symbols else "")
