"""Who issues a dossier, from where, and who signs it, as Decree 30/2020/NĐ-CP lays a report out.

What nobody knows here stands as dots, to be written in before printing.
"""

from dataclasses import dataclass
from datetime import date
from html import unescape

from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount
from reports.scopes import Scope, UnitFacts, unit_facts
from reports.terms import Words

DOTS = "………"
KINDS = ("Thành phố ", "Tỉnh ", "Quận ", "Huyện ", "Phường ", "Xã ", "Thị trấn ")


@dataclass(frozen=True)
class Letterhead:
    """The lines above and below; `above` is the authority over the body, `sign` its short name."""

    above: str
    body: str
    sign: str
    place: str
    year: int
    behalf: str
    post: str


def letterhead(
    session: Session,
    account: CurrentAccount,
    scope: Scope,
    unit: UnitFacts | None,
    *,
    today: date,
    words: Words,
) -> Letterhead:
    """Of the ward's people's committee for its head, else of the delegation."""
    way = _way_up(session, scope, unit, today)
    if account.role == "head" and unit is not None:
        body = words.gettext("People's Committee of %(unit)s", unit=_lower(unit.name))
        post, sign = words.gettext("Chairperson"), "UBND"
        place = unit.name
    else:
        body, post, sign = account.name, words.gettext("Head of the delegation"), "ĐGS"
        place = way[-1].name if way else ""
    over = way[1].name if account.role == "head" and len(way) > 1 else ""
    return Letterhead(
        above=over.upper() or DOTS,
        body=_capitals(body),
        sign=sign,
        place=_bare(place) or DOTS,
        year=today.year,
        behalf=_capitals(words.gettext("On behalf of %(body)s", body=body)),
        post=_capitals(post),
    )


def _way_up(
    session: Session, scope: Scope, unit: UnitFacts | None, today: date
) -> list[UnitFacts]:
    """The unit (or one of those granted) and what stood above it on the day, by name only."""
    members = [unit] if unit else scope.members()
    way = members[:1]
    while way and way[-1].parent_id is not None and len(way) < 6:
        above = unit_facts(session, [way[-1].parent_id], day=today)
        way += above.values()
    return way


def _bare(name: str) -> str:
    """A place without what kind of place it is."""
    kind = next((kind for kind in KINDS if name.startswith(kind)), "")
    return name.removeprefix(kind)


def _capitals(text: str) -> str:
    """Capital letters, which an apostrophe in markup (&#39;) is not to become part of."""
    return unescape(str(text)).upper()


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
