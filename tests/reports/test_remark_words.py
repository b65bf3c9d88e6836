"""What is said of remarks: counts and the reasons tapped most, in both languages."""

from dataclasses import replace

import pytest

from reports.periods import Period
from reports.remark_words import RemarkSummary, most_tapped, remark_sentences
from tests.reports.plain import ENGLISH, VIETNAMESE

FOUND = RemarkSummary(
    period=Period.parse("2026-06"),
    remarks=42,
    good={"Quick": 24, "Caring": 24, "On time": 3},
    bad={"Long wait": 7, "Hard to understand": 1},
    comments=18,
    k=5,
    final=False,
)
NONE = replace(FOUND, remarks=0, good={}, bad={}, comments=0)
CASES = {
    "both": FOUND,
    "praise only": replace(FOUND, bad={"Long wait": 0}),
    "no comments": replace(FOUND, comments=0),
    "comments only": replace(FOUND, remarks=0, good={}, bad={}),
    "not yet": NONE,
    "never": replace(NONE, final=True),
}


@pytest.mark.parametrize("case", CASES)
def test_each_case_is_said_in_both_languages(case: str) -> None:
    english, vietnamese = (
        " ".join(remark_sentences(CASES[case], words))
        for words in (ENGLISH, VIETNAMESE)
    )

    assert english != vietnamese
    assert "%(" not in english + vietnamese


def test_those_tapped_equally_often_are_named_together() -> None:
    assert most_tapped(FOUND.good) == (["Quick", "Caring"], 24)
    assert most_tapped({"Quick": 0}) == ([], 0)
    text = " ".join(remark_sentences(FOUND, ENGLISH))
    assert "What was praised most: *Quick* and *Caring* (24)." in text
    assert "What was criticised most: *Long wait* (7)." in text
    assert "*18* comments can be read below." in text


def test_where_nothing_was_criticised_that_is_said() -> None:
    text = " ".join(remark_sentences(CASES["praise only"], ENGLISH))

    assert "Nothing was criticised." in text
