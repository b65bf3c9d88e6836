"""A register of units, officers and counters as CSV files: read, checked, and put into the store.

``read_register`` parses a folder, ``load_register`` brings the store up to what it says; both
name every problem they find, by file, line and column.
"""

from kiosk.domain.register.changes import Change
from kiosk.domain.register.loading import load_register
from kiosk.domain.register.problems import Problem, RegisterRefused
from kiosk.domain.register.reading import Register, read_register

__all__ = [
    "Change",
    "Problem",
    "Register",
    "RegisterRefused",
    "load_register",
    "read_register",
]
