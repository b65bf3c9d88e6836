"""The application of a later day for gunicorn: its static files are those of another folder."""

import os
from pathlib import Path

from kiosk.app import create_app
from kiosk.web import assets

assets.FOLDER = Path(os.environ["TEST_STATIC_FOLDER"])
app = create_app()
