"""Text that knows the figures it tells, so that a file holds numbers and dates where a page shows
words: rounded as they are shown, never more exact.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

Value = int | float | date


class Kind(StrEnum):
    """What the values of a text are."""

    NUMBER = "number"  # one figure
    PERCENT = "percent"  # one share, as a fraction
    INTERVAL = "interval"  # the two ends of an interval, as fractions
    SHARE = "share"  # a share and the two ends of its interval, as fractions
    DAYS = "days"  # the first and the last day
    PLACES = "places"  # the first and the last rank
    REACH = "reach"  # the two ends of an interval, as numbers
    SPREAD = "spread"  # a number and the two ends of its interval


class Told(str):
    """A text with the values it tells; `decimals` as shown (of fractions: as percentages)."""

    __slots__ = ("decimals", "kind", "values")

    kind: Kind
    values: tuple[Value, ...]
    decimals: int

    def __new__(
        cls, text: str, kind: Kind, values: Sequence[Value], decimals: int = 0
    ) -> "Told":
        """The values are rounded to what the text shows."""
        told = super().__new__(cls, text)
        fraction = kind in (Kind.PERCENT, Kind.INTERVAL, Kind.SHARE)
        places = decimals + 2 if fraction else decimals
        told.kind = kind
        told.values = tuple(_rounded(value, places) for value in values)
        told.decimals = decimals
        return told


def _rounded(value: Value, places: int) -> Value:
    if isinstance(value, date):
        return value
    return round(value, places) if places else round(value)
