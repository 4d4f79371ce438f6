"""veraPDF, the reference checker of PDF/UA, run from Maven's jar where a Java runtime is there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ARTIFACT = "org.verapdf.apps:greenfield-apps:1.28.2"
FOLDER = Path(settings.BASE_DIR) / "var" / "verapdf"
JAR = FOLDER / "greenfield-apps-1.28.2.jar"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def failures(paths: list[Path]) -> list[str]:
    """The lines of veraPDF about files that are not PDF/UA-1; empty when all are.

    Without Java or Maven the test is skipped loudly; in CI that is an error.
    """
    java, maven = shutil.which("java"), shutil.which("mvn")
    if java is None or (maven is None and not JAR.exists()):
        assert os.environ.get("CI") != "true", "CI needs Java and Maven: .ci/run installs them"
        pytest.skip("NO JAVA OR MAVEN ON THIS MACHINE: PDF/UA IS NOT CHECKED")
    if not JAR.exists():
        subprocess.run(
            [
                maven,
                "-q",
                "dependency:copy",
                f"-Dartifact={ARTIFACT}",
                f"-DoutputDirectory={FOLDER}",
            ],
            check=True,
            timeout=300,
        )
    answer = subprocess.run(
        [java, "-cp", JAR, MAIN, "-f", "ua1", "--format", "text", *paths],
        capture_output=True,
        text=True,
        timeout=900,
    )
    lines = answer.stdout.splitlines()
    passed = [line for line in lines if line.startswith("PASS ")]
    wrong = [line for line in lines if line.startswith("FAIL ")]
    assert len(passed) + len(wrong) == len(paths), answer.stdout + answer.stderr
    return wrong
