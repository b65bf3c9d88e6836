"""Parts add up to a row, and what was played is not played again."""

from dataclasses import replace
from pathlib import Path

from tests.faults.__main__ import BROKE_OFF, line, parts
from tests.faults.ledger import Key, Ledger, Played, Shown, together
from tests.faults.rows import Row

ROW = Row(lambda: Shown(True, {}), short=3, long=50, part=20)


def played(key: Key, *, holds: bool = True, lost: int = 0) -> Played:
    counts = {"items": 100 * key.length, "lost": lost}
    return Played(key, Shown(holds, counts, {"p99": 0.25 * key.seed}), 1.5)


def test_counts_are_added_and_of_measures_the_worst_is_told() -> None:
    shown = together(played(Key("a", length, length)).shown for length in (1, 3))

    assert str(shown) == "400 items, 0 lost, p99 0.75"
    assert shown.holds


def test_the_long_form_is_cut_into_parts_of_which_each_has_its_seed() -> None:
    assert parts("a", ROW, long=False) == [Key("a", 3, 1)]
    assert parts("a", ROW, long=True) == [
        Key("a", 20, 1),
        Key("a", 20, 2),
        Key("a", 10, 3),
    ]


def test_a_part_that_holds_is_remembered_and_one_that_fell_short_is_played_again(
    tmp_path: Path,
) -> None:
    good, bad, never = parts("a", ROW, long=True)
    ledger = Ledger(tmp_path / "ledger")
    ledger.add(replace(played(good), shown=together([played(good).shown])))
    ledger.add(played(bad, holds=False, lost=1))

    again = Ledger(tmp_path / "ledger")

    assert [key in again for key in (good, bad, never)] == [True, False, False]
    assert [each.shown.counts["lost"] for each in again.of((good, bad))] == [0, 1]
    again.add(played(bad))
    assert bad in Ledger(tmp_path / "ledger")


def test_a_row_is_well_only_when_all_of_it_was_played_and_held() -> None:
    keys = parts("a", ROW, long=True)
    whole = [played(key) for key in keys]

    assert line("a", keys, whole)[0]
    held, said = line("a", keys, whole[:2])
    assert not held
    assert said.startswith("part ")
    assert "40 of 50: 4,000 items, 0 lost" in said
    broken = Played(keys[2], Shown(False, {BROKE_OFF: 1}), 0.5)
    held, said = line("a", keys, [*whole[:2], broken])
    assert not held
    assert said.startswith("SHORT")
    assert "40 of 50: 4,000 items, 0 lost, 1 broke off" in said
