"""The sums over an area that the releases of its units would have written, made in one statement.

A second implementation: the release adds up by period what is another, this runs through all days.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, text

from kiosk.domain.areas import COUNTED
from kiosk.domain.questionnaire import REASONS
from kiosk.domain.sums import ANSWERS
from kiosk.domain.units import digest_of, heads_digest
from kiosk.models import Base
from kiosk.models.blocks import ReleaseRun
from tests.reports.sums import DIALECTS

WEEKS = {
    "sqlite": "date({day}, 'weekday 0', '-6 days')",
    "postgresql": "date_trunc('week', {day})::date",
}
TABLES = {
    "block": ("counted_on", {name: name for name in ANSWERS}),
    "unit_tally": (
        "counted_on",
        {"tallied": "n", "all_three": "all_three", "unsure": "unsure"},
    ),
    "partial_block": ("counted_on", {"partials": "n"}),
    "reason_block": ("counted_on", {"remarks": "n"} | {name: name for name in REASONS}),
    "coverage_week": (
        "week",
        {
            "tablet_weeks": "1",
            "taps": "taps",
            "opening_hours": "opening_hours",
            "silent_stretches": "silent_stretches",
            "silent_hours": "silent_hours",
            "untouched": "CASE WHEN taps = 0 AND opening_hours > 0 THEN 1 ELSE 0 END",
        },
    ),
    "coverage_month": ("month", {"left_half_way": "partials"}),
}
SUMS = """
INSERT INTO area_sum (unit_id, kind, began, day, {columns})
SELECT {area}, '{kind}', began, day, {running} FROM (
    SELECT began, day, {sums} FROM ({rows}) AS all_rows GROUP BY 1, 2
) AS added
"""
ROWS = (
    "SELECT {began} AS began, released_on AS day, {counts} FROM {table} WHERE {units}"
)


def write_area(connection: Connection, area_id: int, units: Iterable[int]) -> None:
    """Writes an area's sums and runs, as of every day on which any of its units had a run."""
    every = sorted({area_id, *units})
    dialect = connection.dialect.name
    forms = {"week": WEEKS[dialect], "month": DIALECTS[dialect]["month"]}
    for kind, form in forms.items():
        connection.execute(text(_sums(kind, form, area_id, every)))
    run = ReleaseRun.__table__
    rows = connection.execute(
        select(run.c.day, run.c.unit_id, run.c.k, run.c.chain)
        .where(run.c.unit_id.in_(every))
        .order_by(run.c.day, run.c.unit_id)
    )
    last: dict[int, tuple[int, bytes]] = {}
    days = {}
    for day, unit_id, k, chain in rows:
        last[unit_id] = (k, chain)
        heads = [last[each][1] for each in sorted(last)]
        days[day] = {
            "unit_id": area_id,
            "day": day,
            "members": digest_of(every),
            "runs": len(last),
            "released_on": day,
            "k": max(k for k, _ in last.values()),
            "heads": heads_digest(heads),
        }
    if days:
        table = Base.metadata.tables["area_run"]
        connection.execute(insert(table), list(days.values()))


def _sums(kind: str, form: str, area_id: int, units: list[int]) -> str:
    where = f"unit_id IN ({', '.join(map(str, units))})"
    rows = []
    for table, (day, added) in TABLES.items():
        if table == "coverage_month" and kind == "week":
            continue
        counts = (f"{added.get(name, 0)} AS {name}" for name in COUNTED)
        rows.append(
            ROWS.format(
                began=form.format(day=day),
                counts=", ".join(counts),
                table=table,
                units=where,
            )
        )
    window = "OVER (PARTITION BY began ORDER BY day)"
    return SUMS.format(
        columns=", ".join(COUNTED),
        area=area_id,
        kind=kind,
        running=", ".join(f"sum({name}) {window}" for name in COUNTED),
        sums=", ".join(f"sum({name}) AS {name}" for name in COUNTED),
        rows=" UNION ALL ".join(rows),
    )
