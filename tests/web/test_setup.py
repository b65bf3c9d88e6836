"""Before ``flask kiosk init`` every page says so, and nothing is made by looking."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from kiosk.config import Settings
from kiosk.db import db
from kiosk.models.store import Store
from tests import stores
from tests.pages import visit

PAGES = ("/", "/sign-in", "/admin/tablets", "/reports/", "/tablet/", "/tablet/form")


@pytest.fixture
def unset(tmp_path: Path) -> Iterator[Flask]:
    """An application whose instance folder is not even there."""
    url = f"sqlite:///{tmp_path / 'none' / 'kiosk.sqlite3'}"
    variables = {
        "KIOSK_INSTANCE": str(tmp_path / "none"),
        "KIOSK_DATABASE_URL": url,
        "REPORTS_DATABASE_URL": url,
    }
    app = stores.application(variables)
    yield app
    stores.dispose(app)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_what_to_run(unset: Flask, page: str, language: str) -> None:
    response = visit(
        unset.test_client(), f"{page}?lang={language}", status=503, language=language
    )

    assert "flask kiosk init" in response.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_tablet_is_told_in_json(unset: Flask, method: str) -> None:
    path = "/tablet/sync" if method == "POST" else "/tablet/desk"

    response = unset.test_client().open(path, method=method)

    assert response.status_code == 503
    assert response.get_json()["kind"] == "not_set_up"


def test_static_files_are_there_already(unset: Flask) -> None:
    assert unset.test_client().get("/static/css/tokens.css").status_code == 200


def test_looking_makes_no_database(unset: Flask) -> None:
    unset.test_client().get("/sign-in")

    settings: Settings = unset.extensions["kiosk.settings"]
    assert not settings.instance.exists()


@pytest.mark.parametrize("schema", [False, True])
def test_keys_alone_are_no_store(tmp_path: Path, schema: bool) -> None:
    file = tmp_path / "kiosk.sqlite3"
    url = f"sqlite:///{file}"
    if schema:
        file.touch()
    app = stores.application(stores.variables(tmp_path, url, url))

    response = app.test_client().get("/sign-in")
    stores.dispose(app)

    assert response.status_code == 503
    assert file.exists() == schema


def test_a_database_without_a_store_is_not_set_up(app: Flask, session: Session) -> None:
    session.execute(delete(Store))
    session.commit()

    assert app.test_client().get("/sign-in").status_code == 503


def test_it_is_looked_for_until_it_is_there_and_then_no_more(
    app: Flask, session: Session
) -> None:
    client, (store,) = app.test_client(), session.query(Store).all()
    session.execute(delete(Store))
    session.commit()
    early = client.get("/sign-in")

    session.add(Store(id=1, demonstration=False, made_at=store.made_at))
    session.commit()
    ready = client.get("/sign-in")
    session.execute(delete(Store))
    session.commit()

    assert (early.status_code, ready.status_code) == (503, 200)
    assert client.get("/sign-in").status_code == 200


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_demonstration_says_so_on_every_page(app: Flask, session: Session) -> None:
    session.query(Store).update({Store.demonstration: True})
    session.commit()

    assert "Bản minh hoạ" in visit(app.test_client(), "/sign-in").text


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/nowhere", "/static/css/tokens.css", "/static/no"])
def test_static_files_and_unknown_addresses_ask_no_database(
    app: Flask, path: str
) -> None:
    asked: list[object] = []
    with app.app_context():
        event.listen(db.engine, "checkout", lambda *words: asked.append(words))

    client = app.test_client()
    client.set_cookie("kiosk_session", "whatever")
    client.get(path)

    assert asked == []
