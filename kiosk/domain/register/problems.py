"""What is wrong with a register, each problem with its place and the stable name of its fault."""

from dataclasses import dataclass

from kiosk.domain.errors import DomainError


@dataclass(frozen=True)
class Problem:
    """One fault; ``line`` is None for a whole file, ``column`` for a whole line.

    ``value`` is what stood there, ``about`` what the fault speaks of: the words that would have
    been right, the number of another line, a limit.
    """

    file: str
    line: int | None
    column: str | None
    fault: str
    value: str = ""
    about: str = ""


class RegisterRefused(DomainError):
    """The register has problems, so nothing of it was loaded; ``problems`` are all of them."""

    kind = "register_refused"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = sorted(
            set(problems), key=lambda p: (p.file, p.line or 0, p.column or "", p.fault)
        )
