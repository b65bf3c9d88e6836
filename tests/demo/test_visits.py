"""What citizens answer: in the right proportions, and only what a tablet can say."""

from random import Random

from kiosk.demo import visits
from kiosk.demo.cast import Character
from kiosk.domain.questionnaire import (
    COMMENT_LIMIT,
    COURTESIES,
    COURTESY_ANSWERS,
    REASONS,
)

USUAL = Character(load=1, greets=0, asks=0, thanks=0, pleases=0)
RUDE = Character(load=1, greets=-2, asks=-2, thanks=-2, pleases=-1)


def many(officer: Character, seed: int = 1) -> list[visits.Content]:
    throw = Random(seed)
    return [visits.answers(throw, officer, 0)[0] for _ in range(2000)]


def share(answers: list[visits.Content], question: str) -> float:
    said = [a[question] for a in answers if a[question] != "unsure"]
    return said.count("yes") / len(said)


def test_answers_are_those_of_the_questionnaire() -> None:
    for content in many(USUAL):
        assert list(content) == [*COURTESIES, "satisfaction"]
        assert all(content[key] in COURTESY_ANSWERS for key in COURTESIES)
        assert content["satisfaction"] in range(1, 6)


def test_a_courteous_officer_is_seen_as_one() -> None:
    usual, rude = many(USUAL), many(RUDE)

    for question in COURTESIES:
        assert share(usual, question) > 0.88
        assert share(rude, question) < 0.8
    satisfied = [sum(a["satisfaction"] >= 4 for a in x) / 2000 for x in (usual, rude)]
    assert satisfied[0] > 0.75 > satisfied[1]


def test_answers_of_one_citizen_hang_together() -> None:
    answers = many(USUAL)
    greeted = [a for a in answers if a["greeted"] == "yes"]
    ignored = [a for a in answers if a["greeted"] == "no"]

    assert share(greeted, "thanked") > share(ignored, "thanked")


def test_a_citizen_who_leaves_has_answered_from_the_first_question_on() -> None:
    throw = Random(3)
    full, _ = visits.answers(throw, USUAL, 0)

    for _ in range(20):
        kept = visits.left_half_way(throw, full)
        assert 1 <= len(kept) <= 3
        assert list(kept) == list(full)[: len(kept)]


def test_remarks_are_as_rare_as_planned_and_can_be_sent() -> None:
    throw = Random(2)
    remarks = [visits.remark(throw, throw.gauss(0.3, 1)) for _ in range(5000)]
    reasons = [r["reasons"] for r in remarks if r and "reasons" in r]
    said = [r["comment"] for r in remarks if r and "comment" in r]

    assert 0.10 < len(reasons) / 5000 < 0.14
    assert 0.02 < len(said) / 5000 < 0.04
    assert all(len(set(r)) == len(r) and set(r) <= set(REASONS) for r in reasons)
    assert {} not in remarks


def test_there_are_comments_of_each_tone_and_none_twice() -> None:
    by_tone = visits.comments()
    texts = [text for tone in by_tone.values() for text in tone]

    assert {tone: len(texts) >= 15 for tone, texts in by_tone.items()} == {
        "good": True,
        "neutral": True,
        "bad": True,
    }
    assert len(set(texts)) == len(texts) >= 59
    assert all(0 < len(text) <= COMMENT_LIMIT for text in texts)


def test_arrivals_have_the_mean_that_was_asked_for() -> None:
    throw = Random(4)

    for mean in (0.0, 0.5, 8.0):
        counts = [visits.how_many(throw, mean) for _ in range(4000)]
        assert abs(sum(counts) / 4000 - mean) < 0.15
