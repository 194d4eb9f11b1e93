"""Taillard's generator of job shops ("Benchmarks for basic scheduling problems", 1993).

Its random numbers are those of Bratley, Fox and Schrage (1983), so the published seeds give the
published instances.
"""

from __future__ import annotations

from soundly.families.jobshop.shop import Shop

_MODULUS = 2**31 - 1
_FACTOR = 16_807
LONGEST = 99


class _Numbers:
    def __init__(self, seed: int) -> None:
        if not 1 <= seed < _MODULUS:
            raise ValueError(f"a seed is {seed}, wanted 1 to {_MODULUS - 1}")
        self.state = seed

    def uniform(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        self.state = self.state * _FACTOR % _MODULUS
        return low + self.state * (high - low + 1) // _MODULUS


def taillard(*, jobs: int, machines: int, time_seed: int, machine_seed: int) -> Shop:
    """The shop of these seeds: durations from 1 to 99, and a random order of machines a job.

    Seeds are from 1 to 2,147,483,646; any other raises `ValueError`.
    """
    times, orders = _Numbers(time_seed), _Numbers(machine_seed)
    durations = [[times.uniform(1, LONGEST) for _ in range(machines)] for _ in range(jobs)]
    routes = []
    for _ in range(jobs):
        route = list(range(machines))
        for place in range(machines):
            other = orders.uniform(place, machines - 1)
            route[place], route[other] = route[other], route[place]
        routes.append(route)
    return Shop(
        tuple(
            tuple(zip(route, row, strict=True))
            for route, row in zip(routes, durations, strict=True)
        )
    )
