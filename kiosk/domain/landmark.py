"""A mark beside the store, in a file of its own: how far its releases had come.

A store set back by hand, its file copied over or the machine's snapshot taken back, knows nothing
of the blocks that people have seen since. The mark does, and before anything is cut again a new
life begins, as after ``flask kiosk restore``.
"""

import json
import logging
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.audit import audit
from kiosk.domain.epochs import begin_epoch, current_epoch
from kiosk.models.blocks import ReleaseRun
from kiosk.models.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Which store, in which of its lives, and the last run of each unit by its chain."""

    store: str
    epoch: int
    chains: dict[str, str] = field(default_factory=dict)


class Landmark:
    """The mark in a file; where there is none, or it belongs to another store, it says nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self, session: Session, *, now: datetime) -> bool:
        """Begin a new life where the store has lost a run that was marked; whether it did so.

        A store that has had a newer life since was restored as it should be.
        """
        mark = self._read()
        if mark is None or mark.store != _store(session):
            return False
        if current_epoch(session) > mark.epoch or not _lacks(session, mark.chains):
            return False
        number = begin_epoch(session, now=now, after=mark.epoch)
        audit(session, at=now, account_id=None, action="store_set_back")
        logger.warning(
            "the store lacks releases that were made: it was set back without "
            "`flask kiosk restore`; its life number %s begins",
            number,
        )
        return True

    def set(self, session: Session, *, unit_id: int, chain: bytes) -> None:
        """Mark a run that was committed; what cannot be written is logged, the run stands."""
        store, epoch = _store(session), current_epoch(session)
        old = self._read()
        chains = old.chains if old is not None and old.store == store else {}
        mark = _Mark(store, epoch, chains | {str(unit_id): chain.hex()})
        try:
            self._write(mark)
        except OSError:
            logger.exception("%s cannot be written", self._path)

    def _write(self, mark: _Mark) -> None:
        draft = self._path.with_suffix(".draft")
        with draft.open("w") as file:
            json.dump([mark.store, mark.epoch, mark.chains], file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _read(self) -> _Mark | None:
        try:
            return _Mark(*json.loads(self._path.read_text()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            logger.warning("%s cannot be read; the next release writes it", self._path)
            return None


def _store(session: Session) -> str:
    return session.scalars(select(Store.made_at)).one().isoformat()


def _lacks(session: Session, chains: dict[str, str]) -> bool:
    """Whether a run that was marked is not in the store."""
    wanted = {bytes.fromhex(chain) for chain in chains.values()}
    query = select(ReleaseRun.chain).where(ReleaseRun.chain.in_(wanted))
    return not wanted <= set(session.execute(query).scalars())
