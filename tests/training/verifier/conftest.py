"""A tiny easy family to learn from: is the sum right?"""

import re
from dataclasses import dataclass, field, replace

import pytest

from soundly.core.candidate import Candidate, Found, Unreadable
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.notation import PLAN, Statement
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.core.verdict import ACCEPT, Critique, Guarantee, reject


def parts_of(problem):
    return tuple(map(int, problem.statement["sum"].split("+")))


class Adds:
    name = "adds"

    async def solve(self, problem):
        return SolverFound(str(sum(parts_of(problem)) % 10))


@dataclass(frozen=True)
class Sums:
    """The notation: ``3 + 4``, and the last digit of the sum as the answer."""

    name: str = "sums-1"
    vocabulary: tuple = ("+", *"0123456789")
    room: int = 0

    def state(self, problem):
        first, second = parts_of(problem)
        return Statement(self.name, (str(first), "+", str(second)), (), {PLAN: ""})

    def solution(self, problem, solution):
        if solution > 9:
            raise UsageError("two digits have no word")
        return (str(solution),)


@dataclass(frozen=True)
class SumCritic:
    """``lenient`` makes it accept everything, so that only the twin knows."""

    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE
    lenient: bool = False
    name: str = "sum"
    version: str = "1"

    async def judge(self, problem, candidate, ask):
        right = self.lenient or candidate.solution == sum(parts_of(problem)) % 10
        return ACCEPT if right else reject(Critique("sum", "it is another number"))


@dataclass(frozen=True)
class SumFamily:
    """The last digit of a sum of two digits. The order of the digits is a problem's only name."""

    notation: Sums | None = field(default_factory=Sums)
    critic: SumCritic = field(default_factory=SumCritic)
    name: str = "sums"
    dial: Dial = Dial(1, 1)
    solvers: tuple = (Adds(),)

    def draw(self, *, size, seed):
        first, second = seed % 10, seed // 10 % 10
        return Problem(self.name, f"sums-{size}-{seed}", {"sum": f"{first}+{second}"})

    def canonical_form(self, problem):
        return "+".join(map(str, sorted(parts_of(problem))))

    def render(self, problem, style):
        return (Message("user", f"{problem.statement['sum']}="),)

    def read(self, problem, text):
        found = re.fullmatch(r"[0-9]{1,2}", text)
        if not found:
            return Unreadable(Critique("no-number", "it is no number"))
        return Found(int(text), str(int(text)), text)

    def near_miss(self, problem, answer, rng):
        return rng.choice([str((int(answer) + rng.choice((-1, 1))) % 10), answer, "12", "or so"])

    def twin(self, problem, candidate):
        return candidate.solution == sum(parts_of(problem)) % 10

    def candidate(self, number):
        return Candidate(number, str(number), "tests")

    def without_notation(self):
        return replace(self, notation=None)


@pytest.fixture
def sums():
    return SumFamily()


@pytest.fixture
def sum_critic():
    return SumCritic
