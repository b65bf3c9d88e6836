"""Text as it is searched: small letters without marks, so that "cho lau" finds "Chờ lâu"."""

import unicodedata


def folded(text: str) -> str:
    """The text in small letters, each without its marks; đ as d."""
    parts = unicodedata.normalize("NFD", text.lower())
    plain = "".join(each for each in parts if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", plain).replace("đ", "d")
