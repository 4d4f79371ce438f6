"""Cloth in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from design import quilt as quilts
from design.weave import svg

register = template.Library()
COUNTER = "design.weave"


def _store(context: Any) -> dict[str, Any]:
    """What one rendering of a page shares between its partials, whatever they include."""
    render: Any = context.render_context
    store: dict[str, Any] = render.dicts[0]
    return store


@register.simple_tag(takes_context=True)
def weave(context: Any, seed: str, thread: float | None = None) -> SafeString:
    """The cloth of `seed`: one repeat (a swatch), or a field with threads `thread` px wide."""
    store = _store(context)
    store[COUNTER] = store.get(COUNTER, 0) + 1
    return mark_safe(svg(str(seed), thread=thread, uid=f"w{store[COUNTER]}"))


@register.simple_tag
def quilt(total: int, marked: int) -> SafeString:
    """The quilt of `total` squares with `marked` ones laid as a door."""
    on, off = "", ""
    for place, is_marked in enumerate(quilts.quilt(total, marked)):
        row, column = divmod(place, quilts.COLUMNS)
        square = f"M{column * 10} {row * 10}h9v9h-9z"
        on, off = (on + square, off) if is_marked else (on, off + square)
    rows = -(-total // quilts.COLUMNS)
    return mark_safe(
        f'<svg class="quilt__chart" viewBox="0 0 {quilts.COLUMNS * 10 - 1} {rows * 10 - 1}" '
        f'aria-hidden="true" focusable="false"><path class="quilt__off" d="{off}"/>'
        f'<path class="quilt__on" d="{on}"/></svg>'
    )
