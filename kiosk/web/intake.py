"""The transactions of the intake, shared by the tablets' sync and the form without scripts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.db import writing
from kiosk.domain.intake import Candidate, judge_form, judge_request
from kiosk.domain.pairing import Enrolled
from kiosk.domain.protocol import SyncRequest
from kiosk.domain.sealing import KeyRing
from kiosk.domain.seating import Judged, take_changes
from kiosk.domain.storing import Result, receipted, store_group
from kiosk.domain.sync import Standing, note_contact


def receive(
    session: Session,
    *,
    ring: KeyRing,
    enrolled: Enrolled,
    asked: SyncRequest,
    now: datetime,
) -> tuple[Sequence[Result], Standing]:
    """Judge and store, one transaction per unit, the tablet's own unit last with its contact."""
    groups = judge_request(
        session, ring=ring, enrolled=enrolled, request=asked, now=now
    )
    results: list[Result] = []
    for unit_id in sorted(groups.keys() - {enrolled.unit_id}):
        results += _store(session, ring, enrolled, unit_id, groups)
        session.commit()
    results += _store(session, ring, enrolled, enrolled.unit_id, groups)
    received = receipted(groups, results)
    standing = note_contact(
        session, enrolled=enrolled, request=asked, received=received, now=now
    )
    session.commit()
    return sorted(results, key=lambda result: result.index), standing


def receive_seats(
    session: Session, *, enrolled: Enrolled, asked: SyncRequest, now: datetime
) -> Sequence[Judged]:
    """Judge what the request says of seats, in a transaction of its own: it is reference data."""
    if not asked.seats:
        return ()
    writing(session)
    judged = take_changes(
        session,
        enrolled=enrolled,
        changes=asked.seats,
        sent_at=asked.sent_at,
        now=now,
    )
    session.commit()
    return judged


def receive_form(
    session: Session, *, ring: KeyRing, enrolled: Enrolled, raw: bytes, now: datetime
) -> Result:
    """Judge and store the one item of a form, given as the JSON text of a tablet's item."""
    candidate = judge_form(session, enrolled=enrolled, raw=raw, now=now)
    groups = {candidate.unit_id: [candidate]}
    (result,) = _store(session, ring, enrolled, candidate.unit_id, groups)
    session.commit()
    return result


def _store(
    session: Session,
    ring: KeyRing,
    enrolled: Enrolled,
    unit_id: int,
    groups: Mapping[int, Sequence[Candidate]],
) -> list[Result]:
    writing(session)
    return store_group(
        session,
        ring=ring,
        unit_id=unit_id,
        tablet_id=enrolled.tablet_in(unit_id),
        candidates=groups.get(unit_id, ()),
    )
