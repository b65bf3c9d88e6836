"""Every sentence for every situation, as it stands in situations.txt beside this file."""

import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.statistics import Verdict, compare, share
from reports.wording import unit_sentences
from tests.reports.plain import ENGLISH, VIETNAMESE
from tests.reports.situations import Speak, situations, ward

SITUATIONS = dict(situations())
TEXTS = Path(__file__).with_name("situations.txt")
CLEAR = re.compile(r"clearly (higher|lower) than in")


def told(speak: Speak) -> str:
    return "\n".join([" ".join(speak(VIETNAMESE)), " ".join(speak(ENGLISH))])


def expected() -> dict[str, str]:
    """What stands in the file, by situation."""
    parts = TEXTS.read_text().strip().split("\n\n")
    return dict(part.split("\n", 1) for part in parts)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_is_put_into_the_words_that_were_agreed(name: str) -> None:
    assert told(SITUATIONS[name]) == expected()[name]


def test_every_agreed_text_has_its_situation() -> None:
    assert list(expected()) == list(SITUATIONS)
    assert len(SITUATIONS) >= 40


counts = some.integers(0, 2_000).flatmap(
    lambda total: some.tuples(some.integers(0, total), some.just(total))
)


@given(counts, counts)
def test_a_change_is_called_clear_where_its_interval_is(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    text = " ".join(unit_sentences(ward(now, before), ENGLISH))
    verdict = compare(share(*now), share(*before)).verdict

    claims = list(chain(CLEAR.findall(text)))

    clear = {Verdict.HIGHER: ["higher"], Verdict.LOWER: ["lower"]}
    assert claims == clear.get(verdict, [])
