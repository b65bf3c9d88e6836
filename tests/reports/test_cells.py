"""A text with the values it tells: rounded as it is shown, and no more exact."""

from datetime import date

from reports.cells import Kind, Told
from reports.exports.names import file_name, slug
from reports.exports.texts import guarded
from reports.filters import ReportFilter
from reports.periods import Period


def test_a_told_share_is_as_exact_as_its_text() -> None:
    told = Told("79 % (75–83 %)", Kind.SHARE, [0.7907, 0.7512, 0.8311])

    assert told == "79 % (75–83 %)"
    assert told.values == (0.79, 0.75, 0.83)
    assert Told("79,1 %", Kind.PERCENT, [0.7907], 1).values == (0.791,)


def test_a_count_is_a_whole_number_and_a_day_a_day() -> None:
    [count] = Told("48", Kind.NUMBER, [48.0]).values

    assert (count, type(count)) == (48, int)
    days = [date(2026, 6, 1), date(2026, 6, 30)]
    assert Told("tháng 6", Kind.DAYS, days).values == tuple(days)


def test_a_file_name_is_plain_letters_with_what_period_and_day() -> None:
    view = ReportFilter(Period.parse("2026-Q2"), date(2026, 7, 1))

    name = file_name("Phường Đội Cấn / Ô Chợ Dừa", view, "csv")

    assert name == "phuong-doi-can-o-cho-dua_2026-Q2_2026-07-01.csv"
    assert slug("⋯") == "bao-cao"
    assert len(slug("đ" * 300)) == 60


def test_what_would_be_reckoned_is_quoted_and_other_words_are_left() -> None:
    assert guarded("=1+1") == "'=1+1"
    assert guarded("＝1") == "'＝1"
    assert guarded("– không rõ") == "– không rõ"
    assert guarded("Nguyễn Văn A - B") == "Nguyễn Văn A - B"
