"""What the weak points among the three courtesies are called."""

from collections.abc import Mapping

from reports.findings import weak_points
from reports.statistics import Share
from reports.terms import Words, courtesy_name


def weak_point_sentences(
    courtesies: Mapping[str, Share | None], words: Words
) -> list[str]:
    """Which courtesies are weak, or that none is; nothing where too few answered."""
    weak = weak_points(courtesies)
    if weak is None:
        return []
    names = [_with_share(key, courtesies, words) for key in weak]
    if not weak:
        return [
            words.gettext(
                "None of the three courtesies is clearly weaker than the others."
            )
        ]
    if len(weak) == 1:
        return [words.gettext("The weakest point is %(courtesy)s.", courtesy=names[0])]
    return [
        words.gettext(
            "The weak points are %(courtesies)s.", courtesies=words.listing(names)
        )
    ]


def _with_share(key: str, courtesies: Mapping[str, Share | None], words: Words) -> str:
    """A courtesy with its share, e.g. "asking (67%)"."""
    name, share = words.strong(courtesy_name(key, words)), courtesies[key]
    if share is None:
        return name
    return words.gettext(
        "%(courtesy)s (%(share)s)", courtesy=name, share=words.percent(share.value)
    )
