"""Each strategy under one script leaves the trace that is kept here, seconds aside.

A difference is a change of what strategies ask or of how a trace is written: both are seen by
whoever reads traces. Where it is meant, delete the file and run the test twice.
"""

import json
from functools import partial
from pathlib import Path

import pytest

from soundly.core.advice import Advice
from soundly.core.events import TRACE_VERSION
from soundly.core.family import PromptStyle
from soundly.core.routing import Considered, RouteChosen
from soundly.core.solver import SolverFound
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.critics.accompanied import Accompanied
from soundly.critics.human import Accept, Edit, Specify
from soundly.strategies.adaptive_best_of import adaptive_best_of
from soundly.strategies.adaptive_vote import adaptive_vote
from soundly.strategies.advised import advised
from soundly.strategies.assist import assist
from soundly.strategies.beam_search import beam_search
from soundly.strategies.best_of import best_of
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.evolution import Evolving, evolution
from soundly.strategies.expansion import Growth
from soundly.strategies.formalise import formalise
from soundly.strategies.least_to_most import least_to_most
from soundly.strategies.monte_carlo import monte_carlo
from soundly.strategies.move_search import move_search
from soundly.strategies.refine import refine
from soundly.strategies.repair import repair
from soundly.strategies.rerank import rerank
from soundly.strategies.routed import routed
from soundly.strategies.single import single
from soundly.strategies.tree_of_thoughts import tree_of_thoughts
from soundly.strategies.vote import vote
from soundly.testing import FakeCritic, FakeFormalism, FakeSolver, ScriptedPerson, timeless
from soundly.testing.fake_family import CLAIM, RIGHT, UNREADABLE, WRONG

FOLDER = Path(__file__).parent / "golden"
SCRIPT = [WRONG[0], UNREADABLE, CLAIM, WRONG[1], RIGHT]
FINDS = partial(consult, solver=FakeSolver(SolverFound(RIGHT)))
CONSIDERED = Considered("scripted", "single", "4 to 6", 80, 79, 0.9421, 120.0, None)
ROUTE = RouteChosen(
    "planning",
    4,
    0.9,
    0.95,
    "tokens",
    "scripted",
    "single",
    fell_back=False,
    reason="it is the cheapest that covers enough",
    considered=(CONSIDERED,),
)
STRATEGIES = {
    "single": (single, Budget()),
    "best-of": (partial(best_of, n=5, concurrency=1), Budget()),
    "refine": (refine, Budget(calls=9)),
    "refine-exhausted": (refine, Budget(calls=2)),
    "rerank": (partial(rerank, n=5, concurrency=1), Budget()),
    "rerank-judge": (partial(rerank, n=3, concurrency=1, score="judge"), Budget()),
    "vote": (partial(vote, n=5, concurrency=1), Budget()),
    "adaptive-vote": (adaptive_vote, Budget(calls=4)),
    "adaptive-best-of": (partial(adaptive_best_of, threshold=0.3), Budget()),
    "beam-search": (partial(beam_search, growth=Growth(breadth=1, proposals=2)), Budget()),
    "tree-of-thoughts": (
        partial(tree_of_thoughts, growth=Growth(breadth=2, proposals=2, stride=1)),
        Budget(calls=5),
    ),
    "monte-carlo": (partial(monte_carlo, rollouts=4), Budget()),
    "evolution": (partial(evolution, evolving=Evolving(population=2, islands=2)), Budget(calls=9)),
    "move-search": (partial(move_search, rollouts=5, depth=2), Budget()),
    "formalise": (partial(formalise, formalism=FakeFormalism(), rounds=5), Budget()),
    "repair": (partial(repair, planner=FakeSolver(SolverFound("(stack a b)"))), Budget()),
    "routed": (partial(routed, chosen=single, route=ROUTE), Budget()),
    "least-to-most": (least_to_most, Budget(calls=4)),
    "advised": (advised, Budget()),
    "assist": (partial(assist, rounds=5), Budget()),
    "augmented": (
        partial(single, style=PromptStyle(augmentation="plan-and-solve", advice=False)),
        Budget(),
    ),
    "consult": (FINDS, Budget()),
    "cascade": (partial(cascade, stages=(single, partial(refine, rounds=2), FINDS)), Budget()),
}
SCRIPTS = {"least-to-most": ["1. Which block?\n2. Where to?", "a", "onto b", RIGHT]}
PEOPLE = {"assist": (Specify("move a once"), Edit(RIGHT), Accept())}
ADVICE = Advice("Lift a first.")


def in_plain_words(problem, candidate):
    """The critic's own words, so that the kernel may change its own."""
    if candidate.canonical == RIGHT:
        return ACCEPT
    return reject(Critique("not-it", "it is not the plan", where="goal", repair="stack a on b"))


@pytest.mark.anyio
@pytest.mark.parametrize("name", STRATEGIES)
async def test_the_trace_is_the_one_that_is_kept(run, name):
    """Under both event loops, to the letter."""
    strategy, budget = STRATEGIES[name]
    critic = FakeCritic(in_plain_words)
    outcome, _ = await run(
        strategy,
        SCRIPTS.get(name, SCRIPT),
        seed=3,
        budget=budget,
        critic=Accompanied(critic, ScriptedPerson(PEOPLE[name])) if name in PEOPLE else critic,
        advice=ADVICE if name in ("advised", "augmented") else None,
    )
    lines = [json.dumps(record, ensure_ascii=False) for record in timeless(outcome.trace)]
    path = FOLDER / f"{name}.v{TRACE_VERSION}.jsonl"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written now; look at it and run again")
    assert lines == path.read_text(encoding="utf-8").splitlines()
