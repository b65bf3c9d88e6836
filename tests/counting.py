"""In which order tests run, and where the lines that run are counted.

Counting makes Python half as slow again: it is done on one of two databases, and not while a server
in another process works. The long ones come first, so that no core is idle at the end.
"""

import pytest

LONG = {"attack", "browser", "demo", "faults"}
ELSEWHERE = {"attack", "browser", "faults"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not _is_long(item))
    names = {item.nodeid for item in items}
    for item in items:
        twin = item.nodeid.replace("postgresql", "sqlite")
        has_twin = twin != item.nodeid and twin in names
        if has_twin or item.path.parent.name in ELSEWHERE:
            item.add_marker("no_cover")


def _is_long(item: pytest.Item) -> bool:
    alone = item.get_closest_marker("no_cover") is not None
    return alone or item.path.parent.name in LONG
