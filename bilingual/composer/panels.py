"""Which panels of a page type stand once for both languages, and which once in each column.

Nothing is declared for the composer: the page type's own panels are cut in two by its
`shared_fields`, so every new type has its side-by-side editor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.panels.group import PanelGroup

from bilingual.shared import ALWAYS_SHARED, shared_names

# Times stand beside the buttons; the language written first follows the editor.
SET_ELSEWHERE = {"go_live_at", "expire_at"}


@dataclass(frozen=True)
class Columns:
    """Two handlers bound to one page type, each with an open part and a folded part.

    `text` is used twice, once for each language; `shared` once.
    """

    text: Panel
    shared: Panel


@cache
def columns_of(model: type) -> Columns:
    """Cut the panels of a page type."""
    handler = model.get_edit_handler()  # type: ignore[attr-defined]
    tabs = list(handler.children) if isinstance(handler, TabbedInterface) else [handler]
    shared = {*ALWAYS_SHARED, *shared_names(model())}

    first = list(tabs[0].children)
    rest = [child for tab in tabs[1:] for child in tab.children]
    # What the ordinary editor shows closed is seldom needed.
    seldom = [panel for panel in first if "collapsed" in panel.classname]

    def part(inside: list[Any], wanted: Callable[[str], bool], heading: Any = "") -> ObjectList:
        kept = [found for panel in inside if (found := _only(panel, wanted)) is not None]
        return ObjectList(kept, heading=heading)

    def is_text(name: str) -> bool:
        return name not in shared

    def is_shared(name: str) -> bool:
        return name in shared and name not in SET_ELSEWHERE

    base = handler.base_form_class
    text = ObjectList(
        [part(first, is_text), part(rest, is_text, _("Address, search and sharing"))],
        base_form_class=base,
    )
    both = ObjectList(
        [
            part([panel for panel in first if panel not in seldom], is_shared),
            part([*seldom, *rest], is_shared, _("Picture, terms and settings")),
            ObjectList([FieldPanel("go_live_at"), FieldPanel("expire_at")], heading=_("When")),
        ],
        base_form_class=base,
    )
    return Columns(text.bind_to_model(model), both.bind_to_model(model))


def _only(panel: Any, wanted: Callable[[str], bool]) -> Any:
    """A copy of this panel with the wanted fields only; None where none is left."""
    if isinstance(panel, PublishingPanel):
        return None
    if isinstance(panel, PanelGroup):
        children = [kept for child in panel.children if (kept := _only(child, wanted)) is not None]
        if not children:
            return None
        return type(panel)(**{**panel.clone_kwargs(), "children": children})
    name = getattr(panel, "field_name", None) or getattr(panel, "relation_name", None)
    if not name or not wanted(name):
        return None
    if isinstance(panel, TitleFieldPanel):
        # The stock panel writes the slug while one types; here the server does.
        return FieldPanel(name, disable_comments=True)
    if isinstance(panel, FieldPanel):
        return type(panel)(**{**panel.clone_kwargs(), "disable_comments": True})
    return panel.clone()
