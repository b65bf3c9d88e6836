"""The real parts that tests run against: PostgreSQL, gunicorn and Chromium.

Each is started by a context manager and ended by the process id it was given; one that is not
installed is a failure with the name of what to install, never a skip.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.forking import Forked, fork_gunicorn

ROOT = Path(__file__).resolve().parent.parent
OWNER = "kiosk"
REPORTS_ROLE = "kiosk_reports"
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INITDB = (
    "-A trust -U postgres --no-sync --encoding=UTF8 --locale=C.UTF-8 "
    "--locale-provider=icu --icu-locale=vi"
)
DURABLE = "-c listen_addresses=127.0.0.1"
NOT_DURABLE = (
    f"{DURABLE} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
)
# Waits for the end of its input, which comes when the tests end in whatever way, and clears up.
KEEPER = 'read _; "$0" -D "$1/data" -m immediate stop; rm -rf "$1"'
_SILENT: "_Streams" = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class _Streams(TypedDict):
    stdout: int
    stderr: int


class _Who(TypedDict, total=False):
    user: str
    group: str
    extra_groups: list[str]


def free_port() -> int:
    """A port of the loopback address that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL; its roles trust the loopback address."""

    port: int

    def url(self, database: str, role: str = OWNER) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> None:
        """A new database of the application's role, copied from `template`."""
        command = f'CREATE DATABASE "{database}" TEMPLATE "{template}"'
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.info.server_version >= 150_000:
                command += " STRATEGY FILE_COPY"  # half as long for a small one
            connection.execute(command.encode())

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """The name of a database for the time being, copied from `template`."""
        self.create(name := f"copy_{uuid4().hex}", template)
        yield name
        self.drop(name)

    def drop(self, database: str) -> None:
        self._execute(f'DROP DATABASE "{database}" WITH (FORCE)', "postgres")

    def create_roles(self) -> None:
        """The owner may make databases and is no superuser; the other may only log in."""
        self._execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB", "postgres")
        self._execute(f"CREATE ROLE {REPORTS_ROLE} LOGIN", "postgres")

    def _execute(self, statement: str, role: str) -> None:
        with psycopg.connect(self.url("postgres", role), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql(
    settings: str = NOT_DURABLE, before: Sequence[str] = ()
) -> Iterator[Cluster]:
    """A cluster of its own in a scratch folder, gone at the end.

    ``before`` are the words of a command that is to start it.
    """
    binaries, cluster = _postgresql_binaries(), Cluster(free_port())
    base = tempfile.mkdtemp(prefix="kiosk-pg-")
    who: _Who = {}
    if os.geteuid() == 0:  # PostgreSQL refuses root
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(base, "postgres", "postgres")
    control = f"{binaries}/pg_ctl"
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, control, base],
        stdin=subprocess.PIPE,
        start_new_session=True,
        **_SILENT,
        **who,
    )
    try:
        initdb = [f"{binaries}/initdb", "-D", f"{base}/data", *INITDB.split()]
        subprocess.run(initdb, check=True, cwd=base, **_SILENT, **who)
        options = f"-p {cluster.port} -c unix_socket_directories={base} {settings}"
        start = [
            *before,
            control,
            "-D",
            f"{base}/data",
            "-l",
            f"{base}/log",
            "-o",
            options,
        ]
        # No pipes: the server would inherit them, and the caller wait for it.
        subprocess.run([*start, "-w", "start"], check=True, cwd=base, **_SILENT, **who)
        cluster.create_roles()
        yield cluster
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(timeout=30)


def _postgresql_binaries() -> Path:
    found = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = max(found, key=lambda path: float(path.parts[-3]), default=None)
    other = shutil.which("pg_ctl")
    if newest is None and other is None:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return newest.parent if newest is not None else Path(str(other)).parent


@dataclass
class Gunicorn:
    """The application in its real server: one worker, eight threads, one port throughout."""

    environment: Mapping[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | Forked | None" = None
    application: str = "wsgi:app"
    before: Sequence[str] = ()  # the words of a command that is to start it
    forked: bool = False  # from a process that has imported everything

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        """Starts it and waits for its first answer; fails with the log when it ends instead."""
        words = [self.application, "--no-control-socket"]
        words += ["-k", "gthread", "-w", "1", "--threads", "8", *options]
        words += ["--bind", f"127.0.0.1:{self.port}"]
        environment = {**os.environ, **self.environment}
        if self.forked:
            self.process = fork_gunicorn(words, environment=environment, log=self.log)
        else:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [*self.before, sys.executable, "-m", "gunicorn", *words],
                    cwd=ROOT,
                    env=environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self._wait_for_answer(time.monotonic() + 30)

    def stop(self) -> None:
        """An orderly end, as a service manager asks for it; none if it has ended already."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=40)
            self.process = None

    def kill(self) -> None:
        """Power cut: master and worker at once, nothing said."""
        assert self.process is not None
        # Its own process group: SIGKILL to the master alone would leave the worker.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        self.process = None

    def _wait_for_answer(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with closing(
                    HTTPConnection("127.0.0.1", self.port, timeout=10)
                ) as connection:
                    connection.request("HEAD", "/")
                    connection.getresponse().read()
            except OSError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"gunicorn does not answer:\n{self.log.read_text()[-4000:]}")


@contextmanager
def gunicorn(
    environment: Mapping[str, str], log: Path, *, forked: bool = True
) -> Iterator[Gunicorn]:
    """A started server, ended with the block whatever was done to it inside.

    Not in order, which takes two seconds and which a test asks for where it matters.
    """
    server = Gunicorn(environment, log, forked=forked)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_FLAGS]
        )
        yield browser
        browser.close()


def chromium_path() -> str:
    """Where the system's Chromium lies."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    return path
