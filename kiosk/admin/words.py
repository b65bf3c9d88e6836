"""What the console says of a clock that is wrong, and of why something is kept apart."""

from collections.abc import Callable

from flask_babel import ngettext

from kiosk.web.words import _l

MINUTE = 60_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE
YEAR = 365.25 * DAY
Count = Callable[[int], str]

REASONS = {
    "officer_not_posted": _l("the officer is not registered in the unit"),
    "unit_not_enrolled": _l("the tablet never belonged to the unit named"),
    "unknown_questionnaire": _l("questions that this version does not know"),
    "conflict": _l("sent twice with different content; the first was taken"),
    "no_answer": _l("no answer in it"),
    "comment_too_long": _l("the comment is too long"),
    "comment_has_nul": _l("a character in the comment that cannot be kept"),
    "unreadable": _l("cannot be read at all"),
    "seal_key_missing": _l("sealed with a key that is not in the server's ring"),
    "unsealable": _l("sealed in a way that does not open"),
}
OTHERWISE = _l("not in the form that this version understands")


def reason(word: str) -> str:
    """Why an item was kept apart, in words."""
    return REASONS.get(word, OTHERWISE)


def off_by(skew: int) -> str:
    """By how much a clock is wrong (ms, tablet minus ours), in the largest unit that says it."""
    size, ahead, behind = next(
        s for s in _SCALES if abs(skew) >= 2 * s[0] or s is _LEAST
    )
    count = round(abs(skew) / size)
    return ahead(count) if skew > 0 else behind(count)


_LEAST: tuple[float, Count, Count] = (
    MINUTE,
    lambda n: ngettext("%(num)s minute ahead", "%(num)s minutes ahead", n),
    lambda n: ngettext("%(num)s minute behind", "%(num)s minutes behind", n),
)
_SCALES: tuple[tuple[float, Count, Count], ...] = (
    (
        YEAR,
        lambda n: ngettext("%(num)s year ahead", "%(num)s years ahead", n),
        lambda n: ngettext("%(num)s year behind", "%(num)s years behind", n),
    ),
    (
        DAY,
        lambda n: ngettext("%(num)s day ahead", "%(num)s days ahead", n),
        lambda n: ngettext("%(num)s day behind", "%(num)s days behind", n),
    ),
    (
        HOUR,
        lambda n: ngettext("%(num)s hour ahead", "%(num)s hours ahead", n),
        lambda n: ngettext("%(num)s hour behind", "%(num)s hours behind", n),
    ),
    _LEAST,
)
