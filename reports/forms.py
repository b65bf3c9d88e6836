"""What a reader fills in on a report; asked by GET, so without a token."""

from wtforms import HiddenField, SearchField

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

    def __init__(self, q: str, query: dict[str, str]) -> None:
        super().__init__(formdata=None, data={"q": q, **query})
