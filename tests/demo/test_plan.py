"""When the demonstration plays, and that it remembers."""

from datetime import date
from pathlib import Path

from kiosk.demo.plan import Plan, Progress
from kiosk.domain.calendar import is_working_day

MONDAY = date(2026, 11, 23)


def test_a_plan_has_as_many_working_days_as_asked_for() -> None:
    for days in (1, 5, 180):
        plan = Plan.ending(MONDAY, days=days, seed=1)

        played = plan.working_days(MONDAY)
        assert len(played) == days
        assert played[0] == plan.first_day
        assert played[-1] == MONDAY
        assert all(is_working_day(day) for day in played)


def test_a_plan_that_ends_on_a_sunday_has_its_last_ratings_on_friday() -> None:
    plan = Plan.ending(date(2026, 11, 22), days=2, seed=1)

    assert plan.working_days(date(2026, 11, 22)) == [
        date(2026, 11, 19),
        date(2026, 11, 20),
    ]


def test_what_is_to_happen_keeps_its_day_when_days_are_added() -> None:
    plan = Plan.ending(MONDAY, days=10, seed=1)

    assert plan.day_at(0) == plan.first_day
    assert plan.day_at(0.5) == plan.working_days(MONDAY)[5]
    assert plan.day_at(1) == date(2026, 11, 25)  # the 24th is a holiday since 2026


def test_progress_is_kept_beside_the_store(tmp_path: Path) -> None:
    plan = Plan.ending(MONDAY, days=10, seed=1)
    for through in (None, MONDAY):
        Progress(plan, through).save(tmp_path / "plan.json")

        assert Progress.read(tmp_path / "plan.json") == Progress(plan, through)


def test_a_plan_that_is_not_there_or_not_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    assert Progress.read(path) is None

    for content in (
        "",
        "[]",
        '{"seed": 1}',
        '{"seed": 1, "days": 2, "first_day": "x"}',
    ):
        path.write_text(content)
        assert Progress.read(path) is None
