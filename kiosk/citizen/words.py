"""The shell's words in both languages at once, for its bytes are the same for everybody."""

from flask_babel import force_locale
from markupsafe import Markup

from kiosk.web.language import LANGUAGES, Language


def both(text: str) -> dict[Language, str]:
    """A lazy text (``_l``) in each language."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = str(text)
    return found


def word(text: str) -> Markup:
    """A span that holds both, and shows Vietnamese until the script says otherwise."""
    texts = both(text)
    return Markup("<span {}>{}</span>").format(_data(texts, ""), texts["vi"])


def label(text: str) -> Markup:
    """The attributes of a control whose name is not written on it."""
    texts = both(text)
    return Markup('{} aria-label="{}"').format(_data(texts, "-label"), texts["vi"])


def _data(texts: dict[Language, str], ending: str) -> Markup:
    pair = Markup('data-{}{}="{}"')
    return Markup(" ").join(
        pair.format(key, ending, text) for key, text in texts.items()
    )
