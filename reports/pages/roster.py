"""The list of a unit's officers: figures where there are any, and why where there are none."""

from reports.links import officer_link
from reports.pages.frame import nothing
from reports.pages.parts import Row, Table, courtesy_titles, share_cell
from reports.pages.people import Person
from reports.pages.unit_reading import UnitReading
from reports.statistics import Verdict
from reports.tallies import Tally
from reports.terms import Words, courtesy_name, nothing_yet


def roster(found: UnitReading, words: Words) -> Table:
    """Everybody posted in the period, by given name; then what has no officer, then all."""
    titles = courtesy_titles(words)
    heads = [
        words.gettext("Officer"),
        words.gettext("Title"),
        words.gettext("Ratings"),
        *titles.values(),
        words.gettext("Satisfied"),
        words.gettext("Against the other officers"),
    ]
    rows = [_officer(person, found, words) for person in found.people]
    if found.unassigned.n:
        name = words.gettext("Several officers, or not sure who")
        rows.append(Row([name, "", *_figures(found.unassigned, words), ""]))
    if found.tally.n:
        rows.append(
            Row(
                [words.gettext("Together"), "", *_figures(found.tally, words), ""],
                total=True,
            )
        )
    return Table(words.gettext("Officers"), heads, rows, numbers=2, words=1)


def _officer(person: Person, found: UnitReading, words: Words) -> Row:
    posting = person.posting
    href = officer_link(posting.officer_id, posting.unit_id, found.view)
    head = [posting.name, posting.title]
    if person.tally.n:
        standing = _standing(person, words)
        return Row([*head, *_figures(person.tally, words), standing], href=href)
    released = found.released.get((posting.unit_id, posting.officer_id), ())
    why = nothing_yet(
        nothing(found.view, found.foot.k, released), found.view.period, words
    )
    return Row(head, href=href, note=why)


def _figures(tally: Tally, words: Words) -> list[str]:
    courtesies = [share_cell(each.share, words) for each in tally.courtesies.values()]
    return [
        words.number(tally.n),
        *courtesies,
        share_cell(tally.satisfaction.share, words),
    ]


def _standing(person: Person, words: Words) -> str:
    verdicts = {each.verdict for each in person.standing.values()}
    if verdicts == {Verdict.TOO_FEW}:
        return words.gettext("too few to compare")
    said = []
    for verdict in (Verdict.LOWER, Verdict.HIGHER):
        keys = [key for key, each in person.standing.items() if each.verdict is verdict]
        if keys:
            names = words.listing([courtesy_name(key, words) for key in keys])
            said.append(_clear(verdict, names, words))
    return "; ".join(said) or words.gettext("no clear difference")


def _clear(verdict: Verdict, names: str, words: Words) -> str:
    if verdict is Verdict.LOWER:
        return words.gettext("clearly lower in %(courtesies)s", courtesies=names)
    return words.gettext("clearly higher in %(courtesies)s", courtesies=names)
