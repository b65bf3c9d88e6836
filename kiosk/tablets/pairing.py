"""Pairing: a one-time code makes this browser the tablet of a place."""

import secrets

import msgspec
from flask import Response, request, url_for

from kiosk.db import db, writing
from kiosk.domain import pairing
from kiosk.domain.audit import audit
from kiosk.domain.errors import DomainError
from kiosk.domain.protocol import Hex16, RequestUnreadable
from kiosk.web import clock, current
from kiosk.web.errors import WrongType


class Insecure(DomainError):
    """Over plain http from another machine a browser keeps no secret and no queue."""

    kind = "insecure"


class _Asked(msgspec.Struct):
    code: str
    install: Hex16


def pair() -> Response:
    """Pair by a code, from the tablet's script or from a plain form."""
    if not current.secure_context():
        raise Insecure
    asked = _asked()
    paired = pair_with(asked.code, bytes.fromhex(asked.install))
    if request.mimetype == "application/json":
        reply = {"unit": paired.unit_id, "tablet": paired.tablet_id}
        response = Response(msgspec.json.encode(reply), mimetype="application/json")
    else:
        response = Response(status=303, headers={"Location": url_for("citizen.form")})
    current.set_tablet_cookie(response, paired.secret)
    return response


def unpair() -> Response:
    """The staff take the tablet away from its place; what it has not sent stays on it."""
    enrolled, session = current.enrolment(), db.session()
    if request.mimetype != "application/json":
        raise WrongType
    writing(session)
    now = clock.now()
    pairing.unpair(session, enrolled=enrolled, now=now)
    subject = f"{enrolled.tablet_id}"
    audit(session, at=now, account_id=None, action="tablet_unpaired", subject=subject)
    session.commit()
    response = Response('{"unpaired": true}', mimetype="application/json")
    current.drop_tablet_cookie(response)
    return response


def pair_with(code: str, install: bytes) -> pairing.Paired:
    """Pair in one transaction; a wrong code is remembered in another, against guessing."""
    session, now, address = db.session(), clock.now(), current.address()
    writing(session)
    pairing.check_tries(session, address=address, now=now)
    try:
        paired = pairing.pair(session, code=code, install=install, now=now)
    except DomainError:
        session.rollback()
        writing(session)
        pairing.note_failure(session, address=address, now=now)
        session.commit()
        raise
    session.commit()
    return paired


def _asked() -> _Asked:
    if request.mimetype != "application/json":
        return _Asked(code=request.form.get("code", ""), install=secrets.token_hex(16))
    try:
        return msgspec.json.decode(request.get_data(), type=_Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RequestUnreadable("code and install") from None
