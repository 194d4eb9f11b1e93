"""What a model and the baselines answer is judged by the family's own critic."""

from functools import partial
from random import Random

import anyio
import pytest

from soundly.core.errors import CriticError, UsageError
from soundly.core.notation import PLAN
from soundly.training import evaluation
from soundly.training.answers import Answer, answered, thought_is_run
from soundly.training.baselines import LegalSteps, NearestCopy, TeacherItself
from soundly.training.evaluation import (
    VALID,
    evaluate,
    evaluate_baselines,
    excluded_forms,
    held_out_problems,
)
from soundly.training.evaluation_settings import EvaluationSettings
from soundly.training.model import sample
from soundly.training.source import SEARCH
from soundly.training.subject import Subject, form_of
from soundly.training.traces.kinds import tracing

SETTINGS = EvaluationSettings(("blocksworld",), (3, 4), instances=6, rounds=2)


def test_held_out_problems_are_different_and_never_examples(examples):
    """By form; and there are no more than there are."""
    subject = Subject.of("blocksworld")
    forms = [form_of(subject.notation.state(p)) for p in held_out_problems("blocksworld", 3, 60)]
    assert len(set(forms)) == len(forms) < 26
    assert not set(forms) & {example.form for example in examples}
    assert excluded_forms(SETTINGS) <= set(forms) | {
        form_of(subject.notation.state(p)) for p in held_out_problems("blocksworld", 4, 6)
    }


def test_a_model_that_knows_nothing_is_right_about_nothing(model):
    """Counts say so, with the tokens that it took."""
    events = []
    evaluate(model, SETTINGS, stage="sft", step=3, log=events.append)
    assert {(e.what, e.size) for e in events} == {
        (what, size) for what in (VALID, "valid within 2 rounds") for size in (3, 4)
    }
    assert all(e.right == 0 < e.of and e.tokens > 0 and e.series == "blocksworld" for e in events)


def test_the_same_seed_gives_the_same_answers(model, blocks):
    """And another one numbers the names otherwise."""
    problems = held_out_problems("blocksworld", 4, 5)
    ask = partial(answered, model, blocks, problems, temperature=1.0, max_tokens=20)
    assert anyio.run(partial(ask, seed=1)) == anyio.run(partial(ask, seed=1))
    assert anyio.run(partial(ask, seed=1)) != anyio.run(partial(ask, seed=2))


def test_a_number_without_a_name_names_nothing(model, blocks):
    """A model that says a number which no block has gets no block by accident."""
    problems = held_out_problems("blocksworld", 3, 5)
    answers = anyio.run(partial(answered, model, blocks, problems, seed=1, temperature=3.0))
    strange = [word for answer in answers for word in answer.words if word.endswith("?")]
    assert strange
    assert all(answer.right is False for answer in answers)


def test_a_broken_critic_is_counted_apart(model, monkeypatch):
    """Neither right nor wrong."""

    async def breaks(self, problem, text):
        raise CriticError("broke")

    monkeypatch.setattr(Subject, "judged", breaks)
    events = []
    evaluate(model, SETTINGS, stage="sft", step=0, log=events.append)
    assert all((e.right, e.of) == (0, 0) and e.broken > 0 for e in events)


def test_baselines_are_judged_alike(examples):
    """The solver is always right, steps at random sometimes, a copy hardly ever."""
    events = []
    baselines = (LegalSteps(), NearestCopy(examples), TeacherItself("kairos"))
    evaluate_baselines(baselines, SETTINGS, log=events.append)
    rights = {}
    for event in events:
        rights.setdefault(event.series, []).append(event.right / event.of)
    assert rights["the solver"] == [1.0, 1.0]
    assert 0 < sum(rights["uniform legal steps"]) < 2
    assert sum(rights["nearest training answer"]) < 1


def test_a_recipe_taught_by_search_has_the_search_as_its_solver():
    """What wrote Countdown's examples is the baseline, and where it finds nothing it says so."""
    events = []
    settings = EvaluationSettings(("countdown",), (3,), instances=5, rounds=1)
    evaluate_baselines((TeacherItself(SEARCH),), settings, log=events.append)
    assert [(e.right, e.of) for e in events] == [(5, 5)]
    countdown = Subject.of("countdown")
    beyond_its_words = countdown.draw(3, 10000335)
    answer = anyio.run(TeacherItself(SEARCH).answer, countdown, beyond_its_words, Random(0))
    assert answer == (PLAN,)


def test_a_thought_is_a_run_only_where_it_leads_to_the_plan(blocks):
    """The trace's own judge decides, and another plan behind it spoils it."""
    problem = held_out_problems("blocksworld", 4, 1)[0]
    space = blocks.notation.space(problem)
    progression = tracing("progression")
    written = progression.write(space, seed=0, most_words=500)
    right = Answer((*written.trace, PLAN, *written.solution), True, 0, 0.0)
    wrong = Answer((*written.trace, PLAN, *written.solution[:-1]), False, 0, 0.0)
    without = Answer((PLAN, *written.solution), True, 0, 0.0)
    assert thought_is_run(right, blocks, problem, progression)
    assert not thought_is_run(wrong, blocks, problem, progression)
    assert not thought_is_run(without, blocks, problem, progression)


def test_answers_of_a_batch_are_those_of_each_alone(model):
    """Prompts of other lengths beside it change nothing."""
    prompts = [[1, 4, 13, 14], [1, 4, 15], [1, 4, 13, 7, 16, 5, 17]]
    together = sample(model, prompts, max_tokens=12)
    alone = [sample(model, [prompt], max_tokens=12)[0] for prompt in prompts]
    assert [s.tokens for s in together] == [s.tokens for s in alone]
    assert sample(model, [], max_tokens=3) == []


def test_a_size_without_held_out_problems_is_named(monkeypatch):
    """Where none came up the figure is not drawn from nothing."""
    monkeypatch.setattr(evaluation, "is_held_out", lambda form: False)
    with pytest.raises(UsageError, match="no held-out problem of size 5"):
        excluded_forms(EvaluationSettings(("blocksworld-open",), (5,), instances=3))


@pytest.mark.parametrize(
    "wrong", [{"families": ()}, {"sizes": ()}, {"instances": 0}, {"rounds": 0}, {"temperature": -1}]
)
def test_evaluation_settings_check_themselves(wrong):
    """Nothing is asked of nobody."""
    right = {"families": ("x",), "sizes": (3,)}
    with pytest.raises(ValueError, match=r"wanted|more"):
        EvaluationSettings(**(right | wrong))
