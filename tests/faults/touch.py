"""The rows that are about the touch: barriers, keyboard and screen reader, weight, and speed."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, ViewportSize, expect

from kiosk.domain.staff_pins import hash_pin, set_pin
from kiosk.web.clock import now
from tests import cast
from tests.bench import citizen
from tests.browser import kiosk, reader, test_citizen_screens, test_staff_corner
from tests.browser.test_citizen_offline import CONTROLLED, until
from tests.browsing import barriers
from tests.faults.house import House
from tests.faults.ledger import Shown
from tests.faults.stage import Stage, session
from tests.servers import Gunicorn

SIZES = [
    ViewportSize(width=size["width"], height=size["height"])
    for size in (kiosk.LANDSCAPE, kiosk.UPRIGHT, kiosk.PHONE)
]
MOST_WEIGHT, MOST_START, MOST_TAP = 60_000, 1000, 50  # bytes, ms, ms


def look_for_barriers(house: House, *, count: int, seed: int) -> Shown:
    """Every screen of citizen and staff, and every state, in so many of the sizes."""
    screens, found = 0, 0
    for size in SIZES[:count]:
        with _tablet(house, paired=False, size=size) as opened:
            for _ in _every_screen(*opened):
                screens += 1
                found += len(barriers(opened[0]))
    return Shown(found == 0, {"screens": screens, "violations": found})


def go_by_keyboard(house: House, *, count: int, seed: int) -> Shown:
    """The whole journey in both languages."""
    with _tablet(house) as (page, _, _):
        seen = [
            screen
            for language in reader.WORDS
            for screen in reader.journey(page, language)
        ]
    faults = sum(len(screen.faults) for screen in seen)
    said = {"journeys": len(reader.WORDS), "screens told": len(seen), "faults": faults}
    return Shown(faults == 0, said)


def load_first(house: House, *, count: int, seed: int) -> Shown:
    """What comes over the wire at first, and so many starts from the shell that is held."""
    with _tablet(house) as (page, _, server):
        with house.browser.new_context() as other:
            weights = citizen.weigh(other.new_page(), server.url)
        until(page, CONTROLLED)
        server.stop()
        starts = citizen.time_starts(page, count)
    weight = sum(size for size, _ in weights.values())
    said = {"requests": len(weights), "starts without the server": len(starts)}
    worst = {"KB": weight / 1000, "ms to the first tap": max(starts)}
    holds = weight <= MOST_WEIGHT and max(starts) <= MOST_START
    return Shown(holds, said, worst)


def tap(house: House, *, count: int, seed: int) -> Shown:
    with _tablet(house, counter=True) as (page, _, _):
        found = citizen.time_taps(page, count)
    taps = [ms for kind in (*citizen.ANSWERS, citizen.DONE) for ms in found[kind]]
    slow = statistics.quantiles(taps, n=20)[-1]
    worst = {"median ms": statistics.median(taps), "p95 ms": slow}
    return Shown(slow <= MOST_TAP, {"taps": len(taps)}, worst)


@contextmanager
def _tablet(
    house: House,
    *,
    paired: bool = True,
    counter: bool = False,
    size: ViewportSize = SIZES[0],
) -> Iterator[tuple[Page, Stage, Gunicorn]]:
    """The tablet of the hall, or of a counter, in a browser of its own."""
    with (
        house.served() as (stage, server),
        house.browser.new_context(
            locale="vi-VN", viewport=size, has_touch=True
        ) as context,
    ):
        page = context.new_page()
        if paired:
            place = stage.world.tablet if counter else stage.world.hall_tablet
            kiosk.pair(page, server.url, _code(stage, place))
        yield page, stage, server


def _code(stage: Stage, tablet_id: int) -> str:
    with session(stage.environment) as opened:
        return kiosk.code_for(opened, tablet_id)


def _every_screen(page: Page, stage: Stage, server: Gunicorn) -> Iterator[None]:
    """Unpaired, refused, citizen and staff in both languages and sizes of text, and revoked."""
    world, heading = stage.world, page.get_by_role("heading")
    with session(stage.environment) as opened:
        pin = hash_pin(test_staff_corner.PIN)
        set_pin(opened, unit_id=world.truc_bach, pin=pin, by=None, now=now())
        opened.commit()
    page.goto(f"{server.url}/tablet/")
    page.get_by_role("textbox").fill("ABCD2345")
    yield
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield
    kiosk.pair(page, server.url, _code(stage, world.hall_tablet))
    for language in ("vi", "en"):
        for large in (False, True):
            if language == "en":
                page.locator("[data-tool=language]").click()
            if large:
                page.locator("[data-tool=large]").click()
            yield from _each(test_citizen_screens.screens(page, language))
    yield from _each(test_staff_corner.screens(page))
    with session(stage.environment) as opened:
        cast.pair(opened, world.hall_tablet)
    page.reload()
    expect(heading).to_contain_text("Máy này đã ngừng sử dụng")
    yield


def _each(screens: Iterator[str]) -> Iterator[None]:
    for _ in screens:
        yield
