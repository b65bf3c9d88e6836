"""A backup made while tablets send holds everything up to where it says it reaches."""

import sqlite3
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from kiosk.domain.copies import copier_of
from kiosk.domain.copies.postgresql import tables_of
from tests import cast
from tests.cli.outpost import backup, location, made, paired, rate, reach, sync

ROUNDS, A_ROUND = 12, 20


def receipts(path: Path) -> dict[bytes, list[int]]:
    """By install, the seqs of the receipts in a backup."""
    if path.suffix == ".sqlite3":
        with closing(sqlite3.connect(path)) as copy:
            rows = copy.execute("SELECT install, seq FROM receipt").fetchall()
    else:
        command = [
            "pg_restore",
            "--data-only",
            "--table=receipt",
            "--file=-",
            f"{path}",
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows = [
            (bytes.fromhex(row["install"].lstrip("\\x")), int(row["seq"]))
            for row in tables_of(done.stdout)["receipt"]
        ]
    found: dict[bytes, list[int]] = {}
    for install, seq in rows:
        found.setdefault(install, []).append(seq)
    return found


def test_a_backup_holds_all_that_it_tells_tablets_to_forget(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    world = cast.build_world(session)
    places = (world.tablet, world.hall_tablet)
    tablets = [paired(session, world, place) for place in places]
    session.rollback()
    folder = tmp_path / "backups"
    folder.mkdir()

    def send(number: int) -> None:
        for _ in range(ROUNDS):
            rate(tablets[number], world.hanh, A_ROUND)
            sync(app, tablets[number])

    with ThreadPoolExecutor(len(tablets)) as pool:
        sending = [pool.submit(send, number) for number in range(len(tablets))]
        files: list[Path] = []
        while not all(each.done() for each in sending):
            target = folder / f"{len(files)}{copier_of(location(app)).suffix}"
            files.append(made(backup(app, target)))
        for each in sending:
            each.result()

    sent = ROUNDS * A_ROUND
    assert [through for through, _ in reach(session)] == [sent] * len(tablets)
    assert files
    for file in files:
        held = receipts(file)
        for install, through in copier_of(location(app)).read(file).marks.items():
            counted = Counter(seq for seq in held.get(install, []) if seq <= through)
            assert counted == Counter(range(1, through + 1)), file
