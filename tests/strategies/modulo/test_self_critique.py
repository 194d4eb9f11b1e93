"""Self-critique: in place of the sound critic it collapses, beside it it advises."""

from functools import partial

import pytest

from soundly.core.errors import CriticError, UsageError
from soundly.core.events import Judged
from soundly.core.outcome import Status
from soundly.core.solver import SolverFound
from soundly.core.spend import Budget
from soundly.core.verdict import Decision, Guarantee, unknown
from soundly.critics.learned import LearnedCritic
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.sampling import Sampling
from soundly.strategies.self_critique import self_critique
from soundly.testing import FakeCritic, FakeSolver
from soundly.testing.fake_family import CLAIM, RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
BELIEVES = "It looks good to me.\nVERDICT: RIGHT"
DOUBTS = "Block b is not clear.\nVERDICT: WRONG"


def judged(outcome):
    return [record.event for record in outcome.trace if isinstance(record.event, Judged)]


async def test_a_model_that_believes_itself_too_easily_collapses(play):
    """It proposes rightly in its third answer: the sound critic waits for that, it does not."""
    replies = {"answer": [WRONG[0], WRONG[2], RIGHT], "judge": BELIEVES}
    sound, _ = await play(refine, **replies)
    beside, _ = await play(partial(refine, self_critic=True), **replies)
    itself, _ = await play(self_critique, **replies)
    assert (sound.status, beside.status) == (Status.SOLVED, Status.SOLVED)
    assert itself.status is Status.UNSOLVED


async def test_its_acceptance_ends_the_loop_and_is_checked_once(play, stops, advice, parts):
    """The trace holds what the judge said, and what was true."""
    outcome, _ = await play(self_critique, answer=WRONG[0], judge=BELIEVES)
    assert stops(outcome) == [("self-critique", "accepted", 1)]
    assert parts(outcome) == ["self-critique", "critic:self-critic"]
    assert [(e.decision, e.canonical) for e in advice(outcome)] == [(Decision.ACCEPT, WRONG[0])]
    assert [event.decision for event in judged(outcome)] == [Decision.REJECT]


async def test_a_right_answer_that_the_judge_accepts_is_solved_by_the_sound_critic(play):
    """The judge's word counts for nothing."""
    outcome, _ = await play(self_critique, answer=RIGHT, judge=BELIEVES)
    assert outcome.status is Status.SOLVED
    outcome, _ = await play(self_critique, answer=RIGHT, judge=BELIEVES,
                            critic=FakeCritic(unknown()))  # fmt: skip
    assert (outcome.status, outcome.candidate.canonical) == (Status.UNSOLVED, RIGHT)


async def test_the_judges_words_are_the_back_prompt(play):
    """As a critique like any other."""
    outcome, cast = await play(self_critique, answer=[WRONG[0], RIGHT], judge=[DOUBTS, BELIEVES])
    assert "Block b is not clear." in cast.prompts()[1]
    assert outcome.status is Status.SOLVED


async def test_a_judge_that_doubts_what_is_right_costs_the_answer(play):
    """A false rejection: the right answer was there, and the last one is checked."""
    outcome, cast = await play(partial(self_critique, rounds=2), answer=[RIGHT, WRONG[0]],
                               judge=DOUBTS)  # fmt: skip
    assert outcome.status is Status.UNSOLVED
    assert len(judged(outcome)) == 1
    assert len(cast.asked["judge"]) == 2


async def test_a_judgement_without_a_verdict_is_no_acceptance(play, advice):
    """It is UNKNOWN in the trace, the loop goes on, and the model is told no reason."""
    outcome, cast = await play(self_critique, answer=[WRONG[0], RIGHT],
                               judge=["It is surely right!", BELIEVES])  # fmt: skip
    assert [e.decision for e in advice(outcome)] == [Decision.UNKNOWN, Decision.ACCEPT]
    assert "gave no reason" in cast.prompts()[1]
    assert outcome.status is Status.SOLVED


@pytest.mark.parametrize(("text", "said"), [(UNREADABLE, "could be read"), (CLAIM, "not a proof")])
async def test_where_there_is_nothing_to_judge_the_judge_is_not_asked(play, text, said):
    """The format critic comes first here too."""
    _, cast = await play(self_critique, answer=[text, RIGHT], judge=BELIEVES)
    assert len(cast.asked["judge"]) == 1
    assert said in cast.prompts()[1]


async def test_a_learned_score_can_be_the_judge(play, advice):
    """For a model that reads a notation: no call is made, and the threshold decides."""
    likes_long = LearnedCritic(lambda problem, candidate: min(1, len(candidate.canonical) / 40))
    outcome, cast = await play(partial(self_critique, judge=likes_long), answer=[WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    assert not cast.asked["judge"]
    assert [event.critic for event in advice(outcome)] == ["learned-verifier"] * 2
    assert outcome.trace[0].event.strategy == "self-critique:judge=learned-verifier"


@pytest.mark.parametrize(("calls", "status"), [(1, Status.SOLVED), (0, Status.EXHAUSTED)])
async def test_when_the_budget_ends_the_loop_the_last_answer_is_checked(play, calls, status):
    """It is there and checking it costs no call; without one there is nothing to check."""
    outcome, _ = await play(self_critique, answer=RIGHT, judge=DOUBTS, budget=Budget(calls=calls))
    assert outcome.status is status


async def test_a_wrong_last_answer_leaves_the_budget_as_the_reason(play):
    """The session is not UNSOLVED: it might have been, with more."""
    outcome, _ = await play(self_critique, answer=WRONG[0], judge=DOUBTS, budget=Budget(calls=3))
    assert outcome.status is Status.EXHAUSTED


async def test_beside_the_sound_critic_only_its_rejections_are_heard(play, feedback, advice):
    """An acceptance of what is wrong gates nothing, and stays out of the prompt."""
    strategy = partial(refine, self_critic=True)
    outcome, cast = await play(strategy, answer=[WRONG[0], WRONG[2], RIGHT],
                               judge=[BELIEVES, DOUBTS])  # fmt: skip
    assert [event.critics for event in feedback(outcome)] == [
        ("critic",), ("critic", "self-critic")
    ]  # fmt: skip
    assert "looks good" not in cast.prompts()[1]
    assert "Advice of self-critic, which may be wrong:" in cast.prompts()[2]
    assert len(advice(outcome)) == 2


async def test_a_soft_critic_that_breaks_is_not_advice(play):
    """It breaks the session, and its name is on it."""
    broken = FakeCritic(RuntimeError("no taste today"), Guarantee.NONE, name="taste")
    with pytest.raises(CriticError, match="critic taste broke: RuntimeError: no taste today"):
        await play(partial(refine, advisers=(broken,)), answer=WRONG)


async def test_the_judge_sees_the_problem_and_the_answer_that_was_read(play):
    """Without worked examples, and at temperature 0 with a seed."""
    _, cast = await play(self_critique, answer=f"I propose:\n{RIGHT}", judge=BELIEVES)
    (request,) = cast.asked["judge"]
    assert f"--- PROPOSED ANSWER ---\n{RIGHT}\n---" in request.messages[-1].content
    assert "Style: natural, 0." in request.messages[-1].content
    assert (request.temperature, type(request.seed)) == (0.0, int)


async def test_reasoning_effort_reaches_every_call(play):
    """The answers, the judgements, the summaries; such models take no temperature from us."""
    strategy = partial(refine, self_critic=True, history="summarised", reformulations=1,
                       sampling=Sampling(reasoning_effort="high"))  # fmt: skip
    _, cast = await play(strategy, answer=[WRONG[0], "prose", WRONG[2], RIGHT], judge=DOUBTS,
                         summary="One.", form="more prose")  # fmt: skip
    for part in ("answer", "judge", "summary", "form"):
        assert cast.asked[part]
        assert {(r.reasoning_effort, r.temperature) for r in cast.asked[part]} == {("high", None)}


async def test_options_are_the_callers(play):
    """As in `refine`."""
    with pytest.raises(UsageError, match="self-critique: rounds is 0"):
        await play(partial(self_critique, rounds=0), answer=RIGHT, judge=BELIEVES)


async def test_an_answer_found_on_the_last_call_ends_a_cascade(play):
    """The budget refused only the judgement, so no later stage is asked."""
    stages = (self_critique, partial(consult, solver=FakeSolver(SolverFound(RIGHT))))
    outcome, _ = await play(partial(cascade, stages=stages), answer=RIGHT, budget=Budget(calls=1))
    assert outcome.found_by == "self-critique"


async def test_an_adviser_that_cannot_tell_is_not_heard(play, feedback, advice):
    """Its say is in the trace, and not in the next prompt."""
    outcome, cast = await play(partial(refine, self_critic=True), answer=[WRONG[0], RIGHT],
                               judge="Hard to say.")  # fmt: skip
    assert [event.decision for event in advice(outcome)] == [Decision.UNKNOWN]
    assert [event.critics for event in feedback(outcome)] == [("critic",)]
    assert "Hard to say" not in cast.prompts()[1]
