"""Who sits at which counter on a day: the register's seats, the one move, leave and stand-ins."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from kiosk.demo import cast
from kiosk.demo.plan import Plan


@dataclass(frozen=True)
class Place:
    """An officer at a counter of a ward; ``visits`` is how many citizens rate him on a day."""

    officer: str
    ward: str
    counter: str
    visits: float


@dataclass(frozen=True)
class Roster:
    """The places of the register, before anybody moves or is away."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, plan: Plan, seats: list[tuple[str, str, str]]) -> "Roster":
        """From seats (officer, ward, counter): a ward's visits are shared out by load."""
        load = {officer: cast.character(plan, officer).load for officer, _, _ in seats}
        whole: defaultdict[str, float] = defaultdict(float)
        for officer, ward, _ in seats:
            whole[ward] += load[officer]
        return cls(
            tuple(
                Place(
                    officer=officer,
                    ward=ward,
                    counter=counter,
                    visits=cast.visits_a_day(ward) * load[officer] / whole[ward],
                )
                for officer, ward, counter in seats
            )
        )

    def on(self, plan: Plan, day: date) -> list[Place]:
        """Who sits where on that day."""
        places = [_moved(place, plan, day) for place in self.places]
        away = {p.officer for p in places if cast.is_away(plan, p.officer, day)}
        present = [place for place in places if place.officer not in away]
        seated = list(present)
        for place in places:
            if place.officer in away:
                stand_in = _stand_in(place, present, plan, day)
                seated += [replace(place, officer=stand_in)] if stand_in else []
        return seated


def _moved(place: Place, plan: Plan, day: date) -> Place:
    if place.officer != cast.MOVER or day < plan.day_at(cast.MOVES_AT):
        return place
    ward, counter, _ = cast.MOVES_TO
    return replace(place, ward=ward, counter=counter)


def _stand_in(place: Place, present: list[Place], plan: Plan, day: date) -> str | None:
    """Nobody where a colleague sits at the counter anyway, else one of the ward's others.

    For a day the next best takes over; for a long leave it is the same one all the time.
    """
    at_counter = any(
        (o.ward, o.counter) == (place.ward, place.counter) for o in present
    )
    needed = place.officer == cast.PATIENT or not at_counter
    if place.officer == cast.SELDOM_SEEN or not needed:
        return None
    colleagues = sorted(
        other.officer
        for other in present
        if other.ward == place.ward and other.officer != cast.SELDOM_SEEN
    )
    if not colleagues:
        return None
    occasion = "leave" if place.officer == cast.PATIENT else str(day)
    return cast.dice(plan, f"{place.officer} {occasion}").choice(colleagues)
