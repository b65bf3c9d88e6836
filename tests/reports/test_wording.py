"""The sentences on top: what the numbers bear, in both languages, and never more."""

import re
from dataclasses import replace
from datetime import date

import pytest

from reports.findings import (
    Above,
    Measure,
    Nothing,
    OfficerSummary,
    Outside,
    OverviewSummary,
    Signals,
    UnitSummary,
)
from reports.periods import Period
from reports.statistics import Comparison, Share, Verdict, compare, share
from reports.wording import officer_sentences, overview_sentences, unit_sentences
from tests.reports.plain import ENGLISH, VIETNAMESE
from tests.tools.translate import load

JUDGEMENT = re.compile(
    r"(tốt|kém|tệ) (hơn|nhất)|better|worse|best|worst", re.IGNORECASE
)
JUNE = Period.parse("2026-06")
HIGH, MIDDLE, LOW = share(560, 612), share(500, 600), share(440, 600)
EVEN: dict[str, Share | None] = {"greeted": HIGH, "asked": HIGH, "thanked": HIGH}
WARD = UnitSummary(
    period=JUNE,
    ratings=612,
    all_three=Measure(HIGH, MIDDLE),
    above=None,
    courtesies=EVEN,
    signals=Signals(),
    officers_compared=4,
    outside=(),
    nothing=None,
)
SCOPE = OverviewSummary(
    period=Period.parse("2026-Q2"),
    ratings=15_000,
    all_three=Measure(share(12_150, 15_000), share(12_050, 15_000)),
    higher=(),
    lower=(),
    unclear=14,
    too_few=0,
    nothing=None,
)
OFFICER = OfficerSummary(
    period=JUNE,
    officer="Lê Thu Phương",
    ratings=141,
    courtesies={
        "greeted": share(130, 141),
        "asked": share(95, 141),
        "thanked": share(128, 141),
    },
    others=dict.fromkeys(EVEN, compare(HIGH, HIGH)),
    changes=dict.fromkeys(EVEN, compare(HIGH, HIGH)),
    nothing=None,
)
RISEN, FALLEN = compare(HIGH, LOW), compare(LOW, HIGH)
SAME, UNKNOWN = compare(HIGH, HIGH), compare(HIGH, None)


def ward(summary: UnitSummary) -> str:
    return " ".join(unit_sentences(summary, VIETNAMESE))


def scope(summary: OverviewSummary) -> str:
    return " ".join(overview_sentences(summary, VIETNAMESE))


def officer(summary: OfficerSummary) -> str:
    return " ".join(officer_sentences(summary, VIETNAMESE))


def test_a_clear_rise_is_called_clearly_higher() -> None:
    assert ward(WARD).startswith(
        "Trong tháng 6/2026, *92 %* người dân được cả chào, hỏi và cảm ơn. Tỷ lệ này cao hơn rõ rệt"
        " so với tháng 5/2026 (83 %)."
    )
    assert " ".join(unit_sentences(WARD, ENGLISH)).startswith(
        "In June 2026, *92%* of citizens were greeted, asked and thanked. That is clearly higher"
        " than in May 2026 (83%)."
    )


def test_a_clear_fall_is_called_clearly_lower() -> None:
    fallen = replace(WARD, all_three=Measure(LOW, MIDDLE))

    assert "thấp hơn rõ rệt so với tháng 5/2026 (83 %)" in ward(fallen)


def test_what_chance_explains_is_no_clear_difference() -> None:
    same = replace(WARD, all_three=Measure(share(505, 600), MIDDLE))

    assert "Tỷ lệ này không khác rõ rệt so với tháng 5/2026 (83 %)." in ward(same)


def test_too_few_before_is_told_and_not_compared() -> None:
    first = replace(WARD, all_three=Measure(HIGH, share(9, 10)))

    assert "Chưa đủ lượt của tháng 5/2026 để so sánh." in ward(first)
    assert "Chưa đủ lượt của tháng 5/2026" in ward(
        replace(WARD, all_three=Measure(HIGH, None))
    )


def test_too_few_for_the_headline_is_told_with_their_number() -> None:
    few = replace(WARD, ratings=12, all_three=Measure(None, None), officers_compared=0)

    found = ward(few)

    assert found.startswith("Trong tháng 6/2026, *12* lượt đánh giá đã được công bố;")
    assert "tỷ lệ đủ 3 xin cần ít nhất 20 lượt." in found


def test_nothing_yet_is_one_sentence_alone() -> None:
    empty = Nothing(5, date(2026, 6, 25), final=False)

    assert ward(replace(WARD, nothing=empty)) == (
        "Chưa đủ 5 lượt để công bố; dự kiến khoảng 25/06/2026."
    )
    assert scope(replace(SCOPE, nothing=empty)) == ward(replace(WARD, nothing=empty))
    assert officer(replace(OFFICER, nothing=empty)) == ward(
        replace(WARD, nothing=empty)
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.HIGHER, "thì cao hơn rõ rệt."),
        (Verdict.LOWER, "thì thấp hơn rõ rệt."),
        (Verdict.UNCLEAR, "thì không khác rõ rệt."),
    ],
)
def test_the_level_above_is_one_total(verdict: Verdict, words: str) -> None:
    assert MIDDLE is not None
    above = Above("Quận Ba Đình", MIDDLE, verdict)

    assert f"So với mức chung 83 % của Quận Ba Đình {words}" in ward(
        replace(WARD, above=above)
    )


def test_a_level_above_that_cannot_be_compared_is_left_out() -> None:
    assert MIDDLE is not None
    above = Above("Quận Ba Đình", MIDDLE, Verdict.TOO_FEW)

    assert "Ba Đình" not in ward(replace(WARD, above=above))


def test_the_weakest_courtesy_is_named_only_if_it_clearly_is() -> None:
    weak = replace(WARD, courtesies={"greeted": HIGH, "asked": LOW, "thanked": HIGH})

    assert "Điểm yếu nhất là *xin hỏi* (73 %)." in ward(weak)
    assert "Trong 3 xin, không nội dung nào yếu hơn rõ rệt." in ward(WARD)
    assert "yếu" not in ward(replace(WARD, courtesies={**EVEN, "asked": None}))


def test_officers_outside_are_named_with_their_courtesy() -> None:
    outside = (
        Outside("Phạm Văn Dũng", "asked", Verdict.LOWER),
        Outside("Nguyễn Thị Minh Hạnh", "greeted", Verdict.HIGHER),
        Outside("Nguyễn Thị Minh Hạnh", "thanked", Verdict.HIGHER),
    )

    found = ward(replace(WARD, outside=outside))

    assert (
        "*Phạm Văn Dũng* thấp hơn rõ rệt so với các cán bộ khác ở nội dung xin hỏi."
        in found
    )
    assert (
        "*Nguyễn Thị Minh Hạnh* cao hơn rõ rệt so với các cán bộ khác"
        " ở nội dung xin chào và xin cảm ơn." in found
    )


def test_where_nobody_stands_out_nobody_is_named() -> None:
    assert "Không cán bộ nào khác rõ rệt so với các cán bộ khác." in ward(WARD)


def test_a_single_officer_has_no_others() -> None:
    assert "cán bộ" not in ward(replace(WARD, officers_compared=1))


def test_units_are_named_only_where_they_clearly_differ() -> None:
    apart = replace(SCOPE, higher=("Kim Mã",), lower=("Phúc Xá", "Cống Vị"), unclear=11)

    found = scope(apart)

    assert found.startswith(
        "Trong quý II/2026, *81 %* người dân được cả chào, hỏi và cảm ơn."
    )
    assert "*Kim Mã* cao hơn rõ rệt so với mức chung." in found
    assert "*Phúc Xá* và *Cống Vị* thấp hơn rõ rệt so với mức chung." in found
    assert found.endswith("11 đơn vị còn lại không khác rõ rệt so với mức chung.")


def test_equal_units_are_not_told_apart() -> None:
    assert scope(SCOPE).endswith("Không đơn vị nào khác rõ rệt so với mức chung.")


def test_one_unit_alone_is_not_compared() -> None:
    assert "đơn vị" not in scope(replace(SCOPE, unclear=1))


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ((SAME, SAME, SAME), "Không khác rõ rệt so với các cán bộ khác."),
        (
            (RISEN, SAME, RISEN),
            "Cao hơn rõ rệt so với các cán bộ khác ở nội dung xin chào và xin cảm ơn.",
        ),
        (
            (SAME, FALLEN, UNKNOWN),
            "Thấp hơn rõ rệt so với các cán bộ khác ở nội dung xin hỏi.",
        ),
        (
            (RISEN, FALLEN, SAME),
            "Cao hơn rõ rệt so với các cán bộ khác ở nội dung xin chào,"
            " thấp hơn rõ rệt ở nội dung xin hỏi.",
        ),
        ((UNKNOWN, UNKNOWN, UNKNOWN), "Chưa đủ lượt để so với các cán bộ khác."),
    ],
)
def test_an_officer_is_compared_courtesy_by_courtesy(
    others: tuple[Comparison, ...], words: str
) -> None:
    found = officer(replace(OFFICER, others=dict(zip(EVEN, others, strict=True))))

    assert words in found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((SAME, SAME, UNKNOWN), "Không đổi rõ rệt so với tháng 5/2026."),
        ((RISEN, SAME, SAME), "So với tháng 5/2026, tăng rõ rệt ở nội dung xin chào."),
        ((SAME, FALLEN, SAME), "So với tháng 5/2026, giảm rõ rệt ở nội dung xin hỏi."),
        (
            (RISEN, SAME, FALLEN),
            "So với tháng 5/2026, tăng rõ rệt ở nội dung xin chào,"
            " giảm rõ rệt ở nội dung xin cảm ơn.",
        ),
        ((UNKNOWN, UNKNOWN, UNKNOWN), "Chưa đủ lượt của tháng 5/2026 để so sánh."),
    ],
)
def test_an_officers_change_is_told_where_it_is_clear(
    changes: tuple[Comparison, ...], words: str
) -> None:
    found = officer(replace(OFFICER, changes=dict(zip(EVEN, changes, strict=True))))

    assert found.startswith("Trong tháng 6/2026, *141* lượt đánh giá về Lê Thu Phương")
    assert "Điểm yếu nhất là *xin hỏi* (67 %)." in found
    assert words in found


def test_no_sentence_calls_anybody_better_or_worse() -> None:
    every = [f"{message.id} {message.string}" for message in load("vi", "reports")]

    assert len(every) > 100
    assert not [text for text in every if JUDGEMENT.search(text)]
