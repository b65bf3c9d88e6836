"""Takes what an enrolled tablet sends: each item judged on its own, none refused, none lost.

A good item becomes waiting rows, a bad one lies in quarantine; either way with a receipt, in one
transaction per unit. The caller opens and commits those transactions, the tablet's own unit last.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.domain.clocks import REPLAYED, Dated, date_replayed, date_tap
from kiosk.domain.items import Item, Unreadable, parse_item
from kiosk.domain.pairing import Enrolled
from kiosk.domain.protocol import SyncRequest
from kiosk.domain.questionnaire import QUESTIONNAIRES
from kiosk.domain.sealing import KeyRing
from kiosk.domain.seals import SealKeys
from kiosk.models.organisation import Posting


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item on its way in: what it is or why it is none, and where and when it belongs."""

    index: int
    raw: bytes
    digest: bytes
    unit_id: int
    item: Item | None
    reason: str | None
    id: UUID | None
    install: bytes | None
    seq: int | None
    dated: Dated
    channel: str


def judge_request(
    session: Session,
    *,
    ring: KeyRing,
    enrolled: Enrolled,
    request: SyncRequest,
    now: datetime,
) -> Mapping[int, list[Candidate]]:
    """The request's items by unit, each opened and judged; reads postings, writes nothing."""
    posted = Posted(session, enrolled.posted)
    groups: defaultdict[int, list[Candidate]] = defaultdict(list)
    for index, raw in enumerate(request.items):
        parsed = parse_item(raw, ring.seals)
        reason = fault(parsed, units=enrolled.units, posted=posted)
        item = parsed if reason is None and not isinstance(parsed, Unreadable) else None
        candidate = Candidate(
            index=index,
            raw=raw,
            digest=hashlib.sha256(raw).digest(),
            unit_id=_home(parsed, enrolled),
            item=item,
            reason=reason,
            id=parsed.id,
            install=request.install,
            seq=parsed.seq,
            dated=_dated(item, sent_at=request.sent_at, now=now),
            channel="tablet",
        )
        groups[candidate.unit_id].append(candidate)
    return groups


def judge_form(
    session: Session, *, enrolled: Enrolled, raw: bytes, now: datetime
) -> Candidate:
    """The one item of a form, which has neither install nor seq; ``raw`` is its JSON text."""
    parsed = parse_item(raw)
    reason = fault(
        parsed, units=enrolled.units, posted=Posted(session, enrolled.posted)
    )
    item = parsed if reason is None and not isinstance(parsed, Unreadable) else None
    return Candidate(
        index=0,
        raw=raw,
        digest=hashlib.sha256(raw).digest(),
        unit_id=_home(parsed, enrolled),
        item=item,
        reason=reason,
        id=parsed.id,
        install=None,
        seq=None,
        dated=_dated(None, sent_at=0, now=now),
        channel="form",
    )


def judge_again(
    raw: bytes, *, seals: SealKeys, unit_id: int, posted: "Posted", came: "Came"
) -> Candidate:
    """What lies in a unit's quarantine, by today's rules; an item of another unit stays there."""
    parsed = parse_item(raw, seals)
    reason = fault(parsed, units=(unit_id,), posted=posted)
    item = parsed if reason is None and not isinstance(parsed, Unreadable) else None
    dated = Dated(came.day, None, REPLAYED)
    if item is not None and came.install is not None:
        dated = date_replayed(
            tapped_at=item.tapped_at, skew=item.skew, arrived=came.day
        )
    return Candidate(
        index=0,
        raw=raw,
        digest=hashlib.sha256(raw).digest(),
        unit_id=unit_id,
        item=item,
        reason=reason,
        id=parsed.id,
        install=came.install,
        seq=parsed.seq,
        dated=dated,
        channel="form" if came.install is None else "tablet",
    )


@dataclass(frozen=True, slots=True)
class Came:
    """The day on which something came, and from which install; a form has none."""

    day: date
    install: bytes | None


_POSTED = select(Posting.officer_id).where(Posting.unit_id == bindparam("unit"))


class Posted:
    """Who was ever posted where, asked once per unit where it is not known already."""

    def __init__(
        self,
        session: Session,
        known: Mapping[int, frozenset[int]] = MappingProxyType({}),
    ) -> None:
        self._session = session
        self._by_unit = dict(known)

    def __call__(self, unit_id: int, officer_id: int) -> bool:
        if unit_id not in self._by_unit:
            found = (
                self._session.connection().execute(_POSTED, {"unit": unit_id}).scalars()
            )
            self._by_unit[unit_id] = frozenset(found)
        return officer_id in self._by_unit[unit_id]


def fault(
    parsed: Item | Unreadable, *, units: Iterable[int], posted: Posted
) -> str | None:
    """Why a parsed item goes to quarantine, as a stable word; None for a good one."""
    if isinstance(parsed, Unreadable):
        return parsed.reason
    if parsed.unit not in units:
        return "unit_not_enrolled"
    if parsed.questionnaire not in QUESTIONNAIRES:
        return "unknown_questionnaire"
    if parsed.officer is not None and not posted(parsed.unit, parsed.officer):
        return "officer_not_posted"
    return None


def _home(parsed: Item | Unreadable, enrolled: Enrolled) -> int:
    """The unit that a good or bad item names, if the install was ever there; else its first one.

    So that what is judged again later already lies where it belongs, and what is sent again after
    a move is found where it lies: a tablet's first unit never changes.
    """
    if parsed.unit in enrolled.units:
        return parsed.unit
    return next(iter(enrolled.places), enrolled.unit_id)


def _dated(item: Item | None, *, sent_at: int, now: datetime) -> Dated:
    if item is None:
        return date_tap(tapped_at=0, sent_at=0, skew=None, now=now)
    return date_tap(tapped_at=item.tapped_at, sent_at=sent_at, skew=item.skew, now=now)
