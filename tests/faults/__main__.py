"""All faults at once: `python -m tests.faults [--long] [--in FILE]`, and more with --help.

Prints a line for each row of the table of what must hold, with what was reached; ends with status
1 where something fell short or was not played in full. --long plays the full lengths (hours), in
parts; --minutes breaks a row off after the part in which they are over; with --in the parts
played are written to a file, and what holds there already is not played again.
"""

import argparse
import logging
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.build import compile_catalogues
from tests.faults.house import House
from tests.faults.ledger import Key, Ledger, Played, Shown, together
from tests.faults.rows import ROWS, Row

logger = logging.getLogger(__name__)
BROKE_OFF = "broke off"


def parts(name: str, row: Row, *, long: bool) -> list[Key]:
    """What there is to play: one short part, or as many as the long form takes."""
    if not long:
        return [Key(name, row.short, 1)]
    whole, rest = divmod(row.long, row.part)
    lengths = [row.part] * whole + [rest] * bool(rest)
    return [Key(name, length, seed) for seed, length in enumerate(lengths, 1)]


def play(
    house: House, row: Row, keys: Sequence[Key], ledger: Ledger, most: float
) -> None:
    """The parts that are not in the ledger yet, until the seconds are over."""
    began = time.monotonic()
    for number, key in enumerate(keys, 1):
        if key in ledger:
            continue
        if time.monotonic() - began > most:
            return
        since = time.monotonic()
        shown = _play(house, row, key)
        ledger.add(Played(key, shown, time.monotonic() - since))
        if len(keys) > 1:
            _note(f"{key.row}, {number} of {len(keys)}: {shown}")


def line(name: str, keys: Sequence[Key], played: Sequence[Played]) -> tuple[bool, str]:
    """Whether the row holds in full, and its line in the table."""
    shown = together(each.shown for each in played)
    whole = len(played) == len(keys)
    state = "SHORT" if not shown.holds else "ok" if whole else "part"
    wanted = sum(key.length for key in keys)
    reached = sum(p.key.length for p in played if BROKE_OFF not in p.shown.counts)
    took = sum(each.seconds for each in played)
    of = f"{reached} of {wanted}: " if reached < wanted else ""
    return state == "ok", f"{state:5}  {name:29} {took:6.0f} s  {of}{shown}"


def _play(house: House, row: Row, key: Key) -> Shown:
    try:
        return row.play(house, count=key.length, seed=key.seed)
    except (Exception, pytest.fail.Exception):  # must not cost the other rows
        logger.exception("%s broke off", key.row)
        return Shown(False, {BROKE_OFF: 1})


def _note(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {text}\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the full lengths")
    parser.add_argument("--only", nargs="*", default=[""], help="rows with such words")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="at most so many for a row"
    )
    parser.add_argument("--in", type=Path, dest="file", help="where to note the parts")
    parser.add_argument("--table", action="store_true", help="play nothing, only tell")
    options = parser.parse_args()
    # What is broken off ends its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    compile_catalogues()
    ledger, held = Ledger(options.file), []
    with tempfile.TemporaryDirectory() as scratch, House(Path(scratch)) as house:
        for name, row in ROWS.items():
            if not any(word in name for word in options.only):
                continue
            keys = parts(name, row, long=options.long)
            if not options.table:
                play(house, row, keys, ledger, options.minutes * 60)
            holds, said = line(name, keys, ledger.of(keys))
            held.append(holds)
            _say(said)
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
