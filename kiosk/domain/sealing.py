"""Seals what lies in the closed room: AES-256-GCM with keys that are not in the database.

A sealed value is key number (1 byte), nonce (12), ciphertext and tag (16). The plaintext is padded
to the fixed size of its kind, so that length tells nothing; the row's open columns are bound in as
associated data, so that a sealed answer cannot be moved to another officer or day.
"""

import hashlib
import hmac
import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import date

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.domain.errors import RoomKeyMissing
from kiosk.domain.seals import SealKeys

RATING_SIZE = 4
REASONS_SIZE = 1
COMMENT_SIZE = 2002  # 500 code points of at most 4 bytes, and their length
KEY_SIZE = 32
KIBIBYTE = 1024
_NONCE_SIZE = 12


class KeyRing:
    """The room's keys by number; the highest one seals, all of them open."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self.seals = SealKeys(keys)
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._current = max(keys)
        self._head = bytes((self._current,))
        self._fingerprint_key = hashlib.sha256(
            b"fingerprint" + keys[min(keys)]
        ).digest()

    def seal(self, plain: bytes, bound: bytes) -> bytes:
        """Seal bytes already of their fixed size; ``bound`` must be given again to open."""
        nonce = secrets.token_bytes(_NONCE_SIZE)
        return (
            self._head
            + nonce
            + self._ciphers[self._current].encrypt(nonce, plain, bound)
        )

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """The plaintext; RoomKeyMissing without the key, InvalidTag where a bit was changed."""
        cipher = self._ciphers.get(sealed[0])
        if cipher is None:
            raise RoomKeyMissing(sealed[0])
        nonce_end = 1 + _NONCE_SIZE
        return cipher.decrypt(sealed[1:nonce_end], sealed[nonce_end:], bound)

    def fingerprint(self, data: bytes) -> bytes:
        """16 bytes that tell equal data and, without the ring, nothing else."""
        return hmac.digest(self._fingerprint_key, data, "sha256")[:16]


def bound_to(
    *,
    unit_id: int,
    key: bytes,
    kind: str,
    officer_id: int | None,
    questionnaire: int,
    channel: str,
    day: date,
    mark: str | None,
) -> bytes:
    """The open columns of a waiting row as associated data: all of them."""
    columns = (unit_id, kind, officer_id, questionnaire, channel, day.isoformat(), mark)
    return "|".join(map(str, columns)).encode() + key


def pad_text(text: str) -> bytes:
    """A comment as ``COMMENT_SIZE`` bytes: its length in UTF-8 (2 bytes), the text, zeros."""
    data = text.encode()
    return (len(data).to_bytes(2, "big") + data).ljust(COMMENT_SIZE, b"\0")


def unpad_text(data: bytes) -> str:
    """The inverse of ``pad_text``."""
    return data[2 : 2 + int.from_bytes(data[:2], "big")].decode()


def pad_raw(data: bytes) -> bytes:
    """What is kept in quarantine: length (4 bytes), the bytes, zeros up to a whole KiB.

    The length of an item's text would tell yes from no.
    """
    size = -(-(len(data) + 4) // KIBIBYTE) * KIBIBYTE
    return (len(data).to_bytes(4, "big") + data).ljust(size, b"\0")


def unpad_raw(data: bytes) -> bytes:
    """The inverse of ``pad_raw``."""
    return data[4 : 4 + int.from_bytes(data[:4], "big")]


def new_key_ring() -> str:
    """The JSON text of a ring with one fresh key, as kept in ``instance/room.keys``."""
    return json.dumps({"1": b64encode(secrets.token_bytes(KEY_SIZE)).decode()})
