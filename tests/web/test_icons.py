"""Icons are inlined from the vendored files: small, silent, and only by a plain name."""

import pytest

from kiosk.web.icons import FOLDER, icon_svg


def test_an_icon_is_one_line_of_svg_that_screen_readers_skip() -> None:
    svg = icon_svg("check")

    assert svg.startswith("<svg") and svg.endswith("</svg>")
    assert 'aria-hidden="true"' in svg
    assert "\n" not in svg


def test_the_invisible_frame_of_the_source_is_left_out() -> None:
    assert "M0 0h24v24H0z" not in icon_svg("mood-happy")


def test_every_vendored_icon_can_be_drawn() -> None:
    for file in FOLDER.glob("*.svg"):
        assert "<path" in icon_svg(file.stem), file.name


@pytest.mark.parametrize("name", ["../tabler/check", "Check", "", "check.svg"])
def test_anything_but_a_plain_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        icon_svg(name)
