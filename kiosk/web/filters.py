"""Dates, instants and figures as people write them; each a template filter of the same name."""

from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask

from kiosk.domain.calendar import HANOI, local_day
from kiosk.web.language import language

DAY = {"vi": "dd/MM/y", "en": "d MMM y"}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def init_app(app: Flask) -> None:
    """Give the templates the filters."""
    for filter_ in (day, hour, moment, number, percent):
        app.add_template_filter(filter_)


def day(value: date | datetime) -> str:
    """23/11/2026 or 23 Nov 2026; an instant is dated at Asia/Ho_Chi_Minh."""
    plain = local_day(value) if isinstance(value, datetime) else value
    return format_date(plain, DAY[language()], locale=language())


def hour(value: datetime) -> str:
    """14:05, at Asia/Ho_Chi_Minh."""
    return format_time(value.astimezone(HANOI), "HH:mm", locale=language())


def moment(value: datetime) -> str:
    """14:05 23/11/2026, with a space that does not break."""
    return f"{hour(value)}{NO_BREAK_SPACE}{day(value)}"


def number(value: float, decimals: int = 0) -> str:
    """12.345,6 or 12,345.6."""
    return format_decimal(value, _pattern(decimals), locale=language())


def percent(share: float, decimals: int = 1) -> str:
    """A share from 0 to 1 as 84,5 % or 84.5%, always with its decimals."""
    sign = NO_BREAK_SPACE + "%" if language() == "vi" else "%"
    return number(share * 100, decimals) + sign


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
