"""What pip runs on installing from a checkout: setuptools' own build, and the catalogues.

The .po files are the source; the .mo files that the program reads are made here and by the test
suite, and are never committed. pip loads this file by its path: it imports nothing of ours.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.build_py import build_py

CATALOGUES = Path(__file__).resolve().parent / "translations"


class BuildPy(build_py):
    """Compiles .po to .mo in the checkout; an editable install reads them from there."""

    def run(self) -> None:
        compile_catalogues()
        super().run()


def compile_catalogues(folder: Path = CATALOGUES) -> list[Path]:
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
