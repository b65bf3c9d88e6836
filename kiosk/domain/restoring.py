"""What a restored store must have before it takes the place of the one that was lost.

Its new life is numbered, sign-ins that may have ended since are over, and the backups that lie
about are known to it, so that no tablet forgets what one of them lacks.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.domain import backups
from kiosk.domain.audit import audit
from kiosk.domain.copies import BackupDamaged, Copier, NotABackup, OtherDatabase
from kiosk.domain.epochs import begin_epoch
from kiosk.models.accounts import SignIn
from kiosk.models.store import Store


def begin_life(session: Session, *, source: Path, now: datetime) -> int:
    """Number the store's new life, end every sign-in, and leave a trail; the number."""
    number = begin_epoch(session, now=now)
    still = SignIn.ended_at.is_(None)
    session.execute(update(SignIn).where(still).values(ended_at=now))
    audit(
        session, at=now, account_id=None, action="store_restored", subject=source.name
    )
    return number


def adopt(session: Session, *, copier: Copier, paths: Iterable[Path]) -> None:
    """Write down those of the files that are backups of this store and not yet known to it.

    They are the one restored, which was not finished when it was copied, and any made later.
    """
    store = session.scalars(select(Store)).one()
    for path in sorted(set(paths) - backups.known_paths(session)):
        try:
            contents = copier.read(path)
        except (BackupDamaged, NotABackup, OtherDatabase, OSError):
            continue  # it cannot be restored, so nothing need be kept for it
        if contents.store_made_at == store.made_at:
            made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            backups.record(session, path=path, made_at=made_at, marks=contents.marks)
