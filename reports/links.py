"""The addresses of the reports: each says what is shown, in which period, as of which day."""

from flask import url_for

from reports.filters import ReportFilter


def overview_link(view: ReportFilter) -> str:
    """All units that the account was granted."""
    return url_for("reports.overview", **view.query)


def unit_link(unit_id: int, view: ReportFilter) -> str:
    """A unit with all below it."""
    return url_for("reports.unit", unit_id=unit_id, **view.query)


def officer_link(officer_id: int, unit_id: int, view: ReportFilter) -> str:
    """An officer in one unit."""
    return url_for("reports.officer", officer_id=officer_id, unit=unit_id, **view.query)


def officer_remarks_link(officer_id: int, unit_id: int, view: ReportFilter) -> str:
    """The remarks about an officer in one unit."""
    return url_for(
        "reports.officer_remarks", officer_id=officer_id, unit=unit_id, **view.query
    )


def coverage_link(unit_id: int | None, view: ReportFilter) -> str:
    """The tablets of a unit, or of all units granted."""
    return url_for("reports.coverage", unit_id=unit_id, **view.query)


def remarks_link(unit_id: int | None, view: ReportFilter) -> str:
    """The remarks of a unit, or of all units granted."""
    return url_for("reports.remarks", unit_id=unit_id, **view.query)


def targets_link(unit_id: int | None, view: ReportFilter) -> str:
    """The targets of a unit, or of all units granted."""
    return url_for("reports.targets", unit_id=unit_id, **view.query)
