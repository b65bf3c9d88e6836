"""A rush of full queues must not keep a single tap waiting.

When a district's line comes back, hundreds of tablets send 50 items a request. Few of those are
worked on at once; the others are told to come again, which costs next to nothing, so that small
requests, a citizen who has just tapped, find a thread and the store free.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from kiosk.domain.errors import DomainError

BULKY = 8 * 1024  # bytes: about fourteen ratings, or a remark and a few of them
LANES = 2  # in each process: one waits for the disk while the other is prepared


class Rush(DomainError):
    """Enough full requests are being worked on; this one shall come again."""

    kind = "storage_busy"


_lanes = BoundedSemaphore(LANES)


@contextmanager
def lane(size: int) -> Iterator[None]:
    """Work on a request of so many bytes inside; raises Rush at once where none is free."""
    if size <= BULKY:
        yield
        return
    if not _lanes.acquire(blocking=False):
        raise Rush
    try:
        yield
    finally:
        _lanes.release()
