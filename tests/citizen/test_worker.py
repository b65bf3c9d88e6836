"""What makes the tablet installable: a worker that knows the whole shell, and a manifest."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.web import assets
from tests.markup import parse

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
WORKER = "/tablet/worker.js"
MANIFEST = "/tablet/manifest.webmanifest"


def told(client: FlaskClient) -> dict[str, Any]:
    """What the worker's script gives to its static part."""
    text = client.get(WORKER).text
    found: dict[str, Any] = json.loads(text[text.index("{", 10) : text.rindex("}") + 1])
    return found


def addresses(client: FlaskClient) -> set[str]:
    return {address for address, _ in told(client)["files"]}


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of static/ that the test may change."""
    copy = tmp_path / "static"
    shutil.copytree(
        assets.FOLDER, copy, ignore=shutil.ignore_patterns("plotly", "tabler")
    )
    monkeypatch.setattr(assets, "FOLDER", copy)
    return copy


def test_the_worker_is_a_script_that_is_asked_about_each_time(
    client: FlaskClient,
) -> None:
    first = client.get(WORKER)

    again = client.get(WORKER, headers={"If-None-Match": first.headers["ETag"]})

    assert first.content_type == "text/javascript; charset=utf-8"
    assert first.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304


def test_each_file_of_the_shell_is_what_the_worker_is_promised(
    client: FlaskClient,
) -> None:
    for address, integrity in told(client)["files"]:
        body = client.get(address).data

        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        assert integrity == f"sha256-{digest}", address


def test_the_promise_is_the_same_however_the_script_is_sent(
    client: FlaskClient,
) -> None:
    plain, packed = (
        client.get(WORKER, headers={"Accept-Encoding": encoding})
        for encoding in ("identity", "gzip, br")
    )

    assert packed.content_encoding == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_the_worker_holds_all_that_the_page_and_its_style_sheets_ask_for(
    client: FlaskClient,
) -> None:
    page = client.get("/tablet/").text
    root, _ = parse(page)
    links = {link.get("href") or "" for link in root.all("link")}
    scripts = {script.get("src") or "" for script in root.all("script")}
    fonts = set(
        re.findall(r"be-vietnam-pro/[\w-]+\.woff2", client.get(base(page)).text)
    )

    held = addresses(client)

    assert links | scripts | {"/tablet/", MANIFEST} <= held
    assert {f"/static/vendor/{font}" for font in fonts} <= held
    assert len(fonts) == 4


def test_the_staff_corner_is_held_though_the_page_does_not_load_it(
    client: FlaskClient,
) -> None:
    page, corner = client.get("/tablet/").text, client.get("/tablet/staff").text
    root, _ = parse(corner)
    (sheet,) = [link.get("href") or "" for link in root.all("link")]

    scripts = {f"/static/js/staff/{f.name}" for f in assets.FOLDER.glob("js/staff/*")}

    assert len(scripts) > 3
    assert {sheet} | scripts <= addresses(client)
    assert not [each for each in {sheet} | scripts if each in page]


def base(page: str) -> str:
    found = re.search(r'"([^"]*/base\.css[^"]*)"', page)
    assert found is not None
    return found[1]


def test_the_worker_holds_nothing_of_any_tablet(client: FlaskClient) -> None:
    beside = {address for address in addresses(client) if address.startswith("/tablet")}

    assert beside == {"/tablet/", MANIFEST, "/tablet/staff"}


@pytest.mark.parametrize(
    "name",
    [
        "js/kiosk/words.js",
        "js/worker/routes.js",
        "css/citizen.css",
        "vendor/idb/index.js",
        "vendor/be-vietnam-pro/latin-400.woff2",
        "icons/mark-512.png",
    ],
)
def test_one_byte_of_any_file_is_a_new_version(
    client: FlaskClient, static: Path, name: str
) -> None:
    before = told(client)["version"]
    with (static / name).open("ab") as file:
        file.write(b"\n")

    assert told(client)["version"] != before


def test_what_the_tablet_never_loads_is_no_new_version(
    client: FlaskClient, static: Path
) -> None:
    before = client.get(WORKER).data
    (static / "css" / "reports.css").write_text("")

    assert client.get(WORKER).data == before


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manifest_names_the_application_in_either_language(
    client: FlaskClient, language: str
) -> None:
    response = client.get(f"{MANIFEST}?lang={language}")

    found = response.json
    names = {"vi": "ý kiến của ông/bà", "en": "your opinion"}
    assert response.content_type == "application/manifest+json; charset=utf-8"
    assert found is not None
    assert found["lang"] == language
    assert names[language] in found["name"]
    assert (found["start_url"], found["scope"]) == ("/tablet/", "/tablet/")
    assert found["display"] == "fullscreen"


def test_each_icon_has_the_size_that_the_manifest_says(client: FlaskClient) -> None:
    manifest = client.get(MANIFEST).json
    assert manifest is not None
    pictures = [icon for icon in manifest["icons"] if icon["type"] == "image/png"]

    for icon in pictures:
        width, height = struct.unpack(">II", client.get(icon["src"]).data[16:24])
        assert icon["sizes"] == f"{width}x{height}"

    purposes = [(icon["sizes"], icon.get("purpose")) for icon in pictures]
    assert purposes == [("192x192", None), ("512x512", None), ("512x512", "maskable")]
