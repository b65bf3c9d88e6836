"""Which backups are kept for a restore, and what tablets may forget because all of them hold it.

A tablet deletes an item only once ``durable_through`` of its contact covers it: the least, over all
backups kept, of how far each reaches into what its install sent. How a backup is written and read
is in ``kiosk.domain.copies``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from kiosk.models.backups import Backup, BackupMark
from kiosk.models.base import Base
from kiosk.models.tablets import Contact, Enrolment

# A tablet keeps nothing longer than 90 days, and no backup is waited for longer.
AWAY_AT_MOST = timedelta(days=90)

Marks = Mapping[bytes, int]  # by install, the seq up to which all is there


@dataclass(frozen=True, slots=True)
class Kept:
    """The backups that may be restored now, seen as a whole."""

    count: int
    newest: datetime | None
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Forgettable:
    """What tablets in use sent, how much of it they may forget, and how many must keep it all."""

    tablets: int
    keeping_all: int
    sent: int
    forgettable: int


def record(session: Session, *, path: Path, made_at: datetime, marks: Marks) -> int:
    """Write down a backup and what it holds, and return its key."""
    backup = Backup(path=str(path), made_at=made_at)
    session.add(backup)
    session.flush()
    rows = [
        {"backup_id": backup.id, "install": install, "have_through": seq}
        for install, seq in sorted(marks.items())
    ]
    if rows:
        session.execute(insert(BackupMark), rows)
    return backup.id


def replaced(session: Session, *, backup_id: int) -> None:
    """Forget the earlier backups in the file that this one has just taken over."""
    path = session.get_one(Backup, backup_id).path
    _erase(session, Backup.path == path, Backup.id < backup_id)


def look_after(session: Session, *, now: datetime) -> None:
    """Note which files are gone, and which have come back.

    Where the whole folder is away, as a disk that is not plugged in, its backups still count, for
    90 days. Those gone so long are forgotten.
    """
    for backup in session.scalars(select(Backup)):
        if _may_be_restored(backup, now):
            backup.dropped_at = None
        elif backup.dropped_at is None:
            backup.dropped_at = now
    session.flush()
    _erase(session, Backup.dropped_at < now - AWAY_AT_MOST)


def surplus(session: Session, *, folder: Path, keep: int) -> list[Path]:
    """The files of a folder beyond the newest ``keep`` that are kept there."""
    query = select(Backup.path).where(Backup.dropped_at.is_(None))
    paths = map(Path, session.scalars(query.order_by(Backup.made_at.desc(), Backup.id)))
    return [path for path in paths if path.parent == folder][keep:]


def known_paths(session: Session) -> set[Path]:
    """The files of all backups that were written down and not forgotten."""
    return {Path(path) for path in session.scalars(select(Backup.path))}


def kept(session: Session) -> Kept:
    """How many backups may be restored, and the first and last of them."""
    row = session.execute(
        select(func.count(), func.max(Backup.made_at), func.min(Backup.made_at)).where(
            Backup.dropped_at.is_(None)
        )
    ).one()
    return Kept(*row)


def durable(session: Session) -> Marks:
    """By install, the seq up to which every backup kept holds all; none where one has nothing."""
    count = kept(session).count
    query = (
        select(BackupMark.install, func.min(BackupMark.have_through))
        .join(Backup, Backup.id == BackupMark.backup_id)
        .where(Backup.dropped_at.is_(None))
        .group_by(BackupMark.install)
        .having(func.count() == count)
    )
    return {row.install: row[1] for row in session.execute(query)}


def units_behind(session: Session, *, marks: Marks) -> Mapping[int, Mapping[int, int]]:
    """The contacts whose ``durable_through`` is another than the marks say, and which it should be.

    By unit, then by enrolment.
    """
    query = select(
        Contact.unit_id,
        Contact.enrolment_id,
        Contact.durable_through,
        Enrolment.install,
    ).join(Enrolment, Enrolment.id == Contact.enrolment_id)
    behind: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in session.execute(query):
        right = marks.get(row.install, 0)
        if row.durable_through != right:
            behind[row.unit_id][row.enrolment_id] = right
    return behind


def set_durable(session: Session, *, unit_id: int, through: Mapping[int, int]) -> None:
    """Let the contacts of a unit, by enrolment, tell their tablets what they may forget."""
    rows = [{"enrolment": key, "through": seq} for key, seq in sorted(through.items())]
    session.connection().execute(_SET_DURABLE, [{"unit": unit_id, **r} for r in rows])


def forgettable(session: Session) -> Forgettable:
    """What the tablets in use have sent, and how much of it they may forget."""
    query = (
        select(Contact.have_through, Contact.durable_through)
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(Enrolment.ended_at.is_(None))
    )
    rows = session.execute(query).all()
    return Forgettable(
        tablets=len(rows),
        keeping_all=sum(row.durable_through == 0 for row in rows),
        sent=sum(row.have_through for row in rows),
        forgettable=sum(row.durable_through for row in rows),
    )


def forgotten(session: Session, *, marks: Marks) -> int:
    """How many items tablets may have forgotten that a backup with these marks does not hold."""
    query = (
        select(Enrolment.install, func.max(Contact.durable_through).label("told"))
        .join(Contact, Contact.enrolment_id == Enrolment.id)
        .group_by(Enrolment.install)
    )
    rows = session.execute(query)
    return sum(max(0, row.told - marks.get(row.install, 0)) for row in rows)


def _may_be_restored(backup: Backup, now: datetime) -> bool:
    path = Path(backup.path)
    away = not path.parent.is_dir() and now - backup.made_at <= AWAY_AT_MOST
    return away or path.is_file()


def _erase(session: Session, *which: ColumnElement[bool]) -> None:
    ids = session.scalars(select(Backup.id).where(*which)).all()
    session.execute(delete(BackupMark).where(BackupMark.backup_id.in_(ids)))
    session.execute(delete(Backup).where(Backup.id.in_(ids)))


_contact = Base.metadata.tables[Contact.__tablename__]
_SET_DURABLE = (
    update(_contact)
    .where(
        _contact.c.unit_id == bindparam("unit"),
        _contact.c.enrolment_id == bindparam("enrolment"),
    )
    .values(durable_through=bindparam("through"))
)
