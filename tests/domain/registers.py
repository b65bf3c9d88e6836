"""Registers of a few lines for tests, written to a folder as an office would."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from kiosk.domain.register import (
    Change,
    Problem,
    RegisterRefused,
    load_register,
    read_register,
)
from tests.cast import NOON

SMALL = {
    "units.csv": (
        "code,kind,name,parent_code,first_day,last_day\n"
        "01,province,Thành phố Hà Nội,,2016-01-01,\n"
        "001,district,Quận Ba Đình,01,2016-01-01,2025-06-30\n"
        "00004,ward,Phường Trúc Bạch,001,2016-01-01,2025-06-30\n"
        "00004,ward,Phường Ba Đình,01,2025-07-01,\n"
    ),
    "successions.csv": (
        "predecessor_code,successor_code,day,in_part\n00004,00004,01/07/2025,no\n"
    ),
    "officers.csv": "code,name\nCB-1,Nguyễn Thị Hạnh\nCB-2,Trần Quốc Bảo\n",
    "postings.csv": (
        "officer_code,unit_code,title,first_day,last_day\n"
        "CB-1,00004,Công chức Tư pháp – Hộ tịch,2020-01-01,2025-06-30\n"
        "CB-1,00004,Công chức Tư pháp – Hộ tịch,2025-07-01,\n"
        "CB-2,00004,Công chức Văn phòng – Thống kê,2025-07-01,\n"
    ),
    "counters.csv": "unit_code,code,label\n00004,1,Quầy số 1\n00004,2,Quầy số 2\n",
    "seats.csv": (
        "officer_code,unit_code,counter_code,from,to\n"
        "CB-1,00004,1,2025-07-01 08:00,\n"
        "CB-2,00004,2,2025-07-01,02/03/2026 17:00\n"
    ),
    "tablets.csv": "unit_code,label,counter_codes\n00004,Máy ở sảnh,1 2\n",
    "procedures.csv": "code,name,field\n1.001193,Đăng ký khai sinh,Hộ tịch\n",
    "opening_hours.csv": (
        "unit_code,weekday,opens,closes,first_day,last_day\n"
        "00004,monday,8:00,12:00,2025-07-01,\n"
        "00004,T2,13:30,17:00,2025-07-01,\n"
    ),
    "targets.csv": (
        "unit_code,indicator,year,value\n"
        "01,all_three,2026,80 %\n"
        "00004,all_three,2026,0.85\n"
    ),
}


def write(folder: Path, files: Mapping[str, str | bytes] = SMALL) -> Path:
    """The files in the folder, which is made if need be."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The small register with one difference in one file."""
    assert old in SMALL[file]
    return SMALL | {file: SMALL[file].replace(old, new, 1)}


def load(
    session: Session, folder: Path, files: Mapping[str, str | bytes] = SMALL
) -> dict[str, Change]:
    """What loading the files did."""
    register = read_register(write(folder, files))
    return load_register(session, register=register, now=NOON)


def problems(
    session: Session, folder: Path, files: Mapping[str, str | bytes]
) -> list[Problem]:
    """What loading the files was refused for."""
    try:
        load(session, folder, files)
    except RegisterRefused as refusal:
        return refusal.problems
    return []
