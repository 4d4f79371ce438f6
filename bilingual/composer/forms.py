"""The forms of one pair: the text of each language, what both share, and the decision to go ahead.

Three forms of one page type stand in one HTML form, with the prefixes `en`, `cy` and `both`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from bilingual.composer.blocks import give_equal_ids, untouched
from bilingual.composer.panels import columns_of
from bilingual.exceptions import due_after
from bilingual.models import LONGEST_REASON, other_language
from bilingual.shared import copy_shared
from bilingual.slugs import follows

BOTH = "both"


class GoAheadForm(forms.Form):
    """Why one language goes ahead of the other, and when the other one follows."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.TextInput,
        help_text=_("Staff see it on the dashboard; readers see only the date."),
    )
    due_on = forms.DateField(label=_("The other language follows by"), widget=AdminDateInput)

    prefix = "ahead"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"due_on": due_after(timezone.localdate())})


class NotWhole(Exception):
    """A part of the posted form is missing, or a number in it is none."""


class PairForms:
    """The forms of both drafts together.

    `drafts` are the pages by language as they will be saved; `writable` the languages that this
    user may write. What both share is writable only with both languages.
    """

    def __init__(
        self,
        drafts: Mapping[str, Any],
        parents: Mapping[str, Page],
        user: Any,
        writable: set[str],
        data: Any = None,
    ) -> None:
        self.drafts, self.user, self.writable = drafts, user, writable
        model: type = type(drafts["en"])
        self.columns = columns_of(model)
        self.leader = getattr(drafts["en"], "authored_in", "en")
        self._kept_ids: dict[str, str] = {}
        self.data = data  # as it was posted
        if data is not None:
            data = self._rows_as_new(data)
        self._bound_to = data
        self.forms: dict[str, Any] = {}
        for language in sorted(writable):
            draft = drafts[language]
            form = self.columns.text.get_form_class()(
                data, None, instance=draft, prefix=language, for_user=user,
                parent_page=parents[language],
            )  # fmt: skip
            if draft.first_published_at is None and "slug" in form.fields:
                form.fields["slug"].required = False
                form.fields["slug"].help_text = _("Left empty, it follows the title.")
                if follows(draft.slug, draft.title, language):
                    form.initial["slug"] = ""
            self.forms[language] = form
        if len(writable) == len(drafts):
            self.forms[BOTH] = self.columns.shared.get_form_class()(
                data, None, instance=drafts[self.leader], prefix=BOTH, for_user=user,
                parent_page=parents[self.leader],
            )  # fmt: skip

    def _rows_as_new(self, data: QueryDict) -> QueryDict:
        """Child rows are posted whole every time, so that saving twice never doubles them.

        A draft keeps its rows in a revision, where a new row has no key yet: keys are taken off
        here and given back to the rows that had one.
        """
        data = data.copy()
        prefixes = [
            name.removesuffix("-INITIAL_FORMS") for name in data if "-INITIAL_FORMS" in name
        ]
        for prefix in prefixes:
            data[f"{prefix}-INITIAL_FORMS"] = "0"
            for name in [name for name in data if name.startswith(f"{prefix}-")]:
                if name.endswith("-id"):
                    self._kept_ids[name.removesuffix("-id")] = data.pop(name)[-1]
        return data

    def save_as_drafts(self) -> bool:
        """Write the posted values into the drafts in memory; False if one is not valid.

        Required texts may be missing, even the title of one language.

        Raises:
            NotWhole: the form did not arrive as the page sends it.
        """
        for form in self.forms.values():
            form.defer_required_fields()
            if "title" in form.fields:
                form.fields["title"].required = False
        if not self._are_valid():
            return False
        for form in self.forms.values():
            self._save(form)
        leader, follower = self.drafts[self.leader], self.drafts[other_language(self.leader)]
        if BOTH in self.forms:
            copy_shared(leader, follower)
            give_equal_ids(leader, follower)
        return True

    def _are_valid(self) -> bool:
        valid = True
        for form in self.forms.values():
            try:
                valid = form.is_valid() and valid  # all of them: every error is shown at once
            except (MultiValueDictKeyError, ValueError) as error:
                raise NotWhole from error  # Wagtail’s blocks ask for their count
        for prefix, key in self._kept_ids.items():
            self._bound_to[f"{prefix}-id"] = key  # the form may be shown again
        return valid

    def _save(self, form: Any) -> None:
        stored = {
            name: {row.pk for row in getattr(form.instance, name).all() if row.pk}
            for name in form.formsets
        }
        if form.is_bound:
            for name in form.formsets:
                getattr(form.instance, name).set([])
        form.save(commit=False)
        if form.cleaned_data.get("slug") == "":
            form.instance.slug = ""  # Wagtail has derived one in its own way
        for name, formset in form.formsets.items():
            for row in formset.forms:
                key = self._kept_ids.get(row.prefix, "")
                if key in {str(pk) for pk in stored[name]}:
                    row.instance.pk = int(key)

    def is_ready(self) -> bool:
        """Everything required is there; the errors stand on the forms."""
        return self._are_valid()

    def without_empty_starts(self) -> QueryDict:
        """The posted data with the starting blocks that nobody has used marked as deleted."""
        data: QueryDict = self.data.copy()
        for name, ids in untouched(self.drafts["en"], self.drafts["cy"]).items():
            for language in self.drafts:
                prefix = f"{language}-{name}"
                for number in range(_count(data.get(f"{prefix}-count"))):
                    if data.get(f"{prefix}-{number}-id") in ids:
                        data[f"{prefix}-{number}-deleted"] = "1"
        return data

    def add_gaps(self, gaps: Any) -> list[str]:
        """Show each gap beside its field; the sentences for which there is no field come back."""
        homeless = []
        for gap in gaps:
            form = next(
                (
                    self.forms[name]
                    for name in (gap.language, BOTH)
                    if name in self.forms and gap.field in self.forms[name].fields
                ),
                None,
            )
            if form is None:
                homeless.append(gap.sentence)
            elif gap.field not in form.errors:
                form.add_error(gap.field, gap.sentence)
        return homeless


def _count(text: str | None) -> int:
    return min(int(text[:9]), 2000) if text and text.isdecimal() else 0
