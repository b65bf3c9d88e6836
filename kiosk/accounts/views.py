"""The pages of signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.accounts.destinations import destination
from kiosk.accounts.entering import change_password, enter, leave
from kiosk.accounts.forms import PasswordForm, SignInForm
from kiosk.domain.access import HOMES
from kiosk.domain.errors import DomainError
from kiosk.domain.passwords import PasswordEasy, PasswordTooLong, PasswordTooShort
from kiosk.web import current
from kiosk.web.errors import Insecure

blueprint = Blueprint("accounts", __name__)

STATUS = {"refused": 401, "no_access": 403}


@blueprint.get("/")
def home() -> Response:
    """The home of whoever is signed in, else the way in."""
    account = current.recognise()
    endpoint = HOMES[account.role] if account else "accounts.sign_in"
    return redirect(url_for(endpoint), 303)


@blueprint.route("/sign-in", methods=("GET", "POST"))
def sign_in() -> Response | str | tuple[str, int]:
    """The form; after it the page that was wanted."""
    if not current.secure_context():
        raise Insecure
    wanted = request.args.get("next")
    account = current.recognise()
    if account:
        return redirect(destination(wanted, account.role), 303)
    form = SignInForm()
    if not form.sent():
        page = render_template("accounts/sign_in.html", form=form, outcome=None)
        return (page, 400) if form.errors else page
    outcome = enter(form.username.data or "", form.password.data or "")
    if outcome.token is None:
        page = render_template("accounts/sign_in.html", form=form, outcome=outcome.kind)
        return page, STATUS[outcome.kind]
    session.clear()  # a token planted before signing in is worth nothing after it
    session[current.SIGN_IN_KEY] = outcome.token
    account = current.recognise()
    return redirect(destination(wanted, account.role) if account else "/", 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session here and on the server."""
    token = session.pop(current.SIGN_IN_KEY, None)
    if token:
        leave(token)
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/password", methods=("GET", "POST"))
def password() -> Response | str | tuple[str, int]:
    """One's own password; a change signs every other device out."""
    form = PasswordForm(data={"username": current.account().username})
    if form.sent() and _changed(form):
        return redirect(url_for("accounts.password", changed=1), 303)
    page = render_template(
        "accounts/password.html", form=form, changed="changed" in request.args
    )
    return (page, 400) if form.errors else page


def _changed(form: PasswordForm) -> bool:
    try:
        right = change_password(
            current.account(),
            present=form.current.data or "",
            new=form.new.data or "",
            token=session[current.SIGN_IN_KEY],
        )
    except (PasswordEasy, PasswordTooLong, PasswordTooShort) as problem:
        form.new.errors = [_weakness(problem)]
        return False
    if not right:
        form.current.errors = [_("This is not your present password.")]
    return right


def _weakness(problem: DomainError) -> str:
    return {
        PasswordTooShort: _("This password is too short."),
        PasswordTooLong: _("This password is too long."),
        PasswordEasy: _("This password is too easy to guess."),
    }[type(problem)]
