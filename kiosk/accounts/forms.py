"""What a person types to sign in or to change a password."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from kiosk.domain.passwords import LONGEST, SHORTEST
from kiosk.web.forms import Form
from kiosk.web.words import _l

_TYPED_AS_IT_IS = {"autocapitalize": "none", "spellcheck": "false"}


class SignInForm(Form):
    """User name and password."""

    username = StringField(
        _l("User name"),
        validators=[
            InputRequired(_l("Please type your user name.")),
            Length(max=200, message=_l("This user name is too long.")),
        ],
        render_kw=_TYPED_AS_IT_IS | {"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please type your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """The present password, and the new one twice.

    The user name is shown, not read: password managers ask for it beside the passwords.
    """

    username = StringField(
        _l("User name"),
        validators=[InputRequired(_l("Please type your user name."))],
        render_kw={"autocomplete": "username", "readonly": True},
    )
    current = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Please type your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        description=_l(
            "%(shortest)d to %(longest)d characters; a few words in a row are easy to keep.",
            shortest=SHORTEST,
            longest=LONGEST,
        ),
        validators=[InputRequired(_l("Please type a new password."))],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("New password once more"),
        validators=[
            InputRequired(_l("Please type the new password once more.")),
            EqualTo("new", _l("The two new passwords are not the same.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
