"""What the counts bear: comparisons that share one chance of error, and the weak points."""

import random

import pytest

from reports.findings import Measure, changes, shares, together, weak_points
from reports.statistics import Share, Verdict, share
from reports.tallies import Courtesy, Satisfaction, Tally


def test_a_measure_says_whether_it_changed() -> None:
    measure = Measure(share(560, 612), share(480, 600))

    assert measure.change.verdict is Verdict.HIGHER


def test_a_measure_without_a_past_is_too_little() -> None:
    assert Measure(share(560, 612), None).change.verdict is Verdict.TOO_FEW


def test_the_shares_of_a_tally_leave_out_the_unsure() -> None:
    tally = Tally(
        10,
        Courtesy(8, 2, 0),
        Courtesy(6, 2, 2),
        Courtesy(0, 0, 10),
        Satisfaction((0, 0, 0, 0, 10)),
    )

    found = shares(tally)

    assert [each and each.value for each in found.values()] == [0.8, 0.75, None]


def test_everybody_is_compared_with_all_others_together() -> None:
    pairs = {
        "busy": (share(430, 500), share(350, 400)),
        "weak": (share(60, 100), share(730, 800)),
        "new": (share(5, 5), share(785, 895)),
    }

    found = together(pairs)

    assert {name: each.verdict for name, each in found.items()} == {
        "busy": Verdict.UNCLEAR,
        "weak": Verdict.LOWER,
        "new": Verdict.TOO_FEW,
    }


def test_the_measures_of_a_tally_change_together() -> None:
    fine, level = Courtesy(560, 52, 0), Satisfaction((0, 0, 52, 260, 300))
    before = Tally(612, fine, fine, fine, level)
    now = Tally(612, fine, Courtesy(480, 132, 0), Courtesy(540, 72, 0), level)

    found = changes(now, before)

    assert {key: each.verdict for key, each in found.items()} == {
        "greeted": Verdict.UNCLEAR,
        "asked": Verdict.LOWER,
        "thanked": Verdict.UNCLEAR,
        "satisfied": Verdict.UNCLEAR,
    }


def test_among_equal_officers_somebody_is_named_in_at_most_one_report_of_twenty() -> (
    None
):
    """1000 reports of 8 officers with 60 ratings each, all as likely to greet (84 %)."""
    dice = random.Random(1927)
    named = 0
    for _ in range(1000):
        counts = [sum(dice.random() < 0.84 for _ in range(60)) for _ in range(8)]
        total = sum(counts)
        pairs = {
            at: (share(own, 60), share(total - own, 420))
            for at, own in enumerate(counts)
        }
        named += any(each.clear for each in together(pairs).values())

    assert named <= 65  # 50 expected; 65 is two standard deviations above


def naively_named(counts: list[int]) -> bool:
    """What a table does that calls the highest and the lowest of any eight by name."""
    return max(counts) > min(counts)


def test_the_naive_table_names_somebody_nearly_always() -> None:
    dice = random.Random(1927)
    reports = [
        [sum(dice.random() < 0.84 for _ in range(60)) for _ in range(8)]
        for _ in range(200)
    ]

    assert sum(map(naively_named, reports)) > 190


def three(
    greeted: int, asked: int, thanked: int, of: int = 600
) -> dict[str, Share | None]:
    return {
        "greeted": share(greeted, of),
        "asked": share(asked, of),
        "thanked": share(thanked, of),
    }


@pytest.mark.parametrize(
    ("courtesies", "weak"),
    [
        (three(570, 480, 560), ("asked",)),
        (three(510, 505, 560), ("asked", "greeted")),
        (three(560, 550, 555), ()),
        (three(530, 540, 555), ()),
        ({}, ()),
        (three(18, 0, 18, of=19), None),
        ({**three(560, 480, 560), "thanked": None}, None),
    ],
)
def test_weak_points_are_those_clearly_below_each_of_the_rest(
    courtesies: dict[str, Share | None], weak: tuple[str, ...] | None
) -> None:
    assert weak_points(courtesies) == weak
