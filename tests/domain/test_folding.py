"""What is searched: letters without marks, in any form that a keyboard sends."""

import unicodedata

import pytest

from kiosk.domain.folding import folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phải CHỜ lâu", "phai cho lau"),
        ("Đúng hẹn, đường Đội Cấn", "dung hen, duong doi can"),
        ("Ưu tiên người già", "uu tien nguoi gia"),
        ("100 % ổn_định", "100 % on_dinh"),
        ("한국어", "한국어"),
    ],
)
def test_marks_fall_away_however_they_were_typed(text: str, found: str) -> None:
    assert folded(text) == found
    assert folded(unicodedata.normalize("NFD", text)) == found
