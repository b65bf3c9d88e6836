"""The catalogues: one folder per language, one domain per part of the house; msgids are English.

The .po files are the source. The .mo files that the program reads are made from them by pip
(kiosk/build.py) and by the test suite, and are never committed. Babel is all this needs.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Writes the .mo beside each .po below `folder`; gives the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as reading:
            catalogue = read_po(reading, locale=source.parts[-3])
        with target.open("wb") as writing:
            write_mo(writing, catalogue)
        written.append(target)
    return written
