"""What an administrator fills in about tablets."""

from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from kiosk.web.forms import Form
from kiosk.web.words import _l

ALL = "0"
ORDERS = {
    "unit": _l("By unit"),
    "heard": _l("Longest silent first"),
    "queue": _l("Longest queue first"),
    "clock": _l("Most wrong clock first"),
    "version": _l("Oldest version first"),
}


class UnitForm(Form):
    """Which unit: asked by GET, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    unit = SelectField(_l("Unit"), validators=[InputRequired()])

    def __init__(self, choices: dict[str, str], chosen: int | None = None) -> None:
        super().__init__(formdata=None, data={"unit": str(chosen or ALL)})
        self.unit.choices = choices


class FleetForm(UnitForm):
    """Which tablets, and in which order; the state stays as it was chosen."""

    sort = SelectField(_l("Order"), validators=[InputRequired()])
    state = HiddenField()

    def __init__(
        self, choices: dict[str, str], *, unit: int | None, state: str, order: str
    ) -> None:
        super().__init__(choices, unit)
        self.sort.choices = {key: str(words) for key, words in ORDERS.items()}
        self.sort.data, self.state.data = order, state


class PlaceForm(Form):
    """A new place at a unit's desk."""

    label = StringField(
        _l("Name of the place"),
        description=_l("As people there call it, e.g. Counter 3 or Waiting hall."),
        validators=[
            InputRequired(_l("Please give the place a name.")),
            Length(max=80, message=_l("Please use at most 80 characters.")),
        ],
    )
    counters = SelectMultipleField(
        _l("Counters at which the tablet stands"),
        description=_l("Whoever sits at these counters is shown on the tablet."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, counters: list[tuple[int, str]], **values: Any) -> None:
        super().__init__(**values)
        self.counters.choices = {str(key): label for key, label in counters}


class PinForm(Form):
    """A new PIN for a unit's staff; shown while it is typed, for it is told to all of them."""

    pin = StringField(
        _l("New PIN"),
        description=_l("6 to 12 digits. Tell it to the staff of this unit only."),
        validators=[
            InputRequired(_l("Please type the new PIN.")),
            Length(max=40, message=_l("Please use 6 to 12 digits and nothing else.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": None},
    )


class ConfirmForm(Form):
    """Nothing but the token: the page says what will be done."""
