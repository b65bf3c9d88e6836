"""The questions as WTForms fields, for browsers without scripts; every answer may be left out."""

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import uuid4

from wtforms import (
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import UUID, InputRequired, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from kiosk.domain.items import clean_comment, comment_fault
from kiosk.domain.questionnaire import COMMENT_LIMIT, Question, Questionnaire, Words
from kiosk.web.forms import Form
from kiosk.web.language import language
from kiosk.web.words import _l

UNSURE = "unsure"
_KEY = re.compile("[0-9]{1,10}")  # int() raises on text of some thousand digits
_NOT_OURS = _l("This form is not one of ours. Please load the page again.")


class ChoiceField(RadioField):
    """One of several, or none; WTForms has no Vietnamese for a choice that is not offered."""

    def pre_validate(self, form: BaseForm) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_NOT_OURS) from None


class ItemForm(Form):
    """What makes a form one item: a form sent twice carries the same id and the same salt."""

    id = HiddenField(validators=[UUID(message=_NOT_OURS)])
    salt = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$", message=_NOT_OURS)])
    officer = HiddenField()

    def __init__(self, officer: str = "") -> None:
        fresh = {"id": str(uuid4()), "salt": secrets.token_hex(16), "officer": officer}
        super().__init__(data=fresh)

    @property
    def officer_id(self) -> int | None:
        """Whom the citizen means; None when not sure."""
        chosen = self.officer.data or ""
        return int(chosen) if _KEY.fullmatch(chosen) else None


class RatingForm(ItemForm):
    """The questions of a questionnaire, one radio group each."""

    questions: tuple[Question, ...] = ()

    def answers(self) -> dict[str, str | int]:
        """The answers given, as a tablet would send them."""
        given = {question: self[question.key].data for question in self.questions}
        return {
            question.key: _value(question, answer)
            for question, answer in given.items()
            if answer
        }

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """At least one question must be answered; the first one says so."""
        if not super().validate(extra_validators):
            return False
        if self.answers():
            return True
        first = self[self.questions[0].key]
        first.errors = (*first.errors, str(_l("Please answer at least one question.")))
        return False


class RemarkForm(ItemForm):
    """Reasons and a comment, both as one likes."""

    reasons = SelectMultipleField(
        _l("What was good, what was not? Several are possible."),
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    comment = TextAreaField(
        _l("Your comment"),
        description=_l(
            "The head of the unit and the monitoring delegation read it, some days later and among"
            " what others wrote. Please leave out names, telephone and file numbers."
        ),
        filters=[lambda text: (text or "").replace("\r\n", "\n")],
        render_kw={"rows": 4},
    )

    def validate_comment(self, field: StringField) -> None:
        if comment_fault(field.data or ""):
            raise ValidationError(
                _l("Please use at most %(limit)d characters.", limit=COMMENT_LIMIT)
            )

    @property
    def is_empty(self) -> bool:
        return not self.reasons.data and not clean_comment(self.comment.data or "")


class PairingForm(Form):
    """The one-time code of a place."""

    code = StringField(
        _l("Pairing code"),
        description=_l(
            "The administrator gives it; it is good for 15 minutes and for one tablet."
        ),
        validators=[InputRequired(message=_l("Please type the code."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )


def rating_form(
    questionnaire: Questionnaire, officers: Iterable[Mapping[str, Any]]
) -> RatingForm:
    """The form of this questionnaire, with a choice where more than one officer may be meant."""
    fields: dict[str, Any] = {"questions": questionnaire.questions}
    people = list(officers)
    if len(people) > 1:
        fields["officer"] = ChoiceField(
            _l("Who has just served you?"),
            choices={str(one["id"]): _introduced(one) for one in people}
            | {UNSURE: str(_l("I am not sure who"))},
            validators=[Optional()],
        )
    for question in questionnaire.questions:
        fields[question.key] = ChoiceField(
            said(question.text),
            choices={str(each.value): said(each.text) for each in question.answers},
            validators=[Optional()],
        )
    made = cast(type[RatingForm], type("AskedForm", (RatingForm,), fields))
    sole = people[0]["id"] if len(people) == 1 else ""
    return made(str(sole))


def remark_form(questionnaire: Questionnaire, officer: str) -> RemarkForm:
    """The remark about the same officer, else unknown to the rating."""
    form = RemarkForm(officer)
    form.reasons.choices = {
        reason.key: said(reason.text) for reason in questionnaire.reasons
    }
    return form


def said(words: Words) -> str:
    """Words in the language of the page."""
    return cast(str, getattr(words, language()))


def _introduced(officer: Mapping[str, Any]) -> str:
    parts = (officer["name"], officer["title"], officer["counter"])
    return ", ".join(part for part in parts if part)


def _value(question: Question, answer: str) -> str | int:
    return next(each.value for each in question.answers if str(each.value) == answer)
