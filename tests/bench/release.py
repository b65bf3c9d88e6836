"""The daily release of many wards: time and CPU per ward, on SQLite with full durability.

python -m tests.bench.release [--wards 300] [--ratings 25] [--days 5]
"""

import argparse
import itertools
import statistics
import tempfile
import time
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kiosk.db import prepare
from kiosk.domain.areas import OpenSession
from kiosk.domain.release import UnitRun, run_release
from tests.domain.waiting_room import (
    GOOD,
    POOR,
    RING,
    add_ward,
    at,
    empty_image,
    wait,
    writer,
)

BEGAN = date(2026, 6, 8)
OFFICERS = 3


def measure(wards: int, ratings: int, days: int, folder: Path) -> None:
    file = folder / "kiosk.sqlite3"
    file.write_bytes(empty_image())
    engine = create_engine(f"sqlite:///{file}")
    prepare(engine)

    def open_session() -> AbstractContextManager[Session]:
        return writer(engine)

    with open_session() as session:
        for ward in range(1, wards + 1):
            add_ward(session, ward, [ward * 10 + n for n in range(OFFICERS)])
        session.commit()
    print("day     wards  ratings  ms/ward: mean    p95  cpu ms/ward")
    for offset in range(days):
        fill(open_session, wards, ratings, BEGAN + timedelta(days=offset))
        report(open_session, BEGAN + timedelta(days=offset + 1))
    engine.dispose()


def fill(open_session: OpenSession, wards: int, ratings: int, day: date) -> None:
    with open_session() as session:
        for ward in range(1, wards + 1):
            for n in range(OFFICERS):
                answers = [GOOD, POOR] * (ratings // OFFICERS // 2 + 1)
                chosen = answers[: ratings // OFFICERS]
                wait(session, ward * 10 + n, day, *chosen, unit_id=ward)
        session.commit()


def report(open_session: OpenSession, today: date) -> None:
    laps = [time.perf_counter()]
    cpu = time.process_time()

    def lap(unit_id: int, run: UnitRun | None) -> None:
        laps.append(time.perf_counter())

    outcome = run_release(open_session, ring=RING, k=5, now=at(today), on_unit=lap)
    cpu = (time.process_time() - cpu) * 1000 / len(outcome.runs)
    each = [(b - a) * 1000 for a, b in itertools.pairwise(laps)]
    counted = sum(sum(run.counted.values()) for run in outcome.runs)
    p95 = statistics.quantiles(each, n=20)[-1]
    print(
        f"{today:%d.%m.}  {len(outcome.runs):6}  {counted:7}"
        f"  {statistics.mean(each):13.1f}  {p95:5.1f}  {cpu:11.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wards", type=int, default=300)
    parser.add_argument("--ratings", type=int, default=25)
    parser.add_argument("--days", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.wards, asked.ratings, asked.days, Path(folder))


if __name__ == "__main__":
    main()
