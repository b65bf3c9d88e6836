"""Starts gunicorn from a process that has imported all of it: 0.2 s of work where 2 s were needed.

What runs is gunicorn as its command runs it, master and worker, in a session of its own; only the
reading of modules is shared. It ends with the process that asked for it, like any child.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORTED = ("kiosk.app", "psycopg", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread")


class Forked:
    """A process that is no child of this one, with as much of Popen as servers need."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._fd = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while it runs."""
        ended, _, _ = select.select([self._fd], [], [], 0)
        return 0 if ended else None

    def wait(self, timeout: float) -> None:
        """Return when it has ended; TimeoutExpired when it does not."""
        ended, _, _ = select.select([self._fd], [], [], timeout)
        if not ended:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        os.close(self._fd)

    def terminate(self) -> None:
        signal.pidfd_send_signal(self._fd, signal.SIGTERM)


def fork_gunicorn(
    words: Sequence[str], *, environment: Mapping[str, str], log: Path
) -> Forked:
    """Run ``gunicorn words…`` with exactly that environment; what it says goes to the log."""
    order = {"words": [*words], "environment": {**environment}, "log": str(log)}
    nursery = _nursery()
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(json.dumps(order) + "\n")
    nursery.stdin.flush()
    return Forked(int(nursery.stdout.readline()))


@cache
def _nursery() -> "subprocess.Popen[str]":
    """One for each process of tests; it reads orders until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.forking"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def _run(words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    into = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(into, stream)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["gunicorn", *words]
    import_module("gunicorn.app.wsgiapp").run(prog="gunicorn")


def main() -> None:
    for module in IMPORTED:
        import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for what it forks
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, 0)
            _run(order["words"], order["environment"], Path(order["log"]))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
