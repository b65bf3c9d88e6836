"""The tablet's browser is killed in mid-tap; nobody who was thanked is forgotten."""

import json

import pytest
from playwright.sync_api import Browser

from tests.faults import crashes
from tests.faults.crashes import Attempt
from tests.faults.stage import Stage
from tests.servers import Gunicorn


def held(*answers: crashes.Answers, gap: int = 0) -> dict[str, object]:
    """An outbox with these ratings in it."""
    texts = [json.dumps(dict(zip(crashes.KEYS, a, strict=False))) for a in answers]
    items = [{"seq": seq + gap, "text": text} for seq, text in enumerate(texts, 1)]
    return {"items": items, "facts": {"nextSeq": len(items) + 1 + gap}}


ONE, TWO, THREE = (("yes", "no", "yes", level) for level in (1, 2, 3))


def test_a_thanked_rating_that_is_not_held_is_lost() -> None:
    attempts = [Attempt(ONE, True), Attempt(TWO, False), Attempt(THREE, True)]

    assert crashes.compare(attempts, held(ONE, THREE)).lost == []
    assert crashes.compare(attempts, held(ONE, TWO, THREE)).stored_unthanked == 1
    assert crashes.compare(attempts, held(ONE, TWO[:3], THREE)).stored_in_part == 1
    assert crashes.compare(attempts, held(ONE, TWO)).lost == [THREE]
    assert crashes.compare(attempts, held(ONE, TWO, THREE[:3])).lost == [THREE]
    assert crashes.compare(attempts, held(TWO, THREE)).lost == [ONE]
    assert crashes.compare(attempts, held(ONE, THREE)).gaps == 0
    assert crashes.compare(attempts, held(ONE, THREE, gap=1)).gaps == 1
    assert crashes.compare(attempts, held(ONE, THREE, THREE)).gaps == 1


@pytest.mark.browser
@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_no_kill_of_the_browser_loses_a_rating_that_was_thanked_for(
    stage: Stage, server: Gunicorn, chromium: Browser
) -> None:
    outcome = crashes.run(stage, server, chromium.browser_type, kills=10, seed=4)

    assert outcome.lost == []
    assert outcome.gaps == 0
    assert outcome.tapped == 10
    assert outcome.verdict is not None
    assert outcome.verdict.clean, outcome
