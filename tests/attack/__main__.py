"""The attack at length: `python -m tests.attack [SEEDS]`, a line for each simulated city.

Ends with status 1 when somebody was isolated.
"""

import sys
from itertools import product
from time import perf_counter

from tests.attack.city import City
from tests.attack.watching import K, isolated, watch
from tests.attack.witness import Witness
from tests.domain.waiting_room import memory_store

RATES = (0.2, 0.5, 1, 2, 3, 5, 10)
RESTORES: tuple[dict[int, int], ...] = (
    {},
    {120: 116},
    {60: 57, 64: 55, 80: 77},
    {30: 15, 33: 31, 200: 199},
)


def main(seeds: int) -> int:
    say("seed  rate  restores  figures  smallest difference  isolated  seconds")
    beaten = False
    for seed, rate, restores in product(range(seeds), RATES, RESTORES):
        began = perf_counter()
        with memory_store() as store:
            witness = Witness(store)
            visitor = watch(City(witness, rate, seed=seed, restores=restores))
            found = isolated(witness)
            witness.store.close()
        smallest = visitor.smallest
        beaten |= bool(found) or (smallest is not None and smallest < K)
        say(
            f"{seed:4}  {rate:4}  {len(restores):8}  {len(witness.shown):7}"
            f"  {smallest or '-':>19}  {', '.join(found) or '-':>8}"
            f"  {perf_counter() - began:7.1f}"
        )
    return int(beaten)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
