"""What higher rooms offer to lower ones, filled in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import Any

from bilingual.registries import QuickAdd, Registry, publish_checks, publisher_checks, quick_add

private_fields: Registry[tuple[str, str]] = Registry(
    "fields for staff only, as (model label, field name): no public answer may hold them"
)
page_context: Registry[Callable[[Any], dict[str, Any]]] = Registry(
    "callables that add to what every page shows: notes on it that a room above keeps"
)
health_lines: Registry[Callable[[], tuple[str, bool, str]]] = Registry(
    "callables that give a line of the health page: label, is well, sentence"
)

__all__ = [
    "QuickAdd", "Registry", "health_lines", "page_context", "private_fields", "publish_checks",
    "publisher_checks", "quick_add",
]  # fmt: skip
