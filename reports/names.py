"""How names stand in a list: Vietnamese order, people by their given name, which comes last."""

import unicodedata
from collections.abc import Sequence

_LETTERS = {letter: at for at, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {mark: at for at, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}

Key = tuple[list[int], list[int]]


def person_key(name: str) -> tuple[Key, Key]:
    """Sorts people: by the given name, then by the whole name."""
    return place_key(name.rsplit(" ", maxsplit=1)[-1]), place_key(name)


def place_key(text: str) -> Key:
    """Sorts as a Vietnamese dictionary does: by letters, and by tones where letters agree."""
    letters, tones = [], []
    for each in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", each)
        plain = "".join(part for part in parts if part not in _TONES)
        letter = unicodedata.normalize("NFC", plain) or " "
        letters.append(_LETTERS.get(letter, ord(letter[0]) - 1000))
        tones.append(next((_TONES[part] for part in parts if part in _TONES), 0))
    return letters, tones


def short_names(names: Sequence[str]) -> list[str]:
    """The names without the word that all of them begin with, e.g. "Phường"."""
    first = {name.split(" ")[0] for name in names}
    if len(names) < 2 or len(first) > 1 or any(" " not in name for name in names):
        return list(names)
    return [name.split(" ", 1)[1] for name in names]
