"""What higher rooms offer to lower ones, filled in `AppConfig.ready()`.

`publish_checks`: callables (page) -> list of sentences that stop publication.
`private_fields`: (model label, field name) pairs that no public answer may hold.
`purgers`: callables (page) that remove every derived copy of a withdrawn page.
`health_lines`: callables () -> (label, is_well, sentence) for the health page.
"""

from bilingual.registries import Registry, publish_checks

private_fields: Registry = Registry()
purgers: Registry = Registry()
health_lines: Registry = Registry()

__all__ = ["Registry", "health_lines", "private_fields", "publish_checks", "purgers"]
