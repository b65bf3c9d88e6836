"""All tables, one file a subject. Importing this package fills ``Base.metadata``."""

from kiosk.models import (
    accounts,
    backups,
    blocks,
    organisation,
    store,
    sums,
    tablets,
    waiting,
)
from kiosk.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "backups",
    "blocks",
    "organisation",
    "store",
    "sums",
    "tablets",
    "waiting",
]
