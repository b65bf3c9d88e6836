"""The page of seats: what staff said on the tablets of who sits at which counter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.filters import ReportFilter
from reports.pages.frame import Foot, Periods, foot_of, periods_of
from reports.pages.parts import Card, ChartCard, Row, Table
from reports.scopes import UnitFacts
from reports.seat_queries import SeatSaid, seats_said
from reports.terms import Words, period_name


@dataclass(frozen=True)
class SeatsPage:
    """Everything the template shows."""

    unit: UnitFacts
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    listing: Table
    foot: Foot


def seats_page(
    session: Session, *, unit: UnitFacts, view: ReportFilter, words: Words
) -> SeatsPage:
    """The changes of a unit in the period."""
    said = seats_said(session, unit.id, view.period)
    return SeatsPage(
        unit=unit,
        view=view,
        periods=periods_of(view, words),
        sentences=[_how_many(said, view, words)],
        cards=[],
        charts=[],
        listing=_listing(said, words),
        foot=foot_of(session, [unit.id], view),
    )


def _how_many(said: Sequence[SeatSaid], view: ReportFilter, words: Words) -> str:
    if not said:
        return words.gettext(
            "Nothing was changed on a tablet in this period: everybody sat where the register says."
        )
    return words.ngettext(
        "In %(period)s, %(number)s change of seats was made on a tablet.",
        "In %(period)s, %(number)s changes of seats were made on tablets.",
        len(said),
        period=period_name(view.period, words),
        number=words.strong(words.number(len(said))),
    )


def _listing(said: Sequence[SeatSaid], words: Words) -> Table:
    heads = [
        words.gettext("From"),
        words.gettext("Counter"),
        words.gettext("Officer"),
        words.gettext("Said on"),
        words.gettext("Remark"),
    ]
    rows = [
        Row(
            [
                words.moment(each.at),
                each.counter or "–",
                _officer(each, words),
                each.tablet,
                _remark(each, words),
            ]
        )
        for each in said
    ]
    title = words.gettext("Changes of seats")
    return Table(title, heads, rows, numbers=len(heads), stacks=True)


def _officer(each: SeatSaid, words: Words) -> str:
    if each.officer:
        return each.officer
    return "–" if each.refusal else words.gettext("nobody")


def _remark(each: SeatSaid, words: Words) -> str:
    if each.refusal:
        why = {
            "officer_not_posted": words.gettext(
                "the officer was not posted to the unit that day, or is not known"
            ),
            "counter_not_here": words.gettext(
                "the counter does not belong to that tablet, or is not known"
            ),
        }[each.refusal]
        return words.gettext("Not accepted: %(why)s", why=why)
    received = words.moment(each.arrived_at)
    if each.doubtful:
        return words.gettext(
            "The clock of the tablet was in doubt; received %(moment)s", moment=received
        )
    if each.late:
        return words.gettext(
            "Made without a network, received %(moment)s", moment=received
        )
    return ""
