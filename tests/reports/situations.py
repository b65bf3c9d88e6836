"""Forty and more situations that the sentences must fit, given by their counts alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from reports.comparison import Contrast
from reports.comparison_words import ComparisonSummary, comparison_sentences
from reports.findings import (
    Above,
    Measure,
    Nothing,
    OfficerSummary,
    Outside,
    OverviewSummary,
    Signals,
    UnitSummary,
    together,
)
from reports.periods import Period
from reports.statistics import Comparison, Share, Verdict, compare, share
from reports.terms import Words
from reports.wording import officer_sentences, overview_sentences, unit_sentences

Counts = tuple[int, int]
Sides = tuple[str | Period, str | Period, str | Period]
Speak = Callable[[Words], list[str]]

JUNE = Period.parse("2026-06")
WEEK = Period.parse("2026-W24")
COURTESIES = ("greeted", "asked", "thanked")
DUNG = "Phạm Văn Dũng"
HANH = "Nguyễn Thị Minh Hạnh"
BUSY, EQUAL = (560, 612), ((560, 612),) * 3


def situations() -> Iterator[tuple[str, Speak]]:
    """A name and the sentences in a language, for each."""
    yield from _units()
    yield from _scopes()
    yield from _officers()
    yield from _comparisons()


def _units() -> Iterator[tuple[str, Speak]]:
    empty = Nothing(5, date(2026, 6, 25), final=False)
    for name, nothing in {
        "nothing yet, expected": empty,
        "nothing yet, no day known": replace(empty, expected=None),
        "nothing, and final": replace(empty, expected=None, final=True),
    }.items():
        yield _said(f"ward: {name}", ward(BUSY, BUSY, nothing=nothing))
    for name, now, before in (
        ("a clear rise", (560, 612), (500, 600)),
        ("a clear fall", (440, 600), (500, 600)),
        ("a rise that chance explains", (505, 600), (500, 600)),
        ("a fall that chance explains", (495, 600), (500, 600)),
        ("the same share", (500, 600), (500, 600)),
        ("a large rise of few", (19, 20), (15, 20)),
        ("a small rise of very many", (9_300, 10_000), (9_000, 10_000)),
        ("all, after all", (40, 40), (40, 40)),
        ("none, after all", (0, 40), (40, 40)),
        ("none at all", (0, 30), (0, 30)),
        ("nothing before", (500, 600), None),
        ("too few before", (500, 600), (8, 9)),
        ("too few now", None, (500, 600)),
    ):
        yield _said(f"ward: {name}", ward(now, before))
    plain = ward(BUSY, BUSY)
    yield _said("ward: one rating", replace(ward(None, None), ratings=1))
    yield _said("ward: a week", replace(plain, period=WEEK))
    yield _said("ward: a year", replace(plain, period=Period.parse("2026")))
    for name, level in {
        "above the level of the unit above": (400, 600),
        "below the level of the unit above": (590, 600),
        "at the level of the unit above": (550, 600),
        "a unit above that cannot be compared": (8, 9),
    }.items():
        yield _said(f"ward: {name}", replace(plain, above=_above(BUSY, level)))
    for name, courtesies in {
        "a clear weak point": ((560, 612), (440, 612), (560, 612)),
        "a weak point that chance explains": ((560, 612), (552, 612), (560, 612)),
        "two weak points": ((440, 612), (445, 612), (560, 612)),
        "a courtesy that nobody answered": ((560, 612), None, (560, 612)),
    }.items():
        yield _said(
            f"ward: {name}", replace(plain, courtesies=_by_courtesy(courtesies))
        )
    yield from _staff(plain)
    yield from _weeks(plain)


def _staff(plain: UnitSummary) -> Iterator[tuple[str, Speak]]:
    low = Outside(DUNG, "asked", Verdict.LOWER)
    high = [Outside(HANH, key, Verdict.HIGHER) for key in ("greeted", "thanked")]
    yield _said("ward: one officer", replace(plain, officers_compared=1))
    yield _said("ward: one officer below", replace(plain, outside=(low,)))
    yield _said("ward: one above in two", replace(plain, outside=tuple(high)))
    yield _said("ward: one above, one below", replace(plain, outside=(low, *high)))


def _weeks(plain: UnitSummary) -> Iterator[tuple[str, Speak]]:
    later = Period.holding(WEEK.kind, WEEK.first + timedelta(days=7))
    above, below = (WEEK, Verdict.HIGHER), (later, Verdict.LOWER)
    for name, signals in {
        "quiet weeks": Signals(stable=True),
        "one week below": Signals(outside=(below,)),
        "a week above and one below": Signals(outside=(above, below)),
        "nine weeks on one side": Signals(runs=((9, Verdict.HIGHER),)),
        "a run and a week": Signals(outside=(below,), runs=((8, Verdict.LOWER),)),
    }.items():
        yield _said(f"ward: {name}", replace(plain, signals=signals))


def _scopes() -> Iterator[tuple[str, Speak]]:
    plain = OverviewSummary(
        period=Period.parse("2026-Q2"),
        ratings=15_000,
        all_three=_measure((12_150, 15_000), (12_050, 15_000)),
        higher=(),
        lower=(),
        unclear=14,
        too_few=0,
        nothing=None,
    )
    yield _said("scope: equal units", plain)
    yield _said("scope: one unit alone", replace(plain, unclear=1))
    for name, higher, lower, unclear in (
        ("one above", ("Kim Mã",), (), 13),
        ("two below", (), ("Phúc Xá", "Cống Vị"), 12),
        ("one above, three below", ("Kim Mã",), ("Phúc Xá", "Cống Vị", "Giảng Võ"), 10),
        ("all but one apart", ("Kim Mã",), ("Phúc Xá",), 1),
    ):
        parts = replace(plain, higher=higher, lower=lower, unclear=unclear)
        yield _said(f"scope: {name}", parts)
    fallen = _measure((11_000, 15_000), (12_050, 15_000))
    yield _said("scope: a clear fall", replace(plain, all_three=fallen))


def _officers() -> Iterator[tuple[str, Speak]]:
    weak = ((130, 141), (95, 141), (128, 141))
    even = ((130, 141),) * 3
    for name, own, others, before in (
        ("as the others, as before", even, ((900, 980),) * 3, even),
        ("weak in asking", weak, ((900, 980),) * 3, weak),
        ("above in one", even, ((900, 980), (600, 980), (900, 980)), even),
        ("above and below", weak, ((600, 980), (900, 980), (900, 980)), weak),
        ("risen in one", even, ((900, 980),) * 3, weak),
        ("fallen in one", weak, ((900, 980),) * 3, even),
        ("no others", even, (None,) * 3, even),
        ("new", even, ((900, 980),) * 3, (None,) * 3),
        ("few ratings", ((6, 7),) * 3, ((900, 980),) * 3, ((5, 6),) * 3),
    ):
        yield _said(f"officer: {name}", _officer(own, others, before))


def _comparisons() -> Iterator[tuple[str, Speak]]:
    units: Sides = ("Kim Mã", "Phúc Xá", JUNE)
    months: Sides = (JUNE, JUNE.before, "Kim Mã")
    even = ((540, 600),) * 5
    high, low = (590, 600), (450, 600)
    for name, sides, ours, theirs in (
        ("equal units", units, even, even),
        ("the main figure higher", units, (high, *even[1:]), even),
        ("the main figure lower", units, (low, *even[1:]), even),
        ("a courtesy risen", months, (*even[:2], high, *even[3:]), even),
        ("higher and lower", units, (high, high, low, *even[3:]), even),
        ("too few for all three", units, (None, *even[1:]), even),
        ("too few of anything", units, ((8, 9),) * 5, even),
    ):
        contrasts = _contrasts(ours, theirs)
        yield _said(f"comparison: {name}", ComparisonSummary(*sides, contrasts))
    empty = Nothing(5, date(2026, 6, 25), final=False)
    final = replace(empty, final=True), JUNE.before
    for name, found in {
        "nothing of one unit": ComparisonSummary(*units, (), (None, (empty, JUNE))),
        "nothing of the earlier month": ComparisonSummary(*months, (), (None, final)),
    }.items():
        yield _said(f"comparison: {name}", found)


def _contrasts(
    ours: Sequence[Counts | None], theirs: Sequence[Counts | None]
) -> list[Contrast]:
    keys = ("all_three", *COURTESIES, "satisfied")
    pairs = {
        key: (_share(one), _share(two))
        for key, one, two in zip(keys, ours, theirs, strict=True)
    }
    main = {key: pairs.pop(key) for key in keys[:1]}
    return [
        Contrast(key, *(main | pairs)[key], each, 0.95)
        for key, each in {**together(main), **together(pairs)}.items()
    ]


def _said(
    name: str,
    found: UnitSummary | OverviewSummary | OfficerSummary | ComparisonSummary,
) -> tuple[str, Speak]:
    def speak(words: Words) -> list[str]:
        if isinstance(found, UnitSummary):
            return unit_sentences(found, words)
        if isinstance(found, ComparisonSummary):
            return comparison_sentences(found, words)
        if isinstance(found, OverviewSummary):
            return overview_sentences(found, words)
        return officer_sentences(found, words)

    return name, speak


def ward(
    now: Counts | None, before: Counts | None, nothing: Nothing | None = None
) -> UnitSummary:
    """A ward in June with these all-three counts, then and in May, and nothing else to tell."""
    return UnitSummary(
        period=JUNE,
        ratings=now[1] if now else 12,
        all_three=_measure(now, before),
        above=None,
        courtesies=_by_courtesy(EQUAL),
        signals=Signals(),
        officers_compared=4,
        outside=(),
        nothing=nothing,
    )


def _officer(
    own: Sequence[Counts],
    others: Sequence[Counts | None],
    before: Sequence[Counts | None],
) -> OfficerSummary:
    return OfficerSummary(
        period=JUNE,
        officer=DUNG,
        ratings=own[0][1],
        courtesies=_by_courtesy(own),
        others=_compared(own, others),
        changes=_compared(own, before),
        nothing=None,
    )


def _compared(
    own: Sequence[Counts | None], rest: Sequence[Counts | None]
) -> dict[str, Comparison]:
    first, second = _by_courtesy(own), _by_courtesy(rest)
    return together({key: (first[key], second[key]) for key in COURTESIES})


def _by_courtesy(counts: Sequence[Counts | None]) -> dict[str, Share | None]:
    return dict(zip(COURTESIES, map(_share, counts), strict=True))


def _measure(now: Counts | None, before: Counts | None) -> Measure:
    return Measure(_share(now), _share(before))


def _above(own: Counts, level: Counts) -> Above:
    common = _share(level)
    assert common is not None
    return Above("Quận Ba Đình", common, compare(_share(own), common).verdict)


def _share(counts: Counts | None) -> Share | None:
    return None if counts is None else share(*counts)
