"""The commands ``flask kiosk …``: thin calls into the domain, one module each.

Views and commands alone ask the clock and commit. Commands speak plain English; names of units
and people stay as the register has them.
"""

from click import Command
from flask import Flask

from kiosk.cli.account import account
from kiosk.cli.backup import backup
from kiosk.cli.balance import balance
from kiosk.cli.demo import demo
from kiosk.cli.group import kiosk
from kiosk.cli.init import init
from kiosk.cli.load import load
from kiosk.cli.quarantine import quarantine
from kiosk.cli.release import release
from kiosk.cli.restore import restore
from kiosk.cli.tablet import tablet

COMMANDS: tuple[Command, ...] = (init, load, demo, release, balance, backup, restore)
GROUPS: tuple[Command, ...] = (account, tablet, quarantine)


def register_commands(app: Flask) -> None:
    """Give the application ``flask kiosk`` and what stands below it."""
    for command in COMMANDS + GROUPS:
        kiosk.add_command(command)
    app.cli.add_command(kiosk)
