"""Shares for pure tests."""

from reports.statistics import Share, share


def some_share(count: int, total: int) -> Share:
    """The share of a total that is not 0."""
    found = share(count, total)
    assert found is not None
    return found
