"""What a citizen answered, as values and as the few bytes that are sealed."""

from dataclasses import dataclass
from typing import Literal

from kiosk.domain.questionnaire import REASONS

Courtesy = Literal["yes", "no", "unsure"]
_CODE: dict[str | None, int] = {None: 0, "yes": 1, "no": 2, "unsure": 3}
_COURTESY: tuple[Courtesy | None, ...] = (None, "yes", "no", "unsure")


@dataclass(frozen=True, slots=True)
class Rating:
    """The four answers; None where a citizen left before answering."""

    greeted: Courtesy | None
    asked: Courtesy | None
    thanked: Courtesy | None
    satisfaction: int | None

    @property
    def complete(self) -> bool:
        return None not in (self.greeted, self.asked, self.thanked, self.satisfaction)

    @property
    def all_three(self) -> Courtesy:
        """Any no → "no"; all yes → "yes"; else "unsure"; for a complete rating."""
        answers = (self.greeted, self.asked, self.thanked)
        if "no" in answers:
            return "no"
        return "yes" if answers == ("yes", "yes", "yes") else "unsure"

    def encode(self) -> bytes:
        """Four bytes: three courtesies (0 to 3) and the level (0 to 5)."""
        codes = (_CODE[self.greeted], _CODE[self.asked], _CODE[self.thanked])
        return bytes((*codes, self.satisfaction or 0))

    @classmethod
    def decode(cls, data: bytes) -> "Rating":
        """The inverse of ``encode``."""
        greeted, asked, thanked, level = data
        return cls(
            _COURTESY[greeted], _COURTESY[asked], _COURTESY[thanked], level or None
        )


def encode_reasons(reasons: frozenset[str]) -> bytes:
    """One byte, a bit for each of the eight reasons."""
    return bytes((sum(1 << REASONS.index(reason) for reason in reasons),))


def decode_reasons(data: bytes) -> frozenset[str]:
    """The inverse of ``encode_reasons``."""
    return frozenset(reason for bit, reason in enumerate(REASONS) if data[0] >> bit & 1)
