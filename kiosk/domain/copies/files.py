"""Files that only their owner reads, and that are on the disk when we say so."""

import os
from pathlib import Path


def make_private(path: Path) -> None:
    """An empty new file that only its owner can read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name, in the stead of any that has it, for good."""
    draft.replace(target)
    sync(target.parent)


def processes_with(path: Path) -> list[str]:
    """The other processes that have the file open, as far as this one may look."""
    if not path.exists():
        return []
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if process.name != str(os.getpid()) and _holds(process, path):
            name = (process / "comm").read_text().strip()
            found.append(f"{name} (process {process.name})")
    return found


def _holds(process: Path, path: Path) -> bool:
    try:
        return any(_same(opened, path) for opened in (process / "fd").iterdir())
    except OSError:  # it has ended, or is another person's
        return False


def _same(opened: Path, path: Path) -> bool:
    try:
        return opened.samefile(path)
    except OSError:
        return False
