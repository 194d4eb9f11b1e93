"""A frozen model whose right answers are known: one move is right for each kind of problem."""

from dataclasses import dataclass, field
from random import Random

import pytest

pytest.importorskip("torch")

import torch

from soundly.core.candidate import Found, Unreadable
from soundly.core.critic import Critic
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, reject, unknown
from soundly.training.moves.environment import Environment, Said
from soundly.training.moves.move import move_set

torch.set_num_threads(1)

KINDS = ("red", "green", "blue")
MOVES = move_set(instructions=("by-red", "by-green", "by-blue"), strings=("~1 ~2",))


def problem(kind, number):
    return Problem("kinds", f"{kind}-{number}", {"text": f"{kind} w{number % 7} w{number % 5}"})


def problems(count, *, first=0):
    return [problem(KINDS[place % 3], first + place) for place in range(count)]


@dataclass
class KindBase:
    """Answers "right" with a chance that the moves decide; every answer costs ten tokens.

    ``fits`` is the chance where the first move names the problem's kind, ``otherwise`` the other.
    """

    fits: float = 0.9
    otherwise: float = 0.1
    broken: bool = False
    plays: list = field(default_factory=list)

    def prompt(self, problem):
        return problem.statement["text"]

    def complete(self, plays, *, seed):
        rng = Random(seed)
        self.plays += plays
        said = []
        for play in plays:
            kind = play.problem.statement["text"].split()[0]
            fits = play.moves and play.moves[0].words == f"by-{kind}"
            right = rng.random() < (self.fits if fits else self.otherwise)
            text = "break" if self.broken else ("right" if right else "wrong")
            said.append(Said(text, 10 + len(play.moves), 0.5))
        return said


@dataclass
class KindCritic:
    guarantee: Guarantee = Guarantee.SOUND
    name: str = "kinds"
    version: str = "1"
    judged: int = 0

    async def judge(self, problem, candidate, ask):
        self.judged += 1
        if candidate.solution == "break":
            raise CriticError("no verdict today")
        if candidate.solution == "bug":
            raise ZeroDivisionError
        if candidate.solution == "doubt":
            return unknown()
        return ACCEPT if candidate.solution == "right" else reject(Critique("no", "it is wrong"))


@dataclass
class KindFamily:
    critic: Critic = field(default_factory=KindCritic)
    name: str = "kinds"

    def read(self, problem, text):
        return Found(text, text, text) if text else Unreadable(Critique("none", "nothing came"))


@pytest.fixture
def environment():
    """Makes an environment of such a model."""

    def make(**options):
        return Environment(KindBase(**options), KindFamily())

    return make
