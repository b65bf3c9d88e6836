"""The attacker: from figures over known sets of citizens to a figure over fewer than k of them.

Two exact methods. `by_subtraction` takes figures from each other as a person with a pencil would,
and again from what is left. `by_algebra` looks at every rational combination of all figures: a set
of citizens is isolated if some combination is zero outside of it and not inside.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

Members = frozenset[int]
Vector = list[Fraction]
MOST_LEFT = 4000  # sets known within one connected group, before he stops subtracting


def by_subtraction(figures: Iterable[Members], *, k: int) -> Members | None:
    """A set of under k citizens, found by subtracting smaller sets from larger ones, or None."""
    for group in connected(figures):
        known, fresh = set(group), set(group)
        while fresh and len(known) < MOST_LEFT:
            left = {rest for new in fresh for old in known for rest in _rest(new, old)}
            small = min(left, key=len, default=None)
            if small is not None and len(small) < k:
                return small
            fresh = left - known
            known |= fresh
    return None


def _rest(one: Members, other: Members) -> Iterator[Members]:
    if one < other:
        yield other - one
    elif other < one:
        yield one - other


def by_algebra(figures: Iterable[Members], *, k: int) -> Members | None:
    """A set of under k citizens that a rational combination of figures isolates, or None.

    Citizens who are in exactly the same figures make one column of the matrix of figures. Some
    combination vanishes outside of a few columns, and not in them, if and only if the rows of
    these columns in a basis of the null space are linearly dependent.
    """
    for group in connected(figures):
        columns = _columns(group)
        light = [members for members in columns if len(members) < k]
        if not light:
            continue
        null = null_space(
            [[Fraction(c <= figure) for c in columns] for figure in group]
        )
        row_of = {c: [vector[at] for vector in null] for at, c in enumerate(columns)}
        for chosen in _together(light, k):
            if rank([row_of[column] for column in chosen]) < len(chosen):
                return frozenset().union(*chosen)
    return None


def connected(figures: Iterable[Members]) -> list[list[Members]]:
    """The different figures in groups that share no citizen with one another."""
    distinct = [*dict.fromkeys(f for f in figures if f)]
    groups: defaultdict[int, list[Members]] = defaultdict(list)
    first: dict[int, int] = {}
    parent = list(range(len(distinct)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, figure in enumerate(distinct):
        for citizen in figure:
            parent[root(at)] = root(first.setdefault(citizen, at))
    for at, figure in enumerate(distinct):
        groups[root(at)].append(figure)
    return list(groups.values())


def _columns(group: Sequence[Members]) -> list[Members]:
    """The citizens of a group, those together who are in exactly the same figures."""
    figures_of: defaultdict[int, list[int]] = defaultdict(list)
    for at, figure in enumerate(group):
        for citizen in figure:
            figures_of[citizen].append(at)
    columns: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
    for citizen, figures in figures_of.items():
        columns[tuple(figures)].add(citizen)
    return [frozenset(members) for members in columns.values()]


def _together(light: Sequence[Members], k: int) -> Iterator[tuple[Members, ...]]:
    """Every choice of columns with under k citizens in all, the smaller choices first."""
    for number in range(1, k):
        for chosen in combinations(light, number):
            if sum(map(len, chosen)) < k:
                yield chosen


def null_space(rows: Sequence[Sequence[Fraction]]) -> list[Vector]:
    """A basis of the vectors that every row is orthogonal to."""
    reduced = _reduced(rows)
    width = len(rows[0])
    pivots = [next(at for at, value in enumerate(row) if value) for row in reduced]
    basis = []
    for free in sorted(set(range(width)) - set(pivots)):
        vector = [Fraction(at == free) for at in range(width)]
        for pivot, row in zip(pivots, reduced, strict=True):
            vector[pivot] = -row[free]
        basis.append(vector)
    return basis


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """How many of the rows are linearly independent."""
    return len(_reduced(rows))


def _reduced(rows: Sequence[Sequence[Fraction]]) -> list[Vector]:
    """The reduced row echelon form, without rows of zeros (Gauss and Jordan)."""
    reduced: list[tuple[int, Vector]] = []
    for row in rows:
        rest = [*row]
        for pivot, known in reduced:
            _subtract(rest, known, rest[pivot])
        pivot_at = next((at for at, value in enumerate(rest) if value), None)
        if pivot_at is None:
            continue
        scaled = [value / rest[pivot_at] for value in rest]
        for _, known in reduced:
            _subtract(known, scaled, known[pivot_at])
        reduced.append((pivot_at, scaled))
    return [row for _, row in sorted(reduced)]


def _subtract(row: Vector, other: Vector, factor: Fraction) -> None:
    if factor:
        for at, value in enumerate(other):
            if value:
                row[at] -= factor * value
