"""Where the demonstration lives: its database, keys and plan, apart from a real office's."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Settings
from kiosk.domain.errors import DomainError


class NotADemonstration(DomainError):
    """The file is there and is not marked as a demonstration; it is left alone."""

    kind = "not_a_demonstration"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class DemoStore:
    """The files of the demonstration in an instance folder."""

    instance: Path
    name: str = "demo.sqlite3"

    @property
    def database(self) -> Path:
        return self.instance / self.name

    @property
    def folder(self) -> Path:
        """For its keys, which must not be a real office's, and its plan."""
        return self.instance / "demo"

    @property
    def plan_file(self) -> Path:
        return self.folder / "plan.json"

    def part(self) -> "DemoStore":
        """A second database with the same keys, while half of the wards are filled there."""
        return DemoStore(self.instance, "demo.part.sqlite3")

    def environment(self, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The environment that serves the demonstration: defaults, and its own files."""
        kept = {
            name: value
            for name, value in environ.items()
            if not name.startswith(("KIOSK_", "REPORTS_"))
        }
        return kept | {
            "KIOSK_INSTANCE": str(self.folder),
            "KIOSK_DATABASE_URL": f"sqlite:///{self.database}",
        }

    def settings(self) -> Settings:
        """The settings as they are now; keys are missing until they are made."""
        return Settings.from_environment(self.environment())

    def check(self) -> None:
        """Raise NotADemonstration where the file is another's."""
        if self.database.exists() and not self._is_ours():
            raise NotADemonstration(self.database)

    def remove(self) -> None:
        """Delete the demonstration, so that it can be made anew. Raises NotADemonstration."""
        self.check()
        self.part().delete_database()
        self.delete_database()
        for name in ("secret.key", "room.keys", self.plan_file.name):
            (self.folder / name).unlink(missing_ok=True)

    def delete_database(self) -> None:
        """Its journal first: without its database it means nothing."""
        self.database.with_name(f"{self.name}-journal").unlink(missing_ok=True)
        self.database.unlink(missing_ok=True)

    def _is_ours(self) -> bool:
        """Whether the database says of itself that it is a demonstration."""
        connection = sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute("SELECT demonstration FROM store").fetchall()
        except sqlite3.DatabaseError:
            return False
        finally:
            connection.close()
        return rows == [(1,)]
