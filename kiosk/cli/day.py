"""Days as options of a command, written as in a register: 2026-03-02 or 02/03/2026."""

from datetime import date

import click

from kiosk.domain.register.cells import Unreadable, day


class Day(click.ParamType[date]):
    """An option that is a day."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return day(str(value))
        except Unreadable:
            self.fail("write a day like 2026-03-02 or 02/03/2026", param, ctx)


DAY = Day()
