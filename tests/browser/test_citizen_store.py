"""The tablet's store in a real IndexedDB, asked directly through its module."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Complaints
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
DAY = 24 * 60 * 60 * 1000
NOTHING = {"acked": [], "gone": [], "haveThrough": 0, "durableThrough": 0, "need": []}


@pytest.fixture
def shelf(page: Page, server: Gunicorn, complaints: Complaints) -> Page:
    """A page on which ``run`` reaches a fresh store with five items in it."""
    page.goto(f"{server.url}/tablet/")
    expect(page.get_by_role("textbox")).to_be_visible()
    complaints.forgive("401")
    page.evaluate(
        """async () => {
          const { createStore } = await import("/static/js/kiosk/store.js");
          window.store = createStore("trial");
          for (let n = 0; n < 5; n += 1) await store.add((seq) => JSON.stringify({ seq }));
        }"""
    )
    return page


def settle(page: Page, now: int = 0, **changes: Any) -> None:
    page.evaluate(
        "([settlement, now]) => store.settle(settlement, now)", [NOTHING | changes, now]
    )


def waiting(page: Page) -> list[int]:
    found: list[int] = page.evaluate(
        "() => store.oldest(50).then((items) => items.map((item) => item.seq))"
    )
    return found


def head(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("() => store.head()")
    return found


def held(page: Page) -> list[int]:
    """The seqs of all items in the store, in whatever state."""
    found: list[int] = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("trial");
          opening.onsuccess = () => {
            const keys = opening.result.transaction("items").objectStore("items").getAllKeys();
            keys.onsuccess = () => { opening.result.close(); resolve(keys.result); };
          };
        })"""
    )
    return found


def test_items_take_the_next_place_in_the_row_and_know_it(shelf: Page) -> None:
    texts = shelf.evaluate(
        "() => store.oldest(2).then((items) => items.map((item) => item.text))"
    )

    assert texts == ['{"seq":1}', '{"seq":2}']
    assert waiting(shelf) == [1, 2, 3, 4, 5]
    assert head(shelf)["settled"] == 0


def test_an_acknowledged_item_is_kept_until_it_is_durable(shelf: Page) -> None:
    settle(shelf, acked=[1, 2, 3])
    assert held(shelf) == [1, 2, 3, 4, 5]
    assert (head(shelf)["waiting"], head(shelf)["settled"]) == (2, 3)

    settle(shelf, durableThrough=2)

    assert held(shelf) == [3, 4, 5]


def test_a_waiting_item_is_never_dropped_however_far_durability_reaches(
    shelf: Page,
) -> None:
    settle(shelf, durableThrough=99)

    assert held(shelf) == [1, 2, 3, 4, 5]


def test_without_any_backup_an_acknowledged_item_is_kept_for_ninety_days(
    shelf: Page,
) -> None:
    settle(shelf, acked=[1])
    settle(shelf, now=DAY, acked=[2])

    settle(shelf, now=90 * DAY)

    assert held(shelf) == [2, 3, 4, 5]


def test_what_a_restored_server_needs_is_sent_again_and_what_is_gone_is_said(
    shelf: Page,
) -> None:
    settle(shelf, acked=[1, 2, 3, 4, 5])
    settle(shelf, durableThrough=2)

    settle(shelf, need=[[1, 4]])

    assert waiting(shelf) == [3, 4]
    assert head(shelf)["gone"] == [[1, 2]]


def test_an_item_set_aside_is_kept_is_not_sent_and_counts_as_gone(shelf: Page) -> None:
    shelf.evaluate("() => store.setAside(1)")

    settle(shelf, gone=[[1, 1]], need=[[1, 1]])

    assert held(shelf) == [1, 2, 3, 4, 5]
    assert waiting(shelf) == [2, 3, 4, 5]
    assert (head(shelf)["settled"], head(shelf)["gone"]) == (1, [[1, 1]])


def test_the_install_is_made_once(shelf: Page) -> None:
    first, second = head(shelf)["install"], head(shelf)["install"]

    assert first == second
    assert len(bytes.fromhex(first)) == 16
