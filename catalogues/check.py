"""`python -m catalogues.check`: the rules of our catalogues; prints what is wrong and exits 1.

No fuzzy and no empty entry; six Welsh plural forms; the exact plural header; the same
placeholders on both sides; two msgids share one msgstr only where each carries a translator's
note; the site catalogue holds every string of our templates and code; and no string of the
editing software and of sign-in is left in English.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import polib

from catalogues import PLURAL_FORMS, PLURAL_HEADER, ROOT, catalogue_files
from catalogues.extract import Message, project_messages
from catalogues.upstream import gaps

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Overrides of the editing software's own templates use its strings, which locale/admin holds.
ADMIN_TEMPLATES = "templates/wagtail"


def placeholders(text: str) -> list[str]:
    """Return the placeholders of a string, sorted, `%%` being no placeholder."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def identity(entry: polib.POEntry) -> Message:
    """Return what identifies an entry."""
    return Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def forms(entry: polib.POEntry) -> list[str]:
    """Return the translations of an entry: one, or one for each plural form in order."""
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(number, "") for number in range(PLURAL_FORMS)]
    return [entry.msgstr]


def check_entry(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with one entry by itself."""
    name = f"“{entry.msgid}”"
    wrong = []
    if entry.fuzzy:
        wrong.append(f"{name} is fuzzy")
    translations = forms(entry)
    if not all(text.strip() for text in translations):
        wrong.append(
            f"{name} lacks one of its six plural forms"
            if entry.msgid_plural
            else f"{name} is empty"
        )
        return wrong
    if entry.msgid_plural and set(entry.msgstr_plural) != set(range(PLURAL_FORMS)):
        wrong.append(f"{name} has other plural forms than 0 to 5")
    allowed = [placeholders(entry.msgid)]
    if entry.msgid_plural:
        allowed.append(placeholders(entry.msgid_plural))
    for text in translations:
        if placeholders(text) not in allowed:
            wrong.append(f"{name} and “{text}” differ in their placeholders")
    return wrong


def plain(text: str) -> str:
    """Fold what does not make two strings different: case and punctuation at the end."""
    return text.casefold().rstrip(" .…:!?")


def check_shared(catalogue: polib.POFile) -> list[str]:
    """Return the msgids that share one msgstr without a translator's note on each of them."""
    by_translation: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in catalogue:
        if not entry.obsolete and not entry.msgid_plural and entry.msgstr:
            by_translation[plain(entry.msgstr)].append(entry)
    wrong = []
    for sharing in by_translation.values():
        if len({plain(entry.msgid) for entry in sharing}) < 2:
            continue
        for entry in sharing:
            if not entry.tcomment.strip():
                wrong.append(f"“{entry.msgid}” shares “{entry.msgstr}” and has no note on it")
    return wrong


def check_file(path: Path) -> list[str]:
    """Return what is wrong inside one catalogue file."""
    catalogue = polib.pofile(str(path))
    wrong = []
    if catalogue.metadata.get("Plural-Forms", "") != PLURAL_HEADER:
        wrong.append("the Plural-Forms header is not ours")
    seen: set[tuple[str | None, str]] = set()
    for entry in catalogue:
        if entry.obsolete:
            continue
        if (entry.msgctxt, entry.msgid) in seen:
            wrong.append(f"“{entry.msgid}” stands there twice")
        seen.add((entry.msgctxt, entry.msgid))
        wrong += check_entry(entry)
    return wrong + check_shared(catalogue)


def missing(root: Path = ROOT) -> dict[Message, str]:
    """Return the strings of the project that our Welsh catalogues lack, each with its file.

    A plural is there only if the same plural is; a context only if the same context is.
    """
    held: dict[str, set[Message]] = {"site": set(), "admin": set()}
    for owner, messages in held.items():
        path = root / "locale" / owner / "cy" / "LC_MESSAGES" / "django.po"
        if path.exists():
            messages.update(identity(entry) for entry in polib.pofile(str(path)))
    lacking = {}
    for message, where in project_messages(root).items():
        here = held["site"] | (held["admin"] if where.startswith(ADMIN_TEMPLATES) else set())
        # One entry with a plural also answers the singular asked for by itself.
        singular = {Message(each.context, each.msgid, None) for each in here if each.plural}
        if message not in here | singular:
            lacking[message] = where
    return lacking


def check_all(root: Path = ROOT) -> list[str]:
    """Return everything that is wrong, one line each; an empty list means green."""
    files = catalogue_files(root)
    wrong = [] if files else ["there is no catalogue"]
    for path in files:
        wrong += [f"{path.relative_to(root)}: {line}" for line in check_file(path)]
    wrong += [
        f"{where}: “{message.msgid}” is not in the site catalogue"
        + (f" with plural “{message.plural}”" if message.plural else "")
        + (f" with context “{message.context}”" if message.context else "")
        for message, where in missing(root).items()
    ]
    wrong += [f"{where}: “{message.msgid}” has no Welsh" for message, where in gaps(root).items()]
    return wrong


if __name__ == "__main__":
    found = check_all()
    print("\n".join(found) or "catalogues: all in order")
    sys.exit(1 if found else 0)
