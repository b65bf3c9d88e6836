"""Files of static/: addressed by their content, compressed, kept, and nothing beside them."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.web import assets
from kiosk.web.assets import FOR_A_WEEK, FOR_GOOD, asset

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
TOKENS = "/static/css/tokens.css"
PLOTLY = "/static/vendor/plotly/plotly-basic.min.js"


def address(app: Flask, filename: str) -> str:
    with app.test_request_context():
        return asset(filename)


def test_the_address_changes_with_the_content(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    file = tmp_path / "a.css"

    file.write_text("a {}")
    before = address(app, "a.css")
    file.write_text("b {} ")
    after = address(app, "a.css")

    assert before.startswith("/static/a.css?v=")
    assert before != after


def test_a_file_that_is_not_there_has_no_address(app: Flask) -> None:
    with pytest.raises(FileNotFoundError):
        address(app, "css/none.css")


def test_an_address_with_its_hash_is_kept_for_good(
    app: Flask, client: FlaskClient
) -> None:
    response = client.get(address(app, "css/tokens.css"))

    assert response.headers["Cache-Control"] == FOR_GOOD
    assert response.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?v=0123456789abcdef"])
def test_any_other_address_is_asked_about_again(
    client: FlaskClient, query: str
) -> None:
    response = client.get(TOKENS + query)

    assert response.headers["Cache-Control"] == "no-cache"
    assert (
        client.get(TOKENS, headers={"If-None-Match": response.headers["ETag"]}).status
        == "304 NOT MODIFIED"
    )


def test_fonts_are_kept_for_a_week(client: FlaskClient) -> None:
    response = client.get("/static/vendor/noto-sans/latin-400.woff2")

    assert response.headers["Cache-Control"] == FOR_A_WEEK
    assert response.content_type == "font/woff2"


def test_text_is_sent_gzipped_to_whoever_takes_it(client: FlaskClient) -> None:
    plain = client.get(TOKENS)
    packed = client.get(TOKENS, headers={"Accept-Encoding": "gzip, deflate"})

    assert packed.content_encoding == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_our_scripts_go_without_their_lines_of_comment(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    script = (
        "// @ts-check\n/** What\n * it is. */\nconst a = /** @type {x} */ (b); // why\n"
    )
    cast = '  /** @type {x} */ (c).d = "/* */";\n  /* one line */\ne();\n'
    for folder in ("js", "vendor"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.js").write_text(script + cast)
    client = app.test_client()

    ours, theirs = (client.get(f"/static/{name}/a.js") for name in ("js", "vendor"))

    kept = 'const a = /** @type {x} */ (b); // why\n  /** @type {x} */ (c).d = "/* */";\ne();\n'
    assert ours.text == kept
    assert theirs.text == script + cast


def test_a_brotli_sibling_goes_first(client: FlaskClient) -> None:
    packed = client.get(PLOTLY, headers={"Accept-Encoding": "gzip, deflate, br"})
    refused = client.get(PLOTLY, headers={"Accept-Encoding": "br;q=0, gzip"})

    assert packed.content_encoding == "br"
    assert packed.data == (assets.FOLDER.parent / f"{PLOTLY[1:]}.br").read_bytes()
    assert packed.content_type == "text/javascript; charset=utf-8"
    assert refused.content_encoding == "gzip"


def test_a_font_is_not_compressed_again(client: FlaskClient) -> None:
    response = client.get(
        "/static/vendor/noto-sans/latin-400.woff2",
        headers={"Accept-Encoding": "gzip, br"},
    )

    assert response.content_encoding is None


def test_head_says_the_same_without_the_body(client: FlaskClient) -> None:
    got, asked = client.get(TOKENS), client.head(TOKENS)

    assert asked.data == b""
    assert asked.headers["ETag"] == got.headers["ETag"]
    assert asked.content_length == got.content_length


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "%2e%2e/wsgi.py", "css", "css/", "css/../../wsgi.py"]
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
