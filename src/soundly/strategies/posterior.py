"""When is another sample worth its price? Two posteriors, in closed form."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb


def stays_ahead(first: int, second: int) -> float:
    """The probability that an answer with ``first`` votes is likelier than one with ``second``.

    Of the two answers' votes, the share of the first has the posterior Beta(first + 1, second + 1)
    under a uniform prior; this is the probability that the share is above one half (Aggarwal et
    al., arXiv:2305.11860, the Beta criterion). Exact, as a sum of binomial coefficients.
    """
    if not 0 <= second <= first:
        raise ValueError(f"the votes are {first} and {second}, wanted the larger first")
    tosses = first + second + 1
    return sum(comb(tosses, heads) for heads in range(first + 1)) / (1 << tosses)


def chance_of_success(counts: Iterable[int]) -> float:
    """The probability that the next sample is accepted, after samples that all were not.

    ``counts`` are how often each distinct answer was given. A sample that repeats one of them fails
    again, so the next one has to be new, and right. New: the share of answers that were given once
    (Good, Biometrika 40, 1953), with one more such sample counted, so that it never is 0. Right,
    if new: Laplace's rule of succession over the distinct answers.
    """
    given = list(counts)
    if any(count < 1 for count in given):
        raise ValueError(f"an answer was given {min(given)} times, wanted at least once")
    new = (given.count(1) + 1) / (sum(given) + 1)
    right = 1 / (len(given) + 2)
    return new * right
