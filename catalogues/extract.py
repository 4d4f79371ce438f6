"""Find every translatable string of our templates and Python code, without xgettext.

Templates are cut by Django's own `templatize`, which is what makemessages uses, so that trimming
and the doubling of per cent signs agree with what is looked up when a page is rendered.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from catalogues import ROOT

ROOMS = (
    "accounts",
    "bilingual",
    "case_studies",
    "core",
    "demo",
    "design",
    "evidence",
    "files",
    "home",
    "operations",
    "resources",
    "facts",
    "events",
    "network",
    "search",
    "site",
    "templates",
)
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
LEFT_OUT = {"migrations", "tests", "__pycache__"}

# Name of the call without "_lazy" and "_noop": position of context, msgid, plural in its arguments.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(
    rf"(?<![A-Za-z_])(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL
)


class Message(NamedTuple):
    """What identifies a string in a catalogue: its context, msgid and plural (or None)."""

    context: str | None
    msgid: str
    plural: str | None


def _message(call: str, strings: list[str]) -> Message | None:
    """Build the message of one call, or None when too few of its arguments are plain strings."""
    context, msgid, plural = CALLS[call]
    if len(strings) <= max(position or 0 for position in (context, msgid, plural)):
        return None
    return Message(
        None if context is None else strings[context],
        strings[msgid],
        None if plural is None else strings[plural],
    )


def template_messages(text: str, name: str = "template") -> Iterator[Message]:
    """Yield the messages of one Django template."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    for match in TEMPLATE_CALL.finditer(templatize(text, origin=name)):
        call = "gettext" if match[1] == "_" else match[1]
        strings = [ast.literal_eval(literal) for literal in re.findall(STRING, match[2])]
        if (found := _message(call, strings)) and found.msgid:
            yield found


def python_messages(text: str, name: str = "module") -> Iterator[Message]:
    """Yield the messages of one Python module, also where a call is imported under another name."""
    tree = ast.parse(text, filename=name)
    names = {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("translation"):
            for alias in node.names:
                names[alias.asname or alias.name] = alias.name
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = (
            names.get(function.id, function.id)
            if isinstance(function, ast.Name)
            else function.attr
            if isinstance(function, ast.Attribute)
            else ""
        )
        call = called.removesuffix("_lazy").removesuffix("_noop")
        if call not in CALLS:
            continue
        strings = []
        for argument in node.args:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                break
            strings.append(argument.value)
        if (found := _message(call, strings)) and found.msgid:
            yield found


def project_messages(root: Path = ROOT) -> dict[Message, str]:
    """Return every message of the project with one file that uses it."""
    found: dict[Message, str] = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            inside = path.relative_to(root)
            if LEFT_OUT & set(inside.parts) or not path.is_file():
                continue
            if path.suffix == ".py":
                messages = python_messages(path.read_text(encoding="utf-8"), str(inside))
            elif path.suffix in TEMPLATE_SUFFIXES:
                messages = template_messages(path.read_text(encoding="utf-8"), str(inside))
            else:
                continue
            for message in messages:
                found.setdefault(message, str(inside))
    return found
