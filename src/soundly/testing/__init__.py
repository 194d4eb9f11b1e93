"""The public test kit: laws that every part has to keep, and fakes to test with.

A law is an asynchronous function over a case, that returns nothing or raises `LawBroken`. It needs
no test framework; with pytest and anyio it reads::

    @pytest.mark.anyio
    @pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
    async def test_my_critic_keeps(law):
        await law(CriticCase(MyCritic(), problem, right=(good,), wrong=(nearly,)))

Nothing that ships imports this package.
"""

from soundly.testing.critic_laws import CRITIC_LAWS, CriticCase
from soundly.testing.fake_family import FakeCritic, FakeFamily
from soundly.testing.fake_formalism import FakeFormalism
from soundly.testing.fake_generators import Cancelling, Counting, Failing, Greedy, Slow
from soundly.testing.fake_solver import FakeSolver
from soundly.testing.family_laws import FAMILY_LAWS, FamilyCase
from soundly.testing.generator_laws import GENERATOR_LAWS, GeneratorCase
from soundly.testing.law import LawBroken, require
from soundly.testing.scripted_person import ScriptedPerson
from soundly.testing.sinks import BrokenSink, MemorySink
from soundly.testing.solver_laws import SOLVER_LAWS, SolverCase
from soundly.testing.strategy_laws import STRATEGY_LAWS, timeless

__all__ = [
    "CRITIC_LAWS",
    "FAMILY_LAWS",
    "GENERATOR_LAWS",
    "SOLVER_LAWS",
    "STRATEGY_LAWS",
    "BrokenSink",
    "Cancelling",
    "Counting",
    "CriticCase",
    "Failing",
    "FakeCritic",
    "FakeFamily",
    "FakeFormalism",
    "FakeSolver",
    "FamilyCase",
    "GeneratorCase",
    "Greedy",
    "LawBroken",
    "MemorySink",
    "ScriptedPerson",
    "Slow",
    "SolverCase",
    "require",
    "timeless",
]
