"""All tables, one file a subject. Importing this package fills ``Base.metadata``."""

from kiosk.models import accounts, blocks, organisation, store, tablets, waiting
from kiosk.models.base import Base

__all__ = ["Base", "accounts", "blocks", "organisation", "store", "tablets", "waiting"]
