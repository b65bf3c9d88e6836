"""The attacker sees every page of every role on each of 250 days, and isolates nobody.

Threat model: he reads all that is published, on the day it is published, for ever: every released
row with its day of release, and every sum of rows on a page. He knows more than an officer at the
counter can, namely which citizens are in which figure; he does not know what they answered. He
sees nothing of the waiting room. (Coverage counts taps, never answers, and is not a figure here.)
A set of fewer than k citizens whose joint answers he can compute is a defeat for the release.
"""

from collections.abc import Iterator

import pytest

from tests.attack.city import City
from tests.attack.watching import K, isolated, watch, watch_live
from tests.attack.witness import Witness
from tests.domain.waiting_room import memory_store


@pytest.fixture
def witness() -> Iterator[Witness]:
    with memory_store() as store:
        witness = Witness(store)
        yield witness
        witness.store.close()


@pytest.mark.parametrize("rate", [0.3, 1, 3, 10])
def test_he_isolates_nobody_at_any_rate_of_arrival(
    witness: Witness, rate: float
) -> None:
    city = City(witness, rate, restores={120: 116})

    visitor = watch(city)

    assert visitor.smallest is None or visitor.smallest >= K
    assert isolated(witness) == {}


def test_he_isolates_nobody_after_three_restores_one_to_before_another(
    witness: Witness,
) -> None:
    city = City(witness, 3, restores={60: 57, 64: 55, 80: 77})

    watch(city, days=130)

    assert isolated(witness) == {}


def test_he_isolates_nobody_where_nothing_was_restored(witness: Witness) -> None:
    city = City(witness, 2)

    visitor = watch(city)

    assert visitor.smallest is not None and visitor.smallest >= K
    assert isolated(witness) == {}


@pytest.mark.parametrize("rate", [0.3, 1, 3, 10])
def test_against_live_figures_from_five_on_he_wins(
    witness: Witness, rate: float
) -> None:
    visitor = watch_live(City(witness, rate), days=60)

    assert visitor.smallest == 1


@pytest.mark.parametrize("rate", [1, 3])
def test_against_a_restore_that_the_release_is_not_told_of_he_wins(
    witness: Witness, rate: float
) -> None:
    city = City(witness, rate, restores={120: 116}, announced=False)

    watch(city, days=180)

    assert isolated(witness) != {}
