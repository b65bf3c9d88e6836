"""The store's connections."""

import pytest
from sqlalchemy.orm import Session

STRICT_AND_DURABLE = {
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "busy_timeout": 10_000,
}


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_each_sqlite_connection_is_strict_and_durable(session: Session) -> None:
    connection = session.connection()

    found = {
        name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        for name in STRICT_AND_DURABLE
    }

    assert found == STRICT_AND_DURABLE
