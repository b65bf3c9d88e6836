"""The citizen's side: the shell of the rating screens, and the form that works without scripts."""

from kiosk.citizen.views import blueprint as blueprint
