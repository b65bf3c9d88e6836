"""A register goes into the store as a whole or not at all, and as often as one likes."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.register import Change
from kiosk.domain.register.rows import ROWS
from kiosk.models.organisation import (
    Counter,
    Officer,
    OfficerPhoto,
    OpeningHours,
    Posting,
    Procedure,
    Seat,
    Succession,
    Target,
    Unit,
    UnitVersion,
)
from kiosk.models.tablets import Tablet, TabletCounter
from tests.domain.registers import SMALL, changed, load, problems, write
from tests.domain.test_register_reading import PNG

TABLES = (
    *(Counter, Officer, OfficerPhoto, OpeningHours, Posting, Procedure, Seat),
    *(Succession, Tablet, TabletCounter, Target, Unit, UnitVersion),
)


def rows(session: Session) -> dict[str, int]:
    return {
        table.__tablename__: session.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        for table in TABLES
    }


def named(session: Session, name: str) -> UnitVersion:
    return session.scalars(select(UnitVersion).where(UnitVersion.name == name)).one()


def test_a_register_is_loaded_with_all_it_says(room: Session, tmp_path: Path) -> None:
    changes = load(room, tmp_path)

    assert list(changes) == list(ROWS)
    assert changes["units.csv"] == Change(added=4, changed=0, unchanged=0)
    old, new = named(room, "Phường Trúc Bạch"), named(room, "Phường Ba Đình")
    assert old.code == new.code
    assert old.unit_id != new.unit_id
    assert new.parent_id == named(room, "Thành phố Hà Nội").unit_id
    succession = room.scalars(select(Succession)).one()
    assert (succession.predecessor_id, succession.successor_id) == (
        old.unit_id,
        new.unit_id,
    )
    posted = room.scalars(select(Posting).order_by(Posting.id))
    assert [posting.unit_id for posting in posted] == [
        old.unit_id,
        new.unit_id,
        new.unit_id,
    ]
    hall = room.scalars(select(Tablet)).one()
    assert (hall.unit_id, hall.label) == (new.unit_id, "Máy ở sảnh")
    assert len(list(room.scalars(select(TabletCounter)))) == 2


def test_loading_again_adds_nothing_and_changes_nothing(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)
    before = rows(room)

    changes = load(room, tmp_path)

    assert all(c.added == c.changed == 0 < c.unchanged for c in changes.values())
    assert rows(room) == before


def test_loading_again_changes_what_is_said_differently(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)
    before = rows(room)
    files = changed(
        "postings.csv", "Thống kê,2025-07-01,", "Thống kê,2025-07-01,2026-12-31"
    )
    files |= {"officers.csv": "code,name\nCB-2,Trần Quốc Bảo Anh\n"}
    files |= {"tablets.csv": "unit_code,label,counter_codes\n00004,Máy ở sảnh,2\n"}

    changes = load(room, tmp_path, files)

    assert changes["postings.csv"] == Change(added=0, changed=1, unchanged=2)
    assert changes["officers.csv"] == Change(added=0, changed=1, unchanged=0)
    assert changes["tablets.csv"] == Change(added=0, changed=1, unchanged=0)
    assert rows(room) == before | {"tablet_counter": 1}
    names = set(room.scalars(select(Officer.name)))
    assert names == {"Nguyễn Thị Hạnh", "Trần Quốc Bảo Anh"}


def test_files_may_come_one_by_one(room: Session, tmp_path: Path) -> None:
    for number, (file, content) in enumerate(SMALL.items()):
        load(room, tmp_path / str(number), {file: content})

    assert rows(room)["seat"] == 2


def test_the_order_of_lines_does_not_matter(room: Session, tmp_path: Path) -> None:
    head, *lines = SMALL["units.csv"].splitlines()
    files = SMALL | {"units.csv": "\n".join([head, *reversed(lines)])}

    changes = load(room, tmp_path, files)

    assert changes["units.csv"].added == 4
    assert (
        named(room, "Phường Trúc Bạch").parent_id == named(room, "Quận Ba Đình").unit_id
    )


def test_a_register_with_a_problem_leaves_the_store_as_it_was(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)
    before = rows(room)
    files = changed("targets.csv", "0.85", "0.7")
    files |= {"officers.csv": "code,name\nCB-1,Ai Đó\nCB-3,Người Mới\n"}

    found = problems(room, tmp_path, files)

    assert [problem.fault for problem in found] == ["lower_target"]
    assert rows(room) == before
    assert "Ai Đó" not in set(room.scalars(select(Officer.name)))


def test_a_renamed_unit_stays_the_same_unit(room: Session, tmp_path: Path) -> None:
    text = (
        "code,kind,name,parent_code,first_day,last_day,continues\n"
        "97,ward,Phường Hồng Hà,,2025-07-01,2025-12-31,\n"
        "97,ward,Phường Sông Hồng,,2026-01-01,,97@2025-07-01\n"
    )

    load(room, tmp_path, {"units.csv": text})
    again = load(room, tmp_path, {"units.csv": text})

    assert again["units.csv"].unchanged == 2
    first, second = named(room, "Phường Hồng Hà"), named(room, "Phường Sông Hồng")
    assert first.unit_id == second.unit_id


def test_a_photo_is_stored_and_replaced(room: Session, tmp_path: Path) -> None:
    text = "code,name,photo\nCB-1,Hạnh,a.png\n"
    write(tmp_path / "photos", {"a.png": PNG})
    load(room, tmp_path, {"officers.csv": text})
    first = room.scalars(select(OfficerPhoto)).one().etag
    write(tmp_path / "photos", {"a.png": PNG + b"x"})

    load(room, tmp_path, {"officers.csv": text})

    photo = room.scalars(select(OfficerPhoto)).one()
    assert photo.etag != first
    assert photo.body == PNG + b"x"


def test_the_day_of_today_decides_for_undated_lines(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)

    counters = room.scalars(select(Counter))

    assert {c.unit_id for c in counters} == {named(room, "Phường Ba Đình").unit_id}
    assert named(room, "Phường Ba Đình").first_day == date(2025, 7, 1)
