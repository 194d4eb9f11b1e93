"""Formalise, then solve: the translation is put to the test, and the original problem decides."""

from functools import partial

import pytest

from soundly.config.families import make_family
from soundly.core.errors import SolverError, UsageError
from soundly.core.events import CandidateRead, SolverEnded
from soundly.core.formalism import Mistranslation, TranslationChecked
from soundly.core.outcome import Status
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp, SolverProved
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Guarantee, unknown
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.formalise import ONLY_THE_FORMALISATION, formalise
from soundly.testing import FakeCritic, FakeSolver
from soundly.testing.fake_family import (
    CLAIM,
    PROOF_OF_IMPOSSIBLE,
    RIGHT,
    RIGHT_TOO,
    UNREADABLE,
    WRONG,
)
from soundly.testing.fake_formalism import FakeFormalism

pytestmark = pytest.mark.anyio
TRANSLATE = partial(formalise, formalism=FakeFormalism())


def found_always(answer):
    return partial(formalise, formalism=FakeFormalism(FakeSolver(answer)))


def events(outcome, kind) -> list:
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


async def test_what_the_solver_finds_is_judged_against_the_problem_itself(run):
    """SOLVED, with a certificate of the original problem, credited to the strategy."""
    outcome, model = await run(TRANSLATE, [RIGHT])
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "formalise"
    assert outcome.candidate.completion is None
    assert len(model.requests) == 1
    (checked,) = events(outcome, TranslationChecked)
    assert (checked.language, checked.consistent, checked.critiques) == ("fake", True, ())
    (ended,) = events(outcome, SolverEnded)
    assert ended.solver == "echo on the translation"


async def test_the_model_is_asked_to_translate_and_not_to_solve(run):
    """The problem stands in marks, without examples of answers, behind the language's rules."""
    _, model = await run(TRANSLATE, [RIGHT])
    (asked,) = model.requests[0].messages
    assert asked.content.index("Do not solve it") < asked.content.index("Write actions, one a line")
    inside = asked.content.partition("<problem>\n")[2].partition("\n</problem>")[0]
    assert inside.startswith("Give a plan, one action a line. Style: natural, 0.")


async def test_an_error_of_syntax_goes_back_to_the_model_with_its_place(run):
    """Before any solver is asked; the model sees its translation and what is wrong with it."""
    outcome, model = await run(TRANSLATE, ["Well, (pick-up a)", RIGHT])
    assert outcome.status is Status.SOLVED
    _, translation, feedback = model.requests[1].messages
    assert translation.content == "Well, (pick-up a)"
    assert "line 1, column 1: this does not begin with an action" in feedback.content
    assert "Write the whole translation again" in feedback.content
    assert [event.consistent for event in events(outcome, TranslationChecked)] == [False, True]
    assert len(events(outcome, SolverEnded)) == 1


async def test_a_wrong_translation_goes_back_with_what_the_problem_says_of_its_answer(run):
    """The critic of the original problem finds out, and its reasons are shown."""
    outcome, model = await run(TRANSLATE, [WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    feedback = model.requests[1].messages[-1].content
    assert "the solution is no right answer to the problem" in feedback
    assert "the goal is not reached" in feedback


async def test_remarks_are_made_only_where_the_answer_is_wrong(run):
    """What is odd keeps nobody from solving, and may be why the answer is wrong."""
    solved, model = await run(TRANSLATE, [RIGHT_TOO])
    assert solved.status is Status.SOLVED
    assert len(model.requests) == 1
    _, model = await run(TRANSLATE, [WRONG[3], RIGHT])
    assert "more than one action a block" in model.requests[1].messages[-1].content


async def test_an_outcome_says_that_only_the_formalisation_was_solved(run):
    """The last candidate stands there, and nobody claims that it is right."""
    outcome, model = await run(partial(TRANSLATE, rounds=2), [WRONG[0], WRONG[1]])
    assert outcome.status is Status.UNSOLVED
    assert outcome.reason.endswith(f"; {ONLY_THE_FORMALISATION} (fake, by echo)")
    assert outcome.candidate.canonical == WRONG[1]
    assert len(model.requests) == 2


@pytest.mark.parametrize("text", [UNREADABLE, CLAIM])
async def test_so_it_does_where_the_family_cannot_read_the_answer(run, text):
    """An answer in the wrong form is not the solver's failure: the model said how to word it."""
    outcome, _ = await run(found_always(SolverFound(text)), [RIGHT] * 3)
    assert outcome.status is Status.UNSOLVED
    assert ONLY_THE_FORMALISATION in outcome.reason
    assert events(outcome, CandidateRead) == []


async def test_a_later_mistake_does_not_hide_an_earlier_candidate(run):
    """The last attempt that a solver led to is what there is to show."""
    outcome, _ = await run(TRANSLATE, [WRONG[0], UNREADABLE, UNREADABLE])
    assert outcome.candidate.canonical == WRONG[0]


@pytest.mark.parametrize(
    ("critic", "said"),
    [(FakeCritic(unknown()), "unknown"), (FakeCritic(ACCEPT, Guarantee.NONE), "advice")],
)
async def test_what_no_sound_critic_can_tell_ends_the_rounds(run, critic, said):
    """Another translation would change nothing about that, and solved it is not."""
    outcome, model = await run(TRANSLATE, [WRONG[0]] * 3, critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert ONLY_THE_FORMALISATION in outcome.reason
    assert len(model.requests) == 1, said


@pytest.mark.parametrize(
    "answer",
    [
        SolverAsserted("no plan at all"),
        SolverGaveUp("no plan at all"),
        SolverProved(PROOF_OF_IMPOSSIBLE),
    ],
)
async def test_that_a_translation_has_no_solution_says_nothing_of_the_problem(run, answer):
    """Not even where it is proved; the model is told, and a later stage may still solve."""
    outcome, model = await run(found_always(answer), [RIGHT] * 3)
    assert outcome.status is Status.UNSOLVED
    assert outcome.asserted is None
    assert outcome.certificate is None
    assert "found no solution to the translation" in model.requests[1].messages[-1].content
    stages = (found_always(answer), partial(consult, solver=FakeSolver(SolverFound(RIGHT))))
    rescued, _ = await run(partial(cascade, stages=stages), [RIGHT] * 3)
    assert rescued.status is Status.SOLVED


@pytest.mark.parametrize("rounds", [1, 2, 3])
async def test_no_more_rounds_than_asked_for(run, rounds):
    """Each is one call with a seed of its own."""
    _, model = await run(partial(TRANSLATE, rounds=rounds), [UNREADABLE] * 3)
    assert len({request.seed for request in model.requests}) == rounds
    assert [len(request.messages) for request in model.requests] == [1, 3, 3][:rounds]


async def test_the_budget_stops_it_between_rounds(run):
    """What the budget does not afford is not asked."""
    outcome, model = await run(TRANSLATE, [UNREADABLE, RIGHT], budget=Budget(calls=1))
    assert outcome.status is Status.EXHAUSTED
    assert len(model.requests) == 1


async def test_a_solver_that_breaks_is_no_translation_that_failed(run):
    """A broken part raises."""
    with pytest.raises(SolverError, match="fake-solver broke"):
        await run(found_always(RuntimeError("a bug")), [RIGHT])


async def test_an_empty_translation_can_be_shown_back(run):
    """No provider takes an empty turn."""
    _, model = await run(TRANSLATE, ["", RIGHT])
    assert model.requests[1].messages[1].content == "(an empty answer)"


async def test_rounds_that_cannot_be_used_are_the_callers(run):
    """Not a failure of the strategy."""
    with pytest.raises(UsageError, match="formalise: rounds is 0, wanted at least 1"):
        await run(partial(TRANSLATE, rounds=0), [RIGHT])


def test_a_mistranslation_says_why():
    """A model that is told nothing cannot mend it."""
    with pytest.raises(ValueError, match="must say why"):
        Mistranslation(())


async def test_a_model_that_reads_a_notation_is_not_asked_to_translate():
    """It is refused before anything is spent, in words that say what is wanted."""
    family = make_family("blocksworld")
    model = Scripted([RIGHT])
    model.notation = family.notation.name
    problem = family.draw(size=3, seed=1)
    with pytest.raises(UsageError, match=r"^formalise: .*reads a notation: name a model") as caught:
        await solve(problem, family=family, strategy=TRANSLATE, generator=model)
    assert caught.value.record.spend.calls == 0
