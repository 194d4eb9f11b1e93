"""What the family draws, and answers that are almost right; `tests/laws` has its laws."""

import random

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.critics.no_model import no_model
from soundly.families.coloring.family import ColoringFamily

FAMILY = ColoringFamily()
PROBLEM = FAMILY.draw(size=8, seed=1)
RIGHT = FAMILY.right_answer(size=8, seed=1)
WRONG = (
    RIGHT.replace("3: ", "33: "),
    RIGHT.replace("\n8: ", "\n7: "),
    RIGHT.replace("[ANSWER]", "[ANSWER]\n1: 1\n1: 2"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    "[ANSWER]\n1: 1\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.parametrize("text", WRONG)
def test_what_is_almost_right_is_rejected(text):
    """Answers with one slip each, as a person would make them."""
    verdict = anyio.run(FAMILY.critic.judge, PROBLEM, candidate(text), no_model)
    assert verdict.rejected


@pytest.mark.parametrize("size", [4, 5, 9, 40])
def test_the_hidden_colouring_is_right(size):
    """Whatever is drawn comes with a colouring that the critic has to accept."""
    from soundly.families.coloring.critic import check
    from soundly.families.coloring.graph import graph_of

    for seed in range(30):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(graph_of(problem), found.solution).accepted


def test_renumbering_changes_nothing_of_the_canonical_form():
    """A graph and its renumbered copy are on one side of the split; another graph has a form."""
    from soundly.families.coloring.graph import Graph, edges_between, graph_of

    graph = graph_of(PROBLEM)
    numbers = random.Random(0).sample(range(1, 9), 8)
    edges = edges_between((numbers[a - 1], numbers[b - 1]) for a, b in graph.edges)
    copy = Graph(8, edges, 3).problem("copy")
    assert copy.digest != PROBLEM.digest
    assert FAMILY.canonical_form(copy) == FAMILY.canonical_form(PROBLEM)
    forms = {FAMILY.canonical_form(FAMILY.draw(size=10, seed=seed)) for seed in range(50)}
    assert len(forms) > 40


def test_the_splits_can_be_drawn_from():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    for split, size in (("train", 7), ("held-out", 7), ("beyond", 13)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
