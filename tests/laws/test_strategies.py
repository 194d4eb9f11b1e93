"""Every registered strategy, and cascades of them, keep the laws of a strategy."""

from functools import partial

import pytest

from soundly.config import registry
from soundly.config.strategies import parse_strategy
from soundly.core.routing import RouteChosen
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.formalise import formalise
from soundly.strategies.repair import repair
from soundly.strategies.routed import routed
from soundly.testing import STRATEGY_LAWS, FakeFormalism, FakeSolver
from soundly.testing.fake_family import RIGHT

GIVES_UP = partial(consult, solver=FakeSolver(SolverGaveUp("it does not try")))
FINDS = partial(consult, solver=FakeSolver(SolverFound(RIGHT)))
ASSERTS = partial(consult, solver=FakeSolver(SolverAsserted("no plan")))

ROUTE = RouteChosen(
    "planning", 5, 0.95, 0.95, "tokens", None, "cascade", fell_back=True, reason="", considered=()
)

STRATEGIES = {name: parse_strategy(name) for name in registry.names("strategies")} | {
    "refine:augmentation=plan-and-solve": parse_strategy("refine:augmentation=plan-and-solve"),
    "best-of:augmentation=zero-shot-cot": parse_strategy("best-of:augmentation=zero-shot-cot"),
    "least-to-most:parts=2": parse_strategy("least-to-most:parts=2"),
    "assist:rounds=4": parse_strategy("assist:rounds=4"),
    "advised+assist": parse_strategy("advised+assist:rounds=3"),
    "refine:history=all": parse_strategy("refine:rounds=4,history=all"),
    "refine:history=none": parse_strategy("refine:history=none"),
    "refine:history=summarised": parse_strategy("refine:history=summarised,feedback=binary"),
    "refine:controller=summarise": parse_strategy("refine:controller=summarise,self_critic=true"),
    "refine:controller=diversify": parse_strategy(
        "refine:controller=diversify,repeats=1,temperature=1,end_temperature=0"
    ),
    "refine:reformulations=2": parse_strategy(
        "refine:rounds=3,reformulations=2,controller=round-robin,feedback=first"
    ),
    "self-critique:history=all": parse_strategy("self-critique:rounds=4,history=all"),
    "best-of:n=5,concurrency=2": parse_strategy("best-of:n=5,concurrency=2"),
    "vote:weighting=logprob": parse_strategy("vote:n=5,weighting=logprob,concurrency=2"),
    "adaptive-vote:concurrency=3": parse_strategy("adaptive-vote:n=7,concurrency=3"),
    "adaptive-best-of:concurrency=3": parse_strategy("adaptive-best-of:n=8,concurrency=3"),
    "rerank:score=judge": parse_strategy("rerank:n=4,score=judge,concurrency=2"),
    "move-search:depth=2": parse_strategy("move-search:rollouts=12,depth=2"),
    "beam-search:stride=1": parse_strategy("beam-search:stride=1,depth=4,concurrency=3"),
    "beam-search:evaluation=heuristic": parse_strategy(
        "beam-search:evaluation=heuristic,breadth=2,proposals=3,depth=3,feedback=false"
    ),
    "tree-of-thoughts:order=depth-first": parse_strategy(
        "tree-of-thoughts:order=depth-first,visits=6,proposals=3,concurrency=2"
    ),
    "tree-of-thoughts:evaluation=vote": parse_strategy(
        "tree-of-thoughts:evaluation=vote,votes=3,breadth=2,proposals=3,depth=3"
    ),
    "monte-carlo:evaluation=value": parse_strategy("monte-carlo:rollouts=6,evaluation=value"),
    "evolution:islands=2": parse_strategy(
        "evolution:islands=2,population=3,generations=3,concurrency=2"
    ),
    "single+refine": parse_strategy("single+refine:rounds=2"),
    "best-of+single": parse_strategy("best-of:n=3,concurrency=3+single"),
    "formalise:to=fake": partial(formalise, formalism=FakeFormalism(), rounds=4),
    "formalise without a solution": partial(
        formalise, formalism=FakeFormalism(FakeSolver(SolverAsserted("no way"))), rounds=2
    ),
    "repair": partial(repair, planner=FakeSolver(SolverFound(RIGHT))),
    "repair:keep=applicable": partial(
        repair, keep="applicable", planner=FakeSolver(SolverGaveUp("no way on"))
    ),
    "routed": partial(routed, chosen=parse_strategy("single+refine:rounds=2"), route=ROUTE),
    "solver gives up": GIVES_UP,
    "solver asserts": ASSERTS,
    "refine+solver": partial(cascade, stages=(parse_strategy("refine:rounds=2"), GIVES_UP, FINDS)),
    "cascade of cascades": partial(
        cascade, stages=(parse_strategy("single+single"), parse_strategy("refine+best-of"))
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("law", STRATEGY_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("strategy", STRATEGIES.values(), ids=STRATEGIES)
async def test_a_registered_strategy_keeps(law, strategy):
    await law(strategy)
