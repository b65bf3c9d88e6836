"""The first load is small enough for a line that hardly is one."""

import pytest
from playwright.sync_api import Browser

from tests.bench.citizen import weigh
from tests.faults.touch import MOST_WEIGHT
from tests.servers import Gunicorn


@pytest.mark.browser
@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_the_first_load_weighs_no_more_than_was_promised(
    server: Gunicorn, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        weights = weigh(context.new_page(), server.url)

    assert "/tablet/" in weights
    assert 0 < sum(size for size, _ in weights.values()) <= MOST_WEIGHT
