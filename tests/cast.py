"""A small city and the people in it, the same in every test; plain factory functions.

Hà Nội › Ba Đình › Trúc Bạch and Quán Thánh. Hạnh and Bảo serve in Trúc Bạch, Dũng in Quán Thánh.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain import pairing
from kiosk.domain.pairing import Enrolled
from kiosk.models.organisation import Counter, Officer, Posting, Seat, Unit, UnitVersion
from kiosk.models.tablets import Tablet, TabletCounter

FIRST_DAY = date(2026, 1, 1)
NOON = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Hà Nội
NOON_MS = round(NOON.timestamp() * 1000)


@dataclass
class World:
    """The keys of what ``build_world`` made."""

    city: int
    district: int
    truc_bach: int
    quan_thanh: int
    hanh: int
    bao: int
    dung: int
    counter: int
    tablet: int
    hall_tablet: int
    quan_thanh_tablet: int


def build_world(session: Session) -> World:
    """Write the city and commit it."""
    city = unit(session, "province", "01", "Thành phố Hà Nội")
    district = unit(session, "district", "001", "Quận Ba Đình", parent=city)
    truc_bach = unit(session, "ward", "00004", "Phường Trúc Bạch", parent=district)
    quan_thanh = unit(session, "ward", "00013", "Phường Quán Thánh", parent=district)
    hanh = officer(session, "CB01", "Nguyễn Thị Minh Hạnh")
    bao = officer(session, "CB02", "Trần Quốc Bảo")
    dung = officer(session, "CB03", "Phạm Văn Dũng")
    seats = [posting(session, hanh, truc_bach), posting(session, bao, truc_bach)]
    posting(session, dung, quan_thanh)
    counters = [counter(session, truc_bach, number) for number in (1, 2)]
    for posting_id, counter_id in zip(seats, counters, strict=True):
        seat(session, posting_id, counter_id)
    world = World(
        city=city,
        district=district,
        truc_bach=truc_bach,
        quan_thanh=quan_thanh,
        hanh=hanh,
        bao=bao,
        dung=dung,
        counter=counters[0],
        tablet=tablet(session, truc_bach, "Quầy số 1", counters[:1]),
        hall_tablet=tablet(session, truc_bach, "Sảnh", counters),
        quan_thanh_tablet=tablet(session, quan_thanh, "Sảnh", []),
    )
    session.commit()
    return world


def unit(
    session: Session, kind: str, code: str, name: str, parent: int | None = None
) -> int:
    row = Unit(kind=kind)
    session.add(row)
    session.flush()
    version = UnitVersion(
        unit_id=row.id, parent_id=parent, code=code, name=name, first_day=FIRST_DAY
    )
    session.add(version)
    session.flush()
    return row.id


def officer(session: Session, code: str, name: str) -> int:
    row = Officer(code=code, name=name)
    session.add(row)
    session.flush()
    return row.id


def posting(
    session: Session,
    officer_id: int,
    unit_id: int,
    first_day: date = FIRST_DAY,
    last_day: date | None = None,
) -> int:
    row = Posting(
        officer_id=officer_id,
        unit_id=unit_id,
        title="Công chức Tư pháp – Hộ tịch",
        first_day=first_day,
        last_day=last_day,
    )
    session.add(row)
    session.flush()
    return row.id


def counter(session: Session, unit_id: int, number: int) -> int:
    row = Counter(unit_id=unit_id, code=f"{number}", label=f"Quầy số {number}")
    session.add(row)
    session.flush()
    return row.id


def seat(session: Session, posting_id: int, counter_id: int) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(Seat(posting_id=posting_id, counter_id=counter_id, began_at=began))
    session.flush()


def tablet(session: Session, unit_id: int, label: str, counters: list[int]) -> int:
    row = Tablet(unit_id=unit_id, label=label)
    session.add(row)
    session.flush()
    session.add_all(TabletCounter(tablet_id=row.id, counter_id=c) for c in counters)
    session.flush()
    return row.id


@dataclass
class Device:
    """A browser that was paired: its install, its secret, and the seq of its next item."""

    install: str
    secret: str
    enrolled: Enrolled
    seq: int = field(default=0)

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq


def pair(
    session: Session,
    tablet_id: int,
    *,
    install: str | None = None,
    now: datetime = NOON,
) -> Device:
    """Pair a device with a place and commit it."""
    install = install or secrets.token_hex(16)
    code = pairing.new_code(session, tablet_id=tablet_id, now=now)
    paired = pairing.pair(session, code=code, install=bytes.fromhex(install), now=now)
    enrolled = pairing.enrolled(session, secret=paired.secret)
    session.commit()
    return Device(install, paired.secret, enrolled)


def rating(device: Device, unit_id: int, officer_id: int | None, **changes: Any) -> str:
    """The JSON text of a complete rating, tapped a minute before noon."""
    return _item(
        device,
        {
            "kind": "rating",
            "unit": unit_id,
            "officer": officer_id,
            "greeted": "yes",
            "asked": "no",
            "thanked": "unsure",
            "satisfaction": 4,
        },
        changes,
    )


def remark(device: Device, unit_id: int, officer_id: int | None, **changes: Any) -> str:
    """The JSON text of a remark with two reasons and a comment."""
    return _item(
        device,
        {
            "kind": "remark",
            "unit": unit_id,
            "officer": officer_id,
            "reasons": ["fast", "waited"],
            "comment": "Cán bộ tận tình.",
        },
        changes,
    )


def _item(device: Device, values: dict[str, Any], changes: dict[str, Any]) -> str:
    head = {
        "id": str(uuid4()),
        "seq": device.next_seq(),
        "salt": secrets.token_hex(16),
        "tapped_at": NOON_MS - 60_000,
        "skew": 0,
        "questionnaire": 1,
    }
    item = values | head | changes
    return json.dumps({k: v for k, v in item.items() if v is not ...})


def envelope(device: Device, *items: str, **changes: Any) -> str:
    """The JSON text of a sync request around the texts of items, byte for byte."""
    values = {
        "install": device.install,
        "nonce": secrets.token_hex(16),
        "sent_at": NOON_MS,
        "acked_through": 0,
        "gone": [],
        "queued": len(items),
        "persisted": True,
        "client": "1.0",
    }
    head = json.dumps(values | changes)
    return f'{head[:-1]}, "items": [{", ".join(items)}]}}'


def shorten_patience(app: Flask) -> None:
    """Let the application's connections give up on a lock after 50 ms instead of seconds."""
    statements = {
        "sqlite": "PRAGMA busy_timeout=50",
        "postgresql": "SET lock_timeout='50ms'",
    }
    with app.app_context():
        at_checkout(db.engine, statements[db.engine.dialect.name])


@contextmanager
def nearly_full_disk(app: Flask, *, spare: int) -> Iterator[None]:
    """Let SQLite's file grow by so many pages and no more."""
    with app.app_context():
        engine = db.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    stop = at_checkout(engine, f"PRAGMA max_page_count={pages + spare}")
    yield
    stop()
    at_checkout(engine, "PRAGMA max_page_count=1000000")


def at_checkout(engine: Engine, statement: str) -> Callable[[], None]:
    """Run a statement on each connection that is taken from the pool, until told to stop."""

    def run(connection: Any, record: Any, proxy: Any) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    event.listen(engine, "checkout", run)
    return lambda: event.remove(engine, "checkout", run)
