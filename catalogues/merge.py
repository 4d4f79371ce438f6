"""`python -m catalogues.merge FILE.tsv …`: add rows of new strings to a Welsh catalogue.

A row is one of (fields parted by tabs; the last field may be missing):

    English, Welsh, note
    ngettext, singular, plural, six Welsh forms parted by |, note
    pgettext, context, English, Welsh, note

The note "check" marks a text that a native speaker has to read. Entries that stand in the
catalogue already are kept as they are, unless --replace is given. --catalogue names another
catalogue than the site's. --note-shared writes the note that strings with one Welsh text need;
give it only after reading what `python -m catalogues.check` said about them.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polib

from catalogues import PLURAL_FORMS, PLURAL_HEADER, ROOT
from catalogues.check import plain

SITE = ROOT / "locale" / "site" / "cy" / "LC_MESSAGES" / "django.po"
TO_BE_READ = "check: native speaker"


def entry_of(line: str) -> polib.POEntry:
    """Return the entry of one row. Raises ValueError for a row of another shape."""
    fields = [field.replace("\\n", "\n") for field in line.rstrip("\r\n").split("\t")]
    if fields[0] == "ngettext" and len(fields) >= 4:
        welsh = fields[3].split("|")
        if len(welsh) != PLURAL_FORMS:
            raise ValueError(f"not six Welsh forms: {line!r}")
        entry = polib.POEntry(
            msgid=fields[1],
            msgid_plural=fields[2],
            msgstr_plural=dict(enumerate(welsh)),
        )
        note = fields[4] if len(fields) > 4 else ""
    elif fields[0] == "pgettext" and len(fields) >= 4:
        entry = polib.POEntry(msgctxt=fields[1], msgid=fields[2], msgstr=fields[3])
        note = fields[4] if len(fields) > 4 else ""
    elif len(fields) >= 2 and fields[0] and fields[1]:
        entry = polib.POEntry(msgid=fields[0], msgstr=fields[1])
        note = fields[2] if len(fields) > 2 else ""
    else:
        raise ValueError(f"not a row of strings: {line!r}")
    entry.tcomment = TO_BE_READ if note.strip("* ").casefold() == "check" else note
    return entry


def open_catalogue(path: Path) -> polib.POFile:
    """Return the catalogue at `path`, or a new one with our headers."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "noddfa",
        "Language": "cy",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_HEADER,
    }
    return catalogue


def merge(catalogue: polib.POFile, lines: Iterable[str], replace: bool = False) -> list[str]:
    """Add the rows to the catalogue; return a line for every row that was refused or differs."""
    told = []
    held = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for line in lines:
        if not line.strip():
            continue
        try:
            entry = entry_of(line)
        except ValueError as refused:
            told.append(str(refused))
            continue
        old = held.get((entry.msgctxt, entry.msgid))
        if old is None:
            catalogue.append(entry)
            held[entry.msgctxt, entry.msgid] = entry
        elif entry.msgid_plural and not old.msgid_plural:
            # Gettext keys an entry by its singular, so the plural must join the entry there is.
            old.msgid_plural, old.msgstr_plural = entry.msgid_plural, entry.msgstr_plural
            old.msgstr = ""
        elif replace:
            old.msgstr, old.msgstr_plural = entry.msgstr, entry.msgstr_plural
            old.tcomment = entry.tcomment or old.tcomment
        elif old.msgstr != entry.msgstr and not old.msgid_plural:
            told.append(f"kept “{old.msgid}” = “{old.msgstr}”, not “{entry.msgstr}”")
    return told


def note_shared(catalogue: polib.POFile) -> None:
    """Write on each entry that shares its Welsh with others a note that names them."""
    sharing: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in catalogue:
        if not entry.msgid_plural:
            sharing[plain(entry.msgstr)].append(entry)
    for entries in sharing.values():
        for entry in entries:
            others = [each.msgid for each in entries if plain(each.msgid) != plain(entry.msgid)]
            if others and not entry.tcomment:
                entry.tcomment = "the same Welsh on purpose as " + ", ".join(
                    f"“{other}”" for other in others
                ).replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Run the command line; return 1 if a row was refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--catalogue", type=Path, default=SITE)
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--note-shared", action="store_true")
    options = parser.parse_args(arguments)
    catalogue = open_catalogue(options.catalogue)
    told = []
    for path in options.files:
        lines = path.read_text(encoding="utf-8").splitlines()
        told += [f"{path.name}: {line}" for line in merge(catalogue, lines, options.replace)]
    if options.note_shared:
        note_shared(catalogue)
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
    options.catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(options.catalogue))
    print("\n".join([*told, f"{options.catalogue.name}: {len(catalogue)} entries"]))
    return 1 if any("not a row" in line or "not six" in line for line in told) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
