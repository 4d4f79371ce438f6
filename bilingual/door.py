"""The one door to the public: nothing becomes live, or stops being live, outside it.

Wagtail has many ways to make a page live (editor, create view, bulk actions, workflow, schedule,
admin API, code), and an override of `Page.publish` misses the editor itself. So the rule lives
where all of them end: when a page row is saved or deleted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import pre_page_move

_open: ContextVar[bool] = ContextVar("bilingual_door_open", default=False)


@contextmanager
def opened() -> Iterator[None]:
    """Let pages become live, stop being live or be deleted inside this block.

    Only the pair service opens the door, and it changes both languages in one transaction.
    """
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def is_open() -> bool:
    """The door is open in this context."""
    return _open.get()


def keep_out(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse a save that changes what the public sees, and make new rows drafts.

    Raises:
        PermissionDenied: `live` or `live_revision` would change outside the pair service.
    """
    if _open.get() or kwargs.get("raw") or not isinstance(instance, Page):
        return
    if instance._state.adding:
        # The tree root has no language and no reader.
        if instance.depth is None or instance.depth > 1:
            instance.live = False
            instance.live_revision = None
        return
    update_fields = kwargs.get("update_fields")
    if update_fields is not None and not {"live", "live_revision", "live_revision_id"} & set(
        update_fields
    ):
        return  # drafts are saved so
    stored = Page.objects.filter(pk=instance.pk).values("live", "live_revision_id").first()
    if stored is None:
        return
    if stored["live"] != instance.live or stored["live_revision_id"] != instance.live_revision_id:
        raise PermissionDenied(
            _("A page is published or withdrawn together with its other language.")
        )


def keep_in(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse to delete a page outside the pair service.

    Raises:
        PermissionDenied: the door is shut.
    """
    if not _open.get() and isinstance(instance, Page):
        raise PermissionDenied(_("A page is deleted together with its other language."))


def keep_together(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Refuse to move one language to another parent; a new order among siblings is free.

    Raises:
        PermissionDenied: the door is shut.
    """
    if not _open.get() and parent_page_before.pk != parent_page_after.pk:
        raise PermissionDenied(_("A page is moved together with its other language."))


def hang() -> None:
    """Connect the guard for every sender: bulk actions save base `Page` objects."""
    pre_save.connect(keep_out, dispatch_uid="bilingual.door.keep_out")
    pre_delete.connect(keep_in, dispatch_uid="bilingual.door.keep_in")
    pre_page_move.connect(keep_together, dispatch_uid="bilingual.door.keep_together")
