"""The questions and reasons of each questionnaire version, their keys and their words.

Words stand here in both languages because tablets keep them for weeks without the server.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["courtesy", "satisfaction"]


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    vi: str
    en: str


@dataclass(frozen=True)
class Answer:
    """A possible answer; ``value`` is what a tablet sends."""

    value: str | int
    text: Words


@dataclass(frozen=True)
class Question:
    """One question of a screen; ``step`` is its short name."""

    key: str
    kind: Kind
    step: Words
    text: Words
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Reason:
    """Something a citizen may tap after the rating."""

    key: str
    tone: Literal["good", "bad"]
    text: Words


@dataclass(frozen=True)
class Questionnaire:
    """A version of the questions, in order, and the reasons."""

    version: int
    questions: tuple[Question, ...]
    reasons: tuple[Reason, ...]


_COURTESY = (
    Answer("yes", Words("Có", "Yes")),
    Answer("no", Words("Không", "No")),
    Answer("unsure", Words("Tôi không để ý", "I did not notice")),
)
_LEVELS = (
    Answer(1, Words("Rất không hài lòng", "Very dissatisfied")),
    Answer(2, Words("Không hài lòng", "Dissatisfied")),
    Answer(3, Words("Bình thường", "Neutral")),
    Answer(4, Words("Hài lòng", "Satisfied")),
    Answer(5, Words("Rất hài lòng", "Very satisfied")),
)

VERSION_1 = Questionnaire(
    version=1,
    questions=(
        Question(
            "greeted",
            "courtesy",
            Words("Xin chào", "Greeting"),
            Words("Cán bộ có chào ông/bà không?", "Did the officer greet you?"),
            _COURTESY,
        ),
        Question(
            "asked",
            "courtesy",
            Words("Xin hỏi", "Asking"),
            Words(
                "Cán bộ có hỏi rõ ông/bà cần gì không?",
                "Did the officer ask what you needed?",
            ),
            _COURTESY,
        ),
        Question(
            "thanked",
            "courtesy",
            Words("Xin cảm ơn", "Thanking"),
            Words("Cán bộ có cảm ơn ông/bà không?", "Did the officer thank you?"),
            _COURTESY,
        ),
        Question(
            "satisfaction",
            "satisfaction",
            Words("Hài lòng", "Satisfaction"),
            Words(
                "Ông/bà hài lòng với lần phục vụ này đến mức nào?",
                "How satisfied are you with this service?",
            ),
            _LEVELS,
        ),
    ),
    reasons=(
        Reason("fast", "good", Words("Nhanh gọn", "Quick")),
        Reason("caring", "good", Words("Tận tình", "Caring")),
        Reason("clear", "good", Words("Giải thích rõ", "Explained clearly")),
        Reason("punctual", "good", Words("Đúng hẹn", "On time")),
        Reason("waited", "bad", Words("Phải chờ lâu", "Long wait")),
        Reason("attitude", "bad", Words("Thái độ chưa đúng mực", "Manner not proper")),
        Reason("unclear", "bad", Words("Giải thích khó hiểu", "Hard to understand")),
        Reason("returned", "bad", Words("Phải đi lại nhiều lần", "Had to come back")),
    ),
)
QUESTIONNAIRES = {VERSION_1.version: VERSION_1}
CURRENT = VERSION_1
COURTESIES = ("greeted", "asked", "thanked")
COURTESY_ANSWERS = ("yes", "no", "unsure")
REASONS = tuple(reason.key for reason in VERSION_1.reasons)
COMMENT_LIMIT = 500
