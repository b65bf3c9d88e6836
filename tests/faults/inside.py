"""The wire without a wire: simulated tablets against the application in this very process.

So that the clock can be moved; nothing sleeps.
"""

from flask.testing import FlaskClient

from tests.faults.tablet import Answer, Tablet

MOST_REQUESTS = 200


def deliver(tablet: Tablet, client: FlaskClient) -> float:
    """Send until nothing waits; the seconds that a tablet would have rested in between."""
    rest = 0.0
    for _ in range(MOST_REQUESTS):
        if not tablet.waiting:
            return rest
        rest += send_once(tablet, client)
    raise AssertionError(f"not delivered: {tablet.heard}")


def send_once(tablet: Tablet, client: FlaskClient) -> float:
    """One request; the seconds to rest after it."""
    request = tablet.request()
    client.set_cookie("kiosk_tablet", tablet.secret, path="/tablet/")
    response = client.post(
        "/tablet/sync", data=request.body, content_type="application/json"
    )
    headers = {name.lower(): value for name, value in response.headers}
    return tablet.hear(request, Answer(response.status_code, headers, response.data))
