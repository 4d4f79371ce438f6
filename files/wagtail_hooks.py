"""What the files room tells Wagtail."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents.views.documents import DeleteView

from files.models import Document
from files.rich_text import PairedDocumentLinkHandler

MOST_USES_NAMED = 5


@hooks.register("register_rich_text_features", order=10)
def choose_document_by_language(features: Any) -> None:
    """After Wagtail's own handler, which it replaces: the last one registered is used."""
    features.register_link_type(PairedDocumentLinkHandler)


class DeleteUnusedView(DeleteView):
    """Deletes a document unless something links to it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission(self.permission_required):
            refused = _refused(request, [self.object])
            if refused is not None:
                return refused
        return super().dispatch(request, *args, **kwargs)


@hooks.register("register_admin_urls")
def delete_address() -> list[URLPattern]:
    """Stands before Wagtail's own view at the same address."""
    return [
        path(
            "documents/delete/<int:document_id>/",
            DeleteUnusedView.as_view(),
            name="delete_unused_document",
        )
    ]


@hooks.register("before_bulk_action")
def keep_used_documents(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """As `DeleteUnusedView`, for many at once: all are deleted or none."""
    if action_type != "delete":
        return None
    return _refused(request, [item for item in objects if isinstance(item, Document)])


def _refused(request: HttpRequest, documents: list[Document]) -> HttpResponse | None:
    """Says of every document who links to it, and leads to the full list; None if nobody does."""
    used = [(document, document.uses()) for document in documents]
    used = [(document, uses) for document, uses in used if uses]
    for document, uses in used:
        named = ", ".join(uses[:MOST_USES_NAMED]) + ("…" if len(uses) > MOST_USES_NAMED else "")
        messages.error(
            request,
            _(
                "“%(file)s” is used on: %(uses)s. Take it off these pages first, or withdraw the "
                "file."
            )
            % {"file": document.title, "uses": named},
        )
    if used and len(documents) > 1:
        messages.error(request, _("None of the chosen files was deleted."))
    return redirect(used[0][0].usage_url) if used else None
