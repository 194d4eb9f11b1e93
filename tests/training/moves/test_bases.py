"""Frozen models: one over words, whose prompt grows by words, and any that reads text."""

import pytest
import torch

from soundly.core.completion import Completion, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.notation import END, PLAN, Statement
from soundly.core.problem import Problem
from soundly.core.spend import Usage
from soundly.generators.scripted import Scripted
from soundly.strategies.moves import Move
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT, UNREADABLE, WRONG
from soundly.training.model import new_model
from soundly.training.moves.bases import GeneratorBase, WordBase
from soundly.training.moves.environment import Environment, Play
from soundly.training.shape import Shape
from soundly.training.vocabulary import BEGIN, Vocabulary

LEFT, RIGHTWARD = Move("left", "by-left"), Move("right", "by-right")


class Ways:
    """A notation of two blocks; the answer is one word."""

    name = "ways-1"
    vocabulary = ("ask", "left", "right")
    room = 2

    def state(self, problem):
        return Statement(self.name, ("ask", "#0"), ("a",), {PLAN: "[PLAN]", "left": "\nleft"})


def word_base(**options):
    vocabulary = Vocabulary.of(Ways(), more=("by-left", "by-right"))
    model = new_model(Shape(1, 32, 2, 64, 32), vocabulary, seed=0)
    _teach(model)
    return WordBase(model, Ways(), max_tokens=6, **options)


def _teach(model):
    """That what is asked for by a control word is answered."""
    optimizer = torch.optim.AdamW(model.network.parameters(), lr=1e-2)
    rows = torch.tensor(
        [
            model.vocabulary.encode((BEGIN, "ask", "#0", f"by-{way}", PLAN, way, "#0", END))
            for way in ("left", "right")
        ]
    )
    for _ in range(60):
        loss = model.network(rows, labels=rows).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def plays(*moves):
    return [Play(Problem("ways", "p", {"text": "go"}), tuple(each)) for each in moves]


def test_moves_are_words_behind_the_statement_and_steer_the_answer():
    """Each play has its own, in one batch; the answer is spelt for people."""
    said = word_base(temperature=0.0).complete(plays([LEFT], [RIGHTWARD]), seed=0)
    assert [each.text for each in said] == ["[PLAN]\nleft a", "[PLAN] right a"]


def test_prompt_answer_and_end_are_paid_for():
    """Begin, two words, one move; plan, way, name, end."""
    (said,) = word_base(temperature=0.0).complete(plays([LEFT]), seed=0)
    assert said.tokens == 4 + 4
    assert 0.5 < said.confidence <= 1.0


def test_without_an_answer_there_is_no_text():
    """What was cut off before the plan began."""
    base = word_base()
    unready = WordBase(new_model(Shape(1, 32, 2, 64, 32), base.model.vocabulary, seed=1), Ways(), 1)
    assert {each.text for each in unready.complete(plays(*[[LEFT]] * 20), seed=0)} <= {"", "[PLAN]"}


def test_the_seed_decides_what_is_sampled():
    """And the batch is only a matter of memory, not of who is asked."""
    base = word_base(temperature=3.0)
    first, second, other = [base.complete(plays(*[[LEFT]] * 30), seed=seed) for seed in (1, 1, 2)]
    assert first == second != other
    assert len(word_base(batch=7).complete(plays(*[[LEFT]] * 30), seed=1)) == 30


def test_words_that_the_model_does_not_know_are_refused():
    """Before anything is sampled."""
    with pytest.raises(UsageError, match="by-magic"):
        word_base().complete(plays([Move("magic", "by-magic")]), seed=0)


def test_a_guide_sees_the_statement():
    """The message that moves are added to."""
    prompt = word_base().prompt(Problem("ways", "p", {"text": "go"}))
    assert Statement.parse(prompt).words == ("ask", "#0")


def test_any_generator_is_a_base():
    """Moves are sentences, each call has its own seed, and the critic of the family decides."""
    model = Scripted([RIGHT, WRONG[0], UNREADABLE])
    base = GeneratorBase(model, FakeFamily(), concurrency=1)
    move = Move("check", "Check it.")
    played = Environment(base, FakeFamily()).play([Play(PROBLEM, (move,))] * 3, seed=0)
    assert [each.reward for each in played] == [1.0, 0.0, 0.0]
    assert {r.messages[-1].content for r in model.requests} == {
        f"{base.prompt(PROBLEM)}\n\nCheck it."
    }
    assert len({request.seed for request in model.requests}) == 3


class Sure:
    """Tells what it cost, and how likely its tokens were."""

    name = "sure"

    async def complete(self, request: Request) -> Completion:
        return Completion(RIGHT, self.name, usage=Usage(30, 12), logprobs=(0.0, -100.0))


def test_a_generators_tokens_and_confidence_are_told():
    """Prompt and answer together; the mean probability of the answer's tokens."""
    (said,) = GeneratorBase(Sure(), FakeFamily()).complete([Play(PROBLEM)], seed=0)
    assert said.tokens == 42
    assert said.confidence == pytest.approx(0.5)


def test_a_generator_that_does_not_answer_is_no_wrong_answer():
    """It breaks the run instead of being learnt from."""
    base = GeneratorBase(Scripted([GeneratorError("gone")]), FakeFamily())
    with pytest.raises(GeneratorError, match="gone"):
        base.complete([Play(PROBLEM)], seed=0)
