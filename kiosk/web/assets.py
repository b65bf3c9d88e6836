"""Files of static/: addressed with a hash of their content, kept for good, sent compressed.

A ``.br`` beside a file goes to whoever takes brotli; the rest is gzipped once, at first use.
Our own scripts go without their comments, which are a quarter of them.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

FOLDER = Path(__file__).resolve().parents[2] / "static"
COMPRESSED = (".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest")
SMALLEST_COMPRESSED = 512
FOR_GOOD = "public, max-age=31536000, immutable"
# Third-party files are reached from style sheets without a hash and change with a release only.
FOR_A_WEEK = "public, max-age=604800"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}
TYPES[".webmanifest"] = "application/manifest+json"
# Whole lines only: what stands behind code or inside of it stays.
COMMENT = re.compile(
    rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Asset:
    """One file as it was read; hash and compressed forms are made once."""

    path: Path
    body: bytes

    @cached_property
    def version(self) -> str:
        """16 hex digits that change with the content."""
        return hashlib.sha256(self.body).hexdigest()[:16]

    @cached_property
    def brotli(self) -> bytes | None:
        sibling = self.path.with_name(self.path.name + ".br")
        return sibling.read_bytes() if sibling.is_file() else None

    @cached_property
    def gzipped(self) -> bytes | None:
        if self.path.suffix not in COMPRESSED or len(self.body) < SMALLEST_COMPRESSED:
            return None
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    @property
    def media_type(self) -> str:
        guessed = mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        return TYPES.get(self.path.suffix, guessed)


def init_app(app: Flask) -> None:
    """Serve the folder, and give templates ``asset()``."""
    app.add_url_rule("/static/<path:filename>", "static", _serve)
    app.add_template_global(asset)


def asset(filename: str) -> str:
    """The address of a file in static/, with the hash of what it holds now."""
    return _address(request.root_path, filename, _find(filename).version)


def body(filename: str) -> bytes:
    """What of a file is sent, before it is packed."""
    return _find(filename).body


@lru_cache(maxsize=512)
def _address(root: str, filename: str, version: str) -> str:
    return url_for("static", filename=filename, v=version)


def answer_with(found: Asset) -> Response:
    """The file or page in the shortest form that the browser takes; 304 where it has it already."""
    encoding, body = _encoded(found)
    response = Response(body, content_type=_content_type(found))
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{found.version}-{encoding}" if encoding else found.version)
    response.make_conditional(request)
    return response


def _serve(filename: str) -> Response:
    try:
        found = _find(filename)
    except FileNotFoundError:
        abort(404)
    response = answer_with(found)
    response.headers["Cache-Control"] = _keeping(filename, found)
    return response


def _find(filename: str) -> Asset:
    path = safe_join(str(FOLDER), filename)
    if path is None or not Path(path).is_file():
        raise FileNotFoundError(filename)
    file = Path(path)
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read(path: Path, changed: int) -> Asset:
    """The file, read again only after it has changed."""
    body = path.read_bytes()
    is_ours = path.suffix == ".js" and path.is_relative_to(FOLDER / "js")
    return Asset(path, COMMENT.sub(b"", body) if is_ours else body)


def _encoded(found: Asset) -> tuple[str | None, bytes]:
    accepted = request.accept_encodings
    if found.brotli and accepted.quality("br") > 0:
        return "br", found.brotli
    if found.gzipped and accepted.quality("gzip") > 0:
        return "gzip", found.gzipped
    return None, found.body


def _content_type(found: Asset) -> str:
    text = found.path.suffix in COMPRESSED
    return found.media_type + ("; charset=utf-8" if text else "")


def _keeping(filename: str, found: Asset) -> str:
    if request.args.get("v") == found.version:
        return FOR_GOOD
    return FOR_A_WEEK if filename.startswith("vendor/") else "no-cache"
