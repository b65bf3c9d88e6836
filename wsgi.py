"""The application for ``flask`` and gunicorn."""

from kiosk.app import create_app

app = create_app()
