"""Charts of released blocks, per unit and per officer; never of single ratings."""

from reports.views import blueprint as blueprint
