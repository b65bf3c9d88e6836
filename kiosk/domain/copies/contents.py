"""What a copy of a store says of itself, and what whoever makes copies promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Contents:
    """The schema's revision, which store it is (by when it was made), and how far it reaches.

    ``marks`` are by install: the seq up to which the copy holds all that the install sent.
    """

    revision: str
    demonstration: bool
    store_made_at: datetime
    marks: Mapping[bytes, int]


class Copier(Protocol):
    """Copies one store and puts copies in its place, on one kind of database."""

    suffix: str

    def write(self, target: Path) -> None:
        """Copy the store, as it is at one instant, to a new file that is safe on disk.

        Raises CopyFailed.
        """

    def read(self, file: Path) -> Contents:
        """Read all of a copy, and say what it is.

        Raises NotABackup, OtherDatabase or BackupDamaged.
        """

    def is_store(self, file: Path) -> bool:
        """Whether the file is the store itself."""

    def users(self) -> Sequence[str]:
        """Who else has the store open now, in words for an operator."""

    def unpack(self, file: Path, *, stamp: str) -> str:
        """Make a store of a copy beside the present one; its address. Raises CopyFailed."""

    def discard(self, draft: str) -> None:
        """Delete what ``unpack`` made."""

    def switch_in(self, draft: str, *, stamp: str) -> str | None:
        """Put what ``unpack`` made in the store's place; where the former store is kept.

        All or nothing. Raises StoreInUse or CopyFailed.
        """
