"""Released coverage and remarks as a release would have written them; no commit."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from kiosk.domain.folding import folded
from kiosk.domain.questionnaire import REASONS
from kiosk.models.blocks import (
    Comment,
    CommentBlock,
    CommentWithholding,
    CoverageHours,
    CoverageMonth,
    CoverageWeek,
    ReasonBlock,
)

WEEK = timedelta(days=7)


def add_week(
    session: Session,
    unit_id: int,
    tablet_id: int,
    monday: date,
    *,
    taps: int = 60,
    opening: int = 35,
    stretches: int = 1,
    silent: int = 3,
) -> None:
    """A tablet's week, reported on the Monday after."""
    session.add(
        CoverageWeek(
            unit_id=unit_id,
            tablet_id=tablet_id,
            week=monday,
            taps=taps,
            opening_hours=opening,
            silent_stretches=stretches,
            silent_hours=silent,
            released_on=monday + WEEK,
        )
    )


def add_month(
    session: Session,
    unit_id: int,
    tablet_id: int,
    first: date,
    *,
    partials: int = 0,
    hours: Mapping[tuple[int, int], int] | None = None,
) -> None:
    """A tablet's month, reported on the first of the next, with the taps from hour to hour."""
    released = (first + timedelta(days=31)).replace(day=1)
    head = {"unit_id": unit_id, "tablet_id": tablet_id, "month": first}
    head["released_on"] = released
    cells = hours or {}
    session.add(CoverageMonth(**head, taps=sum(cells.values()), partials=partials))
    session.add_all(
        CoverageHours(**head, first_hour=a, last_hour=b, taps=n)
        for (a, b), n in cells.items()
    )


def add_reasons(
    session: Session, unit_id: int, officer_id: int, day: date, n: int, **counts: int
) -> None:
    """A block of n remarks with a reason, released the day after."""
    session.add(
        ReasonBlock(
            unit_id=unit_id,
            key=secrets.token_bytes(16),
            officer_id=officer_id,
            questionnaire=1,
            channel="tablet",
            n=n,
            k=5,
            counted_on=day,
            released_on=day + timedelta(days=1),
            **(dict.fromkeys(REASONS, 0) | counts),
        )
    )


def add_comments(
    session: Session, unit_id: int, month: date, *texts: str
) -> list[bytes]:
    """A block of comments, released in the middle of the month; their keys."""
    block, keys = secrets.token_bytes(16), [secrets.token_bytes(16) for _ in texts]
    session.add(
        CommentBlock(
            unit_id=unit_id,
            key=block,
            channel="tablet",
            n=len(texts),
            k=5,
            month=month,
            released_on=month.replace(day=15),
        )
    )
    session.flush()
    session.add_all(
        Comment(
            unit_id=unit_id, key=key, block_key=block, text=text, folded=folded(text)
        )
        for key, text in zip(keys, texts, strict=True)
    )
    session.flush()
    return keys


def withhold(session: Session, unit_id: int, key: bytes) -> None:
    """Somebody decided that a comment is not shown."""
    session.add(
        CommentWithholding(
            unit_id=unit_id,
            comment_key=key,
            reason="nêu tên một người dân",
            person="Trần Thị Chủ Tịch",
            at=datetime(2026, 6, 20, 2, 0, tzinfo=UTC),
        )
    )
