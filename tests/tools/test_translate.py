"""The catalogues are complete, and the tool that says so sees what is wrong with an entry."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.build import compile_catalogues
from tests.tools import translate


@pytest.mark.parametrize("domain", translate.OWNERS)
@pytest.mark.parametrize("locale", translate.LOCALES)
def test_every_message_is_translated(locale: str, domain: str) -> None:
    assert list(translate.problems(locale, domain)) == []


@pytest.mark.parametrize("locale", translate.LOCALES)
def test_the_domains_agree_on_what_they_share(locale: str) -> None:
    assert list(translate.disagreements(locale)) == []


@pytest.mark.parametrize(
    ("words", "translation", "flags", "fault"),
    [
        ("Sign out", "Đăng xuất", (), None),
        ("Sign out", "", (), "not translated"),
        ("Sign out", "Đăng xuất", ("fuzzy",), "fuzzy"),
        ("Hello %(name)s", "Chào %(ten)s", (), "placeholders differ"),
        ("%(a)s of %(b)s", "%(b)s, %(a)s", (), None),
        ("Sign out", "Đăng xuất ", (), "space at an end differs"),
        ("Sign out", "Đăng xuâ\u0301t", (), "not in NFC"),
        (("%(num)d day", "%(num)d days"), ("%(num)d ngày",), (), None),
        (("%(num)d day", "%(num)d days"), ("ngày",), (), "placeholders differ"),
        (
            ("%(num)d day", "%(num)d days"),
            ("%(num)d ngày",) * 2,
            (),
            "needs 1 plural form(s)",
        ),
    ],
)
def test_a_faulty_entry_is_seen(
    words: str | tuple[str, str],
    translation: str | tuple[str, ...],
    flags: tuple[str, ...],
    fault: str | None,
) -> None:
    catalogue = Catalog(locale="vi")
    message = catalogue.add(words, translation, flags=flags)

    found = list(translate.faults(message, catalogue))

    assert found == ([] if fault is None else [fault])


def test_a_file_belongs_to_the_domain_of_its_folder() -> None:
    assert translate.owner("kiosk/citizen/views.py") == "citizen"
    assert translate.owner("templates/tablets/pair.html") == "citizen"
    assert translate.owner("reports/wording.py") == "reports"
    assert translate.owner("kiosk/admin/views.py") == "web"
    assert translate.owner("templates/layouts/desk.html") == "web"


def test_compiling_writes_a_catalogue_beside_each_source(tmp_path: Path) -> None:
    source = tmp_path / "vi" / "LC_MESSAGES" / "web.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Sign out"\nmsgstr "Đăng xuất"\n', encoding="utf-8")

    written = compile_catalogues(tmp_path)

    assert written == [source.with_suffix(".mo")]
    with source.open("rb") as file:
        assert read_po(file)["Sign out"].string == "Đăng xuất"
    assert "Đăng xuất".encode() in written[0].read_bytes()
