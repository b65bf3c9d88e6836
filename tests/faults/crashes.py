"""SIGKILL of the tablet's browser in mid-tap: whoever was thanked is in the outbox afterwards."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise, product
from random import Random
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserType, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.browser import kiosk
from tests.faults import browsers
from tests.faults.browsers import Chromium, dump
from tests.faults.checker import Verdict, check
from tests.faults.citizens import said
from tests.faults.stage import RING, Stage, session
from tests.faults.tablet import Kept, State, Tablet
from tests.servers import Gunicorn

KEYS = ("greeted", "asked", "thanked", "satisfaction")
COURTESIES = ("yes", "no", "unsure")
MOST_DELAY = (
    0.25  # from before the last tap: some die before the disk has it, some after
)
# The tablet's steady clock runs so much faster, for the guard against double taps to be short.
HASTE = 5
HURRY = f"""(() => {{
  const steady = performance.now.bind(performance);
  performance.now = () => {HASTE} * steady();
}})()"""
Answers = tuple[str | int, ...]


@dataclass
class Outcome:
    """How many ratings were tapped, how many were thanked for, and which of those are gone."""

    kills: int = 0
    tapped: int = 0
    thanked: int = 0
    stored_unthanked: int = 0
    stored_in_part: int = 0  # what had been answered when the page went
    lost: list[Answers] = field(default_factory=list)
    gaps: int = 0
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Attempt:
    """Four taps, and whether the thanks were seen before the end."""

    answers: Answers
    thanked: bool


def run(
    stage: Stage, server: Gunicorn, kind: BrowserType, *, kills: int, seed: int
) -> Outcome:
    """Kill so often, restart, and let all that is left be sent."""
    random, attempts = Random(seed), list[Attempt]()
    with browsers.chromium(stage.folder / "profile", kind) as browser:
        _pair(stage, server, browser)
        for number in range(kills):
            page = _open(browser, server)
            attempts.append(_rate_and_die(browser, page, _answers(number), random))
        page = _open(browser, server)
        kiosk.sent(page)
        held = dump(page)
        browser.close()
    outcome = compare(attempts, held)
    outcome.kills = kills
    outcome.verdict = _check(stage, held)
    return outcome


def compare(attempts: Sequence[Attempt], held: dict[str, Any]) -> Outcome:
    """What was tapped against what is held, both in the order of the taps.

    Two attempts within 135 are never alike, so one that is missing cannot hide behind another.
    """
    items = [_answers_of(item["text"]) for item in held["items"]]
    outcome, at = Outcome(tapped=len(attempts)), 0
    for attempt in attempts:
        outcome.thanked += attempt.thanked
        item = items[at] if at < len(items) else ()
        if item == attempt.answers:
            at += 1
            outcome.stored_unthanked += not attempt.thanked
        elif item and item == attempt.answers[: len(item)] and not attempt.thanked:
            at += 1
            outcome.stored_in_part += 1
        elif attempt.thanked:
            outcome.lost.append(attempt.answers)
    seqs = [item["seq"] for item in held["items"]]
    outcome.gaps = sum(
        b != a + 1 for a, b in pairwise([0, *seqs, held["facts"]["nextSeq"]])
    )
    outcome.gaps += len(items) - at
    return outcome


def _pair(stage: Stage, server: Gunicorn, browser: Chromium) -> None:
    """Make it the tablet of counter 1, and end it in order: a cookie is written out late."""
    with session(stage.environment) as opened:
        code = kiosk.code_for(opened, stage.world.tablet)
    kiosk.pair(browser.start(), server.url, code)
    browser.close()


def _open(browser: Chromium, server: Gunicorn) -> Page:
    page = browser.start()
    page.add_init_script(HURRY)
    page.goto(f"{server.url}/tablet/")
    expect(page.locator(".answers:visible")).to_be_visible()
    return page


def _rate_and_die(
    browser: Chromium, page: Page, answers: Answers, random: Random
) -> Attempt:
    """Four taps; the end comes somewhere about the last one, or right after the thanks."""
    thanked = False
    for value in answers[:-1]:
        page.wait_for_timeout(kiosk.GUARD / HASTE)
        page.locator(f'[data-value="{value}"]:visible').click()
    page.wait_for_timeout(kiosk.GUARD / HASTE)
    delay = random.choice((None, random.uniform(0, MOST_DELAY)))
    timer = threading.Timer(30 if delay is None else delay, browser.kill)
    timer.start()
    with suppress(BrowserError):
        page.locator(f'[data-value="{answers[-1]}"]:visible').click()
        page.wait_for_selector("[data-done]")
        thanked = True
        if delay is None:
            timer.cancel()
            browser.kill()
    timer.join()
    browser.bury()
    return Attempt(answers, thanked)


def _answers(number: int) -> Answers:
    """The answers of the so-many-th citizen, all 135 in turn."""
    every = [*product(COURTESIES, COURTESIES, COURTESIES, range(1, 6))]
    return every[number * 37 % len(every)]


def _answers_of(text: str) -> Answers:
    item = said(text)
    return tuple(item[key] for key in KEYS if key in item)


def _check(stage: Stage, held: dict[str, Any]) -> Verdict:
    """The checker's word on the outbox as the tablet's, and on the store."""
    unit = stage.world.truc_bach
    tablet = Tablet(held["facts"]["install"], "", unit, Random(0))
    for item in held["items"]:
        item_id = UUID(json.loads(item["text"])["id"])
        kept = Kept(item["seq"], item_id, item["text"], State.ACKED, outcome="stored")
        tablet.tapped.append(kept)
    with session(stage.environment) as opened:
        return check(opened, RING, [tablet])
