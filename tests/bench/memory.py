"""What a web worker weighs after 1,000 mixed requests.

    python -m tests.bench.memory [--requests 1000]

Syncs, desks, the form, sign-in pages and every report page of a small city with blocks, in one
worker of the real gunicorn; the resident set is read from /proc.
"""

import argparse
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path

import click
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.web.clock import today
from tests import cast, people, servers, stores
from tests.bench.processes import family, resident_bytes
from tests.cast import Device, World
from tests.reports import blocks


def populate(environment: dict[str, str]) -> tuple[World, Device, str]:
    """The cast, a paired device, half a year of blocks, and a head's session cookie."""
    stores.initialise(environment)
    app = stores.application(environment)
    with app.app_context(), Session(db.engine) as session:
        world = cast.build_world(session)
        people.appoint(session, world)
        device = cast.pair(session, world.tablet)
        habits = [
            blocks.Habit(o, 12, 0.95, 0.9, 0.95, 0.8) for o in (world.hanh, world.bao)
        ]
        first, last = today() - timedelta(days=180), today() - timedelta(days=1)
        blocks.simulate(
            session, world.truc_bach, habits, first=first, last=last, seed=1
        )
        session.commit()
    client = app.test_client()
    people.sign_in(client, people.NAMES["head"])
    cookie = cookie_of(client)
    stores.dispose(app)
    return world, device, cookie


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("kiosk_session")
    assert cookie is not None
    return f"kiosk_session={cookie.value}"


JSON = {"Content-Type": "application/json"}
Asked = tuple[str, str, str, dict[str, str]]


def requests(world: World, device: Device, cookie: str) -> Iterator[Asked]:
    """Method, path, body and headers, over and over."""
    tablet = {"Cookie": f"kiosk_tablet={device.secret}"}
    head = {"Cookie": cookie}
    unit = f"/reports/units/{world.truc_bach}"
    seen = f"?period=2026-10&as_of={today()}"
    reports = ("/reports/", unit, f"{unit}{seen}", "/reports/methodology")
    files = (
        f"{unit}.xlsx{seen}",
        f"{unit}/dossier{seen}",
        f"{unit}/dossier.docx{seen}",
    )
    addresses = (*reports, *files)
    for number in cycle(range(4 + len(addresses))):
        if number < 3:
            items = [
                cast.rating(device, world.truc_bach, world.hanh) for _ in range(10)
            ]
            body = cast.envelope(device, *items)
            yield "POST", "/tablet/sync", body, tablet | JSON
        elif number == 3:
            yield "GET", "/tablet/desk", "", tablet
        else:
            yield "GET", addresses[number - 4], "", head


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        file = f"sqlite:///{folder}/kiosk.sqlite3"
        environment = stores.variables(folder, file, file)
        world, device, cookie = populate(environment)
        with servers.gunicorn(environment, folder / "log", forked=False) as server:
            assert server.process is not None
            worker = family(server.process.pid)[-1]
            before = resident_bytes(worker)
            connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
            asked = requests(world, device, cookie)
            for _ in range(options.requests):
                method, path, body, headers = next(asked)
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                response.read()
                assert response.status in {200, 302, 303}, (path, response.status)
            after = resident_bytes(worker)
    weights = f"{before / 2**20:.0f} MiB at start, {after / 2**20:.0f} MiB after"
    click.echo(f"\nworker: {weights} {options.requests} mixed requests")


if __name__ == "__main__":
    main()
