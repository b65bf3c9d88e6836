"""The officers of a unit: who is listed, and who is called different from all others."""

from datetime import date

from reports.pages.people import compared, outside, people_of
from reports.periods import Period
from reports.queries import PoolTally
from reports.scopes import PostedOfficer
from reports.statistics import Verdict
from reports.tallies import Courtesy, Satisfaction, Tally

JUNE = Period.parse("2026-06")


def posted(
    officer_id: int, name: str, last: date | None = None, first: str = "2026-01-01"
) -> PostedOfficer:
    return PostedOfficer(
        officer_id, name, 3, "Công chức", date.fromisoformat(first), last
    )


def pool(officer_id: int | None, asked: tuple[int, int]) -> PoolTally:
    fine = Courtesy(sum(asked), 0, 0)
    levels = Satisfaction((0, 0, 0, 0, sum(asked)))
    return PoolTally(
        3, officer_id, 1, Tally(sum(asked), fine, Courtesy(*asked), fine, levels)
    )


BAO, DUNG, HANH = (
    posted(1, "Trần Quốc Bảo"),
    posted(2, "Phạm Văn Dũng"),
    posted(3, "Lê Thị Hạnh"),
)
POOLS = [pool(1, (50, 50)), pool(2, (95, 5)), pool(3, (5, 1)), pool(None, (12, 0))]


def test_people_stand_by_their_given_names() -> None:
    people = people_of(POOLS, [HANH, DUNG, BAO], JUNE)

    assert [each.posting.name for each in people] == [
        "Trần Quốc Bảo",
        "Phạm Văn Dũng",
        "Lê Thị Hạnh",
    ]


def test_who_was_there_without_ratings_is_listed_too() -> None:
    (found,) = people_of([], [BAO], JUNE)

    assert found.tally == Tally()


def test_who_had_left_is_listed_only_with_ratings() -> None:
    gone = date(2026, 5, 31)

    assert people_of([], [posted(1, "Trần Quốc Bảo", last=gone)], JUNE) == []
    assert len(people_of(POOLS, [posted(1, "Trần Quốc Bảo", last=gone)], JUNE)) == 1


def test_two_postings_at_the_same_unit_are_one_person() -> None:
    again = [
        posted(1, "Trần Quốc Bảo", last=date(2026, 2, 1)),
        posted(1, "Trần Quốc Bảo"),
    ]

    assert len(people_of(POOLS, again, JUNE)) == 1


def test_the_weak_one_is_named_and_the_others_are_not() -> None:
    people = people_of(POOLS, [BAO, DUNG, HANH], JUNE)

    assert [(each.name, each.courtesy, each.verdict) for each in outside(people)] == [
        ("Trần Quốc Bảo", "asked", Verdict.LOWER),
        ("Phạm Văn Dũng", "asked", Verdict.HIGHER),
    ]


def test_who_has_too_few_is_not_compared() -> None:
    people = people_of(POOLS, [BAO, DUNG, HANH], JUNE)

    assert compared(people) == 2
    assert {each.verdict for each in people[2].standing.values()} == {Verdict.TOO_FEW}
