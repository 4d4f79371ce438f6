"""The Nu HTML Checker of the W3C, for the tests: fetched once by npm, run by Java."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

VERSION = "26.9.27"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
FOLDER = Path(__file__).resolve().parents[1] / "var" / "nu-html-checker" / VERSION
# Safari forgets that a list without bullets is a list; the role that reminds it is on purpose.
ON_PURPOSE = ("The “list” role is unnecessary for element “ul”.",
              "The “list” role is unnecessary for element “ol”.")  # fmt: skip
JAR = FOLDER / "package" / "build" / "dist" / "vnu.jar"


def checker() -> Path:
    """The checker's jar. Without npm or Java the test is skipped by name; in CI it fails."""
    lacking = [name for name in ("npm", "java") if shutil.which(name) is None]
    if lacking:
        told = f"NO {' AND NO '.join(lacking).upper()} ON THIS MACHINE"
        if os.environ.get("CI") == "true":
            pytest.fail(told + ": .ci/run installs it")
        pytest.skip(told)
    if not JAR.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "pack", "--silent", f"vnu-jar@{VERSION}"], cwd=FOLDER, check=True, timeout=300
        )
        package = FOLDER / f"vnu-jar-{VERSION}.tgz"
        assert hashlib.sha256(package.read_bytes()).hexdigest() == SHA256
        with tarfile.open(package) as archive:
            archive.extractall(FOLDER, filter="data")
    return JAR


def faults(folder: Path) -> list[str]:
    """Errors and warnings of every .html file in `folder`: file, line, message."""
    run = subprocess.run(
        ["java", "-jar", str(checker()), "--format", "json", "--stdout", "--skip-non-html",
         str(folder)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.stdout.startswith("{"), run.stderr
    return [
        f"{Path(message.get('url', '')).name}:{message.get('lastLine', 0)} {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        if (message["type"] != "info" or message.get("subType") == "warning")
        and message["message"] not in ON_PURPOSE
    ]
