"""What blocks of remarks say: how often each reason was tapped, and comments nobody can place."""

import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kiosk.domain.folding import folded
from kiosk.domain.pools import PoolKey, Row, Rules, counted_on
from kiosk.domain.questionnaire import REASONS
from kiosk.domain.tallies import new_key

Values = dict[str, Any]


def reason_block(
    key: PoolKey, opened: Sequence[tuple[Row, frozenset[str]]], *, rules: Rules
) -> Values:
    """The row of ``ReasonBlock`` for remarks with a reason about one officer in the unit."""
    counts = Counter(reason for _, reasons in opened for reason in reasons)
    days = (row.day for row, _ in opened)
    return {
        "key": new_key(),
        "officer_id": key.officer_id,
        "questionnaire": key.questionnaire,
        "channel": key.channel,
        "n": len(opened),
        "k": rules.k,
        "counted_on": counted_on(days, today=rules.today),
        "released_on": rules.today,
        **{reason: counts[reason] for reason in REASONS},
    }


def comment_block(
    key: PoolKey, opened: Sequence[tuple[Row, str]], *, rules: Rules
) -> tuple[Values, list[Values]]:
    """The row of ``CommentBlock`` and its comments, shuffled, under keys that tell no order."""
    days = (row.day for row, _ in opened)
    block_key = new_key()
    texts = [text for _, text in opened]
    secrets.SystemRandom().shuffle(texts)
    block = {
        "key": block_key,
        "channel": key.channel,
        "n": len(opened),
        "k": rules.k,
        "month": counted_on(days, today=rules.today).replace(day=1),
        "released_on": rules.today,
    }
    comments = [
        {"key": new_key(), "block_key": block_key, "text": t, "folded": folded(t)}
        for t in texts
    ]
    return block, comments
