"""Server time of the reports' pages, at the demonstration's size and at two years of Hà Nội.

    python -m tests.bench.report_pages [--requests 60] [--database sqlite] [--size hanoi] [--raw]

Blocks are made straight into the store: 14 wards with 71 officers and half a year (about 60,000
ratings), 126 wards with 3,000 officers and two years (about 10 million), and, when asked for, 34
cities with 3,332 wards, 26,010 officers and two years (about 90 million; 1.5 GB). `--raw` makes
every rating a row, too, and asks the figures of the overview of them. Times are those of
the whole answer in process, with the line of the audit trail that each look writes to disk; CPU is
the application's (with SQLite the database's too), which a busy machine disturbs least.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.web.clock import today
from tests import people, servers, stores
from tests.bench import raw_ratings
from tests.bench.many_blocks import Made, Size, make_city, working_days

SIZES = (
    Size("demonstration", 14, 71, 128, 2),
    Size("hanoi", 126, 3000, 520, 2),
    Size("country", 98, 765, 520, 2, cities=34),
)
TARGETS = {"demonstration": 40, "hanoi": 80, "country": 120}
WARM_UP = 5


@dataclass
class Page:
    """A kind of page, its addresses in turn, and what each answer took in milliseconds."""

    name: str
    reader: str
    addresses: Callable[[random.Random], str]
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    statements: int = 0


def pages(made: Made) -> list[Page]:
    """The ward of the head, each officer there, and what a delegation sees."""
    ward = made.wards[0]
    end = today() - timedelta(days=1)
    seen = f"period={end:%Y-%m}&as_of={end}"
    year = f"period={end.year}&as_of={end}"
    return [
        Page("ward, month", "head", lambda _: f"/reports/units/{ward}?{seen}"),
        Page("ward, year", "head", lambda _: f"/reports/units/{ward}?{year}"),
        Page(
            "officer, month",
            "head",
            lambda dice: (
                f"/reports/officers/{dice.choice(made.officers[ward])}?unit={ward}&{seen}"
            ),
        ),
        Page(
            "ward of a delegation",
            "delegation",
            lambda dice: f"/reports/units/{dice.choice(made.wards)}?{seen}",
        ),
        Page(
            "overview, month",
            "delegation",
            lambda _: f"/reports/overview?{seen}",
        ),
        Page("overview, year", "delegation", lambda _: f"/reports/overview?{year}"),
    ]


def measure(app: Flask, made: Made, requests: int) -> list[Page]:
    """Asks for each page in turn, so that a busy moment of the machine meets them all."""
    clients = {role: client(app, role) for role in ("head", "delegation")}
    found, dice = pages(made), random.Random(7)
    for turn in range(requests + WARM_UP):
        for page in found:
            taken, cpu = timed(clients[page.reader], page.addresses(dice))
            if turn >= WARM_UP:
                page.times.append(taken)
                page.cpu.append(cpu)
    for page in found:
        page.statements = statements(app, clients[page.reader], page.addresses(dice))
    return found


def timed(reader: FlaskClient, address: str) -> tuple[float, float]:
    """How long an answer took, and the CPU this process spent on it, in milliseconds."""
    started, worked = time.perf_counter(), time.process_time()
    response = reader.get(address)
    taken, cpu = time.perf_counter() - started, time.process_time() - worked
    assert response.status_code == 200, (address, response.status)
    return taken * 1000, cpu * 1000


def statements(app: Flask, reader: FlaskClient, address: str) -> int:
    """How many statements the page asks of the reports' own engine."""
    seen: list[str] = []
    engine = app.extensions["kiosk.reports_engine"]

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    reader.get(address)
    event.remove(engine, "before_cursor_execute", note)
    return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in seen)


def client(app: Flask, role: str) -> FlaskClient:
    reader = app.test_client()
    assert people.sign_in(reader, people.NAMES[role]).status_code == 303
    return reader


@contextmanager
def filled(environment: dict[str, str], size: Size) -> Iterator[tuple[Flask, Made]]:
    """The application on a city of that size, with a head and a delegation."""
    stores.initialise(environment)
    app = stores.application(environment)
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        last = today() - timedelta(days=2)
        made = make_city(session, size, until=working_days(1, last)[0])
        people.account(session, people.NAMES["head"], "head", {made.wards[0]})
        people.account(
            session, people.NAMES["delegation"], "delegation", set(made.areas)
        )
        session.commit()
    yield app, made
    stores.dispose(app)


def report(database: str, size: Size, made: Made, found: list[Page]) -> None:
    click.echo(
        f"\n{database}, {size.name}: {made.blocks:,} blocks of {made.ratings:,} ratings"
    )
    heads = ("statements", "CPU p50", "p50 ms", "p95 ms", "target p95")
    click.echo(f"{'page':24}" + "".join(f"{head:>12}" for head in heads))
    for page in found:
        high = statistics.quantiles(page.times, n=20)[-1]
        work, median = statistics.median(page.cpu), statistics.median(page.times)
        target = f"{TARGETS[size.name]}" if page.name == "ward, month" else ""
        cells = (page.statements, f"{work:.1f}", f"{median:.1f}", f"{high:.1f}", target)
        click.echo(f"{page.name:24}" + "".join(f"{cell:>12}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--size", choices=[size.name for size in SIZES])
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        for database in (
            [options.database] if options.database else ["sqlite", "postgresql"]
        ):
            for size in SIZES:
                if size.name != options.size and (options.size or size.cities > 1):
                    continue
                folder = Path(scratch) / f"{database}-{size.name}"
                folder.mkdir()
                environment = place(database, folder, stack)
                with filled(environment, size) as (app, made):
                    report(database, size, made, measure(app, made, options.requests))
                    if options.raw:
                        click.echo(raw_ratings.compared(app, made))


def place(database: str, folder: Path, stack: ExitStack) -> dict[str, str]:
    """The environment of a new store."""
    if database == "sqlite":
        url = f"sqlite:///{folder / 'kiosk.sqlite3'}"
        return stores.variables(folder, url, url)
    cluster = stack.enter_context(servers.postgresql())
    cluster.create("bench")
    urls = cluster.url("bench"), cluster.url("bench", servers.REPORTS_ROLE)
    return stores.variables(folder, *urls)


if __name__ == "__main__":
    main()
