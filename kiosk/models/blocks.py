"""What the release wrote, and all that reports may read of answers. Never changed or deleted.

Every row counts at least k citizens; keys are random, so that no order of arrival shows.
The day stands in the key, so that a period of a unit is one range of the table.
"""

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, Hash32, Key16, Word, stored

Pool = Annotated[str, mapped_column(String(10))]
Count = Annotated[int, mapped_column()]


class Block(Base):
    """n complete ratings of one pool: per question the count of each answer, nothing crossed.

    ``pool`` is ``officer``, ``several`` (ended pools together) or ``none`` (no sure officer);
    only the first has an officer. ``counted_on`` is the median day, moved to the first day
    that is not final.
    """

    __tablename__ = "block"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "counted_on", "key"),
        CheckConstraint("k >= 5 AND n >= k", name="size"),
        CheckConstraint(
            "greeted_yes + greeted_no + greeted_unsure = n", name="greeted"
        ),
        CheckConstraint("asked_yes + asked_no + asked_unsure = n", name="asked"),
        CheckConstraint(
            "thanked_yes + thanked_no + thanked_unsure = n", name="thanked"
        ),
        CheckConstraint(
            "level_1 + level_2 + level_3 + level_4 + level_5 = n", name="levels"
        ),
        CheckConstraint("(pool = 'officer') = (officer_id IS NOT NULL)", name="pool"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[Key16]
    pool: Mapped[Pool]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    n: Mapped[Count]
    k: Mapped[int] = mapped_column(SmallInteger)
    counted_on: Mapped[date]
    released_on: Mapped[date]
    greeted_yes: Mapped[Count]
    greeted_no: Mapped[Count]
    greeted_unsure: Mapped[Count]
    asked_yes: Mapped[Count]
    asked_no: Mapped[Count]
    asked_unsure: Mapped[Count]
    thanked_yes: Mapped[Count]
    thanked_no: Mapped[Count]
    thanked_unsure: Mapped[Count]
    level_1: Mapped[Count]
    level_2: Mapped[Count]
    level_3: Mapped[Count]
    level_4: Mapped[Count]
    level_5: Mapped[Count]


class UnitTally(Base):
    """How many of n >= 20 citizens of a unit got all three courtesies, and how many are unsure."""

    __tablename__ = "unit_tally"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "counted_on", "key"),
        CheckConstraint("n >= 20", name="size"),
        CheckConstraint(
            "all_three >= 0 AND unsure >= 0 AND all_three + unsure <= n", name="counts"
        ),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[Key16]
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    n: Mapped[Count]
    all_three: Mapped[Count]
    unsure: Mapped[Count]
    counted_on: Mapped[date]
    released_on: Mapped[date]


class PartialBlock(Base):
    """n partial ratings of a unit from two officers or more; a question under k answers is NULL."""

    __tablename__ = "partial_block"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "counted_on", "key"),
        CheckConstraint("k >= 5 AND n >= k", name="size"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[Key16]
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    n: Mapped[Count]
    k: Mapped[int] = mapped_column(SmallInteger)
    counted_on: Mapped[date]
    released_on: Mapped[date]
    greeted_yes: Mapped[int | None]
    greeted_no: Mapped[int | None]
    greeted_unsure: Mapped[int | None]
    asked_yes: Mapped[int | None]
    asked_no: Mapped[int | None]
    asked_unsure: Mapped[int | None]
    thanked_yes: Mapped[int | None]
    thanked_no: Mapped[int | None]
    thanked_unsure: Mapped[int | None]
    level_1: Mapped[int | None]
    level_2: Mapped[int | None]
    level_3: Mapped[int | None]
    level_4: Mapped[int | None]
    level_5: Mapped[int | None]


class ReasonBlock(Base):
    """n remarks with a reason about one officer in one unit: how often each reason was tapped."""

    __tablename__ = "reason_block"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "counted_on", "key"),
        CheckConstraint("k >= 5 AND n >= k", name="size"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[Key16]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    n: Mapped[Count]
    k: Mapped[int] = mapped_column(SmallInteger)
    counted_on: Mapped[date]
    released_on: Mapped[date]
    fast: Mapped[Count]
    caring: Mapped[Count]
    clear: Mapped[Count]
    punctual: Mapped[Count]
    waited: Mapped[Count]
    attitude: Mapped[Count]
    unclear: Mapped[Count]
    returned: Mapped[Count]


class CommentBlock(Base):
    """n comments of a unit from two officers or more, none with more than n - 2, dated by month."""

    __tablename__ = "comment_block"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "key"),
        CheckConstraint("k >= 5 AND n >= k", name="size"),
        Index(None, "unit_id", "month"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[Key16]
    channel: Mapped[Word]
    n: Mapped[Count]
    k: Mapped[int] = mapped_column(SmallInteger)
    month: Mapped[date]
    released_on: Mapped[date]


class Comment(Base):
    """A released comment, never beside a score or an officer; ``folded`` is what is searched."""

    __tablename__ = "comment"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "key"),
        ForeignKeyConstraint(
            ["unit_id", "block_key"], ["comment_block.unit_id", "comment_block.key"]
        ),
        Index(None, "unit_id", "block_key"),
        released=True,
    )
    unit_id: Mapped[int]
    key: Mapped[Key16]
    block_key: Mapped[Key16]
    text: Mapped[str] = mapped_column(String(500))
    folded: Mapped[str] = mapped_column(Text)  # a letter may fold to several


class CommentWithholding(Base):
    """That a comment is not shown, why, and who decided; the comment itself stays."""

    __tablename__ = "comment_withholding"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "comment_key"),
        ForeignKeyConstraint(
            ["unit_id", "comment_key"], ["comment.unit_id", "comment.key"]
        ),
        released=True,
    )
    unit_id: Mapped[int]
    comment_key: Mapped[Key16]
    reason: Mapped[str] = mapped_column(String(500))
    person: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class CoverageWeek(Base):
    """A tablet's week (``week`` is its Monday): taps, and silences of two opening hours or more."""

    __tablename__ = "coverage_week"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "tablet_id", "week"), released=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    week: Mapped[date]
    taps: Mapped[Count]
    opening_hours: Mapped[Count]
    silent_stretches: Mapped[Count]
    silent_hours: Mapped[Count]
    released_on: Mapped[date]


class CoverageHours(Base):
    """Taps of a tablet from one hour to another in a month (its first day), never under k."""

    __tablename__ = "coverage_hours"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "tablet_id", "month", "first_hour"),
        CheckConstraint("first_hour <= last_hour", name="order"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    month: Mapped[date]
    first_hour: Mapped[int] = mapped_column(SmallInteger)
    last_hour: Mapped[int] = mapped_column(SmallInteger)
    taps: Mapped[Count]
    released_on: Mapped[date]


class CoverageMonth(Base):
    """A tablet's month: how many ratings were left half-way, 0 or at least k."""

    __tablename__ = "coverage_month"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "tablet_id", "month"), released=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    month: Mapped[date]
    taps: Mapped[Count]
    partials: Mapped[Count]
    released_on: Mapped[date]


class ReleaseRun(Base):
    """A unit's run of a day: the chain. ``chain`` is SHA-256 over ``previous`` and this run's rows.

    ``epoch`` above the run before's says that a restore lies between.
    """

    __tablename__ = "release_run"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "day"),
        UniqueConstraint("unit_id", "previous"),
        Index(None, "day"),  # whether anybody had a run since a day
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    k: Mapped[int] = mapped_column(SmallInteger)
    epoch: Mapped[int]
    previous: Mapped[Hash32]
    chain: Mapped[Hash32]
