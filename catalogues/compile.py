"""`python -m catalogues.compile`: write the .mo file beside every .po file of ours.

The .mo files are not in version control, so this runs before every start of the site.
"""

from pathlib import Path

import polib

from catalogues import ROOT, catalogue_files


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile each catalogue under `root`/locale and return the paths written.

    Raises OSError for a file that polib cannot read as a catalogue.
    """
    written = []
    for source in catalogue_files(root):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
