"""The group ``flask kiosk``: it turns every expected refusal into one message and exit code 2."""

from typing import Any, ClassVar

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError
from werkzeug.utils import import_string

from kiosk.cli.wording import sentence
from kiosk.domain.errors import DomainError

# Each is a module of this package, and the command in it that has the module's name.
COMMANDS = (
    "account",
    "backup",
    "balance",
    "demo",
    "init",
    "load",
    "quarantine",
    "release",
    "restore",
    "tablet",
)


class Refusal(click.ClickException):
    """Something expected that cannot be: a sentence, no traceback."""

    exit_code: ClassVar[int] = 2


class KioskGroup(AppGroup):
    """A group whose commands may raise DomainErrors.

    They are imported when first asked for: a web worker, which has no use for them, stays small.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_string(f"kiosk.cli.{cmd_name}:{cmd_name}")
        return command

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
