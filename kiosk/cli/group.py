"""The group ``flask kiosk``: it turns every expected refusal into one message and exit code 2."""

from typing import Any, ClassVar

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from kiosk.cli.wording import sentence
from kiosk.domain.errors import DomainError


class Refusal(click.ClickException):
    """Something expected that cannot be: a sentence, no traceback."""

    exit_code: ClassVar[int] = 2


class KioskGroup(AppGroup):
    """A group whose commands may raise DomainErrors."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as refusal:
            raise Refusal(sentence(refusal)) from None
        except OperationalError as problem:
            raise Refusal(f"The database cannot be used: {problem.orig}") from None


@click.group(cls=KioskGroup)
def kiosk() -> None:
    """Set up and run the feedback kiosk.

    Begin with `init` for a real office, or look around with `demo`.
    """
