"""What was asked for, and the page: the form without scripts on three pages."""

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug import Response

from kiosk.citizen import shell
from kiosk.citizen.forms import PairingForm, rating_form, remark_form
from kiosk.citizen.items import rating_text, remark_text
from kiosk.db import db
from kiosk.domain.desk import Desk, desk_of
from kiosk.domain.questionnaire import CURRENT
from kiosk.web import clock, current
from kiosk.web.intake import receive_form

blueprint = Blueprint("citizen", __name__, url_prefix="/tablet")
blueprint.get("/")(shell.shell)
blueprint.get("/staff")(shell.staff)
blueprint.get("/worker.js")(shell.worker)
blueprint.get("/manifest.webmanifest")(shell.manifest)


@blueprint.route("/form", methods=["GET", "POST"])
def form() -> Response:
    """The four questions on one page; their answer leads on to the remark."""
    desk = _desk()
    people = _choices(desk)
    asked = rating_form(CURRENT, people)
    if not asked.sent():
        page = render_template(
            "citizen/form.html", form=asked, desk=desk, people=people
        )
        return make_response(page)
    _receive(rating_text(asked, unit=desk["unit"]["id"], questionnaire=CURRENT.version))
    return _onward("citizen.remark", asked.officer_id)


@blueprint.route("/form/remark", methods=["GET", "POST"])
def remark() -> Response:
    """Reasons and a comment, or nothing; either leads on to the thanks."""
    desk = _desk()
    asked = remark_form(CURRENT, request.args.get("officer", ""))
    if not asked.sent():
        page = render_template("citizen/remark.html", form=asked, desk=desk)
        return make_response(page)
    if not asked.is_empty:
        _receive(
            remark_text(asked, unit=desk["unit"]["id"], questionnaire=CURRENT.version)
        )
    return _onward("citizen.thanks")


@blueprint.get("/form/thanks")
def thanks() -> str:
    """The end, from which the next citizen begins."""
    return render_template("citizen/thanks.html", desk=_desk())


@blueprint.get("/form/pairing")
def pairing() -> str:
    """Where a browser without scripts types its code; the tablets' own endpoint takes it."""
    return render_template("citizen/pairing.html", form=PairingForm())


def _desk() -> Desk:
    tablet_id = current.enrolment().tablet_id
    return desk_of(db.session(), tablet_id=tablet_id, now=clock.now())


def _choices(desk: Desk) -> list[dict[str, object]]:
    """Those who sit at the tablet's counters; when nobody does, all who are posted."""
    officers: list[dict[str, object]] = desk["officers"]
    return [officer for officer in officers if officer["seated"]] or officers


def _receive(raw: bytes) -> None:
    receive_form(
        db.session(),
        ring=current.key_ring(),
        enrolled=current.enrolment(),
        raw=raw,
        now=clock.now(),
    )


def _onward(endpoint: str, officer: int | None = None) -> Response:
    """The next page; with a new cookie, so that no browser keeps the last one's for "back"."""
    address = url_for(endpoint, lang=request.args.get("lang"), officer=officer)
    response = make_response(redirect(address, 303))
    current.renew_tablet_cookie(response)
    return response
