"""What the places for tablets are called, for pages that say which one was silent."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.tablets import Tablet


def tablet_labels(session: Session, *, unit_ids: Iterable[int]) -> dict[int, str]:
    """The label of each of the units' tablets, those out of service too."""
    query = select(Tablet.id, Tablet.label).where(Tablet.unit_id.in_(unit_ids))
    return {row.id: row.label for row in session.execute(query)}
