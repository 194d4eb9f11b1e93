"""The main variants of LLM-Modulo leave the traces that are kept here, seconds aside.

Where a difference is meant, delete the file and run the test twice.
"""

import json
from functools import partial
from pathlib import Path

import pytest

from soundly.core.events import TRACE_VERSION
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.strategies.modulo.options import Schedule
from soundly.strategies.refine import refine
from soundly.strategies.sampling import Sampling
from soundly.strategies.self_critique import self_critique
from soundly.testing import FakeCritic, timeless
from soundly.testing.fake_family import RIGHT, UNREADABLE, WRONG

FOLDER = Path(__file__).parent / "golden"
REPLIES = {
    "answer": [WRONG[0], UNREADABLE, WRONG[1], RIGHT],
    "judge": ["Block a is still in the hand.\nVERDICT: WRONG", "VERDICT: RIGHT", "No idea."],
    "summary": ["Picking up alone does not do.", "Nor does stacking alone."],
    "controller": "Stack a on b at the end.",
    "form": ["in words, then", WRONG[0]],
}
STRATEGIES = {
    "first-error": partial(refine, feedback="first"),
    "binary-all": partial(refine, feedback="binary", history="all"),
    "summarised-history": partial(refine, history="summarised"),
    "round-robin": partial(refine, controller="round-robin", self_critic=True),
    "summarising-controller": partial(refine, controller="summarise"),
    "diversify-cooling": partial(
        refine,
        controller="diversify",
        schedule=Schedule(end_temperature=0.2),
        sampling=Sampling(temperature=1.0),
    ),
    "reformulated-repeated": partial(refine, reformulations=2, repeats=1),
    "self-critique": self_critique,
}


def in_two_words(problem, candidate):
    """The critic's own words, so that the kernel may change its own."""
    if candidate.canonical == RIGHT:
        return ACCEPT
    goal = Critique("not-it", "it is not the plan", where="goal", repair="stack a on b")
    return reject(Critique("short", "a step is missing", where="step 2"), goal)


@pytest.mark.anyio
@pytest.mark.parametrize("name", STRATEGIES)
async def test_the_trace_of_a_variant_is_the_one_that_is_kept(play, name):
    """Under both event loops, to the letter."""
    outcome, _ = await play(STRATEGIES[name], seed=3, critic=FakeCritic(in_two_words), **REPLIES)
    lines = [json.dumps(record, ensure_ascii=False) for record in timeless(outcome.trace)]
    path = FOLDER / f"{name}.v{TRACE_VERSION}.jsonl"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written now; look at it and run again")
    assert lines == path.read_text(encoding="utf-8").splitlines()
