"""What tablets talk to: pairing, the desk, photos, and the sync of ratings."""

from flask import Blueprint

blueprint = Blueprint("tablets", __name__, url_prefix="/tablet")

from kiosk.tablets import api, desk, pairing  # noqa: E402, F401 - the views need the blueprint
