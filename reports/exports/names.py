"""What a file is called: in plain letters, with what it shows, the period and the day."""

import re
import unicodedata

from reports.filters import ReportFilter

LONGEST = 60  # letters of the title


def file_name(title: str, view: ReportFilter, ending: str) -> str:
    """E.g. phuong-truc-bach_2026-06_2026-07-01.xlsx."""
    return f"{slug(title)}_{view.period.code}_{view.as_of.isoformat()}.{ending}"


def slug(text: str) -> str:
    """Vietnamese without its marks, in small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = letters.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "bao-cao"
