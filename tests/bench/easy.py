"""The easy version to measure against: one form POST, WTForms, one ORM insert; no more.

It validates and stores the same four answers; it seals nothing, knows no tablet and no resend.
"""

import os
from datetime import UTC, datetime

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import Form, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

ANSWERS = {answer: answer for answer in ("yes", "no", "unsure")}


class Base(DeclarativeBase):
    """The tables of the easy version."""


db = SQLAlchemy(metadata=Base.metadata)


class EasyRating(Base):
    """One rating, as it was answered."""

    __tablename__ = "easy_rating"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    officer_id: Mapped[int]
    greeted: Mapped[str]
    asked: Mapped[str]
    thanked: Mapped[str]
    satisfaction: Mapped[int]
    at: Mapped[datetime]


class RatingForm(Form):
    """The four questions and whom they are about."""

    unit_id = IntegerField(validators=[InputRequired()])
    officer_id = IntegerField(validators=[InputRequired()])
    greeted = RadioField(choices=ANSWERS)
    asked = RadioField(choices=ANSWERS)
    thanked = RadioField(choices=ANSWERS)
    satisfaction = IntegerField(validators=[NumberRange(1, 5)])


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("EASY_DATABASE_URL", "sqlite://")
db.init_app(app)
with app.app_context():
    db.create_all()


@app.get("/")
def ready() -> ResponseReturnValue:
    """For whoever waits for the server."""
    return "", 204


@app.post("/rating")
def rating() -> ResponseReturnValue:
    """Store one rating."""
    form = RatingForm(request.form)
    if not form.validate():
        return form.errors, 422
    db.session.add(EasyRating(**form.data, at=datetime.now(UTC)))
    db.session.commit()
    return "", 204
