"""Evolution: the fittest become parents, and the model sees both with what is wrong with them."""

from functools import partial
from random import Random

import pytest

from soundly.core.candidate import Candidate
from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError
from soundly.core.outcome import Status
from soundly.core.session import Attempt
from soundly.core.spend import Budget
from soundly.core.verdict import Critique, reject
from soundly.strategies.evolution import Evolving, evolution
from soundly.strategies.population import Individual, parents, recombined, survivors
from soundly.testing.fake_family import RIGHT, UNREADABLE, WRONG

FAULTS = tuple(Critique(f"fault-{number}", f"fault number {number}") for number in range(20))
ASKED = Evolving(population=2, generations=2)


def individual(text, *, reach=0, faults=1, readable=True):
    completion = Completion(text, "scripted")
    candidate = Candidate((text,), text, "evolution", completion) if readable else None
    verdict = reject(*FAULTS[:faults]) if readable else None
    return Individual(completion, Attempt(1, candidate, verdict, FAULTS[:faults]), reach)


@pytest.mark.anyio
async def test_a_child_is_made_of_two_parents_and_their_critiques(run):
    """The fitter one as the model's own last answer, the other beside it."""
    outcome, model = await run(partial(evolution, evolving=ASKED), [WRONG[1], WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    *_, own, asked = model.requests[2].messages
    assert (own.role, own.content) == ("assistant", WRONG[0])
    assert asked.role == "user"
    assert WRONG[1] in asked.content
    assert asked.content.count("\n- ") == 2


@pytest.mark.anyio
async def test_the_first_generation_knows_of_no_other(run):
    """It is sampled, each with a seed of its own."""
    _, model = await run(partial(evolution, evolving=Evolving(generations=1)), [WRONG[0]] * 4)
    assert len({request.messages for request in model.requests}) == 1
    assert len({request.seed for request in model.requests}) == 4


@pytest.mark.anyio
async def test_no_more_than_a_population_is_asked_for_in_each_generation(run):
    """On each island."""
    strategy = partial(evolution, evolving=Evolving(population=3, generations=2, islands=2))
    outcome, model = await run(strategy, [*WRONG, *WRONG])
    assert outcome.status is Status.UNSOLVED
    assert len(model.requests) == 12


@pytest.mark.anyio
async def test_islands_meet_only_through_migrants(run):
    """Without them the second island's parents are its own."""
    alone = Evolving(population=1, generations=2, islands=2, migrants=0)
    _, model = await run(partial(evolution, evolving=alone), [WRONG[0], WRONG[1]] * 2)
    assert model.requests[3].messages[-2].content == WRONG[1]
    meeting = Evolving(population=1, generations=2, islands=2, migrants=1)
    _, model = await run(partial(evolution, evolving=meeting), [WRONG[0], WRONG[1]] * 2)
    assert model.requests[3].messages[-2].content == WRONG[0]


@pytest.mark.anyio
async def test_an_answer_that_cannot_be_read_lives_on_only_for_want_of_others(run):
    """And it is told so."""
    one = Evolving(population=1, generations=2)
    _, model = await run(partial(evolution, evolving=one), [UNREADABLE, WRONG[0]])
    assert model.requests[1].messages[-2].content == UNREADABLE
    assert "no line of the answer is an action" in model.requests[1].messages[-1].content


@pytest.mark.anyio
async def test_the_budget_ends_it_exhausted_and_a_broken_model_breaks_it(run):
    """A spent budget and a broken part stay apart."""
    outcome, _ = await run(evolution, [WRONG[0]] * 4, budget=Budget(calls=3))
    assert outcome.status is Status.EXHAUSTED
    with pytest.raises(GeneratorError, match="gone"):
        await run(evolution, [WRONG[0], GeneratorError("gone")])


def test_fitness_is_reading_then_reach_then_fewer_critiques():
    """In this order, and nothing else."""
    ranked = [
        individual("a", reach=3, faults=5),
        individual("b", reach=2, faults=1),
        individual("c", reach=2, faults=2),
        individual("d", reach=9, faults=1, readable=False),
    ]
    assert survivors(list(reversed(ranked)), 4) == ranked
    assert survivors(ranked, 2) == ranked[:2]


def test_one_solution_survives_once():
    """However often it was given."""
    assert len(survivors([individual("a"), individual("a"), individual("b")], 3)) == 2


def test_parents_are_two_and_the_fitter_ones_are_chosen_more_often():
    """Of four, the weakest never wins a tournament while another is in it."""
    four = [individual(str(reach), reach=reach) for reach in range(4)]
    chosen = [parents(four, Random(seed)) for seed in range(200)]
    assert all(first.fitness > second.fitness for first, second in chosen)
    counts = [sum(each in pair for pair in chosen) for each in four]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert parents(four[:1], Random(0)) == (four[0],)
    assert parents([], Random(0)) == ()


def test_a_parent_with_many_faults_is_shown_a_dozen_and_the_number_of_the_others():
    """A prompt does not grow without end."""
    asked = recombined((), [individual("a", faults=15)])[-1].content
    assert "fault number 11" in asked
    assert "fault number 12" not in asked
    assert "- and 3 more" in asked


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"population": 0}, "population is 0"),
        ({"generations": 0}, "generations is 0"),
        ({"islands": 0}, "islands is 0"),
        ({"migrants": -1}, "migrants is -1"),
        ({"concurrency": 0}, "concurrency is 0"),
        ({"population": 2, "migrants": 3}, "migrants is 3 of 2"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options, said):
    """In one line that says what came."""
    with pytest.raises(ValueError, match=said):
        Evolving(**options)
