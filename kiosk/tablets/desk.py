"""The desk of a tablet, and the photos on it."""

from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from flask import Response, current_app, request

from kiosk.db import db
from kiosk.domain.desk import Desk, desk_of, photo_of
from kiosk.domain.epochs import current_epoch
from kiosk.domain.sync import reached
from kiosk.web import clock, current

REMEMBERED = timedelta(seconds=60)


def desk() -> Response:
    """The desk as JSON; 304 where the tablet has it already."""
    enrolled, now = current.enrolment(), clock.now()
    found = _desk(enrolled.tablet_id, now)
    _remember(enrolled.tablet_id, found, now)
    reply: dict[str, Any] = found | {
        "install": enrolled.install.hex(),
        "last": reached(db.session(), enrolled=enrolled),
        "epoch": current_epoch(db.session()),
        "server_time": round(now.timestamp() * 1000),
    }
    response = Response(msgspec.json.encode(reply), mimetype="application/json")
    response.set_etag(found["etag"])
    response.headers["Cache-Control"] = "private, no-cache"
    current.renew_tablet_cookie(response)
    return cast(Response, response.make_conditional(request))


def photo(officer_id: int) -> Response:
    """An officer's photo, for a tablet of a unit where the officer was posted."""
    enrolled = current.enrolment()
    found = photo_of(db.session(), unit_id=enrolled.unit_id, officer_id=officer_id)
    response = Response(found.body, mimetype=found.media_type)
    response.set_etag(found.etag)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return cast(Response, response.make_conditional(request))


def desk_etag(tablet_id: int, now: datetime) -> str:
    """The etag of a tablet's desk, at most a minute old: a sync must not cost a desk."""
    known = _memory().get(tablet_id)
    if known is None or known[1] <= now:
        known = _remember(tablet_id, _desk(tablet_id, now), now)
    return known[0]


def forget_etags() -> None:
    """Who sits where has just changed."""
    _memory().clear()


def _desk(tablet_id: int, now: datetime) -> Desk:
    """The desk with the key that the tablet is to seal to."""
    seal = current.key_ring().seals.current
    return desk_of(db.session(), tablet_id=tablet_id, now=now, seal=seal)


def _remember(tablet_id: int, found: Desk, now: datetime) -> tuple[str, datetime]:
    known = _memory()[tablet_id] = (found["etag"], now + REMEMBERED)
    return known


def _memory() -> dict[int, tuple[str, datetime]]:
    memory = current_app.extensions.setdefault("kiosk.desk_etags", {})
    return cast(dict[int, tuple[str, datetime]], memory)
