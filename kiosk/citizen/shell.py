"""The installable shell of the rating screens: its page, its service worker, its manifest.

None of them differs between tablets. The worker is told every file with its hash, so that one byte
of change anywhere is a new version, and a version is held whole or not at all.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from kiosk import __version__
from kiosk.citizen.words import label, word
from kiosk.web import assets
from kiosk.web.language import language
from kiosk.web.words import _l

# Loaded by nobody: it holds the types that the other modules speak of.
TYPES = "js/kiosk/types.js"
WORKER = "js/worker/worker.js"
# The page names its files itself, the style sheets name the fonts.
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONTS = "vendor/be-vietnam-pro/*.woff2"
PAPER, CARD = "#faf7f2", "#ffffff"


def shell() -> Response:
    """The rating screens: the same bytes for every tablet, kept and asked about again."""
    return _answer("tablet.html", _page())


def staff() -> Response:
    """What the staff corner is made of: fetched when it is first opened, and the same for all."""
    return _answer("staff.html", _staff())


def worker() -> Response:
    """The service worker: its script is a static file, told here what to hold."""
    files = [*_files()]
    parts = [*files, *(_signed(name) for name in _scripts("worker", "lib"))]
    version = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    told = json.dumps({"version": version, "files": files})
    script = (
        f'import {{ start }} from "{assets.asset(WORKER)}";\nstart(self, {told});\n'
    )
    return _answer("worker.js", script)


def manifest() -> Response:
    """What a tablet shows of the application beside its other ones."""
    return _answer("manifest.webmanifest", _manifest())


def _manifest() -> str:
    told: dict[str, Any] = {
        "id": url_for("citizen.shell"),
        "lang": language(),
        "dir": "ltr",
        "name": _("Ba Xin: your opinion of the one-stop desk"),
        "short_name": "Ba Xin",
        "start_url": url_for("citizen.shell"),
        "scope": url_for("citizen.shell"),
        "display": "fullscreen",
        "orientation": "any",
        "background_color": PAPER,
        "theme_color": CARD,
        "icons": [*_icons()],
    }
    return json.dumps(told, ensure_ascii=False)


def _answer(name: str, text: str) -> Response:
    response = assets.answer_with(assets.Asset(assets.FOLDER / name, text.encode()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _page() -> str:
    modules = sorted({*_scripts("kiosk", "lib"), "vendor/idb/index.js"} - {TYPES})
    return render_template(
        "citizen/shell.html",
        version=__version__,
        modules=modules,
        word=word,
        label=label,
        _l=_l,
    )


def _staff() -> str:
    return render_template("citizen/staff.html", word=word, label=label, _l=_l)


def _scripts(*folders: str) -> list[str]:
    """What the browser will import, so that it can fetch all of it at once."""
    found = (file for name in folders for file in assets.FOLDER.glob(f"js/{name}/*.js"))
    return sorted(file.relative_to(assets.FOLDER).as_posix() for file in found)


def _files() -> Iterator[tuple[str, str]]:
    """Address and integrity of all that the rating screens need to start without a server."""
    page = _page()
    yield url_for("citizen.shell"), _integrity(page.encode())
    staff = _staff()
    yield url_for("citizen.staff"), _integrity(staff.encode())
    yield url_for("citizen.manifest"), _integrity(_manifest().encode())
    fonts = sorted(assets.FOLDER.glob(FONTS))
    others = [file.relative_to(assets.FOLDER).as_posix() for file in fonts]
    others += _scripts("staff")  # imported when the corner is first opened
    addresses = [url_for("static", filename=name) for name in others]
    linked = [*LINKED.findall(page), *LINKED.findall(staff)]
    for address in dict.fromkeys([*linked, *addresses]):
        name = address.removeprefix("/static/").partition("?")[0]
        yield address, _signed(name)[1]


def _signed(name: str) -> tuple[str, str]:
    return name, _integrity(assets.body(name))


def _integrity(body: bytes) -> str:
    """As a browser's ``fetch`` takes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def _icons() -> Iterator[dict[str, str]]:
    """Made from mark.svg by tests/tools/icons.py."""
    yield _icon("icons/mark.svg", "any", "image/svg+xml")
    for size in (192, 512):
        yield _icon(f"icons/mark-{size}.png", f"{size}x{size}", "image/png")
    maskable = _icon("icons/mark-maskable-512.png", "512x512", "image/png")
    yield maskable | {"purpose": "maskable"}


def _icon(name: str, sizes: str, media_type: str) -> dict[str, str]:
    return {"src": assets.asset(name), "sizes": sizes, "type": media_type}
