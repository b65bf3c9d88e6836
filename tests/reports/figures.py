"""What must hold of every figure: plotly knows it, it is plain, and nothing in it is markup."""

import json
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from reports.charts.base import Dict


def check(figure: Dict) -> None:
    """Fail for a figure that plotly refuses, that carries tags, or that could be dragged away."""
    go.Figure(figure)  # raises ValueError for what its schema does not know
    assert figure["layout"]["template"] == "none"
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    plain = [
        text.replace("<br>", "").replace("<extra></extra>", "")
        for text in texts(figure)
    ]
    assert not [text for text in plain if "<" in text]
    axes = [
        axis for name, axis in figure["layout"].items() if re.match(r"[xy]axis", name)
    ]
    assert axes
    assert all(axis["fixedrange"] for axis in axes)


def texts(part: Any) -> Iterator[str]:
    """All texts within."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)
