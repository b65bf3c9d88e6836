"""The request's language for `terms`, `wording` and the pages: catalogues and CLDR formats.

What comes out is escaped markup: values are escaped when they are put into a sentence.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache

from babel.dates import format_date
from babel.lists import format_list
from flask_babel import get_domain
from markupsafe import Markup, escape

from kiosk.web import filters
from kiosk.web.language import language
from reports.cells import Kind, Told


class PageWords:
    """`reports.terms.Words` for the page being made."""

    def __init__(self) -> None:
        self._language = language()
        self._sentences = get_domain().get_translations()
        self._plain = _plain(self._language)

    def gettext(self, message: str, **values: object) -> str:
        """The sentence with its values, as markup."""
        if values:
            return escape(self._sentences.ugettext(message)) % values
        if message not in self._plain:
            self._plain[message] = escape(self._sentences.ugettext(message)) % {}
        return self._plain[message]

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """The sentence for that many, as markup."""
        return escape(self._sentences.ungettext(one, many, num)) % values

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share from 0 to 1, e.g. 84 % or 84,5 %."""
        return _percent(self._language, round(share, decimals + 2), decimals)

    def number(self, value: float, decimals: int = 0) -> str:
        """A figure, e.g. 1.830 or 0,4."""
        return _number(self._language, round(value, decimals), decimals)

    def day(self, day: date) -> str:
        """A day, e.g. 23/11/2026."""
        return filters.day(day)

    def moment(self, at: datetime) -> str:
        """An instant, e.g. 14:05 23/11/2026."""
        return filters.moment(at)

    def pattern(self, day: date, pattern: str) -> str:
        """A day after a pattern of CLDR."""
        return _pattern(self._language, day, pattern)

    def listing(self, names: Iterable[str]) -> str:
        """Several things, e.g. A, B và C."""
        given = tuple(names)
        return escape(format_list(["%s"] * len(given), locale=self._language)) % given

    def strong(self, text: str) -> str:
        """What the eye should find in a sentence."""
        return Markup("<strong>{}</strong>").format(text)


@cache
def _plain(in_language: str) -> dict[str, str]:
    """Sentences without values, as they were first asked for: some 70 a page."""
    return {}


# A page has hundreds of figures and dates, CLDR takes 60 µs for each, and nearly all come again.
# The language stands in the keys because the filters ask the request for it.
@lru_cache(maxsize=8192)
def _percent(in_language: str, share: float, decimals: int) -> Told:
    return Told(filters.percent(share, decimals), Kind.PERCENT, [share], decimals)


@lru_cache(maxsize=8192)
def _number(in_language: str, value: float, decimals: int) -> Told:
    return Told(filters.number(value, decimals), Kind.NUMBER, [value], decimals)


@lru_cache(maxsize=8192)
def _pattern(in_language: str, day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=in_language)
