"""The sentences of remarks: how many, and which reasons were tapped most; counts, no comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.periods import Period
from reports.terms import Words, period_name


@dataclass(frozen=True)
class RemarkSummary:
    """All that the sentences of a page of remarks may say.

    `good` and `bad` are how often each reason was tapped, by its words; `remarks` are those with a
    reason, `comments` those shown (None on pages without any).
    """

    period: Period
    remarks: int
    good: Mapping[str, int]
    bad: Mapping[str, int]
    comments: int | None
    k: int
    final: bool


def remark_sentences(found: RemarkSummary, words: Words) -> list[str]:
    """How many remarks, the reasons tapped most on either side, how many comments."""
    name = period_name(found.period, words)
    if not found.remarks and not found.comments:
        return [_nothing(found, name, words)]
    said = []
    if found.remarks:
        said.append(
            words.ngettext(
                "In %(period)s, %(number)s remark with a reason was published.",
                "In %(period)s, %(number)s remarks with reasons were published.",
                found.remarks,
                period=name,
                number=words.strong(words.number(found.remarks)),
            )
        )
        said += _most(found, words)
    else:
        said.append(
            words.gettext("No reasons were published for %(period)s.", period=name)
        )
    if found.comments is None:
        return said
    return [*said, _comments(found.comments, words)]


def most_tapped(counts: Mapping[str, int]) -> tuple[Sequence[str], int]:
    """The reasons tapped most, and how often; none where nothing was tapped."""
    most = max(counts.values(), default=0)
    return [name for name, count in counts.items() if count == most and most], most


def _most(found: RemarkSummary, words: Words) -> list[str]:
    said = []
    good, often = most_tapped(found.good)
    if good:
        said.append(
            words.gettext(
                "What was praised most: %(reasons)s (%(number)s).",
                reasons=words.listing(map(words.strong, good)),
                number=words.number(often),
            )
        )
    bad, often = most_tapped(found.bad)
    if bad:
        said.append(
            words.gettext(
                "What was criticised most: %(reasons)s (%(number)s).",
                reasons=words.listing(map(words.strong, bad)),
                number=words.number(often),
            )
        )
    else:
        said.append(words.gettext("Nothing was criticised."))
    return said


def _comments(count: int, words: Words) -> str:
    if not count:
        return words.gettext("No comments were published.")
    return words.ngettext(
        "%(number)s comment can be read below.",
        "%(number)s comments can be read below.",
        count,
        number=words.strong(words.number(count)),
    )


def _nothing(found: RemarkSummary, name: str, words: Words) -> str:
    if found.final:
        return words.gettext(
            "Nothing was published for %(period)s: there were never %(k)s remarks together.",
            period=name,
            k=found.k,
        )
    if found.comments is None:
        return words.gettext(
            "No reasons of %(period)s have been published yet: %(k)s citizens must have given"
            " some.",
            period=name,
            k=found.k,
        )
    return words.gettext(
        "No remarks of %(period)s have been published yet. Reasons appear once %(k)s citizens gave"
        " some about one officer, comments once %(k)s wrote about at least two officers.",
        period=name,
        k=found.k,
    )
