"""The settings, read once from the environment; every problem is listed, then nothing starts."""

import json
import os
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LEAST_K = 5


class SettingsError(Exception):
    """What is wrong with the settings, one problem a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that an operator can set; the README lists the same names."""

    instance: Path
    database_url: str
    reports_database_url: str
    secret_key: bytes | None
    room_keys: Mapping[int, bytes] | None
    k: int = LEAST_K
    release_at: time = time(6, 0)
    auto_release: bool = True
    trusted_proxies: int = 0
    tablet_idle_seconds: int = 30

    @property
    def secret_key_file(self) -> Path:
        return self.instance / "secret.key"

    @property
    def room_key_file(self) -> Path:
        return self.instance / "room.keys"

    @property
    def landmark_file(self) -> Path:
        """Where it is written down how far the releases came."""
        return self.instance / "releases.json"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read KIOSK_* and REPORTS_DATABASE_URL; raise SettingsError naming every problem."""
        reader = _Reader(environ)
        settings = reader.settings()
        if reader.problems:
            raise SettingsError(reader.problems)
        return settings


class _Reader:
    """Reads one variable after the other and remembers what was wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self) -> Settings:
        instance = Path(
            self.environ.get("KIOSK_INSTANCE", CHECKOUT / "instance")
        ).resolve()
        default = f"sqlite:///{instance / 'kiosk.sqlite3'}"
        database_url = self._database("KIOSK_DATABASE_URL", default)
        return Settings(
            instance=instance,
            database_url=database_url,
            reports_database_url=self._reports_database(database_url),
            secret_key=self._secret(instance / "secret.key"),
            room_keys=self._room_keys(instance / "room.keys"),
            k=self._integer("KIOSK_K", default=LEAST_K, least=LEAST_K, most=100),
            release_at=self._time("KIOSK_RELEASE_AT", time(6, 0)),
            auto_release=self._flag("KIOSK_AUTO_RELEASE", default=True),
            trusted_proxies=self._integer(
                "KIOSK_TRUSTED_PROXIES", default=0, least=0, most=5
            ),
        )

    def _database(self, name: str, default: str) -> str:
        url = self.environ.get(name, default)
        if url.startswith("postgres://"):
            url = "postgresql://" + url.removeprefix("postgres://")
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            self.problems.append(f"{name}: must begin with sqlite:/// or postgresql://")
        return url

    def _reports_database(self, database_url: str) -> str:
        name = "REPORTS_DATABASE_URL"
        if database_url.startswith("sqlite:"):
            if self.environ.get(name, database_url) != database_url:
                self.problems.append(
                    f"{name}: leave it out with SQLite, reports read the same file"
                )
            return database_url
        if name not in self.environ:
            self.problems.append(
                f"{name}: needed with PostgreSQL, a role that may only read"
            )
            return database_url
        return self._database(name, "")

    def _secret(self, file: Path) -> bytes | None:
        value = self.environ.get("KIOSK_SECRET_KEY")
        if value is None:
            return file.read_bytes() if file.exists() else None
        if len(value) < 32:
            self.problems.append("KIOSK_SECRET_KEY: needs 32 characters or more")
        return value.encode()

    def _room_keys(self, file: Path) -> Mapping[int, bytes] | None:
        text = self.environ.get("KIOSK_ROOM_KEYS")
        if text is None:
            text = file.read_text() if file.exists() else None
        if text is None:
            return None
        try:
            return parse_room_keys(text)
        except ValueError as problem:
            self.problems.append(f"KIOSK_ROOM_KEYS or {file.name}: {problem}")
            return None

    def _integer(self, name: str, *, default: int, least: int, most: int) -> int:
        value = self.environ.get(name, str(default))
        if not value.isdecimal() or not least <= int(value) <= most:
            self.problems.append(
                f"{name}: must be a whole number from {least} to {most}"
            )
            return default
        return int(value)

    def _time(self, name: str, default: time) -> time:
        value = self.environ.get(name)
        if value is None:
            return default
        try:
            return time.fromisoformat(value)
        except ValueError:
            self.problems.append(f"{name}: must be a time like 06:00")
            return default

    def _flag(self, name: str, *, default: bool) -> bool:
        value = self.environ.get(name, "1" if default else "0")
        if value not in {"0", "1"}:
            self.problems.append(f"{name}: must be 0 or 1")
        return value == "1"


def parse_room_keys(text: str) -> Mapping[int, bytes]:
    """Key ring from JSON ``{"1": "<base64 of 32 bytes>", ...}``; the highest number seals.

    Raises ValueError with what is wrong, never with key material.
    """
    try:
        ring = {
            int(number): b64decode(key, validate=True)
            for number, key in json.loads(text).items()
        }
    except (AttributeError, Base64Error, TypeError, ValueError):
        raise ValueError("must be JSON of key numbers to base64 keys") from None
    if (
        not ring
        or any(len(key) != 32 for key in ring.values())
        or not all(0 < n < 256 for n in ring)
    ):
        raise ValueError("needs keys of 32 bytes, numbered 1 to 255")
    return ring
