"""What was asked for, and the page: the shell, and the form without scripts on three pages."""

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug import Response

from kiosk.citizen.forms import PairingForm, rating_form, remark_form
from kiosk.citizen.items import rating_text, remark_text
from kiosk.citizen.words import label, word
from kiosk.db import db
from kiosk.domain.desk import Desk, desk_of
from kiosk.domain.questionnaire import CURRENT
from kiosk.web import clock, current
from kiosk.web.assets import FOLDER, Asset, answer_with
from kiosk.web.intake import receive_form
from kiosk.web.words import _l

blueprint = Blueprint("citizen", __name__, url_prefix="/tablet")
# Loaded by nobody: it holds the types that the other modules speak of.
TYPES = "js/kiosk/types.js"


@blueprint.get("/")
def shell() -> Response:
    """The rating screens: the same bytes for every tablet, kept and asked about again."""
    page = render_template(
        "citizen/shell.html", modules=_modules(), word=word, label=label, _l=_l
    )
    response = answer_with(Asset(FOLDER / "tablet.html", page.encode()))
    response.headers["Cache-Control"] = "no-cache"
    return response


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


def _modules() -> list[str]:
    """What the shell's script will import, so that the browser can fetch all of it at once."""
    scripts = [*FOLDER.glob("js/kiosk/*.js"), *FOLDER.glob("js/lib/*.js")]
    names = {script.relative_to(FOLDER).as_posix() for script in scripts}
    return sorted(names - {TYPES} | {"vendor/idb/index.js"})
