"""The console: one module per register; changes go through the domain and leave a trail."""

from flask import Blueprint

from kiosk.admin import accounts, fleet, pins, tablets

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
accounts.add_routes(blueprint)
fleet.add_routes(blueprint)
pins.add_routes(blueprint)
tablets.add_routes(blueprint)
