"""The store's keys for the codes of the demonstration's register, and its devices, paired."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.demo.plan import Plan
from kiosk.demo.tablets import Device, install_of
from kiosk.domain import pairing
from kiosk.domain.calendar import local_day
from kiosk.domain.organisation import units_on
from kiosk.models.organisation import Counter, Officer
from kiosk.models.tablets import Enrolment, Tablet, TabletCounter


@dataclass(frozen=True)
class Keys:
    """Keys by code: officers, wards, and counters by ward and code; and each device."""

    officers: dict[str, int]
    wards: dict[str, int]
    counters: dict[tuple[str, str], int]
    devices: list[Device]


def keys_of(session: Session, *, plan: Plan, now: datetime) -> Keys:
    """Read the keys of a loaded register."""
    wards = {unit.code: unit.id for unit in units_on(session, day=local_day(now))}
    codes = {unit_id: code for code, unit_id in wards.items()}
    counters = list(session.scalars(select(Counter)))
    return Keys(
        officers={each.code: each.id for each in session.scalars(select(Officer))},
        wards=wards,
        counters={(codes[each.unit_id], each.code): each.id for each in counters},
        devices=_devices(session, plan, codes, {c.id: c.code for c in counters}),
    )


def enrol(session: Session, *, devices: list[Device], now: datetime) -> None:
    """Pair each device with its place, unless it is paired."""
    query = select(Enrolment.install).where(Enrolment.ended_at.is_(None))
    paired = set(session.scalars(query))
    for device in devices:
        if device.install not in paired:
            code = pairing.new_code(session, tablet_id=device.tablet_id, now=now)
            pairing.pair(session, code=code, install=device.install, now=now)


def _devices(
    session: Session, plan: Plan, codes: dict[int, str], counter_codes: dict[int, str]
) -> list[Device]:
    places = session.execute(select(TabletCounter.tablet_id, TabletCounter.counter_id))
    standing: dict[int, set[str]] = {}
    for tablet_id, counter_id in places:
        standing.setdefault(tablet_id, set()).add(counter_codes[counter_id])
    in_use = select(Tablet).where(Tablet.retired_at.is_(None)).order_by(Tablet.id)
    return [
        Device(
            ward=codes[tablet.unit_id],
            label=tablet.label,
            counters=frozenset(standing.get(tablet.id, ())),
            tablet_id=tablet.id,
            unit_id=tablet.unit_id,
            install=install_of(plan, codes[tablet.unit_id], tablet.label),
        )
        for tablet in session.scalars(in_use)
    ]
