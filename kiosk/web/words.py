"""Words that wait for the reader's language, typed as the text that WTForms wants."""

from typing import cast

from flask_babel import lazy_gettext


def _l(message: str, **values: object) -> str:
    """The message, translated whenever it is shown; extracted by the name of this function."""
    return cast(str, lazy_gettext(message, **values))
