"""The store's connections."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kiosk.db import db, reports_session, writing
from kiosk.models.organisation import Officer

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


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_a_report_sees_the_store_as_it_was_at_its_first_look(
    app: Flask, session: Session
) -> None:
    count = select(func.count()).select_from(Officer)
    with app.app_context(), reports_session() as reading:
        before = reading.execute(count).scalar_one()
        session.add(Officer(code="CB99", name="Đỗ Thị Lan"))
        session.commit()

        assert reading.execute(count).scalar_one() == before
    with app.app_context(), reports_session() as later:
        assert later.execute(count).scalar_one() == before + 1


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_who_has_read_and_begins_to_write_sees_what_was_written_in_between(
    app: Flask, session: Session
) -> None:
    lan = Officer(code="CB99", name="Đỗ Thị Lan")
    session.add(lan)
    session.commit()
    with app.app_context(), Session(db.engine) as late:
        known = late.get_one(Officer, lan.id)
        late.connection().commit()  # its lock; the session goes on believing what it read
        lan.name = "Đỗ Thị Lan Anh"
        session.commit()

        writing(late)

        assert known.name == "Đỗ Thị Lan Anh"
        session.connection().exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(OperationalError, match="locked"):
            writing(session)
