"""The process in which a stranger's file is opened: `python -m files.worker`, started by the gate.

It has no settings, no database, no secret and no right to write a file; it may take
`MEMORY_LIMIT` bytes of address space and `CPU_LIMIT` seconds for each file. A file that breaks
its parser breaks this process and nothing else.

On the pipes: four bytes of length, a JSON header, then the bytes that `size` announces. A refusal
goes back as the English of its sentence, which the site shows in the editor's language.
"""

import json
import resource
import struct
import sys
import traceback
from collections.abc import Callable
from typing import IO, Any

MEMORY_LIMIT = 1024**3  # bytes
CPU_LIMIT = 20  # seconds of processor time for one file
LENGTH = struct.Struct(">I")

Job = Callable[[str, bytes], tuple[bytes, dict[str, Any] | None]]


def send(pipe: IO[bytes], header: dict[str, Any], content: bytes = b"") -> None:
    """Write one message. Raises OSError when nobody reads any more."""
    head = json.dumps(header | {"size": len(content)}).encode()
    pipe.write(LENGTH.pack(len(head)) + head)
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None at the end, also in the midst of a message."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    header = pipe.read(LENGTH.unpack(head)[0])
    try:
        announced = json.loads(header)
    except ValueError:
        return None
    content = pipe.read(announced["size"])
    return (announced, content) if len(content) == announced["size"] else None


def jobs() -> dict[str, Job]:
    """What can be asked for. Imported here: the site's half of the pipe needs no parser."""
    from files.cleaning import clean_image
    from files.document_cleaning import clean_document
    from files.reading import read_facts

    def document(name: str, content: bytes) -> tuple[bytes, dict[str, Any]]:
        cleaned = clean_document(name, content)
        return cleaned, read_facts(name, cleaned).as_dict()

    return {
        "document": document,
        "image": lambda name, content: (clean_image(name, content), None),
        "read": lambda name, content: (b"", read_facts(name, content).as_dict()),
    }


def _limit_processor() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + CPU_LIMIT
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def main() -> None:
    """Answer until the pipe closes."""
    from django.conf import settings

    settings.configure(USE_I18N=False)  # a sentence stays as it stands in the code
    from files.cleaning import Refused

    known = jobs()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while message := receive(source):
        header, content = message
        _limit_processor()
        try:
            cleaned, facts = known[header["job"]](header["name"], content)
        except Refused as refusal:
            send(target, {"refused": str(refusal.reason)})
        except MemoryError:
            send(target, {"exhausted": True})
        except Exception:
            # What no parser foresaw is told to the operator; the editor reads a plain refusal.
            send(target, {"failed": traceback.format_exc(limit=-5)})
        else:
            send(target, {"facts": facts}, cleaned)


if __name__ == "__main__":
    main()
