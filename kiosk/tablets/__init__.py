"""What tablets talk to: pairing, the desk, photos, and the sync of ratings."""

from flask import Blueprint

from kiosk.tablets import api, desk, pairing

blueprint = Blueprint("tablets", __name__, url_prefix="/tablet")
blueprint.post("/pair")(pairing.pair)
blueprint.post("/unpairing")(pairing.unpair)
blueprint.get("/desk")(desk.desk)
blueprint.get("/photo/<int:officer_id>")(desk.photo)
blueprint.post("/sync")(api.sync)
