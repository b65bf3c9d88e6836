"""Two sides below each other, figure by figure, so that a name and a share stand at each mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.base import (
    HIGHER,
    LAKE,
    LOWER,
    MUTED,
    Dict,
    Figure,
    Labels,
    clipped,
    frame,
    hover,
    lowest,
    name_margin,
    note,
    per_cent,
    place_axis,
    reach,
    rule,
    safe,
    share_axis,
    told,
)
from reports.statistics import Share, Verdict

LINES = 3  # of a figure: its head and its two sides
LOOKS = ((LAKE, "circle"), (MUTED, "diamond"))
COLOURS: Mapping[Verdict, str] = {Verdict.HIGHER: HIGHER, Verdict.LOWER: LOWER}
ROOM = 86  # pixels right of the axis for the shares
LETTERS = 40  # of a name above its row on a phone


@dataclass(frozen=True)
class Pair:
    """A figure: its name, the share of each side, what is said of the difference."""

    name: str
    shares: tuple[Share | None, Share | None]
    labels: tuple[str, str]
    said: str
    verdict: Verdict


def comparison_plot(
    pairs: Sequence[Pair], names: tuple[str, str], labels: Labels
) -> Figure:
    """Each figure with both sides and their intervals; `names` are those of the sides."""
    low = lowest(share for pair in pairs for share in pair.shares)
    count = len(pairs) * LINES
    rules = [rule(at * LINES - 0.55) for at in range(1, len(pairs))]

    def drawn(tall: int, margin: Dict, notes: list[Dict]) -> Dict:
        layout = frame(
            count * tall + 44,
            count * 22 + 44,
            margin={"t": 4, "b": 32, **margin},
            xaxis=share_axis(low, labels),
            yaxis=place_axis(count, range=[count - 0.4, -0.6]),
            shapes=rules,
            annotations=[*_heads(pairs), *notes],
        )
        data = [_side(at, pairs, names[at], labels) for at in (0, 1)]
        return {"data": data, "layout": layout}

    room = name_margin([(name, "") for name in names])
    return Figure(
        drawn(27, {"l": room, "r": ROOM}, _beside(pairs, names)),
        drawn(40, {"l": 16, "r": 20}, _above(pairs, names)),
    )


def _heads(pairs: Sequence[Pair]) -> list[Dict]:
    """What each figure is called, at the left, and what is said of it, at the right."""
    notes = []
    for at, pair in enumerate(pairs):
        place = {"xref": "paper", "yanchor": "middle"}
        own = {"xanchor": "left", "font": {"size": 14, "weight": 600}}
        notes.append(note(safe(pair.name), 0, at * LINES, **place, **own))
        look = {"size": 12, "color": COLOURS.get(pair.verdict, MUTED)}
        said = {"xanchor": "right", "font": look}
        notes.append(note(safe(pair.said), 1, at * LINES, **place, **said))
    return notes


def _rows(pairs: Sequence[Pair]) -> list[tuple[int, int, Pair]]:
    """The line, the side and the figure of every mark."""
    return [
        (at * LINES + 1 + side, side, pair)
        for at, pair in enumerate(pairs)
        for side in (0, 1)
    ]


def _beside(pairs: Sequence[Pair], names: tuple[str, str]) -> list[Dict]:
    notes = []
    for line, side, pair in _rows(pairs):
        left = {"xref": "paper", "xanchor": "right", "xshift": -12}
        small = {"size": 12, "color": LOOKS[side][0]}
        name = clipped(names[side], 28)
        notes.append(note(name, 0, line, yanchor="middle", font=small, **left))
        right = {"xref": "paper", "xanchor": "left", "xshift": 10}
        label = safe(pair.labels[side])
        notes.append(note(label, 1, line, yanchor="middle", font=small, **right))
    return notes


def _above(pairs: Sequence[Pair], names: tuple[str, str]) -> list[Dict]:
    notes = []
    for line, side, pair in _rows(pairs):
        place = {"xref": "paper", "xanchor": "left", "yanchor": "middle"}
        small = {"size": 12, "color": LOOKS[side][0]}
        label = pair.labels[side]
        name = clipped(f"{label}  ·  {names[side]}", LETTERS + len(label))
        notes.append(note(name, 0, line - 0.42, font=small, **place))
    return notes


def _side(at: int, pairs: Sequence[Pair], name: str, labels: Labels) -> Dict:
    known = [
        (line, pair, share)
        for line, side, pair in _rows(pairs)
        if side == at and (share := pair.shares[at])
    ]
    shares = [share for _, _, share in known]
    colour, symbol = LOOKS[at]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": safe(name),
        "x": [per_cent(share.value) for share in shares],
        "y": [line for line, _, _ in known],
        "error_x": reach(shares, colour),
        "marker": {
            "size": 12,
            "opacity": 1,
            "color": colour,
            "symbol": symbol,
            "line": {"color": colour, "width": 2},
        },
        "hovertext": [safe(pair.name) for _, pair, _ in known],
        "customdata": told(shares),
        "hovertemplate": hover(f"{safe(name)} · %{{hovertext}}", "x", labels),
    }
