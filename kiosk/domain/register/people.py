"""Officers of a register, where they are posted, and at which counter they sit."""

import hashlib
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select

from kiosk.domain.calendar import local_day
from kiosk.domain.register.changes import Loading
from kiosk.domain.register.reading import Photo, file_of
from kiosk.domain.register.rows import CounterRow, OfficerRow, PostingRow, Row, SeatRow
from kiosk.domain.register.units import Units
from kiosk.models.organisation import Counter, Officer, OfficerPhoto, Posting, Seat


def load_officers(loading: Loading) -> None:
    """Load officers.csv and the pictures it names."""
    known = {each.code: each for each in loading.session.scalars(select(Officer))}
    photographed = []
    for row in loading.register.of(OfficerRow):
        if loading.first_time(row, "code", row.code, row.code):
            found = known.get(row.code)
            officer = loading.put(row, Officer, found, code=row.code, name=row.name)
            if row.photo in loading.register.photos:
                photographed.append((officer, loading.register.photos[row.photo]))
    loading.session.flush()
    for officer, photo in photographed:
        _put_photo(loading, officer.id, photo)


def _put_photo(loading: Loading, officer_id: int, photo: Photo) -> None:
    etag = hashlib.sha256(photo.body).hexdigest()
    found = loading.session.get(OfficerPhoto, officer_id)
    if found is None or found.etag != etag:
        loading.session.merge(
            OfficerPhoto(
                officer_id=officer_id,
                media_type=photo.media_type,
                etag=etag,
                body=photo.body,
            )
        )


def load_postings(loading: Loading, units: Units) -> None:
    """Load postings.csv."""
    officers = _officer_ids(loading)
    known = {
        (each.unit_id, each.officer_id, each.first_day): each
        for each in loading.session.scalars(select(Posting))
    }
    for row in loading.register.of(PostingRow):
        unit = units.find(row, "unit_code", row.unit_code, row.first_day)
        officer_id = _find_officer(loading, row, row.officer_code, officers)
        if unit is None or officer_id is None:
            continue
        key = (unit.id, officer_id, row.first_day)
        if loading.first_time(
            row, "officer_code", key, row.officer_code
        ) and loading.in_order(row, "last_day", row.first_day, row.last_day):
            known[key] = loading.put(
                row,
                Posting,
                known.get(key),
                unit_id=unit.id,
                officer_id=officer_id,
                title=row.title,
                first_day=row.first_day,
                last_day=row.last_day,
            )
    loading.session.flush()
    by_place = defaultdict(list)
    for (unit_id, officer_id, first), posting in known.items():
        by_place[unit_id, officer_id].append((first, posting.last_day, posting))
    for periods in by_place.values():
        loading.refuse_overlaps("first_day", periods)


def load_seats(loading: Loading, units: Units) -> None:
    """Load seats.csv; a seat lies within one posting of its officer."""
    seats = _Seats(loading, units)
    for row in loading.register.of(SeatRow):
        seats.load(row)
    loading.session.flush()
    seats.refuse_overlaps()


class _Seats:
    """What is needed to place a line of seats.csv."""

    def __init__(self, loading: Loading, units: Units) -> None:
        self._loading = loading
        self._units = units
        self._officers = _officer_ids(loading)
        session = loading.session
        self._counters = {
            (each.unit_id, each.code): each.id
            for each in session.scalars(select(Counter))
        }
        self._postings: defaultdict[tuple[int, int], list[Posting]] = defaultdict(list)
        for each in session.scalars(select(Posting)):
            self._postings[each.unit_id, each.officer_id].append(each)
        self._known = {
            (each.posting_id, each.counter_id, each.began_at): each
            for each in session.scalars(select(Seat))
        }

    def load(self, row: SeatRow) -> None:
        posting = self._posting(row)
        counter_id = self._counter(row)
        if posting is None or counter_id is None:
            return
        key = (posting.id, counter_id, row.began_at)
        if (
            self._loading.first_time(row, "officer_code", key, row.officer_code)
            and self._loading.in_order(row, "to", row.began_at, row.ended_at)
            and self._within(row, posting)
        ):
            self._known[key] = self._loading.put(
                row,
                Seat,
                self._known.get(key),
                posting_id=posting.id,
                counter_id=counter_id,
                began_at=row.began_at,
                ended_at=row.ended_at,
            )

    def refuse_overlaps(self) -> None:
        """Nobody sits at one counter twice at the same time."""
        by_place = defaultdict(list)
        for (posting_id, counter_id, began_at), seat in self._known.items():
            by_place[posting_id, counter_id].append((began_at, seat.ended_at, seat))
        for periods in by_place.values():
            self._loading.refuse_overlaps("from", periods, may_touch=True)

    def _posting(self, row: SeatRow) -> Posting | None:
        day = local_day(row.began_at)
        unit = self._units.find(row, "unit_code", row.unit_code, day)
        officer_id = _find_officer(self._loading, row, row.officer_code, self._officers)
        if unit is None or officer_id is None:
            return None
        for posting in self._postings[unit.id, officer_id]:
            if posting.first_day <= day <= (posting.last_day or day):
                return posting
        if not _has_faulty_lines(self._loading, PostingRow):
            self._loading.problem(row, "officer_code", "no_posting", row.officer_code)
        return None

    def _counter(self, row: SeatRow) -> int | None:
        day = local_day(row.began_at)
        unit = self._units.find(row, "unit_code", row.unit_code, day)
        if unit is None:
            return None
        found = self._counters.get((unit.id, row.counter_code))
        if found is None and not _mentioned(
            self._loading, CounterRow, row.counter_code
        ):
            self._loading.problem(
                row, "counter_code", "unknown_counter", row.counter_code
            )
        return found

    def _within(self, row: SeatRow, posting: Posting) -> bool:
        last = posting.last_day
        if row.ended_at is None or last is None:
            return True
        if local_day(row.ended_at - timedelta(microseconds=1)) <= last:
            return True
        self._loading.problem(row, "to", "outside_posting", row.ended_at, last)
        return False


def _officer_ids(loading: Loading) -> dict[str, int]:
    return {each.code: each.id for each in loading.session.scalars(select(Officer))}


def _find_officer(
    loading: Loading, row: Row, code: str, officers: dict[str, int]
) -> int | None:
    if code not in officers and not _mentioned(loading, OfficerRow, code):
        loading.problem(row, "officer_code", "unknown_officer", code)
    return officers.get(code)


def _mentioned(loading: Loading, row: type[Row], code: str) -> bool:
    return code in loading.register.mentioned.get(file_of(row), ())


def _has_faulty_lines(loading: Loading, row: type[Row]) -> bool:
    problems = (*loading.problems, *loading.register.problems)
    return any(problem.file == file_of(row) for problem in problems)
