"""The settings: read once, every problem named at once, and no secret in any of them."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from datetime import time
from pathlib import Path

import pytest

from kiosk.config import Settings, SettingsError, parse_room_keys
from tests.servers import ROOT

KEY = b64encode(b"k" * 32).decode()


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environ)
    return refused.value.problems


def test_without_any_variable_the_store_stands_in_the_checkout(tmp_path: Path) -> None:
    settings = Settings.from_environment({"KIOSK_INSTANCE": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path}/kiosk.sqlite3"
    assert settings.reports_database_url == settings.database_url
    assert (settings.k, settings.release_at, settings.auto_release) == (
        5,
        time(6),
        True,
    )
    assert settings.secret_key is None
    assert settings.room_keys is None


def test_keys_are_read_from_files_and_the_environment_comes_first(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret.key").write_bytes(b"from the file")
    (tmp_path / "room.keys").write_text(json.dumps({"1": KEY}))
    environ = {"KIOSK_INSTANCE": str(tmp_path)}

    from_files = Settings.from_environment(environ)
    from_environment = Settings.from_environment(
        environ
        | {"KIOSK_SECRET_KEY": "s" * 32, "KIOSK_ROOM_KEYS": json.dumps({"2": KEY})}
    )

    assert from_files.secret_key == b"from the file"
    assert from_files.room_keys == {1: b"k" * 32}
    assert from_environment.secret_key == b"s" * 32
    assert from_environment.room_keys == {2: b"k" * 32}


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    found = problems(
        KIOSK_INSTANCE=str(tmp_path),
        KIOSK_DATABASE_URL="mysql://x",
        KIOSK_SECRET_KEY="short",
        KIOSK_ROOM_KEYS="{}",
        KIOSK_K="4",
        KIOSK_RELEASE_AT="late",
        KIOSK_AUTO_RELEASE="yes",
        KIOSK_TRUSTED_PROXIES="many",
    )

    names = [problem.partition(":")[0] for problem in found]
    assert names == [
        "KIOSK_DATABASE_URL",
        "REPORTS_DATABASE_URL",
        "KIOSK_SECRET_KEY",
        "KIOSK_ROOM_KEYS or room.keys",
        "KIOSK_K",
        "KIOSK_RELEASE_AT",
        "KIOSK_AUTO_RELEASE",
        "KIOSK_TRUSTED_PROXIES",
    ]


def test_postgresql_needs_a_role_of_its_own_for_reports() -> None:
    assert problems(KIOSK_DATABASE_URL="postgresql://kiosk@db/kiosk") == [
        "REPORTS_DATABASE_URL: needed with PostgreSQL, a role that may only read"
    ]


def test_an_old_spelling_of_the_url_is_understood() -> None:
    settings = Settings.from_environment(
        {
            "KIOSK_DATABASE_URL": "postgres://kiosk@db/kiosk",
            "REPORTS_DATABASE_URL": "postgres://reports@db/kiosk",
        }
    )

    assert settings.database_url == "postgresql://kiosk@db/kiosk"
    assert settings.reports_database_url == "postgresql://reports@db/kiosk"


def test_reports_of_sqlite_read_the_same_file() -> None:
    assert problems(REPORTS_DATABASE_URL="sqlite:///other.sqlite3") == [
        "REPORTS_DATABASE_URL: leave it out with SQLite, reports read the same file"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"1": 5}',
        '{"1": "not base64!"}',
        '{"1": "c2hvcnQ="}',
        json.dumps({"0": KEY}),
        json.dumps({"256": KEY}),
        json.dumps({"one": KEY}),
    ],
)
def test_a_bad_key_ring_is_refused_without_telling_the_key(text: str) -> None:
    with pytest.raises(ValueError, match="key") as refused:
        parse_room_keys(text)

    assert KEY not in str(refused.value)


def test_wrong_settings_stop_the_application_in_words() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "routes"],
        cwd=ROOT,
        env=os.environ | {"KIOSK_K": "3"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "KIOSK_K: must be a whole number from 5 to 100" in done.stderr
    assert "Traceback" not in done.stderr
