"""Sums over blocks by month, and over whole areas, so that a report costs by what it shows.

Written by the release beside the blocks, or after them, and as final as they are. They hold
nothing that the blocks do not hold, and what a page showed as of a day can be read from them for
ever.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, Hash32, Key16, stored
from kiosk.models.blocks import Count


class AnswerCounts:
    """The columns of ``Block`` that can be added up."""

    n: Mapped[Count]
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


class UnitMonth(AnswerCounts, Base):
    """All that counted in a unit's month (its first day) when the run of a day had ended.

    A run that adds to a month writes its running total anew, so the last row up to a day holds
    the month as of that day. ``tallied``, ``all_three`` and ``unsure`` are the sums over
    ``UnitTally``.
    """

    __tablename__ = "unit_month"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "month", "released_on"), released=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date]
    released_on: Mapped[date]
    tallied: Mapped[Count]
    all_three: Mapped[Count]
    unsure: Mapped[Count]


class OfficerMonth(AnswerCounts, Base):
    """An officer's blocks (or those without one) of a unit's month, summed once it was final.

    A run sums all months that became final since the one before, so whatever counts in a month
    up to the last one summed is in a sum.
    """

    __tablename__ = "officer_month"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "month", "key"),
        CheckConstraint("n >= 5", name="size"),
        released=True,
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date]
    key: Mapped[Key16]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    released_on: Mapped[date]


class AreaSum(AnswerCounts, Base):
    """All that counted in a week or month (``began`` is its first day) in an area, with all that
    stands below it, when the runs of a day had ended.

    Written anew on each day on which it is another, so the last row up to a day holds the period
    as of that day, by the map of the area's run of that time. Weeks of tablets count in the period
    in which their Monday lies, ``left_half_way`` (``CoverageMonth.partials``) in months alone.
    """

    __tablename__ = "area_sum"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "kind", "began", "day"), released=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    began: Mapped[date]
    day: Mapped[date]
    tallied: Mapped[Count]
    all_three: Mapped[Count]
    unsure: Mapped[Count]
    partials: Mapped[Count]
    remarks: Mapped[Count]
    fast: Mapped[Count]
    caring: Mapped[Count]
    clear: Mapped[Count]
    punctual: Mapped[Count]
    waited: Mapped[Count]
    attitude: Mapped[Count]
    unclear: Mapped[Count]
    returned: Mapped[Count]
    tablet_weeks: Mapped[Count]
    taps: Mapped[Count]
    opening_hours: Mapped[Count]
    silent_stretches: Mapped[Count]
    silent_hours: Mapped[Count]
    untouched: Mapped[Count]
    left_half_way: Mapped[Count]


class AreaRun(Base):
    """That an area's sums hold as of a day: every unit below it had its run of that day.

    ``members`` is the SHA-256 over the numbers of all units summed, ``heads`` the one over the
    chains of their last runs; of these ``runs`` there are the latest day and the largest k.
    """

    __tablename__ = "area_run"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "day"), released=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    members: Mapped[Hash32]
    runs: Mapped[Count]
    released_on: Mapped[date]
    k: Mapped[int] = mapped_column(SmallInteger)
    heads: Mapped[Hash32]
