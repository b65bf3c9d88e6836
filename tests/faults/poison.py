"""One item that is none, before five hundred good ones: it holds up nobody, and it is kept.

What the server can at least find the ends of lies in its quarantine; what makes the whole request
unreadable is found by halving and lies in the tablet's own. Either way it is counted.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from kiosk.models.tablets import Contact
from kiosk.models.waiting import Quarantined
from tests import stores
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.inside import deliver, send_once
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Kept, Tablet
from tests.seals import Sealer

GOOD = 500
Spoil = Callable[[dict[str, object]], str]


def _with(**changes: object) -> Spoil:
    return lambda item: json.dumps(item | changes)


def _without(name: str) -> Spoil:
    return lambda item: json.dumps({k: v for k, v in item.items() if k != name})


def _sealed(**changes: object) -> Spoil:
    seal = Sealer(RING.seals.current)
    return lambda item: json.dumps(json.loads(seal(json.dumps(item))) | changes)


# The texts that a torn write, another client or a wicked hand may leave in an outbox.
POISONS: dict[str, Spoil] = {
    "torn in the middle": lambda item: json.dumps(item)[:60],
    "two items in one": lambda item: json.dumps(item) + json.dumps(item),
    "a number": lambda item: "42",
    "null": lambda item: "null",
    "nested a hundred thousand deep": lambda item: "[" * 100_000 + "]" * 100_000,
    "longer than any request": _with(comment="ạ" * 200_000),
    "half of a pair": lambda item: json.dumps(item)[:-1] + ',"comment":"\\ud83d"}',
    "NaN": lambda item: json.dumps(item | {"skew": float("nan")}),
    "a number without end": lambda item: json.dumps(item)[:-1] + ',"a":1e999999}',
    "twenty thousand digits": lambda item: (
        json.dumps(item)[:-1] + f',"a":{"9" * 20_000}}}'
    ),
    "a kind of tomorrow": _with(kind="photograph"),
    "an answer of tomorrow": _with(satisfaction=11),
    "a field of tomorrow": _with(weather="rain"),
    "a questionnaire of tomorrow": _with(questionnaire=7),
    "no id": _without("id"),
    "an id that is none": _with(id="12"),
    "no seq": _without("seq"),
    "seq -1": _with(seq=-1),
    "a time before 1970": _with(tapped_at=-5),
    "an officer of elsewhere": _with(officer=999_999),
    "a unit of elsewhere": _with(unit=1),
    "a seal without what was sealed": _sealed(text=""),
    "a seal to a key that no room has": _sealed(key=200),
}

# Those that make the whole request unreadable; the server must quarantine all others.
UNREADABLE = (
    "torn in the middle",
    "two items in one",
    "nested a hundred thousand deep",
    "longer than any request",
)


@dataclass(frozen=True)
class Outcome:
    """What became of all, and where the poison lies: "server", "tablet" or "lost".

    ``verdict`` counts the poison as refused and finds nothing else.
    """

    verdict: Verdict
    rest: float
    poison: str


def run(stage: Stage, name: str, *, good: int = GOOD) -> Outcome:
    """One poison first, then the good ones, from a tablet of its own."""
    app = stores.application(dict(stage.environment))
    client = app.test_client()
    (tablet,) = pair_tablets(stage, 1, seed=5)
    seal, tablet.seal = tablet.seal, str
    poison = _swallow(tablet, POISONS[name])
    tablet.seal = seal
    for _ in range(good):
        tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
    rest = deliver(tablet, client)
    send_once(tablet, client)  # the next heartbeat tells what is gone
    stores.dispose(app)
    return _judge(stage, tablet, poison, rest)


def _swallow(tablet: Tablet, spoil: Spoil) -> Kept:
    tablet.tap({"kind": "rating", "officer": None, "satisfaction": 3})
    kept = tablet.tapped[0]
    kept.text = spoil(json.loads(kept.text))
    return kept


def _judge(stage: Stage, tablet: Tablet, poison: Kept, rest: float) -> Outcome:
    with session(stage.environment) as opened:
        quarantined = opened.scalar(select(func.count()).select_from(Quarantined))
        gone = opened.scalar(select(func.sum(Contact.gone)))
        reached = opened.scalar(select(func.max(Contact.have_through)))
        verdict = check(opened, RING, [tablet])
    counted = bool(gone) or reached == len(tablet.tapped)
    where = "lost"
    if quarantined == 1 and counted:
        where = "server"
    elif poison in tablet.outbox.values() and poison.state == "aside" and counted:
        where = "tablet"
    return Outcome(verdict, rest, where)
