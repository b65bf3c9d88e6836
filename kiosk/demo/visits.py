"""What a citizen answers and says about the officer who served him, drawn by chance.

A mood shared by all answers of one citizen makes them hang together, as real answers do.
"""

import csv
import math
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from kiosk.demo.cast import Character

Content = dict[str, Any]
# Question, log-odds of a yes for the usual officer, share who did not notice.
COURTESIES = (("greeted", 3.5, 0.03), ("asked", 2.7, 0.05), ("thanked", 3.05, 0.05))
LEVELS_BELOW = (-2.35, -1.6, -0.8, 0.75)
PARTIALS = 0.04
REASONS = 0.12
COMMENTS = 0.03
GOOD = ("fast", "caring", "clear", "punctual")
BAD = ("waited", "attitude", "unclear", "returned")


def answers(throw: Random, officer: Character, manner: float) -> tuple[Content, float]:
    """The four answers to one officer, and how the visit felt (about 0, usually -2 to 2)."""
    mood = throw.gauss(0, 1)
    shifts = (officer.greets, officer.asks, officer.thanks)
    content: Content = {}
    refused = 0
    for (key, usual, unnoticed), shift in zip(COURTESIES, shifts, strict=True):
        if throw.random() < unnoticed:
            content[key] = "unsure"
        else:
            odds = math.exp(usual + shift + manner + 0.9 * mood)
            said_yes = throw.random() < odds / (1 + odds)
            content[key] = "yes" if said_yes else "no"
            refused += not said_yes
    felt = officer.pleases + 0.5 * manner + 0.8 * mood - 0.8 * refused
    felt += throw.gauss(0.6, 0.8)
    content["satisfaction"] = 1 + sum(felt > border for border in LEVELS_BELOW)
    return content, felt


def left_half_way(throw: Random, content: Content) -> Content:
    """The answers of a citizen who walks away after one, two or three of them."""
    kept = throw.randint(1, 3)
    return dict(list(content.items())[:kept])


def remark(throw: Random, felt: float) -> Content | None:
    """Reasons, a comment or both from one citizen in seven; none from the others."""
    content: Content = {}
    if throw.random() < REASONS:
        tone = GOOD if throw.random() < 1 / (1 + math.exp(-2 * felt)) else BAD
        count = throw.choice((1, 1, 1, 2, 2, 3))
        content["reasons"] = sorted(throw.sample(tone, count), key=tone.index)
    if throw.random() < COMMENTS:
        content["comment"] = throw.choice(comments()[_tone(throw, felt)])
    return content or None


def how_many(throw: Random, mean: float) -> int:
    """A count of independent arrivals with that mean (Poisson, by Knuth's products of 1969)."""
    limit, product, count = math.exp(-mean), throw.random(), 0
    while product > limit:
        product *= throw.random()
        count += 1
    return count


@cache
def comments() -> dict[str, list[str]]:
    """The invented comments by tone: good, neutral, bad."""
    by_tone = defaultdict(list)
    with (Path(__file__).parent / "comments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_tone[row["tone"]].append(row["text"])
    return dict(by_tone)


def _tone(throw: Random, felt: float) -> str:
    if throw.random() < 0.3:
        return "neutral"
    return "good" if felt > -0.4 else "bad"
