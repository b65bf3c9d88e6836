"""An address as a QR code that a tablet's camera reads off the screen or off paper."""

import segno

QUIET = 4  # modules of white around it, as the standard asks for


def qr_of(address: str) -> str:
    """The code as SVG without any inline style; a fifth of it may be smudged."""
    made = segno.make(address, error="m", micro=False)
    return made.svg_inline(border=QUIET, light="#fff", svgclass="qr", omitsize=True)
