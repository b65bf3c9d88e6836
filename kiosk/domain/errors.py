"""Expected refusals, named for the fact; they carry data, the web layer has the sentences."""

from datetime import datetime


class DomainError(Exception):
    """Something a person asked for cannot be; ``kind`` is its stable name."""

    kind = "refused"


class NotSetUp(DomainError):
    """There is no store yet: ``flask kiosk init`` has not been run."""

    kind = "not_set_up"


class NotFound(DomainError):
    """What was asked for does not exist, or not for this person."""

    kind = "not_found"


class NotAllowed(DomainError):
    """The account's grants do not cover this."""

    kind = "not_allowed"


class RoomKeyMissing(DomainError):
    """The key ring lacks the key that a row was sealed with."""

    kind = "room_key_missing"


class TooManyTries(DomainError):
    """Too many failures; ``until`` says when to try again."""

    kind = "too_many_tries"

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until
