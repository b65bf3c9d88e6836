"""``flask kiosk demo``: makes the demonstration, keeps it up to date, and serves it."""

import os
import socket
import sys
from datetime import date, timedelta

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import migrations
from kiosk.cli.account import new_password
from kiosk.cli.day import DAY
from kiosk.cli.group import Refusal
from kiosk.cli.init import initialise
from kiosk.cli.tablet import pairing_link
from kiosk.config import CHECKOUT
from kiosk.db import writing_session
from kiosk.demo.making import Making, application, worth_sharing
from kiosk.demo.people import new_passwords
from kiosk.demo.plan import Plan, Progress
from kiosk.demo.store import DemoStore
from kiosk.domain import pairing
from kiosk.domain.organisation import unit_with_code
from kiosk.domain.staff_pins import hash_pin, new_pin, set_pin
from kiosk.models.tablets import Tablet
from kiosk.web import clock, current

HOST = "127.0.0.1"
DAYS = 180
SEED = 1
EARLIEST = date(2016, 10, 1)  # the register of the demonstration begins before it
SHOWN_TABLET = ("00004", "Máy ở quầy số 3")


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--days",
    type=click.IntRange(1, 1000),
    help=f"Working days of ratings, {DAYS} if left out.",
)
@click.option("--until", type=DAY, help="Last day of ratings, yesterday if left out.")
@click.option(
    "--seed", type=int, help=f"What chance is drawn from, {SEED} if left out."
)
@click.option("--reset", is_flag=True, help="Delete the demonstration, make it anew.")
@click.option("--serve/--no-serve", default=True, help="Fill it only.")
def demo(
    *,
    port: int,
    days: int | None,
    until: date | None,
    seed: int | None,
    reset: bool,
    serve: bool,
) -> None:
    """Look around: fourteen invented wards with half a year of invented ratings.

    Makes instance/demo.sqlite3, apart from a real office's store and keys, fills it through the
    same intake and release as everything else, and serves it on 127.0.0.1. Prints a tablet's
    address and three sign-ins, whose passwords are new at each run. Safe to repeat: it adds the
    days since the last run. The same seed and days give the same figures.
    """
    if serve:
        _check_port(port)
    last = until or clock.today() - timedelta(days=1)
    if not EARLIEST <= last < clock.today():
        raise Refusal(f"--until must be a day from {EARLIEST} to yesterday.")
    demonstration = DemoStore(current.settings().instance)
    if reset:
        demonstration.remove()
    demonstration.check()
    progress = _progress(demonstration, last, days=days, seed=seed)
    if until and progress.filled_through and progress.filled_through > until:
        raise Refusal(
            f"It is filled up to {progress.filled_through} already; use --reset."
        )
    app = _application(demonstration)
    with app.app_context():
        _fill(demonstration, progress, last)
        lines = _welcome(port)
    click.echo(lines)
    if serve:
        _serve(demonstration, port)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise Refusal(
                f"Port {port} cannot be used ({problem.strerror}). Perhaps the demonstration "
                "runs already; end it, or choose another with --port."
            ) from None


def _progress(
    demonstration: DemoStore, last: date, *, days: int | None, seed: int | None
) -> Progress:
    """What was filled before, or a new plan; options that contradict it are refused."""
    if not demonstration.database.exists():
        fresh = Plan.ending(
            last, days=days or DAYS, seed=SEED if seed is None else seed
        )
        return Progress(fresh, None)
    progress = Progress.read(demonstration.plan_file)
    if progress is not None and progress.filled_through is None:
        demonstration.remove()  # it was interrupted before anything of it could be kept
        return _progress(demonstration, last, days=days, seed=seed)
    if progress is None:
        raise Refusal("The demonstration was left without its plan; use --reset.")
    plan = progress.plan
    if (days or plan.days, plan.seed if seed is None else seed) != (
        plan.days,
        plan.seed,
    ):
        raise Refusal(
            f"It was made with --days {plan.days} --seed {plan.seed}; use --reset."
        )
    return progress


def _application(demonstration: DemoStore) -> Flask:
    """An application with the demonstration's store, which is made if need be."""
    app = application(demonstration)
    migrations.init_app(app)
    initialise(app, demonstration=True, now=clock.now())
    return app


def _fill(demonstration: DemoStore, progress: Progress, last: date) -> None:
    progress.save(demonstration.plan_file)
    begin = progress.plan.first_day
    if progress.filled_through:
        begin = progress.filled_through + timedelta(days=1)
    days = [begin + timedelta(days=n) for n in range((last - begin).days + 1)]
    if not days:
        return
    making = Making(demonstration, progress.plan, days)
    shared = progress.filled_through is None and worth_sharing(days)
    label = f"Filling {len(days)} days"
    with click.progressbar(length=len(days), label=label, file=sys.stderr) as bar:
        making.run(lambda: bar.update(1), shared=shared)


def _welcome(port: int) -> str:
    """The addresses, with a fresh code, PIN and passwords."""
    now, address = clock.now(), f"http://{HOST}:{port}"
    pin = new_pin()
    hashed = hash_pin(pin)
    with writing_session() as session:
        passwords = new_passwords(session, make=new_password, now=now)
        tablet = session.get_one(Tablet, _tablet(session))
        code = pairing.new_code(session, tablet_id=tablet.id, now=now)
        set_pin(session, unit_id=tablet.unit_id, pin=hashed, by=None, now=now)
        session.commit()
    signs = "".join(
        f"  {person.username:<14} {password}   {person.role}: {person.name}\n"
        for person, password in passwords.items()
    )
    return (
        "The demonstration is ready. All officers and ratings in it are invented.\n\n"
        f"A tablet: {pairing_link(address, code)}\n"
        "  Phường Trúc Bạch, Quầy số 3. The code is good once, for 15 minutes.\n"
        f"  Its staff corner: hold the ward's name for two seconds; PIN {pin}.\n\n"
        f"Sign in: {address}/sign-in\n{signs}"
    )


def _tablet(session: Session) -> int:
    ward, label = SHOWN_TABLET
    unit = unit_with_code(session, code=ward, day=clock.today())
    query = select(Tablet.id).where(Tablet.unit_id == unit.id, Tablet.label == label)
    return session.scalars(query).one()


def _serve(demonstration: DemoStore, port: int) -> None:
    """Become the server."""
    click.echo("Serving until you press Ctrl+C.")
    sys.stdout.flush()
    options = "-k gthread -w 1 --threads 8 --no-control-socket --log-level warning"
    command = [sys.executable, "-m", "gunicorn", *options.split()]
    command += ["--chdir", str(CHECKOUT), "-b", f"{HOST}:{port}", "wsgi:app"]
    os.execve(sys.executable, command, demonstration.environment())
