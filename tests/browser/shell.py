"""Runs pieces of Python in a Django that has started once, for `manage.py shell -c`.

A line of its input is a piece of code with what that finds on its standard input; a line of its
output is how the piece ended and what it printed. Each runs in a copy of this process, which ends
with it: what one changes in memory the next does not meet.
"""

import io
import json
import os
import signal
import sys
import tempfile

from django.urls import get_resolver

SECONDS = 90  # for one piece


def main() -> None:
    assert get_resolver().url_patterns  # loaded before the first copy is made, not in each
    while request := sys.stdin.readline():
        code, given = json.loads(request)
        with tempfile.TemporaryFile("w+") as printed:
            copy = os.fork()
            if copy == 0:
                signal.alarm(SECONDS)
                os.dup2(printed.fileno(), 1)
                sys.stdin = io.StringIO(given)
                exec(code, {"__name__": "__main__"})
                return
            status = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
            printed.seek(0)
            print(json.dumps([status, printed.read()]), flush=True)
