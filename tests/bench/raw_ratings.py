"""The easy way to the figures of an overview: a row for each rating, and GROUP BY over them.

The same ratings as the blocks hold, in a table beside them, so that both must say the same.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.web.clock import today
from reports import queries
from reports.periods import Period, PeriodKind
from reports.queries import Span
from tests.bench.many_blocks import Made

TIMES = 3
TABLE = """
CREATE TABLE raw_rating (unit_id INTEGER, officer_id INTEGER, day DATE, greeted SMALLINT,
    asked SMALLINT, thanked SMALLINT, satisfaction SMALLINT)
"""
FILL = """
WITH RECURSIVE places(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM places WHERE at < 20)
INSERT INTO raw_rating
SELECT unit_id, officer_id, counted_on,
    CASE WHEN at <= greeted_yes THEN 1 WHEN at <= greeted_yes + greeted_no THEN 0 END,
    CASE WHEN at <= asked_yes THEN 1 WHEN at <= asked_yes + asked_no THEN 0 END,
    CASE WHEN at <= thanked_yes THEN 1 WHEN at <= thanked_yes + thanked_no THEN 0 END,
    CASE WHEN at <= level_1 THEN 1 WHEN at <= level_1 + level_2 THEN 2
        WHEN at <= level_1 + level_2 + level_3 THEN 3 WHEN at <= n - level_5 THEN 4 ELSE 5 END
FROM block JOIN places ON at <= n
"""
FIGURES = """
SELECT unit_id, day >= :middle, count(*), sum(greeted), count(greeted), sum(asked), count(asked),
    sum(thanked), count(thanked), avg(satisfaction), count(CASE WHEN satisfaction >= 4 THEN 1 END)
FROM raw_rating WHERE day BETWEEN :first AND :last GROUP BY 1, 2 ORDER BY 1, 2
"""


def compared(app: Flask, made: Made) -> str:
    """Makes the table, asks both ways for this month and the one before, and tells the times."""
    month = Period.holding(PeriodKind.MONTH, today() - timedelta(days=1))
    units = list(range(made.wards[0], made.wards[-1] + 1))
    span = Span(units, [month.before, month], today())
    ends = {"first": month.before.first, "middle": month.first, "last": month.last}
    with app.app_context(), Session(db.engine) as session:
        session.connection(execution_options={"write": True})
        session.execute(text(TABLE))
        session.execute(text(FILL))
        session.commit()
        raw, slow = _timed(lambda: session.execute(text(FIGURES), ends).all())
        sums, fast = _timed(lambda: queries.unit_figures(session, span)[0])
    assert [row[2] for row in raw] == [sums[key].n for key in sorted(sums)]
    return (
        f"figures of {len(units)} wards, two months: {slow:.0f} ms from {made.ratings:,} ratings,"
        f" {fast:.1f} ms from sums, {slow / fast:.0f} times as fast"
    )


def _timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    """The answer, and the shortest time of a few in milliseconds."""
    times, found = [], None
    for _ in range(TIMES):
        started = time.perf_counter()
        found = ask()
        times.append((time.perf_counter() - started) * 1000)
    return found, min(times)
