"""``flask kiosk backup``: a copy of the store, and word to the tablets what it makes safe."""

import os
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select

from kiosk.cli.group import Refusal
from kiosk.db import db, writing
from kiosk.domain import backups
from kiosk.domain.calendar import HANOI
from kiosk.domain.copies import Copier, copier_of, files
from kiosk.domain.errors import DomainError
from kiosk.models.store import Store
from kiosk.web import clock, current
from kiosk.web.setup import require_store

KEEP = 14


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=KEEP,
    show_default=True,
    help="How many to keep in the folder; older ones are deleted.",
)
@click.option("--quiet", is_flag=True, help="Say nothing unless something fails.")
def backup(path: Path, keep: int, quiet: bool) -> None:
    """Copy the whole store to PATH while it is in use.

    PATH is a folder, where the copy is named by the time and the oldest beyond --keep are deleted,
    or a file, which is replaced. The copy is read back before it counts.

    A tablet keeps what it has sent until every backup kept for a restore holds it. So keep only
    backups that you would restore, and let them lie where they were made: one whose file is gone
    counts no more.

    The keys of the waiting room are not in it.
    """
    require_store()
    now, copier = clock.now(), copier_of(current.settings().database_url)
    target = _target(path, copier.suffix, now)
    _check_free(copier, target)
    _write(copier, target, now)
    deleted = _tidy(target.parent if path.is_dir() else None, keep, now)
    _tell_tablets()
    if not quiet:
        click.echo(_told(target, deleted))


def _target(path: Path, suffix: str, now: datetime) -> Path:
    if path.is_dir():
        return path.resolve() / f"kiosk-{now.astimezone(HANOI):%Y%m%d-%H%M%S}{suffix}"
    if not path.suffix or not path.parent.is_dir():
        raise Refusal(
            f"There is no folder {path if not path.suffix else path.parent}. Make it first, or "
            f"name a file in a folder that is there, like kiosk{suffix}."
        )
    return path.resolve()


def _check_free(copier: Copier, target: Path) -> None:
    """Refuse to write over anything but a backup of this very store."""
    if not target.exists():
        return
    session = db.session()
    made_at = session.scalars(select(Store.made_at)).one()
    session.rollback()
    try:
        ours = copier.read(target).store_made_at == made_at
    except DomainError:
        ours = False
    if not ours or copier.is_store(target):
        raise Refusal(
            f"{target} is there and is no backup of this store. It was left alone."
        )


def _write(copier: Copier, target: Path, now: datetime) -> None:
    """Write, read back, write down, and only then give the file its name."""
    draft = target.with_name(f".kiosk-{os.getpid()}.part")
    session = db.session()
    try:
        copier.write(draft)
        marks = copier.read(draft).marks
        writing(session)
        number = backups.record(session, path=target, made_at=now, marks=marks)
        session.commit()
        files.put_in_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    writing(session)
    backups.replaced(session, backup_id=number)
    session.commit()


def _tidy(folder: Path | None, keep: int, now: datetime) -> int:
    """Delete the oldest of the folder, and note what is gone; how many were deleted."""
    session = db.session()
    _look_after(now)
    old = backups.surplus(session, folder=folder, keep=keep) if folder else []
    session.rollback()
    for path in old:
        path.unlink(missing_ok=True)
    _look_after(now)
    return len(old)


def _look_after(now: datetime) -> None:
    session = db.session()
    writing(session)
    backups.look_after(session, now=now)
    session.commit()


def _tell_tablets() -> None:
    """Move what tablets may forget, one transaction per unit."""
    session = db.session()
    behind = backups.units_behind(session, marks=backups.durable(session))
    for unit_id, through in sorted(behind.items()):
        writing(session)
        backups.set_durable(session, unit_id=unit_id, through=through)
        session.commit()


def _told(target: Path, deleted: int) -> str:
    session = db.session()
    kept, tablets = backups.kept(session), backups.forgettable(session)
    session.rollback()
    size = target.stat().st_size / 1e6
    lines = [f"{target}: {size:.1f} MB, read back and sound."]
    oldest = f"{kept.oldest.astimezone(HANOI):%d/%m/%Y %H:%M}" if kept.oldest else "-"
    lines.append(
        f"Kept for a restore: {kept.count}, the oldest of {oldest}; {deleted} older deleted."
    )
    lines.append(
        f"Tablets may now forget what all of them hold: {tablets.forgettable:,} of the "
        f"{tablets.sent:,} items sent so far. {tablets.keeping_all} of {tablets.tablets} "
        "tablets keep everything still."
    )
    lines.append(
        "The keys of the waiting room are not in the backup, and without them nobody opens what "
        f"waits in it. Keep a copy of {_where_keys_are()} in another place."
    )
    return "\n".join(lines)


def _where_keys_are() -> str:
    in_environment = "KIOSK_ROOM_KEYS" in os.environ
    return (
        "KIOSK_ROOM_KEYS" if in_environment else f"{current.settings().room_key_file}"
    )
