"""What is said of targets, in both languages."""

from dataclasses import replace
from datetime import date

from reports.findings import Nothing
from reports.periods import Period
from reports.target_words import TargetSummary, standing_words, target_sentences
from reports.targets import Standing
from tests.reports.plain import ENGLISH, VIETNAMESE

FOUND = TargetSummary(
    period=Period.parse("2026-Q2"),
    year=2026,
    promised=8,
    reached=4,
    missed=("Xin hỏi",),
    open=2,
    too_few=1,
    nothing=None,
)


def test_each_kind_of_standing_is_told_once() -> None:
    assert " ".join(target_sentences(FOUND, VIETNAMESE)) == (
        "Trong quý II/2026, *4* trên 8 chỉ tiêu của năm 2026 đạt rõ rệt."
        " Thấp hơn chỉ tiêu rõ rệt: *Xin hỏi*."
        " Với 2 chỉ tiêu, chênh lệch có thể do ngẫu nhiên, chưa kết luận được."
        " 1 chỉ tiêu chưa đủ lượt đánh giá để kết luận."
    )
    assert " ".join(target_sentences(FOUND, ENGLISH)) == (
        "Targets for 2026 clearly reached in Q2 2026: *4* of 8."
        " Clearly below the target: *Xin hỏi*."
        " Within what chance explains: 2. With too few ratings: 1."
    )


def test_what_there_is_none_of_is_not_told() -> None:
    all_reached = replace(FOUND, promised=1, reached=1, missed=(), open=0, too_few=0)

    assert target_sentences(all_reached, ENGLISH) == [
        "Targets for 2026 clearly reached in Q2 2026: *1* of 1."
    ]


def test_without_targets_or_figures_that_is_all_that_is_said() -> None:
    none = replace(FOUND, promised=0)
    nothing = replace(FOUND, nothing=Nothing(5, date(2026, 6, 25), final=False))

    assert target_sentences(none, VIETNAMESE) == [
        "Chưa nhập chỉ tiêu nào cho năm *2026*."
    ]
    assert target_sentences(nothing, VIETNAMESE) == [
        "Chưa đủ 5 lượt để công bố; dự kiến khoảng 25/06/2026."
    ]


def test_every_standing_has_a_word() -> None:
    assert len({standing_words(each, VIETNAMESE) for each in Standing}) == 4
