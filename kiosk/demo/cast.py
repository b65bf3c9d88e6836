"""Who is who in the demonstration: how busy and how courteous the wards and officers are.

All figures are invented. Officers are drawn from the seed; the few told here have a story.
Courtesy is a shift on the log-odds scale, 0 for the usual officer.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from kiosk.demo.plan import Plan

RATINGS_A_DAY = 340.0
# Ratings a quarter, as in the drawing of the overview, and the ward's manner.
WARDS = {
    "00001": (610, -0.6),  # Phúc Xá: clearly below the others
    "00004": (1830, 0.1),
    "00006": (940, 0.0),
    "00007": (720, -0.1),
    "00008": (1510, 0.1),
    "00010": (380, 0.1),
    "00013": (1290, 0.0),
    "00016": (1620, 0.05),
    "00019": (1100, -0.1),
    "00022": (860, -0.1),
    "00025": (1400, -0.75),  # Ngọc Khánh: trains its officers, and improves
    "00028": (2050, 0.5),  # Kim Mã: clearly above the others
    "00031": (1750, 0.05),
    "00034": (990, -0.05),
}
IMPROVING_WARD = "00025"
IMPROVEMENT = 1.25
IMPROVES_FROM, IMPROVES_TO = 0.35, 0.7
WEAK_IN_ASKING = "CB-010"  # Trúc Bạch
BUSIEST = "CB-055"  # Kim Mã
SELDOM_SEEN = "CB-027"  # Nguyễn Trung Trực: four ratings, too few ever to be published
SELDOM_DAYS = (4, 39, 79, 129)
MOVER = "CB-032"  # from Quán Thánh
MOVES_TO = ("00004", "4", "Công chức Tư pháp – Hộ tịch")  # to a counter of Trúc Bạch
MOVES_AT = 0.55
PATIENT = "CB-068"  # Thành Công: on sick leave
LEAVE_FROM, LEAVE_TO = 0.4, 0.6
QUIET_TABLET = ("00001", "Máy ở quầy số 2")  # put aside for hours on many days
PUT_AWAY = ("00022", "Máy ở quầy số 1")  # Đội Cấn: in a drawer for two weeks
PUT_AWAY_FROM, PUT_AWAY_DAYS = 0.85, 14
AWAY_A_DAY = 0.015
# What of an officer is told and not drawn.
TOLD: dict[str, dict[str, float]] = {
    WEAK_IN_ASKING: {"load": 1.0, "greets": 0.2, "asks": -1.6, "thanks": 0.0},
    BUSIEST: {"load": 3.0},
    MOVER: {"load": 1.0},
    PATIENT: {"load": 1.2},
    SELDOM_SEEN: {"load": 0.0},
}


@dataclass(frozen=True)
class Character:
    """An officer as citizens meet him: his share of the ward's visits, and his manners."""

    load: float
    greets: float
    asks: float
    thanks: float
    pleases: float


@cache
def character(plan: Plan, code: str) -> Character:
    """The officer with this code, the same at every call with the same seed."""
    throw = dice(plan, code)
    general = throw.gauss(0, 0.2)
    drawn = Character(
        load=throw.lognormvariate(0, 0.45),
        greets=general + throw.gauss(0, 0.25),
        asks=general + throw.gauss(0, 0.25),
        thanks=general + throw.gauss(0, 0.25),
        pleases=0.5 * general + throw.gauss(0, 0.2),
    )
    return replace(drawn, **TOLD.get(code, {}))


def manner_of(plan: Plan, ward: str, day: date) -> float:
    """The shift of a ward's officers on that day."""
    manner = WARDS[ward][1]
    if ward != IMPROVING_WARD:
        return manner
    begins, ends = plan.day_at(IMPROVES_FROM), plan.day_at(IMPROVES_TO)
    share = (day - begins).days / max(1, (ends - begins).days)
    return manner + IMPROVEMENT * min(1.0, max(0.0, share))


def visits_a_day(ward: str) -> float:
    """How many citizens rate in a ward on a usual day."""
    total = sum(quarter for quarter, _ in WARDS.values())
    return RATINGS_A_DAY * WARDS[ward][0] / total


def is_away(plan: Plan, code: str, day: date) -> bool:
    """Whether the officer is on leave, or away for this one day."""
    if code == PATIENT and plan.day_at(LEAVE_FROM) <= day < plan.day_at(LEAVE_TO):
        return True
    return dice(plan, f"{code} {day}").random() < AWAY_A_DAY


def dice(plan: Plan, what: str) -> Random:
    """Chance that falls the same way for the same plan and the same occasion."""
    return Random(f"{plan.seed} {what}")
