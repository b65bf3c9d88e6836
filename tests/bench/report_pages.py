"""Server time of the reports' pages, from a city of 10⁷ ratings to a country of 10⁸.

    python -m tests.bench.report_pages [--requests 40] [--database sqlite] [--size hanoi] [--raw]

Blocks, and all that stands beside them, are made straight into the store: 126 wards with 3,000
officers and two years (about 10 million ratings) and 34 cities with 3,332 wards, 26,010 officers
and two years (about 90 million); with `--size demonstration` 14 wards, half a year. `--raw` makes
every rating a row, too, and asks the figures of the overview of them.

Times are those of the whole answer in process, with the line of the audit trail that each look
writes; CPU is the application's and the database's together, which a busy machine disturbs least.
The last column is what the country costs, in CPU, of what the city does.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.web.clock import today
from tests import people, servers, stores
from tests.bench import raw_ratings
from tests.bench.many_blocks import Made, Size, make_city, working_days
from tests.bench.processes import cpu_seconds, family

SIZES = {
    "demonstration": Size("demonstration", 14, 71, 128, 2),
    "hanoi": Size("hanoi", 126, 3000, 520, 2),
    "country": Size("country", 98, 765, 520, 2, cities=34),
}
USUAL = ("hanoi", "country")
TARGET = 100  # milliseconds, p95
WARM_UP = 3


@dataclass
class Page:
    """A kind of page, its addresses in turn, and what each answer took in milliseconds."""

    name: str
    reader: str
    addresses: Callable[[random.Random], str]
    times: list[float] = field(default_factory=list)
    cpu: float = 0.0
    statements: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


def pages(made: Made) -> list[Page]:
    """What a head sees, what a delegation sees of a province, and of all that it was granted."""
    ward, area = made.wards[0], made.areas[0]
    end = today() - timedelta(days=1)
    month = f"period={end:%Y-%m}&as_of={end}"
    year = f"period={end.year}&as_of={end}"
    week = f"period={end:%G-W%V}&as_of={end}"

    def always(address: str, query: str = month) -> Callable[[random.Random], str]:
        return lambda _: f"/reports/{address}?{query}"

    def officer(dice: random.Random) -> str:
        one = dice.choice(made.officers[ward])
        return f"/reports/officers/{one}?unit={ward}&{month}"

    def some_ward(dice: random.Random) -> str:
        return f"/reports/units/{dice.choice(made.wards)}?{month}"

    sides = ("coverage", "remarks", "targets")
    found = [
        Page("head: overview", "head", always("overview")),
        Page("head: ward, month", "head", always(f"units/{ward}")),
        Page("head: ward, year", "head", always(f"units/{ward}", year)),
        Page("head: officer", "head", officer),
        *(
            Page(f"head: {side}", "head", always(f"units/{ward}/{side}"))
            for side in sides
        ),
        Page("all: a ward", "delegation", some_ward),
        Page("all: an officer", "delegation", officer),
    ]
    for place, address in (("province", f"units/{area}"), ("all", "overview")):
        under = f"units/{area}/" if place == "province" else ""
        asked = [(address, month), (address, week), (address, year)]
        asked += [(f"{under}{side}", month) for side in sides]
        names = ("overview, month", "overview, week", "overview, year", *sides)
        found += [
            Page(f"{place}: {name}", "delegation", always(*each))
            for name, each in zip(names, asked, strict=True)
        ]
    return found


def measure(app: Flask, made: Made, requests: int) -> list[Page]:
    """Asks for each page a few times in turn, so that a busy moment meets them all."""
    clients = {role: client(app, role) for role in ("head", "delegation")}
    found, dice, servers_of = pages(made), random.Random(7), backends(app)
    for page in found:
        for _ in range(WARM_UP):
            timed(clients[page.reader], page.addresses(dice))
    turns = 4
    for _ in range(turns):
        for page in found:
            worked = cpu(servers_of)
            for _ in range(requests // turns):
                taken = timed(clients[page.reader], page.addresses(dice))
                page.times.append(taken)
            page.cpu += (cpu(servers_of) - worked) * 1000 / requests
    for page in found:
        page.statements = statements(app, clients[page.reader], page.addresses(dice))
    return found


def timed(reader: FlaskClient, address: str) -> float:
    """How long an answer took, in milliseconds."""
    started = time.perf_counter()
    response = reader.get(address)
    taken = time.perf_counter() - started
    assert response.status_code == 200, (address, response.status)
    return taken * 1000


def cpu(backends: Sequence[int]) -> float:
    """CPU seconds of this process and of the database's."""
    return time.process_time() + cpu_seconds(backends)


def backends(app: Flask) -> list[int]:
    """The processes of the database, where it has some of its own."""
    engine: Engine = app.extensions["kiosk.reports_engine"]
    if engine.dialect.name == "sqlite":
        return []
    with engine.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    stat = Path(f"/proc/{mine}/stat").read_text().rpartition(")")[2]
    return family(int(stat.split()[1]))


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


def report(database: str, found: Mapping[str, Sequence[Page]]) -> None:
    """A line for each page: the sizes side by side, and how much CPU the last costs."""
    heads = ("stmts", "CPU", "p50", "p95")
    click.echo(f"\n{database}, milliseconds")
    names = "".join(f"{size:>32}" for size in found)
    click.echo(f"{'':26}{names}")
    every = "".join("".join(f"{head:>8}" for head in heads) for _ in found)
    click.echo(f"{'page':26}{every}{'growth':>8}")
    for line in zip(*found.values(), strict=True):
        cells = [
            f"{page.statements:8}{page.cpu:8.1f}{page.p50:8.1f}{page.p95:8.1f}"
            for page in line
        ]
        over = " !" if line[-1].p95 > TARGET else ""
        growth = line[-1].cpu / line[0].cpu
        click.echo(f"{line[0].name:26}{''.join(cells)}{growth:8.2f}{over}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args()
    sizes = [options.size] if options.size else USUAL
    both = [options.database] if options.database else ["sqlite", "postgresql"]
    for database in both:
        found: dict[str, list[Page]] = {}
        for name in sizes:
            with (
                tempfile.TemporaryDirectory() as folder,
                ExitStack() as stack,
                filled(place(database, Path(folder), stack), SIZES[name]) as (
                    app,
                    made,
                ),
            ):
                found[name] = measure(app, made, options.requests)
                click.echo(f"{name}: {made.blocks:,} blocks, {made.ratings:,} ratings")
                if options.raw:
                    click.echo(raw_ratings.compared(app, made))
        report(database, found)


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
