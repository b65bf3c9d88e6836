"""Which waiting rows belong together, and whether they may be cut into a block (DESIGN §4).

Only the open columns of a row are looked at, never its answers. To which pool a row belongs is
judged at each run by the postings as known then; what was published is never cut again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import first_open_day, working_days_between
from kiosk.models.organisation import Posting
from kiosk.models.waiting import Waiting

POOL_ENDS_AFTER = timedelta(days=30)
PATIENCE = 5  # working days that the oldest row of a pool under 2k waits
LEAST_OFFICERS = 2
LEAST_BY_OTHERS = 2  # comments that are surely not about any one officer
RESENDING_CHANNEL = "tablet"  # the only one with an outbox


class PoolKey(NamedTuple):
    """What the rows of a pool have in common; ``pool`` is officer, several, none or unit."""

    kind: str
    pool: str
    officer_id: int | None
    questionnaire: int
    channel: str


@dataclass(frozen=True, slots=True)
class Row:
    """A waiting row. ``sure`` is its officer if he was posted in the unit on that day, and
    ``ended`` says that this officer's pool has ended."""

    key: bytes
    kind: str
    officer_id: int | None
    questionnaire: int
    channel: str
    day: date
    mark: str | None
    sealed: bytes
    sure: int | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides about a cut besides the pool: k, the day, and the last restore."""

    k: int
    today: date
    restored_on: date | None


class Postings:
    """Who was posted in a unit, from which day to which (inclusive; None is open)."""

    def __init__(self, spans: Iterable[tuple[int, date, date | None]]) -> None:
        self._spans: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
        for officer_id, first, last in spans:
            self._spans[officer_id].append((first, last or date.max))

    def sure(self, officer_id: int | None, day: date) -> int | None:
        """The officer, if he was posted here on that day."""
        if officer_id is None:
            return None
        spans = self._spans.get(officer_id, ())
        return officer_id if any(a <= day <= b for a, b in spans) else None

    def ended(self, officer_id: int | None, *, today: date) -> bool:
        """Whether his last posting here ended more than 30 days ago."""
        if officer_id is None:
            return False
        return max(b for _, b in self._spans[officer_id]) < today - POOL_ENDS_AFTER


def read_waiting(session: Session, *, unit_id: int, today: date) -> Sequence[Row]:
    """The unit's rows of days before today, on PostgreSQL locked until the transaction ends.

    In one order, so that two runs at once never wait for each other crosswise; postings are read
    under the lock.
    """
    found = session.execute(_WAITING, {"unit_id": unit_id, "today": today}).all()
    postings = _read_postings(session, unit_id)
    rows = []
    for row in found:
        sure = postings.sure(row.officer_id, row.day)
        rows.append(
            Row(
                key=row.key,
                kind=row.kind,
                officer_id=row.officer_id,
                questionnaire=row.questionnaire,
                channel=row.channel,
                day=row.day,
                mark=row.mark,
                sealed=row.sealed,
                sure=sure,
                ended=postings.ended(sure, today=today),
            )
        )
    return rows


def _read_postings(session: Session, unit_id: int) -> Postings:
    spans = session.execute(_POSTINGS, {"unit_id": unit_id}).all()
    return Postings((span.officer_id, span.first_day, span.last_day) for span in spans)


# Built once: building them costs as much as running them, and a city has 3,321 units.
_WAITING = (
    select(*Waiting.__table__.c)
    .where(Waiting.unit_id == bindparam("unit_id"), Waiting.day < bindparam("today"))
    .order_by(Waiting.key)
    .with_for_update()
)
_POSTINGS = select(Posting.officer_id, Posting.first_day, Posting.last_day).where(
    Posting.unit_id == bindparam("unit_id")
)


def pools_of(rows: Iterable[Row]) -> Mapping[PoolKey, list[Row]]:
    """The rows by pool, over all counters; every row is in exactly one."""
    pools: defaultdict[PoolKey, list[Row]] = defaultdict(list)
    for row in rows:
        pools[pool_of(row)].append(row)
    return pools


def pool_of(row: Row) -> PoolKey:
    """Partial ratings and comments pool by unit, ratings and reasons by officer.

    A rating with no sure officer goes to the pool "none", one of an ended pool to "several".
    """
    questionnaire, officer_id = row.questionnaire, row.sure
    if row.kind == "comment":
        pool, questionnaire, officer_id = "unit", 0, None
    elif row.kind == "partial":
        pool, officer_id = "unit", None
    elif officer_id is None:
        pool = "none"
    elif row.kind == "rating" and row.ended:
        pool, officer_id = "several", None
    else:
        pool = "officer"
    return PoolKey(row.kind, pool, officer_id, questionnaire, row.channel)


def may_be_cut(key: PoolKey, rows: Sequence[Row], rules: Rules) -> bool:
    """Whether the pool holds enough, has waited long enough, and hides behind a restore."""
    if not _enough(key, rows, rules.k):
        return False
    oldest = min(row.day for row in rows)
    if len(rows) < 2 * rules.k and not _waited(oldest, rules.today):
        return False
    return not _shown_before(rows, rules) or _enough(key, _new(rows, rules), rules.k)


def hides_each(rows: Sequence[Row], rules: Rules) -> bool:
    """Whether counts over a part of a block may be shown: k, and k new ones after a restore."""
    return len(rows) >= rules.k and (
        not _shown_before(rows, rules) or len(_new(rows, rules)) >= rules.k
    )


def expired(key: PoolKey, row: Row, *, today: date) -> bool:
    """Whether a row has waited over 12 months; the ratings of an officer in office wait on."""
    if key.kind == "rating" and key.pool == "officer":
        return False
    return row.day < _year_before(today)


def counted_on(days: Iterable[date], *, today: date) -> date:
    """The lower median day, or the first day after it that is not final."""
    ordered = sorted(days)
    return first_open_day(ordered[(len(ordered) - 1) // 2], today=today)


def _waited(oldest: date, today: date) -> bool:
    return working_days_between(oldest, today) >= PATIENCE


def _enough(key: PoolKey, rows: Sequence[Row], k: int) -> bool:
    """k rows or more, of as many officers as the kind of pool asks for.

    Of comments at least two are surely not about any one officer, whoever the unsure ones are
    about. Reasons are shown per officer, so without a sure one they are never enough.
    """
    if len(rows) < k:
        return False
    if key.kind == "reasons":
        return key.officer_id is not None
    if key.pool in {"officer", "none"}:
        return True
    by_officer = Counter(row.sure for row in rows)
    unsure = by_officer.pop(None, 0)
    if key.kind == "comment":
        most = max(by_officer.values(), default=0)
        return len(rows) - unsure - most >= LEAST_BY_OTHERS
    return len(by_officer) >= LEAST_OFFICERS


def _shown_before(rows: Iterable[Row], rules: Rules) -> bool:
    """Whether an earlier life of the store may have shown some of the rows in another block.

    The last restore decides alone: rows since it are since every earlier one too.
    """
    restored_on = rules.restored_on
    return restored_on is not None and any(not _is_new(r, restored_on) for r in rows)


def _new(rows: Iterable[Row], rules: Rules) -> list[Row]:
    restored_on = rules.restored_on
    return [r for r in rows if restored_on is None or _is_new(r, restored_on)]


def _is_new(row: Row, restored_on: date) -> bool:
    """Whether no block before the restore can have counted the row.

    A marked day may be the day on which the tablet sent the item once more.
    """
    resent = row.channel == RESENDING_CHANNEL and row.mark is not None
    return row.day >= restored_on and not resent


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
