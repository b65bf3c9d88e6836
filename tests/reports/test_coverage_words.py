"""What is said of tablets: what was seen, in both languages, and never why."""

import re
from dataclasses import replace

import pytest

from reports.coverage import Absence, TabletWeek
from reports.coverage_words import (
    Absent,
    CoverageSummary,
    QuietWeek,
    coverage_sentences,
)
from reports.periods import Period
from tests.reports.plain import ENGLISH, VIETNAMESE, PlainWords

JUNE = Period.parse("2026-06")
AWAY = Absent("Sảnh", Absence(Period.parse("2026-W24"), Period.parse("2026-W25"), 70))
SEEN = CoverageSummary(
    period=JUNE,
    tablets=2,
    weeks=10,
    total=TabletWeek(taps=1_234, opening=350, stretches=9, silent=28),
)
ACCUSES = re.compile(r"hidden|giấu|cố ý|deliberate", re.IGNORECASE)
CASES = {
    "ordinary": SEEN,
    "one away": replace(SEEN, absent=[AWAY]),
    "many away": replace(
        SEEN, absent=[replace(AWAY, name=f"Quầy {n}") for n in range(7)]
    ),
    "quiet": replace(SEEN, quiet=[QuietWeek("Sảnh", Period.parse("2026-W23"), 9)]),
    "areas": replace(SEEN, unnamed=12),
    "closed": replace(SEEN, total=TabletWeek()),
    "not yet": replace(SEEN, weeks=0),
    "never": replace(SEEN, weeks=0, final=True),
}


def said(found: CoverageSummary, words: PlainWords) -> str:
    return " ".join(coverage_sentences(found, words))


@pytest.mark.parametrize("case", CASES)
def test_each_case_is_said_in_both_languages_without_accusing(case: str) -> None:
    english, vietnamese = said(CASES[case], ENGLISH), said(CASES[case], VIETNAMESE)

    assert english != vietnamese
    for text in (english, vietnamese):
        assert not ACCUSES.search(text)
        assert "%(" not in text
        assert all(part[:1].isupper() or part[:1] == "*" for part in text.split(". "))


def test_of_areas_nobody_is_named_and_nothing_called_complete() -> None:
    english, vietnamese = (
        said(CASES["areas"], ENGLISH),
        said(CASES["areas"], VIETNAMESE),
    )

    assert "tablets were not tapped in 12 weeks, though the desk was open" in english
    assert "No tablet went a whole week" not in english
    assert "trong 12 tuần dù bộ phận một cửa mở cửa" in vietnamese


def test_who_was_away_is_named_with_days_and_hours() -> None:
    assert (
        "*Sảnh* was not tapped once from 08/06/2026 to 21/06/2026, though the desk was open for 70"
        " hours." in said(CASES["one away"], ENGLISH)
    )
    assert (
        "*Sảnh* không có lượt nào từ 08/06/2026 đến 21/06/2026, dù bộ phận một cửa mở cửa 70 giờ."
        in said(CASES["one away"], VIETNAMESE)
    )


def test_three_are_named_and_the_others_counted() -> None:
    text = said(CASES["many away"], ENGLISH)

    assert "Quầy 2" in text
    assert "Quầy 3" not in text
    assert "The table names 4 more." in text


def test_silence_is_a_share_of_the_opening_hours() -> None:
    text = said(SEEN, ENGLISH)

    assert "tapped for *1,234* ratings" in text
    assert "Of 350 opening hours at the tablets, 28 (*8%*)" in text
    assert "No tablet went a whole week without a tap." in text
    assert "Nothing of June 2026 has been reported yet." in said(
        CASES["not yet"], ENGLISH
    )
