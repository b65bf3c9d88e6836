"""The trail of who did or looked at what; written in the transaction of the deed itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.models.accounts import AuditEntry

LONGEST_SUBJECT = 200


def audit(
    session: Session,
    *,
    at: datetime,
    account_id: int | None,
    action: str,
    subject: str = "",
) -> None:
    """Add one entry: a verb, and what it was done to; never an answer, never what was typed."""
    entry = AuditEntry(
        at=at,
        account_id=account_id,
        action=action,
        subject=subject[:LONGEST_SUBJECT],
    )
    session.add(entry)
    session.flush()
