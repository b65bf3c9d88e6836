"""A form's item as the JSON text that a tablet would send, for the same intake.

Made anew from the same form it is the same text: a form sent twice is a duplicate, not a conflict.
So it carries no time; the intake dates a form by its arrival.
"""

from typing import Any

import msgspec

from kiosk.citizen.forms import ItemForm, RatingForm, RemarkForm
from kiosk.domain.items import clean_comment


def rating_text(form: RatingForm, *, unit: int, questionnaire: int) -> bytes:
    """The rating that a valid form holds."""
    return _text(form, "rating", unit, questionnaire, form.answers())


def remark_text(form: RemarkForm, *, unit: int, questionnaire: int) -> bytes:
    """The remark that a valid form holds."""
    comment = clean_comment(form.comment.data or "")
    content = {"reasons": sorted(form.reasons.data or ()), "comment": comment}
    return _text(form, "remark", unit, questionnaire, content)


def _text(
    form: ItemForm, kind: str, unit: int, questionnaire: int, content: dict[str, Any]
) -> bytes:
    head = {
        "kind": kind,
        "id": form.id.data,
        "seq": 1,
        "salt": form.salt.data,
        "unit": unit,
        "officer": form.officer_id,
        "tapped_at": 0,
        "skew": None,
        "questionnaire": questionnaire,
    }
    return msgspec.json.encode(head | content)
