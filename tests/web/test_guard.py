"""Every route with who may reach it; and that each role reaches what the table says, no more."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk.domain.access import ACCESS, ROLES, callers_of
from kiosk.models.accounts import AuditEntry
from tests import cast, people
from tests.pages import check, visit
from tests.people import NAMES

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
SIGN_IN = "/sign-in?next="

# Whoever adds a route says here who may reach it; the table itself is in kiosk/domain/access.py.
ROUTES = """
GET       /                                       public
GET       /admin/accounts                         administrator
GET       /admin/tablets                          administrator
GET       /admin/tablets/<int:tablet_id>          administrator
POST      /admin/tablets/<int:tablet_id>/code     administrator
POST      /admin/tablets/<int:tablet_id>/return   administrator
GET POST  /admin/tablets/<int:tablet_id>/retirement administrator
GET POST  /admin/tablets/<int:tablet_id>/revocation administrator
GET POST  /admin/tablets/new                      administrator
GET POST  /admin/units/<int:unit_id>/pin          administrator
GET POST  /password                               administrator delegation head
GET       /reports/                               delegation head
GET       /reports/compare                        delegation head
GET       /reports/compare.<form>                 delegation head
GET       /reports/coverage                       delegation head
GET       /reports/coverage.<form>                delegation head
GET       /reports/dossier                        delegation head
GET       /reports/dossier.<form>                 delegation head
GET       /reports/methodology                    administrator delegation head
GET       /reports/officers/<int:officer_id>      delegation head
GET       /reports/officers/<int:officer_id>.<form> delegation head
GET       /reports/officers/<int:officer_id>/remarks delegation head
GET       /reports/officers/<int:officer_id>/remarks.<form> delegation head
GET       /reports/overview                       delegation head
GET       /reports/overview.<form>                delegation head
GET       /reports/remarks                        delegation head
GET       /reports/remarks.<form>                 delegation head
GET       /reports/targets                        delegation head
GET       /reports/targets.<form>                 delegation head
GET       /reports/units/<int:unit_id>            delegation head
GET       /reports/units/<int:unit_id>/coverage   delegation head
GET       /reports/units/<int:unit_id>/coverage.<form> delegation head
GET       /reports/units/<int:unit_id>/dossier    delegation head
GET       /reports/units/<int:unit_id>/dossier.<form> delegation head
GET       /reports/units/<int:unit_id>/remarks    delegation head
GET       /reports/units/<int:unit_id>/remarks.<form> delegation head
GET       /reports/units/<int:unit_id>/targets    delegation head
GET       /reports/units/<int:unit_id>/targets.<form> delegation head
GET       /reports/units/<int:unit_id>.<form>     delegation head
GET       /reports/units/<int:unit_id>/seats      delegation head
GET       /reports/units/<int:unit_id>/seats.<form> delegation head
GET POST  /sign-in                                public
POST      /sign-out                               public
GET       /static/<path:filename>                 public
GET       /tablet/                                public
GET       /tablet/desk                            tablet
GET POST  /tablet/form                            tablet
GET       /tablet/form/pairing                    public
GET POST  /tablet/form/remark                     tablet
GET       /tablet/form/thanks                     tablet
GET       /tablet/manifest.webmanifest            public
POST      /tablet/pair                            public
GET       /tablet/photo/<int:officer_id>          tablet
POST      /tablet/sync                            tablet
GET       /tablet/staff                           public
POST      /tablet/unpairing                       tablet
GET       /tablet/worker.js                       public
"""


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Methods, address and callers of every route, by address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        methods = " ".join(sorted(methods_of(rule)))
        yield methods, rule.rule, " ".join(sorted(callers_of(rule.endpoint)))


def methods_of(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def addresses(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and an address of every route but static files."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            address = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
            yield from ((rule.endpoint, m, address) for m in sorted(methods_of(rule)))


def refused(response: TestResponse) -> bool:
    to_sign_in = response.headers.get("Location", "").startswith(SIGN_IN)
    return response.status_code in {401, 403} or to_sign_in


@one_store
def test_every_route_says_who_may_reach_it(app: Flask) -> None:
    told = [tuple(line.split(maxsplit=1)) for line in ROUTES.strip().splitlines()]
    expected = {" ".join(" ".join(words).split()) for words in told}

    found = {" ".join(route) for route in routes(app)}

    table = "\n".join(f"{m:9} {a:40} {w}" for m, a, w in routes(app))
    assert found == expected, f"the routes are now\n{table}"


@one_store
def test_the_table_names_no_endpoint_that_is_gone(app: Flask) -> None:
    assert set(ACCESS) == {rule.endpoint for rule in app.url_map.iter_rules()}


@one_store
def test_nobody_reaches_only_what_is_public(app: Flask, client: FlaskClient) -> None:
    for endpoint, method, address in addresses(app):
        response = client.open(address, method=method)
        public = "public" in callers_of(endpoint)
        assert refused(response) != public, (endpoint, method, response.status)


@one_store
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_the_table_says(
    app: Flask, client: FlaskClient, session: Session, role: str
) -> None:
    people.appoint(session, cast.build_world(session))
    people.sign_in(client, NAMES[role])

    for endpoint, method, address in addresses(app):
        if endpoint == "accounts.sign_out":
            continue
        response = client.open(address, method=method)
        allowed = bool({"public", role} & callers_of(endpoint))
        assert refused(response) != allowed, (endpoint, method, response.status)


@one_store
def test_a_cookie_that_no_tablet_was_given_opens_nothing(
    app: Flask, client: FlaskClient
) -> None:
    client.set_cookie("kiosk_tablet", "made up", path="/tablet/")

    for endpoint, method, address in addresses(app):
        if "tablet" in callers_of(endpoint):
            content = "application/json" if endpoint == "tablets.sync" else None
            response = client.open(address, method=method, content_type=content)
            csrf = method == "POST" and endpoint.startswith("citizen.")
            assert response.status_code == (400 if csrf else 401), (endpoint, method)


@pytest.mark.usefixtures("own_place")
@one_store
def test_a_route_that_the_table_forgot_is_refused(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    people.appoint(session, cast.build_world(session))

    assert refused(client.get("/forgotten"))
    for username in NAMES.values():
        people.sign_in(client, username)
        assert client.get("/forgotten").status_code == 403
        client.delete_cookie("kiosk_session")


def test_a_page_asked_for_too_early_is_opened_after_signing_in(
    client: FlaskClient, session: Session
) -> None:
    people.appoint(session, cast.build_world(session))

    asked = client.get("/admin/tablets?unit=3")
    opened = people.sign_in(client, "quantri", address=asked.location)

    assert asked.status_code == 303
    assert opened.location == "/admin/tablets?unit=3"


@one_store
def test_a_form_sent_after_the_session_ended_is_told_so(client: FlaskClient) -> None:
    response = client.post("/password", data={"new": "x"})

    check(response, status=401)
    assert "Xin đăng nhập lại" in response.text
    assert response.headers["WWW-Authenticate"]


@one_store
def test_the_wrong_role_is_shown_the_way_home(
    client: FlaskClient, session: Session
) -> None:
    people.appoint(session, cast.build_world(session))
    people.sign_in(client, "quantri")

    page = visit(client, "/reports/overview", status=403)

    assert 'href="/admin/tablets"' in page.text


def test_who_looks_at_results_is_written_down_first(
    client: FlaskClient, session: Session
) -> None:
    appointed = people.appoint(session, cast.build_world(session))
    people.sign_in(client, "chutich")

    client.get("/reports/overview?period=2026-06")
    client.get("/password")

    query = select(AuditEntry.account_id, AuditEntry.subject).where(
        AuditEntry.action == "report_read"
    )
    assert [tuple(row) for row in session.execute(query)] == [
        (appointed.head, "/reports/overview?period=2026-06")
    ]
