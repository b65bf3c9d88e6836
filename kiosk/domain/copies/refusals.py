"""Why a copy cannot be made, or not be put in a store's place."""

from collections.abc import Sequence
from pathlib import Path

from kiosk.domain.errors import DomainError


class NotABackup(DomainError):
    """The file holds no store of ours."""

    kind = "not_a_backup"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class BackupDamaged(DomainError):
    """The file was a backup, but not all of it can be read; ``detail`` says where."""

    kind = "backup_damaged"

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail


class OtherDatabase(DomainError):
    """The file is a copy of SQLite where the store is PostgreSQL, or the other way round."""

    kind = "other_database"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class StoreInUse(DomainError):
    """Somebody has the store open, and would go on writing into what is put aside."""

    kind = "store_in_use"

    def __init__(self, users: Sequence[str]) -> None:
        super().__init__(users)
        self.users = users


class CopyFailed(DomainError):
    """The copy could not be written or put in place; ``detail`` says what stood in the way."""

    kind = "copy_failed"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail
