"""The commands ``flask kiosk …``: thin calls into the domain, one module each.

Views and commands alone ask the clock and commit. Commands speak plain English; names of units
and people stay as the register has them.
"""

from flask import Flask

from kiosk.cli.group import kiosk


def register_commands(app: Flask) -> None:
    """Give the application ``flask kiosk`` and what stands below it."""
    app.cli.add_command(kiosk)
