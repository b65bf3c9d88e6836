"""No reply is sent before the disk was asked to keep what it acknowledges."""

from pathlib import Path

import pytest

from tests.faults import fsyncs
from tests.faults.stage import Stage

ASKED = (
    '11 recvfrom(9<socket:[1]>, "POST /tablet/sync HTTP/1.1\\r\\nHo"..., 8192, 0) = 900'
)
SYNCED = "11 fdatasync(10</a/kiosk.sqlite3>)      = 0"
JOURNAL = "11 fdatasync(10</a/kiosk.sqlite3-journal>) = 0"
ANSWERED = '11 sendto(9<socket:[1]>, "HTTP/1.1 200 OK\\r\\nSer"..., 900, 0) = 900'


def judge(*lines: str) -> tuple[int, int]:
    gate = fsyncs.judge(lines, fsyncs.SYNC_OVER_SQLITE)
    return gate.answers, gate.unsafe


def test_an_answer_without_a_sync_since_its_question_is_unsafe() -> None:
    cut = [
        "11 fdatasync(10</a/kiosk.sqlite3> <unfinished ...>",
        "12 write(7<pipe:[1]>, 1) = 1",
        "11 <... fdatasync resumed>) = 0",
    ]

    assert judge(ASKED, SYNCED, ANSWERED) == (1, 0)
    assert judge(ASKED, *cut, ANSWERED) == (1, 0)
    assert judge(ASKED, ANSWERED) == (1, 1)
    assert judge(SYNCED, ASKED, JOURNAL, ANSWERED) == (1, 1)
    assert judge(ASKED, SYNCED.replace("11", "12", 1), ANSWERED) == (1, 1)
    assert judge(ASKED, SYNCED.replace("= 0", "= -1 EIO"), ANSWERED) == (1, 1)


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_sqlite_is_synced_before_every_reply(stage: Stage) -> None:
    gate = fsyncs.over_sqlite(stage, requests=40)

    assert gate.answers >= 40
    assert gate.unsafe == 0


def test_postgresql_writes_its_log_to_the_disk_before_every_commit(
    tmp_path: Path,
) -> None:
    gate = fsyncs.over_postgresql(tmp_path, requests=20)

    assert gate.answers >= 20
    assert gate.unsafe == 0
