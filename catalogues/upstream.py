"""Strings of the packages around us that nobody has put into Welsh: neither they nor we.

Each package's own English catalogue says what it asks for. Read from the installed packages, so
an upgrade that brings new strings turns the check red.
"""

import importlib.util
from pathlib import Path

import polib

from catalogues import ROOT
from catalogues.extract import Message

# Package: beginnings of the files whose strings a person can meet here; all of them if empty.
PACKAGES: dict[str, tuple[str, ...]] = {
    "allauth": ("account/", "core/", "decorators", "mfa/", "templates/account", "templates/allauth",
                "templates/mfa", "utils"),
    "django.conf": ("core/", "db/", "forms/", "utils/"),
    "django.contrib.auth": (),
    "django.contrib.contenttypes": (),
    "taggit": (),
    "wagtail": (),
    "wagtail.admin": (),
    "wagtail.contrib.redirects": (),
    "wagtail.documents": (),
    "wagtail.embeds": (),
    "wagtail.images": (),
    "wagtail.locales": (),
    "wagtail.search": (),
    "wagtail.sites": (),
    "wagtail.snippets": (),
    "wagtail.users": (),
    "wagtail_localize": (),
}  # fmt: skip
DOMAINS = ("django", "djangojs")


def catalogue_of(package: str, language: str, domain: str) -> Path:
    """Return where a package keeps a catalogue; the file need not be there."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"{package} is not installed")
    folder = Path(spec.submodule_search_locations[0])
    return folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def _entries(path: Path) -> list[polib.POEntry]:
    return [e for e in polib.pofile(str(path)) if not e.obsolete] if path.exists() else []


def _is_translated(entry: polib.POEntry) -> bool:
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return not entry.fuzzy and all(forms)


def _message(entry: polib.POEntry) -> Message:
    # Gettext finds an entry by its context and singular.
    return Message(entry.msgctxt, entry.msgid, None)


def asked_for(package: str, domain: str) -> list[Message]:
    """Return what a package asks for in the places that a person can meet."""
    places = PACKAGES[package]
    return [
        _message(entry)
        for entry in _entries(catalogue_of(package, "en", domain))
        if not places or any(file.startswith(places) for file, _line in entry.occurrences)
    ]


def gaps(root: Path = ROOT) -> dict[Message, str]:
    """Return the strings without Welsh, each with `package domain` that asks for it."""
    lacking: dict[Message, str] = {}
    for domain in DOMAINS:
        held = {
            _message(entry)
            for path in [
                *root.glob(f"locale/*/cy/LC_MESSAGES/{domain}.po"),
                *(catalogue_of(package, "cy", domain) for package in PACKAGES),
            ]
            for entry in _entries(path)
            if _is_translated(entry)
        }
        for package in PACKAGES:
            for message in asked_for(package, domain):
                if message not in held:
                    lacking.setdefault(message, f"{package} {domain}")
    return lacking
