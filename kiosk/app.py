"""The whole assembly on one screen; the only module that imports reports."""

from flask import Flask

import reports
from kiosk import accounts, admin, citizen, cli, db, migrations, tablets, web
from kiosk.config import CHECKOUT, Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, by the settings given or those of the environment.

    Raises SettingsError with every problem at once.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "kiosk",
        root_path=str(CHECKOUT),
        instance_path=str(settings.instance),
        template_folder="templates",
        static_folder=None,
    )
    app.extensions["kiosk.settings"] = settings
    db.init_app(app, settings)
    migrations.init_app(app)
    web.init_app(app, settings)
    for blueprint in (citizen, tablets, accounts, admin):
        app.register_blueprint(blueprint.blueprint)
    app.register_blueprint(reports.blueprint, url_prefix="/reports")
    cli.register_commands(app)
    return app
