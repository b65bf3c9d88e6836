"""The store is lost with blocks already shown, and yesterday's backup put in its place.

Played inside this process, for days must pass. At their next contact the tablets send again what
the backup lacks; in the blocks that follow everybody is counted once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, make_url, select

from kiosk.domain.balance import balance, receipts_balance
from kiosk.models.blocks import Block
from tests import servers, stores
from tests.cli import outpost
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.inside import deliver, send_once
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet

TABLETS = 10
BEGAN = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """What was shown and lost, what came back in one cycle of sync, and how the books end.

    ``late``: still waiting after the cycle. ``waits``: seconds of back-off in it.
    """

    shown: int
    again: int
    late: int
    waits: float
    verdict: Verdict
    unbalanced: int
    shown_again: int


def run(stage: Stage, *, items: int) -> Outcome:
    """A third of the items is in the backup, two thirds came in the two days after it."""
    app = stores.application(dict(stage.environment))
    backups = stage.folder / "backups"
    backups.mkdir()
    with time_machine.travel(BEGAN, tick=False) as clock:
        tablets = pair_tablets(stage, TABLETS, seed=12)
        client, share = app.test_client(), items // 3
        _open_office(stage, tablets, client, share)
        saved = outpost.made(outpost.backup(app, backups))
        for _ in range(2):
            clock.shift(DAY)
            _release(app)
            _open_office(stage, tablets, client, share)
        clock.shift(DAY)
        _release(app)
        shown = _shown(stage)
        _lose(stage, app, saved)
        waits = _one_cycle(tablets, client)
        again, verdict = _judge(stage, tablets)
        late = sum(len(tablet.waiting) for tablet in tablets)
        _open_office(stage, tablets, client, share)
        clock.shift(DAY)
        _release(app)
        shown_again, unbalanced = _shown(stage), _books(stage)
    stores.dispose(app)
    return Outcome(shown, again, late, waits, verdict, unbalanced, shown_again)


def _open_office(
    stage: Stage, tablets: Sequence[Tablet], client: FlaskClient, items: int
) -> None:
    """So many items in all, each tablet's sent in two portions."""
    for tablet in tablets:
        for _ in range(2):
            for _ in range(items // len(tablets) // 2):
                tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
            deliver(tablet, client)
        send_once(tablet, client)  # a heartbeat


def _release(app: Flask) -> None:
    result = stores.command(app, "kiosk", "release")
    assert result.exit_code == 0, result.output


def _lose(stage: Stage, app: Flask, saved: Path) -> None:
    url = make_url(stage.environment["KIOSK_DATABASE_URL"])
    outpost.forget_store(app, servers.Cluster(url.port or 0))
    result = outpost.restore(app, saved)
    assert result.exit_code == 0, result.output


def _one_cycle(tablets: Sequence[Tablet], client: FlaskClient) -> float:
    """A heartbeat of each, and what it sends because of the answer; the waits in between."""
    return sum(send_once(t, client) + deliver(t, client) for t in tablets)


def _judge(stage: Stage, tablets: Sequence[Tablet]) -> tuple[int, Verdict]:
    """How many were asked for again, and the verdict on the store as it is then.

    For the checker what is asked for again was lost; here it is how nothing is.
    """
    again = sum(tablet.asked_again for tablet in tablets)
    with session(stage.environment) as opened:
        verdict = check(opened, RING, tablets)
    return again, replace(verdict, lost=verdict.lost - again)


def _shown(stage: Stage) -> int:
    """The ratings in all blocks."""
    with session(stage.environment) as opened:
        return opened.execute(select(func.coalesce(func.sum(Block.n), 0))).scalar_one()


def _books(stage: Stage) -> int:
    with session(stage.environment) as opened:
        lines = balance(opened, ring=RING)
        wrong = sum(abs(line.difference) + line.unreadable for line in lines)
        return wrong + sum(abs(line.difference) for line in receipts_balance(opened))
