"""Merged and split wards: summed by today's map, each for itself by the map of the time."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from kiosk.models.organisation import Succession, UnitVersion
from reports.filters import ReportFilter
from reports.pages.frame import MOST_NAMED, Foot, Merger
from reports.pages.maps import map_sentences
from reports.periods import Period
from tests import cast
from tests.pages import visit
from tests.reports.blocks import add_block, add_run, add_tally
from tests.reports.city import MONDAYS, City
from tests.reports.plain import ENGLISH
from tests.reports.reading import links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)

FOOT = Foot(date(2026, 7, 1), 5, None, 0, "", 0, (), None, ())
MERGED, SPLIT = date(2026, 6, 15), date(2026, 6, 1)
MAY = "period=2026-05&as_of=2026-07-01"
THEN = f"{MAY}&map=then"


@dataclass
class Gone:
    """Two wards that are no more: merged whole into Trúc Bạch, and split."""

    merged: int
    split: int


@pytest.fixture
def gone(session: Session, city: City) -> Gone:
    world = city.world

    def ward(code: str, name: str, until: date) -> int:
        unit_id = cast.unit(session, "ward", code, name, parent=world.district)
        session.execute(
            update(UnitVersion)
            .where(UnitVersion.unit_id == unit_id)
            .values(last_day=until)
        )
        for monday in MONDAYS[:4]:
            add_block(session, unit_id, None, monday)
            add_tally(session, unit_id, monday)
        add_run(session, unit_id, date(2026, 6, 1))
        return unit_id

    gone = Gone(
        ward("00010", "Phường Nguyễn Trung Trực", date(2026, 6, 14)),
        ward("00007", "Phường Cống Vị", date(2026, 5, 31)),
    )
    for one, other, day, in_part in (
        (gone.merged, world.truc_bach, MERGED, False),
        (gone.split, world.quan_thanh, SPLIT, True),
        (gone.split, city.kim_ma, SPLIT, True),
    ):
        session.add(
            Succession(predecessor_id=one, successor_id=other, day=day, in_part=in_part)
        )
    session.commit()
    return gone


def listed(client: FlaskClient, city: City, query: str) -> dict[str, list[Any]]:
    """Per unit that the overview lists, its row."""
    address = f"/reports/units/{city.world.district}.json?{query}"
    tables = json.loads(client.get(address).text)["tables"]
    rows = next(table["rows"] for table in tables if table["id"] == "list")
    return {row[0]: row for row in rows}


def test_todays_map_adds_what_was_merged_whole_and_nothing_of_what_was_split(
    delegation: FlaskClient, city: City, gone: Gone
) -> None:
    today, then = (listed(delegation, city, query) for query in (MAY, THEN))

    assert "Phường Nguyễn Trung Trực" not in today
    assert "Phường Cống Vị" not in today
    ratings = {name: row[1] for name, row in then.items() if row[1]}
    assert ratings["Phường Cống Vị"] == 48
    whole = ratings["Phường Trúc Bạch"] + ratings["Phường Nguyễn Trung Trực"]
    assert today["Phường Trúc Bạch"][1] == whole
    assert today["Phường Quán Thánh"][1] == ratings["Phường Quán Thánh"]


@one_store
def test_the_page_says_by_which_map_it_is_read_and_leads_to_the_other(
    delegation: FlaskClient, city: City, gone: Gone
) -> None:
    district = f"/reports/units/{city.world.district}"

    html = visit(delegation, f"{district}?{MAY}").text

    words = words_of(html)
    assert (
        "số liệu của Phường Nguyễn Trung Trực, sáp nhập ngày 15/06/2026, được tính vào"
        " Phường Trúc Bạch." in words
    )
    assert "Phường Cống Vị được nhập vào Phường Quán Thánh và Phường Kim Mã" in words
    assert f"{district}?{THEN}" in links_of(html)
    other = visit(delegation, f"{district}?{THEN}").text
    assert "Các đơn vị theo địa giới của tháng 5/2026." in words_of(other)
    assert f"{district}?{MAY}" in links_of(other)
    assert f"/reports/units/{gone.merged}?{THEN}" in links_of(other)


@one_store
def test_in_the_month_of_a_merger_nothing_is_lost(
    delegation: FlaskClient, city: City, gone: Gone, session: Session
) -> None:
    add_block(session, gone.merged, None, date(2026, 6, 8))
    session.commit()
    june = MAY.replace("2026-05", "2026-06")

    today, then = (listed(delegation, city, june + more) for more in ("", "&map=then"))

    apart = then["Phường Trúc Bạch"][1], then["Phường Nguyễn Trung Trực"][1]
    assert apart[1] == 12
    assert today["Phường Trúc Bạch"][1] == sum(apart)


@one_store
def test_after_the_mergers_nothing_is_said_of_maps(
    delegation: FlaskClient, city: City, gone: Gone
) -> None:
    week = "period=2026-W26&as_of=2026-07-01"

    html = visit(delegation, f"/reports/units/{city.world.district}?{week}").text

    assert "địa giới" not in words_of(html)
    assert "map=then" not in html


@one_store
def test_a_head_reads_what_his_ward_took_over_whole_and_no_more(
    head: FlaskClient, city: City, gone: Gone
) -> None:
    ward = city.world.truc_bach
    for query in (MAY, THEN):
        assert head.get(f"/reports/units/{gone.merged}?{query}").status_code == 200
        for other in (gone.split, city.world.quan_thanh, city.kim_ma):
            assert head.get(f"/reports/units/{other}?{query}").status_code == 404
    words = words_of(visit(head, f"/reports/units/{ward}?{MAY}").text)
    assert "Phường Nguyễn Trung Trực" in words
    assert "Cống Vị" not in words


@one_store
def test_a_comparison_of_wards_by_the_map_of_the_time(
    delegation: FlaskClient, city: City, gone: Gone
) -> None:
    pair = f"unit={city.world.truc_bach}&with=unit-{gone.merged}"

    html = visit(delegation, f"/reports/compare?{pair}&{THEN}").text

    assert "Phường Nguyễn Trung Trực" in words_of(html)
    assert 'name="map"' in html
    today = visit(delegation, f"/reports/compare?{pair}&{MAY}").text
    assert "mà không đơn vị nào thuộc đơn vị kia" in words_of(today)


def test_of_many_mergers_their_number_is_told() -> None:
    days = [date(2026, 6, 1)] * (MOST_NAMED + 1)
    foot = replace(
        FOOT, mergers=[Merger(d, "", [], at > 1) for at, d in enumerate(days)]
    )
    view = ReportFilter(Period.parse("2026-05"), date(2026, 7, 1))

    [said] = map_sentences(foot, view, ENGLISH)

    assert "the figures of 7 merged units" in said
    assert "those of 2 units that were split" in said


@one_store
def test_another_map_is_refused_by_name(
    head: FlaskClient, city: City, gone: Gone
) -> None:
    html = visit(
        head, f"/reports/units/{city.world.truc_bach}?{MAY}&map=old", status=400
    ).text

    assert "không phải là địa giới hợp lệ" in words_of(html)
