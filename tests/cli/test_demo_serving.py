"""The demonstration served: by gunicorn, on a port that is free."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from tests import servers, stores


def test_a_port_that_is_taken_is_said_before_anything_is_done(tmp_path: Path) -> None:
    office = stores.application({"KIOSK_INSTANCE": str(tmp_path / "instance")})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = stores.command(office, "kiosk", "demo", "--port", str(port))
    stores.dispose(office)

    assert result.exit_code == 2
    assert f"Port {port} cannot be used" in result.output
    assert not (tmp_path / "instance").exists()


def test_it_is_served_by_gunicorn(tmp_path: Path) -> None:
    port = servers.free_port()
    words = [sys.executable, "-m", "flask", "kiosk", "demo", "--days", "1"]
    environment = os.environ | {"KIOSK_INSTANCE": str(tmp_path / "instance")}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [*words, "--port", str(port)],
            cwd=servers.ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        status = answer(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)

    assert status == 200, (tmp_path / "log").read_text()
    assert f"http://127.0.0.1:{port}/tablet/#" in (tmp_path / "log").read_text()


def answer(port: int, process: subprocess.Popen[bytes]) -> int:
    """The status of the sign-in page, as soon as there is one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/sign-in")
            return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    return 0
