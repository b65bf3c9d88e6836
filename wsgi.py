"""The application for ``flask`` and gunicorn."""

from kiosk.app import create_app
from kiosk.config import SettingsError

try:
    app = create_app()
except SettingsError as wrong:
    raise SystemExit(f"The settings are not right:\n{wrong}") from None
