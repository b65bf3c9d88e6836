"""Opens what a tablet sealed at the tap, which it cannot read back itself.

A tablet agrees on a secret with the room (ECDH on P-256, its own half thrown away) for at most 64
items; from it a chain of keys is hashed forward, one an item, each forgotten once it has sealed
(the symmetric ratchet of Perrin and Marlinspike, 2016). Id and unit stand outside, bound to it.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, TypedDict
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Meta, Struct

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
NONCE = bytes(12)  # each key seals one item only
REMEMBERED = 1024  # agreements: each costs as much as storing an item


class SealedItem(
    Struct, tag_field="kind", tag="sealed", forbid_unknown_fields=True, frozen=True
):
    """An item as sealed: key number of the room, point of the tablet, and how many keys on."""

    id: UUID
    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    unit: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    key: Annotated[int, Meta(ge=1, le=255)]
    point: Annotated[bytes, Meta(max_length=65)]
    step: Annotated[int, Meta(ge=0, le=255)]
    text: bytes


class Seal(TypedDict):
    """To which key a tablet is to seal: its number in the ring, its point in base64."""

    key: int
    point: str


class Unsealable(Exception):
    """Why a seal does not open, as a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SealKeys:
    """The private keys that tablets seal to, each made from the room key of its number.

    So they are kept, changed and destroyed with the ring, and need no file of their own.
    """

    def __init__(self, room_keys: Mapping[int, bytes]) -> None:
        self._room_keys = room_keys
        self._chain = lru_cache(REMEMBERED)(self._agree)

    @property
    def current(self) -> Seal:
        """What stands on the desk: the newest key's public half."""
        number = max(self._room_keys)
        return {"key": number, "point": b64encode(self._pairs[number].point).decode()}

    def open(self, sealed: SealedItem) -> bytes:
        """What the item says. Raises Unsealable."""
        key = self._chain(sealed.key, sealed.point).key(sealed.step)
        bound = bound_to_item(sealed.id, sealed.unit)
        try:
            return AESGCM(key).decrypt(NONCE, sealed.text, bound)
        except InvalidTag:
            raise Unsealable("unsealable") from None

    def _agree(self, number: int, point: bytes) -> "_Chain":
        """What is shared with whoever made the point. Raises Unsealable."""
        pair = self._pairs.get(number)
        if pair is None:
            raise Unsealable("seal_key_missing")
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        except ValueError:
            raise Unsealable("unsealable") from None
        shared = pair.private.exchange(ec.ECDH(), theirs)
        return _Chain(first_link(shared, pair.point, point))

    @cached_property
    def _pairs(self) -> Mapping[int, "_Pair"]:
        return {number: _pair(key) for number, key in self._room_keys.items()}


@dataclass(frozen=True, slots=True)
class _Pair:
    private: ec.EllipticCurvePrivateKey
    point: bytes


class _Chain:
    """What one agreement leads to; a tablet's next item mostly asks for the next key."""

    def __init__(self, first: bytes) -> None:
        self._first = first
        self._at = 0, first  # one tuple, so that threads never see halves of it

    def key(self, step: int) -> bytes:
        """The key after so many steps from the first."""
        at, link = self._at
        if at > step:
            at, link = 0, self._first
        for _ in range(step - at):
            link = hmac.digest(link, b"\2", "sha256")
        self._at = step, link
        return hmac.digest(link, b"\1", "sha256")


def first_link(shared: bytes, room: bytes, tablet: bytes) -> bytes:
    """Where a chain begins, from the agreed secret and both points (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, None, b"kiosk item seal 1" + room + tablet).derive(shared)


def bound_to_item(item_id: UUID, unit: int) -> bytes:
    """What stands outside of an item's seal and must not be changed."""
    return f"{item_id}|{unit}".encode()


def _pair(room_key: bytes) -> _Pair:
    """A key pair from 48 bytes, so that no key is likelier than another (FIPS 186-5, A.2.1)."""
    wide = HKDF(SHA256(), 48, None, b"kiosk tablet seal").derive(room_key)
    secret = int.from_bytes(wide, "big") % (ORDER - 1) + 1
    private = ec.derive_private_key(secret, CURVE)
    public = private.public_key()
    return _Pair(
        private, public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
