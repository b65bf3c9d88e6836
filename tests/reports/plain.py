"""`reports.terms.Words` without a request: plain text in English or Vietnamese, for pure tests."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal

from kiosk.domain.calendar import HANOI
from tests.tools.translate import load


class PlainWords:
    """One language; what is set off stands between asterisks."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sentences = catalogue(language)

    def gettext(self, message: str, **values: object) -> str:
        return self.sentences.gettext(message) % values

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        return self.sentences.ngettext(one, many, num) % values

    def percent(self, share: float, decimals: int = 0) -> str:
        sign = " %" if self.language == "vi" else "%"
        return self.number(share * 100, decimals) + sign

    def number(self, value: float, decimals: int = 0) -> str:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, pattern, locale=self.language)

    def day(self, day: date) -> str:
        return format_date(day, "dd/MM/y", locale=self.language)

    def moment(self, at: datetime) -> str:
        local = at.astimezone(HANOI)
        return f"{local:%H:%M} {self.day(local.date())}"

    def pattern(self, day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=self.language)

    def listing(self, names: Iterable[str]) -> str:
        return format_list(list(names), locale=self.language)

    def strong(self, text: str) -> str:
        return f"*{text}*"


@cache
def catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, load(language, "reports"))
    compiled.seek(0)
    return GNUTranslations(compiled)


ENGLISH, VIETNAMESE = PlainWords("en"), PlainWords("vi")
