"""A model's grades order what is checked; each is paid for, and none decides."""

from functools import partial

import pytest

from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.events import CallHeld, CandidateRead, Judged
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Guarantee
from soundly.engine.describe import describe
from soundly.generators.scripted import ScriptedBy
from soundly.strategies.grades import grade_in
from soundly.strategies.rerank import rerank
from soundly.strategies.sampling import Sampling
from soundly.testing import FakeCritic
from soundly.testing.fake_family import CLAIM, RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
JUDGED = partial(rerank, n=4, score="judge", concurrency=1)


def events(outcome, kind):
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


def parts(outcome):
    return [event.part for event in events(outcome, CallHeld)]


def grading(grades):
    """A model that answers in turn, and grades an answer as the dictionary says."""
    answers = iter([WRONG[0], UNREADABLE, RIGHT, WRONG[0]])

    def reply(request):
        asked = request.messages[-1].content
        if "PROPOSED ANSWER" not in asked:
            return next(answers)
        return grades[asked.partition("--- PROPOSED ANSWER ---\n")[2].partition("\n---")[0]]

    return ScriptedBy(reply)


async def test_the_answer_with_the_best_grade_is_checked_first(run):
    """Drawn third, and the critic sees no other."""
    model = grading({WRONG[0]: "The goal is missed.\nGRADE: 2", RIGHT: "Fine.\n**Grade: 9/10**"})
    outcome, _ = await run(JUDGED, generator=model)
    assert outcome.status is Status.SOLVED
    assert len(events(outcome, Judged)) == 1


async def test_each_different_answer_is_graded_once_and_on_the_bill_under_its_own_name(run):
    """Four samples, of which two give one answer and one gives none: two judgements."""
    model = grading({WRONG[0]: "GRADE: 2", RIGHT: "GRADE: 9"})
    outcome, _ = await run(JUDGED, generator=model)
    assert parts(outcome) == ["rerank"] * 4 + ["judge"] * 2
    assert outcome.spend.calls == 6
    asked = [event.request for event in events(outcome, CallHeld) if event.part == "judge"]
    assert [request.temperature for request in asked] == [0.0, 0.0]


async def test_a_model_that_reasons_is_asked_for_grades_without_a_temperature(run):
    """And to reason as hard as it was for the answers."""
    model = grading({WRONG[0]: "GRADE: 2", RIGHT: "GRADE: 9"})
    hard = Sampling(reasoning_effort="high")
    outcome, _ = await run(partial(JUDGED, sampling=hard), generator=model)
    judged = events(outcome, CallHeld)[-1].request
    assert (judged.temperature, judged.reasoning_effort) == (None, "high")


async def test_a_judge_that_errs_costs_checks_and_no_answer(run):
    """A wrong answer is graded higher, is checked first, and is not believed."""
    model = grading({WRONG[0]: "GRADE: 10", RIGHT: "GRADE: 0"})
    outcome, _ = await run(JUDGED, generator=model)
    assert outcome.status is Status.SOLVED
    assert [event.canonical for event in events(outcome, CandidateRead)] == [WRONG[0], RIGHT]


async def test_no_grade_ranks_behind_the_worst_grade(run):
    """A judgement without one says nothing, which is not the same as 0."""
    model = grading({WRONG[0]: "I like it.", RIGHT: "GRADE: 0"})
    outcome, _ = await run(partial(JUDGED, checks=1), generator=model)
    assert outcome.status is Status.SOLVED


async def test_where_nothing_can_be_read_nobody_is_asked_for_grades(run):
    """A claim and noise."""
    outcome, _ = await run(partial(JUDGED, n=2), [UNREADABLE, CLAIM])
    assert parts(outcome) == ["rerank"] * 2


async def test_a_grade_makes_nothing_an_answer(run):
    """Ten of ten from the judge, and no SOUND critic: a candidate."""
    critic = FakeCritic(ACCEPT, Guarantee.NONE)
    model = grading({WRONG[0]: "GRADE: 1", RIGHT: "GRADE: 10"})
    outcome, _ = await run(partial(JUDGED, checks=1), generator=model, critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == RIGHT


async def test_what_was_graded_before_the_budget_ended_is_still_ranked(run):
    """Five calls are four samples and the first answer's grade; the ungraded one is tried too."""
    model = grading({WRONG[0]: "GRADE: 3", RIGHT: "GRADE: 9"})
    outcome, _ = await run(JUDGED, generator=model, budget=Budget(calls=5))
    assert outcome.status is Status.SOLVED
    outcome, _ = await run(
        partial(JUDGED, checks=1),
        generator=grading({WRONG[0]: "GRADE: 3", RIGHT: "GRADE: 9"}),
        budget=Budget(calls=5),
    )
    assert outcome.status is Status.EXHAUSTED


async def test_a_judge_that_breaks_is_no_bad_grade(run):
    """It ends the session."""
    with pytest.raises(GeneratorError, match="gone"):
        await run(partial(JUDGED, n=1), [RIGHT, GeneratorError("gone")])


async def test_scores_that_have_a_name_are_shown_by_it_and_others_are_refused(run):
    """As one would type them."""
    assert describe(JUDGED) == "rerank:n=4,score=judge,concurrency=1"
    with pytest.raises(UsageError, match="score is 'loudest', wanted logprob or judge"):
        await run(partial(rerank, score="loudest"))


async def test_the_score_named_logprob_is_the_models_own_confidence(run):
    """It is the default."""
    sure = Completion(RIGHT, "scripted", logprobs=(-0.1,))
    unsure = Completion(WRONG[0], "scripted", logprobs=(-0.9,))
    outcome, _ = await run(partial(rerank, n=2, score="logprob", checks=1), [unsure, sure])
    assert outcome.status is Status.SOLVED


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("GRADE: 7", 7),
        ("It is wrong.\n\n**Grade: 0**", 0),
        ("GRADE: 3\nNo, wait.\nGRADE: 10/10", 10),
        ("grade: 8 / 10.", 8),
        ("GRADE: **4**", 4),
        ("GRADE: 11", None),
        ("GRADE: 3\nGRADE: 99", None),
        ("GRADE: -3", None),
        ("GRADE: 7.5", None),
        ("GRADE: seven", None),
        ("I would grade: 7 because it is long", None),
        ("7", None),
        ("", None),
    ],
)
async def test_a_grade_is_read_strictly(said, grade):
    """The last line that is a grade counts; what is none is not guessed."""
    assert grade_in(said) == grade
