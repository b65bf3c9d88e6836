"""The queue of an older client is opened by this one, on a good network and on a bad one."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.faults import proxy, queues
from tests.faults.checker import check
from tests.faults.proxy import Proxy
from tests.faults.stage import RING, Stage, session
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that may complain of its network; its back-off is as short as chance allows."""
    with chromium.new_context(locale="vi-VN") as context:
        context.add_init_script("Math.random = () => 0.001;")
        yield context.new_page()


@pytest.mark.parametrize("name", sorted(path.name for path in queues.FOLDER.iterdir()))
def test_a_queue_of_any_client_is_delivered_by_this_one(
    page: Page, stage: Stage, server: Gunicorn, name: str
) -> None:
    queue = queues.load(name)
    queues.plant(page, server.url, stage, queue)

    page.goto(f"{server.url}/tablet/")
    held = queues.delivered(page, seconds=30)

    assert [i["text"] for i in held["items"]] == [i["text"] for i in queue["items"]]
    with session(stage.environment) as opened:
        verdict = check(opened, RING, [queues.tablet_of(queue, stage)])
    assert replace(verdict, refused=0).clean, verdict
    assert verdict.refused == 1  # the torn one, kept on the tablet and told as gone
    assert verdict.acknowledged == len(queue["items"]) - 1


def test_a_browser_on_a_bad_network_delivers_everything_once(
    page: Page, stage: Stage, server: Gunicorn
) -> None:
    queue = queues.longer(queues.load("1.json"), stage, 300)
    every = iter([*proxy.ALL[1:]] * 2)  # each fault twice, then a good network
    between = Proxy(server.port, Random(5), lambda: next(every, "through"))

    with proxy.beside(between):
        queues.plant(page, f"http://127.0.0.1:{between.port}", stage, queue)
        page.goto(f"http://127.0.0.1:{between.port}/tablet/")
        queues.delivered(page, seconds=60)

    with session(stage.environment) as opened:
        verdict = check(opened, RING, [queues.tablet_of(queue, stage)])
    assert replace(verdict, refused=0).clean, verdict
    assert verdict.refused == 1
    assert all(between.done[fault] >= 2 for fault in proxy.ALL[1:])
