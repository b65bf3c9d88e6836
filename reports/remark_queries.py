"""What the release wrote of remarks, in SQL: sums of reasons, and the comments of a page.

Sums are over whole blocks; a comment has a month and a unit, never an officer or a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from kiosk.domain.folding import folded
from kiosk.domain.questionnaire import REASONS
from kiosk.models.blocks import (
    Comment,
    CommentBlock,
    CommentWithholding,
    ReasonBlock,
)
from reports.periods import Period

MOST_WORDS = 8


@dataclass(frozen=True)
class Reasons:
    """Of n remarks with a reason, how often each was tapped."""

    n: int = 0
    counts: tuple[int, ...] = (0,) * len(REASONS)

    def __add__(self, other: "Reasons") -> "Reasons":
        pairs = zip(self.counts, other.counts, strict=True)
        return Reasons(self.n + other.n, tuple(one + two for one, two in pairs))


@dataclass(frozen=True)
class Wanted:
    """Which remarks: of these units, in a period, released by a day."""

    units: Sequence[int]
    period: Period
    as_of: date


@dataclass(frozen=True)
class Written:
    """A comment as it was written, its unit, and the month of its block."""

    text: str
    unit_id: int
    month: date


@dataclass(frozen=True)
class Withheld:
    """That a comment is not shown, why, who decided it, and when."""

    unit_id: int
    month: date
    reason: str
    person: str
    at: datetime


def reasons(
    session: Session, wanted: Wanted, *, officer_id: int | None = None
) -> dict[tuple[int, int], Reasons]:
    """Per unit and officer how often each reason was tapped."""
    keys = (ReasonBlock.unit_id, ReasonBlock.officer_id)
    counts = [getattr(ReasonBlock, key) for key in REASONS]
    query = (
        select(*keys, func.sum(ReasonBlock.n), *map(func.sum, counts))
        .where(*_counting(wanted))
        .group_by(*keys)
    )
    if officer_id is not None:
        query = query.where(ReasonBlock.officer_id == officer_id)
    return {
        (unit_id, officer): reasons_from(sums)
        for unit_id, officer, *sums in session.execute(query)
    }


def reasons_of_units(session: Session, wanted: Wanted) -> dict[int, Reasons]:
    """Per unit how often each reason was tapped."""
    counts = [getattr(ReasonBlock, key) for key in REASONS]
    query = (
        select(ReasonBlock.unit_id, func.sum(ReasonBlock.n), *map(func.sum, counts))
        .where(*_counting(wanted))
        .group_by(ReasonBlock.unit_id)
    )
    rows = session.execute(query)
    return {unit_id: reasons_from(sums) for unit_id, *sums in rows}


def reasons_from(sums: Sequence[int]) -> Reasons:
    """Of a row of sums: n, then each reason."""
    n, *counts = map(int, sums)
    return Reasons(n, tuple(counts))


def count_comments(session: Session, wanted: Wanted, *, search: str = "") -> int:
    """How many comments may be read, with all the words searched."""
    query = _shown(select(func.count()).select_from(Comment), wanted, search)
    return int(session.scalar(query) or 0)


def comments(
    session: Session, wanted: Wanted, *, search: str, first: int, most: int
) -> tuple[list[Written], int]:
    """A page of them, the latest month first, within a month by random keys; how many in all.

    Beyond the last page there is nothing, and the number is not known: 0.
    """
    in_all = func.count().over()
    columns = (Comment.text, Comment.unit_id, CommentBlock.month, in_all)
    query = _shown(select(*columns).select_from(Comment), wanted, search)
    query = query.order_by(CommentBlock.month.desc(), Comment.key)
    rows = session.execute(query.offset(first).limit(most)).all()
    return [Written(*row[:3]) for row in rows], rows[0][3] if rows else 0


def withheld(session: Session, wanted: Wanted) -> list[Withheld]:
    """The comments that are not shown, the latest decision first."""
    away = CommentWithholding
    query = (
        select(away.unit_id, CommentBlock.month, away.reason, away.person, away.at)
        .join(
            Comment,
            (Comment.unit_id == away.unit_id) & (Comment.key == away.comment_key),
        )
        .join(CommentBlock, _block())
        .where(*_in_period(wanted))
        .order_by(away.at.desc())
    )
    return [Withheld(*row) for row in session.execute(query)]


def search_words(search: str) -> list[str]:
    """What is searched: each word without its marks, all of them to be found."""
    return folded(search).split()[:MOST_WORDS]


def _shown(query: Any, wanted: Wanted, search: str) -> Select[Any]:
    """The comments of the period that nobody withheld; what is withheld is not searched either."""
    away = CommentWithholding
    found: Select[Any] = (
        query.join(CommentBlock, _block())
        .outerjoin(
            away,
            (away.unit_id == Comment.unit_id) & (away.comment_key == Comment.key),
        )
        .where(
            *_in_period(wanted),
            away.unit_id.is_(None),
            *(
                Comment.folded.contains(w, autoescape=True)
                for w in search_words(search)
            ),
        )
    )
    return found


def _counting(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        ReasonBlock.unit_id.in_(wanted.units),
        ReasonBlock.counted_on.between(wanted.period.first, wanted.period.last),
        ReasonBlock.released_on <= wanted.as_of,
    ]


def _block() -> ColumnElement[bool]:
    return (CommentBlock.unit_id == Comment.unit_id) & (
        CommentBlock.key == Comment.block_key
    )


def _in_period(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Comments are dated by month: those of every month that the period touches."""
    return [
        CommentBlock.unit_id.in_(wanted.units),
        CommentBlock.month.between(
            wanted.period.first.replace(day=1), wanted.period.last
        ),
        CommentBlock.released_on <= wanted.as_of,
    ]
