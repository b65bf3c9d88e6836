"""The sums over blocks, and over the months that the release summed, as statements.

A statement over 26 weeks takes 4 ms to put together, so each is put together once. They are asked
with the values of a ``queries.Span``; its periods come out as their places in it, from 0.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Case,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    select,
)

from kiosk.models.blocks import Block, PartialBlock, ReleaseRun, UnitTally
from kiosk.models.sums import AnswerCounts, AreaRun, AreaSum, OfficerMonth, UnitMonth

ANSWERS = tuple(AnswerCounts.__annotations__)  # in the order of a Tally
ALL_THREE = ("all_three", "unsure")
UNITS: BindParameter[Any] = bindparam("units", expanding=True)


@cache
def pools(periods: int, *, summed: bool) -> Select[Any]:
    """Unit, officer, period and answers; over blocks, or over months that are final."""
    table = (OfficerMonth if summed else Block).__table__
    return _sums(table, ANSWERS, periods, table.c.unit_id, table.c.officer_id)


@cache
def officer(periods: int, *, summed: bool) -> Select[Any]:
    """1 for the officer and 0 for all others, period and answers, as `pools`."""
    table = (OfficerMonth if summed else Block).__table__
    own = case((table.c.officer_id == bindparam("officer"), 1), else_=0)
    return _sums(table, ANSWERS, periods, own)


@cache
def units(periods: int) -> Select[Any]:
    """Unit, period and answers, over blocks."""
    table = Block.__table__
    return _sums(table, ANSWERS, periods, table.c.unit_id)


@cache
def all_three(periods: int) -> Select[Any]:
    """Unit, period and the counts of an AllThree, over the unit's tallies."""
    table = UnitTally.__table__
    return _sums(table, ("n", *ALL_THREE), periods, table.c.unit_id)


@cache
def unit_months(periods: int) -> Select[Any]:
    """Unit, period, answers and the counts of an AllThree, over months."""
    last, table = _last_months(), UnitMonth.__table__
    place = _place(table.c.month, periods)
    keys = table.c.unit_id, place
    counts = (*ANSWERS, "tallied", *ALL_THREE)
    return (
        select(*keys, *(func.sum(table.c[column]) for column in counts))
        .join_from(
            last,
            table,
            (table.c.unit_id == last.c.unit_id)
            & (table.c.month == last.c.month)
            & (table.c.released_on == last.c.released_on),
        )
        .group_by(*keys)
        .order_by(*keys)
    )


@cache
def summed_until() -> Select[Any]:
    """Per unit the last month, of those asked for, whose officers are summed."""
    columns = OfficerMonth.__table__.c
    return (
        select(columns.unit_id, func.max(columns.month))
        .where(*_within(columns, columns.month))
        .group_by(columns.unit_id)
    )


@cache
def partials() -> Select[Any]:
    """How many ratings left half-way count from the first to the last day."""
    columns = PartialBlock.__table__.c
    return select(func.sum(columns.n)).where(*_within(columns, columns.counted_on))


@cache
def last_runs() -> Select[Any]:
    """The last run of each unit `after` a day and up to another."""
    table = ReleaseRun.__table__
    return _last_of(
        table, *(table.c[name] for name in ("unit_id", "day", "k", "chain"))
    )


@cache
def area_runs() -> Select[Any]:
    """The last run of each area `after` a day and up to another."""
    table = AreaRun.__table__
    return _last_of(table, *table.c)


@cache
def latest_month() -> Select[Any]:
    """The last month up to a day in which anything counts in any of the areas."""
    columns = AreaSum.__table__.c
    return select(func.max(columns.began)).where(
        columns.unit_id.in_(UNITS),
        columns.kind == "month",
        columns.began <= bindparam("until"),
        columns.day <= bindparam("as_of"),
        columns.n > 0,
    )


@cache
def days_of_change() -> Select[Any]:
    """Per area the days `after` one and up to another on which its weeks became others."""
    columns = AreaSum.__table__.c
    keys = columns.unit_id, columns.day
    return (
        select(*keys)
        .where(
            columns.unit_id.in_(UNITS),
            columns.kind == "week",
            columns.began > bindparam("after"),
            columns.day <= bindparam("as_of"),
        )
        .distinct()
        .order_by(*keys)
    )


@cache
def later_runs() -> Select[Any]:
    """Which units had a run `after` a day and up to another, and the last such day."""
    columns = ReleaseRun.__table__.c
    return (
        select(columns.unit_id, func.max(columns.day))
        .where(columns.day > bindparam("after"), columns.day <= bindparam("as_of"))
        .group_by(columns.unit_id)
    )


@cache
def area_sums(periods: int, columns: tuple[str, ...]) -> Select[Any]:
    """Area, period and what stands in the columns, over the weeks or months of a `kind`."""
    table = AreaSum.__table__
    last = (
        select(table.c.unit_id, table.c.began, func.max(table.c.day).label("day"))
        .where(
            table.c.unit_id.in_(UNITS),
            table.c.kind == bindparam("kind"),
            table.c.began.between(bindparam("first"), bindparam("last")),
            table.c.day <= bindparam("as_of"),
        )
        .group_by(table.c.unit_id, table.c.began)
        .subquery()
    )
    keys = table.c.unit_id, _place(table.c.began, periods)
    return (
        select(*keys, *(func.sum(table.c[column]) for column in columns))
        .join_from(
            last,
            table,
            (table.c.unit_id == last.c.unit_id)
            & (table.c.kind == bindparam("kind"))
            & (table.c.began == last.c.began)
            & (table.c.day == last.c.day),
        )
        .group_by(*keys)
        .order_by(*keys)
    )


def _last_of(table: FromClause, *columns: Any) -> Select[Any]:
    """The columns of each unit's last row `after` a day and up to another."""
    last = (
        select(table.c.unit_id, func.max(table.c.day).label("day"))
        .where(
            table.c.unit_id.in_(UNITS),
            table.c.day > bindparam("after"),
            table.c.day <= bindparam("as_of"),
        )
        .group_by(table.c.unit_id)
        .subquery()
    )
    same = (table.c.unit_id == last.c.unit_id) & (table.c.day == last.c.day)
    return select(*columns).join_from(last, table, same)


def _last_months() -> Subquery:
    """The running total of each month that held as of the day."""
    columns = UnitMonth.__table__.c
    latest = func.max(columns.released_on).label("released_on")
    return (
        select(columns.unit_id, columns.month, latest)
        .where(*_within(columns, columns.month))
        .group_by(columns.unit_id, columns.month)
        .subquery()
    )


def _sums(
    table: FromClause, counts: Iterable[str], periods: int, *keys: Any
) -> Select[Any]:
    """Sums by the keys and by which of the periods a row counts in."""
    day = table.c.month if "month" in table.c else table.c.counted_on
    place = _place(day, periods)
    return (
        select(*keys, place, *(func.sum(table.c[column]) for column in counts))
        .where(*_within(table.c, day))
        .group_by(*keys, place)
        .order_by(*keys, place)
    )


def _within(columns: Any, day: Any) -> tuple[ColumnElement[bool], ...]:
    """One range of the primary key for each unit, as of the day looked back from."""
    return (
        columns.unit_id.in_(UNITS),
        day.between(bindparam("first"), bindparam("last")),
        columns.released_on <= bindparam("as_of"),
    )


def _place(day: Any, periods: int) -> Case[int]:
    return case(*((day <= bindparam(f"end_{at}"), at) for at in range(periods)))
