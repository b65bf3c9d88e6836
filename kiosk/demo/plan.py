"""When the demonstration plays: its seed, its first day, how long it was meant to be."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kiosk.domain.calendar import is_working_day


@dataclass(frozen=True)
class Plan:
    """All that decides what happens on a day, so that days can be added later."""

    seed: int
    days: int
    first_day: date

    @classmethod
    def ending(cls, until: date, *, days: int, seed: int) -> "Plan":
        """The plan whose last of so many working days is ``until``, or the one before it."""
        day = until
        left = days - is_working_day(day)
        while left > 0:
            day -= timedelta(days=1)
            left -= is_working_day(day)
        return cls(seed=seed, days=days, first_day=day)

    def working_days(self, until: date) -> list[date]:
        """The working days from the first up to and including ``until``."""
        span = (until - self.first_day).days + 1
        days = (self.first_day + timedelta(days=n) for n in range(span))
        return [day for day in days if is_working_day(day)]

    def day_at(self, share: float) -> date:
        """The working day at which that share of the planned days has passed."""
        return self.nth_day(round(share * self.days))

    def nth_day(self, passed: int) -> date:
        """The working day before which so many have passed; 0 is the first."""
        return _nth_working_day(self.first_day, passed)


@cache
def _nth_working_day(first_day: date, passed: int) -> date:
    day = first_day
    while passed > 0:
        day += timedelta(days=1)
        passed -= is_working_day(day)
    return day


@dataclass(frozen=True)
class Progress:
    """A plan, and the last day that is in the store as a whole with its release."""

    plan: Plan
    filled_through: date | None

    def save(self, path: Path) -> None:
        """Write it beside the store, as a whole or not at all."""
        content = {
            "seed": self.plan.seed,
            "days": self.plan.days,
            "first_day": self.plan.first_day.isoformat(),
            "filled_through": self.filled_through and self.filled_through.isoformat(),
        }
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(content))
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Progress | None":
        """What ``save`` wrote; none where there is no such file or another's."""
        try:
            content = json.loads(path.read_text())
            through = content["filled_through"]
            first_day = date.fromisoformat(content["first_day"])
            plan = Plan(content["seed"], content["days"], first_day)
            return cls(plan, date.fromisoformat(through) if through else None)
        except (OSError, ValueError, KeyError, TypeError):
            return None
