"""What a reader fills in on a report; asked by GET, so without a token."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, SearchField, SelectField

from kiosk.web.forms import Form
from kiosk.web.words import _l

LONGEST = 100  # letters


class SearchForm(Form):
    """Words to find in comments; period and day stay as they were."""

    class Meta(Form.Meta):
        csrf = False

    q = SearchField(
        _l("Find in comments"),
        description=_l("With or without accents: “cho lau” finds “chờ lâu”."),
        render_kw={"maxlength": LONGEST},
    )
    period = HiddenField()
    as_of = HiddenField()
    map = HiddenField()

    def __init__(self, q: str, query: dict[str, str]) -> None:
        super().__init__(formdata=None, data={"q": q, **query})


class ComparisonForm(Form):
    """What is held against what; period and day stay as they were."""

    class Meta(Form.Meta):
        csrf = False

    unit = SelectField(_l("Unit"))
    against = SelectField(_l("Compare with"), name="with")
    period = HiddenField()
    as_of = HiddenField()
    map = HiddenField()

    def __init__(
        self,
        units: Sequence[tuple[str, str]],
        others: Mapping[str, Sequence[tuple[str, str]]],
        unit: int | None,
        query: Mapping[str, str],
    ) -> None:
        values = {**query, "against": query.get("with")}
        if unit is not None:
            values["unit"] = str(unit)
        super().__init__(formdata=None, data=values)
        self.unit.choices, self.against.choices = list(units), dict(others)
