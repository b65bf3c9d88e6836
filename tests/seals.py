"""The tablet's side of a seal, written from the protocol and not from the JavaScript.

Turns the text of a plain item into that of a sealed one, as a tablet does at the tap.
"""

import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.domain.seals import Seal

SESSION = 64  # items that one agreement serves
SIZES = {"rating": 224, "remark": 2816}
HEAD = ("id", "seq", "unit")
KIBIBYTE = 1024


@dataclass
class Sealer:
    """One browser's seals, to the key that stands on its desk."""

    seal: Seal
    _point: bytes = b""
    _link: bytes = b""
    _step: int = field(default=SESSION)

    def __call__(self, plain: str) -> str:
        """The sealed text of the item whose plain text this is."""
        item = json.loads(plain)
        head = {name: item.pop(name) for name in HEAD}
        del item["salt"]
        told, key = self._next()
        content = _padded(item)
        bound = f"{head['id']}|{head['unit']}".encode()
        text = AESGCM(key).encrypt(bytes(12), content, bound)
        sealed = {"kind": "sealed"} | head | told | {"text": b64encode(text).decode()}
        return json.dumps(sealed, separators=(",", ":"))

    def _next(self) -> tuple[dict[str, Any], bytes]:
        """Which key is meant, and the key itself, to be used once."""
        if self._step == SESSION:
            self._agree()
        told = {
            "key": self.seal["key"],
            "point": b64encode(self._point).decode(),
            "step": self._step,
        }
        key = hmac.digest(self._link, b"\1", "sha256")
        self._link = hmac.digest(self._link, b"\2", "sha256")
        self._step += 1
        return told, key

    def _agree(self) -> None:
        room = b64decode(self.seal["point"])
        private = ec.generate_private_key(ec.SECP256R1())
        shared = private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(private.curve, room)
        )
        self._point = private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        about = b"kiosk item seal 1" + room + self._point
        self._link = HKDF(SHA256(), 32, None, about).derive(shared)
        self._step = 0


def pad(body: str) -> str:
    """A request's body as a whole number of KiB."""
    return body + " " * (-len(body.encode()) % KIBIBYTE)


def _padded(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    size = SIZES[content["kind"]]
    return text.ljust(-(-len(text) // size) * size)
