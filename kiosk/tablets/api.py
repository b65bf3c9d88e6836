"""The sync of ratings: one request, one durable commit per unit, then the reply."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from flask import Response, request

from kiosk.db import db
from kiosk.domain.pairing import Enrolled, NotPaired
from kiosk.domain.protocol import (
    MOST_BYTES,
    RequestTooLarge,
    SyncRequest,
    parse_request,
)
from kiosk.domain.seating import Judged
from kiosk.domain.storing import Result
from kiosk.domain.sync import Standing
from kiosk.tablets import rush
from kiosk.tablets.desk import desk_etag, forget_etags
from kiosk.web import clock, current
from kiosk.web.errors import WrongType
from kiosk.web.intake import receive, receive_seats

MIN_CLIENT = "1"


def sync() -> Response:
    """Take a tablet's items; reply only when all of them are safe on disk."""
    body = _body()  # read to its end, or the refusal would meet a tablet still sending
    with rush.lane(len(body)):
        return _take(body)


def _take(body: bytes) -> Response:
    enrolled = current.enrolment()
    asked = parse_request(body)
    if asked.install != enrolled.install:
        raise NotPaired
    now = clock.now()
    seats = receive_seats(db.session(), enrolled=enrolled, asked=asked, now=now)
    if seats:
        forget_etags()
    results, standing = receive(
        db.session(), ring=current.key_ring(), enrolled=enrolled, asked=asked, now=now
    )
    response = _reply(asked, results, standing, enrolled, now, seats=seats)
    current.renew_tablet_cookie(response)
    return response


def _body() -> bytes:
    if request.mimetype != "application/json":
        raise WrongType
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestTooLarge
    return request.stream.read(MOST_BYTES + 1)


def _reply(
    asked: SyncRequest,
    results: Sequence[Result],
    standing: Standing,
    enrolled: Enrolled,
    now: datetime,
    *,
    seats: Sequence[Judged],
) -> Response:
    reply: dict[str, Any] = {
        "nonce": asked.nonce,
        "results": results,
        "seats": seats,
        "have_through": standing.have_through,
        "durable_through": standing.durable_through,
        "need": standing.need,
        "epoch": standing.epoch,
        "desk_etag": desk_etag(enrolled.tablet_id, now),
        "min_client": MIN_CLIENT,
        "server_time": round(now.timestamp() * 1000),
    }
    return Response(msgspec.json.encode(reply), mimetype="application/json")
