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
    Select,
    Subquery,
    bindparam,
    case,
    func,
    select,
)

from kiosk.models.blocks import Block, UnitTally
from kiosk.models.sums import AnswerCounts, OfficerMonth, UnitMonth

ANSWERS = tuple(AnswerCounts.__annotations__)  # in the order of a Tally
ALL_THREE = ("all_three", "unsure")
UNITS: BindParameter[Any] = bindparam("units", expanding=True)


@cache
def pools(periods: int, *, summed: bool) -> Select[Any]:
    """Unit, officer, period and answers; over blocks, or over months that are final."""
    table = OfficerMonth if summed else Block
    return _sums(table, ANSWERS, periods, table.unit_id, table.officer_id)


@cache
def officer(periods: int, *, summed: bool) -> Select[Any]:
    """1 for the officer and 0 for all others, period and answers, as `pools`."""
    table = OfficerMonth if summed else Block
    own = case((table.officer_id == bindparam("officer"), 1), else_=0)
    return _sums(table, ANSWERS, periods, own)


@cache
def units(periods: int) -> Select[Any]:
    """Unit, period and answers, over blocks."""
    return _sums(Block, ANSWERS, periods, Block.unit_id)


@cache
def all_three(periods: int) -> Select[Any]:
    """Unit, period and the counts of an AllThree, over the unit's tallies."""
    return _sums(UnitTally, ("n", *ALL_THREE), periods, UnitTally.unit_id)


@cache
def unit_months(periods: int) -> Select[Any]:
    """Unit, period, answers, the counts of an AllThree and ratings left half-way, over months."""
    last, table = _last_months(), UnitMonth.__table__
    place = _place(table.c.month, periods)
    keys = table.c.unit_id, place
    counts = (*ANSWERS, "tallied", *ALL_THREE, "partials")
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
    table: Any = OfficerMonth
    return (
        select(table.unit_id, func.max(table.month))
        .where(
            table.unit_id.in_(UNITS),
            table.month.between(bindparam("first"), bindparam("last")),
            table.released_on <= bindparam("as_of"),
        )
        .group_by(table.unit_id)
    )


def _last_months() -> Subquery:
    """The running total of each month that held as of the day."""
    table = UnitMonth
    return (
        select(
            table.unit_id,
            table.month,
            func.max(table.released_on).label("released_on"),
        )
        .where(
            table.unit_id.in_(UNITS),
            table.month.between(bindparam("first"), bindparam("last")),
            table.released_on <= bindparam("as_of"),
        )
        .group_by(table.unit_id, table.month)
        .subquery()
    )


def _sums(
    model: type[Block | UnitTally | OfficerMonth],
    counts: Iterable[str],
    periods: int,
    *keys: Any,
) -> Select[Any]:
    """Sums by the keys and by which of the periods a row counts in.

    One range of the primary key for each unit.
    """
    table = model.__table__
    day = table.c.month if model is OfficerMonth else table.c.counted_on
    place = _place(day, periods)
    return (
        select(*keys, place, *(func.sum(table.c[column]) for column in counts))
        .where(
            table.c.unit_id.in_(UNITS),
            day.between(bindparam("first"), bindparam("last")),
            table.c.released_on <= bindparam("as_of"),
        )
        .group_by(*keys, place)
        .order_by(*keys, place)
    )


def _place(day: Any, periods: int) -> Case[int]:
    return case(*((day <= bindparam(f"end_{at}"), at) for at in range(periods)))
