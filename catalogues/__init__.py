"""Welsh catalogues without gettext: compile, merge and check the .po files under locale/.

Works on machines that have no gettext tools; needs polib, and Django only to cut templates.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLURAL_HEADER = (
    "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
)
PLURAL_FORMS = 6


def catalogue_files(root: Path = ROOT) -> list[Path]:
    """Return every catalogue of ours: locale/<owner>/<language>/LC_MESSAGES/*.po."""
    return sorted((root / "locale").glob("*/*/LC_MESSAGES/*.po"))
