"""How a browser becomes the tablet of a place: one-time codes, enrolments, their secrets."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from kiosk.domain.errors import DomainError, NotFound, TooManyTries
from kiosk.models.base import Base
from kiosk.models.organisation import Posting
from kiosk.models.tablets import Enrolment, PairingCode, PairingFailure, Tablet

CODE_LIFE = timedelta(minutes=15)
CODE_LENGTH = 8
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: they are misread
TRIES = 5
SECRET_SIZE = 32


class CodeWrong(DomainError):
    """No such pairing code."""

    kind = "code_wrong"


class CodeExpired(DomainError):
    """The code was right, more than 15 minutes ago."""

    kind = "code_expired"


class CodeUsed(DomainError):
    """The code has already paired a tablet."""

    kind = "code_used"


class NotPaired(DomainError):
    """This browser is no tablet of ours."""

    kind = "not_paired"


class Revoked(DomainError):
    """This browser was a tablet, until its enrolment was ended."""

    kind = "revoked"


@dataclass(frozen=True)
class Paired:
    """What a new tablet is told once; the server keeps only a hash of the secret."""

    secret: str
    tablet_id: int
    unit_id: int
    install: bytes


@dataclass(frozen=True)
class Enrolled:
    """Whom a secret belongs to; ``units`` are all that the install was ever enrolled for."""

    id: int
    install: bytes
    tablet_id: int
    unit_id: int
    units: frozenset[int]
    places: Mapping[int, int] = field(default_factory=dict)
    posted: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """The officers ever posted to those units, as far as they were looked up."""

    def tablet_in(self, unit_id: int) -> int:
        """The place at which the install stood when it was enrolled for that unit."""
        return self.places.get(unit_id, self.tablet_id)


def new_code(session: Session, *, tablet_id: int, now: datetime) -> str:
    """A fresh code for a place, 15 minutes good; earlier unused ones of the place lapse.

    Raises NotFound for a tablet that is not there or retired.
    """
    tablet = session.get(Tablet, tablet_id)
    if tablet is None or tablet.retired_at is not None:
        raise NotFound
    session.execute(
        update(PairingCode)
        .where(PairingCode.tablet_id == tablet_id, PairingCode.used_at.is_(None))
        .where(PairingCode.expires_at > now)
        .values(expires_at=now)
    )
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    session.add(
        PairingCode(
            tablet_id=tablet_id,
            code_hash=_hash(code),
            made_at=now,
            expires_at=now + CODE_LIFE,
        )
    )
    session.flush()
    return code


def check_tries(session: Session, *, address: str, now: datetime) -> None:
    """Raise TooManyTries after 5 wrong codes from an address within 15 minutes."""
    since = now - CODE_LIFE
    failures = (
        select(func.count(), func.min(PairingFailure.at))
        .where(PairingFailure.address_hash == _hash(address))
        .where(PairingFailure.at > since)
    )
    count, first = session.execute(failures).one()
    if count >= TRIES:
        raise TooManyTries(first + CODE_LIFE)


def note_failure(session: Session, *, address: str, now: datetime) -> None:
    """Remember a wrong code from an address, as a hash."""
    session.add(PairingFailure(address_hash=_hash(address), at=now))
    session.flush()


def pair(session: Session, *, code: str, install: bytes, now: datetime) -> Paired:
    """Make the install the tablet of the code's place, in the stead of any before it.

    The caller asks ``check_tries`` first and calls ``note_failure`` when this raises.
    Raises CodeWrong, CodeExpired or CodeUsed.
    """
    row = _code(session, code=code, now=now)
    tablet = session.get_one(Tablet, row.tablet_id)
    row.used_at = now
    session.execute(
        update(Enrolment)
        .where(Enrolment.ended_at.is_(None))
        .where((Enrolment.tablet_id == tablet.id) | (Enrolment.install == install))
        .values(ended_at=now)
    )
    secret = secrets.token_urlsafe(SECRET_SIZE)
    session.add(
        Enrolment(
            install=install,
            tablet_id=tablet.id,
            unit_id=tablet.unit_id,
            secret_hash=_hash(secret),
            began_at=now,
        )
    )
    session.flush()
    return Paired(secret, tablet.id, tablet.unit_id, install)


# Built once: it runs at every request of a tablet.
_own = Base.metadata.tables[Enrolment.__tablename__]
_any = _own.alias("any_of_install")
_posting = Base.metadata.tables[Posting.__tablename__]
_ENROLLED = (
    select(
        _own.c.id,
        _own.c.install,
        _own.c.tablet_id,
        _own.c.unit_id,
        _own.c.ended_at,
        _any.c.unit_id.label("ever"),
        _any.c.tablet_id.label("place"),
        _posting.c.officer_id,
    )
    .join_from(_own, _any, _any.c.install == _own.c.install)
    .outerjoin(_posting, _posting.c.unit_id == _any.c.unit_id)
    .where(_own.c.secret_hash == bindparam("hash"))
    .order_by(_any.c.id)
)


def enrolled(session: Session, *, secret: str | None) -> Enrolled:
    """Whom the secret belongs to. Raises NotPaired or Revoked."""
    if not secret:
        raise NotPaired
    rows = session.connection().execute(_ENROLLED, {"hash": _hash(secret)}).all()
    if not rows:
        raise NotPaired
    first = rows[0]
    if first.ended_at is not None:
        raise Revoked
    places = {row.ever: row.place for row in rows} | {first.unit_id: first.tablet_id}
    posted: dict[int, set[int]] = {unit_id: set() for unit_id in places}
    for row in rows:
        if row.officer_id is not None:
            posted[row.ever].add(row.officer_id)
    return Enrolled(
        first.id,
        first.install,
        first.tablet_id,
        first.unit_id,
        frozenset(places),
        places,
        {unit_id: frozenset(officers) for unit_id, officers in posted.items()},
    )


def revoke(session: Session, *, tablet_id: int, now: datetime) -> None:
    """End the enrolment of a place; its tablet is refused at its next request."""
    session.execute(
        update(Enrolment)
        .where(Enrolment.tablet_id == tablet_id, Enrolment.ended_at.is_(None))
        .values(ended_at=now)
    )


def unpair(session: Session, *, enrolled: Enrolled, now: datetime) -> None:
    """End the enrolment from the tablet itself: its staff took it away from its place."""
    session.execute(
        update(Enrolment)
        .where(Enrolment.id == enrolled.id, Enrolment.ended_at.is_(None))
        .values(ended_at=now)
    )


def _code(session: Session, *, code: str, now: datetime) -> PairingCode:
    typed = code.strip().upper().replace("-", "").replace(" ", "")
    query = (
        select(PairingCode)
        .where(PairingCode.code_hash == _hash(typed))
        .order_by(PairingCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise CodeWrong
    if row.used_at is not None:
        raise CodeUsed
    if row.expires_at <= now:
        raise CodeExpired
    return row


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
