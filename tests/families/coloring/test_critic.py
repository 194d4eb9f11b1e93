"""The critic agrees with brute force, and says all that is wrong."""

import random
from itertools import combinations, product

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.families.coloring.critic import check
from soundly.families.coloring.family import ColoringFamily
from soundly.families.coloring.graph import Graph, graph_of
from soundly.kernel import Refused, recheck

FAMILY = ColoringFamily()
TRIANGLE = Graph(4, ((1, 2), (1, 3), (2, 3)), 3)


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses, right and wrong, all three say the same."""
    rng = random.Random(5)
    accepted = 0
    for seed in range(60):
        size = rng.randint(4, 7)
        problem = FAMILY.draw(size=size, seed=seed)
        answer = FAMILY.right_answer(size=size, seed=seed)
        for _ in range(50):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            if not isinstance(reading, Found):
                continue
            candidate = Candidate(reading.solution, reading.canonical, "test")
            verdict = check(graph_of(problem), reading.solution)
            assert FAMILY.twin(problem, candidate) == verdict.accepted, reading
            try:
                recheck(FAMILY.certify(problem, candidate).document)
            except Refused:
                assert verdict.rejected
            else:
                assert verdict.accepted
            accepted += verdict.accepted
    assert accepted > 200


def test_all_faults_are_told_with_their_places():
    """One rejection names every fault, and a colour that would be free."""
    coloring = (("1", "1"), ("2", "1"), ("3", "2"), ("3", "3"), ("5", "1"), ("maybe",))
    verdict = check(TRIANGLE, coloring)
    assert [(c.code, c.where) for c in verdict.critiques] == [
        ("coloured-twice", "vertex 3"),
        ("unknown-vertex", None),
        ("unclear-line", None),
        ("no-colour", "vertex 4"),
        ("same-colour", "edge 1 2"),
    ]
    assert verdict.critiques[-1].repair == "no neighbour of 1 has colour 3"
    wrong = check(TRIANGLE, (("1", "0"), ("2", "4"), ("3", "01"), ("4", "1")))
    assert [c.code for c in wrong.critiques] == ["unknown-colour"] * 3


def test_a_repair_repairs():
    """Taking the suggested colour leaves the fault mended and makes no new one."""
    verdict = check(TRIANGLE, (("1", "1"), ("2", "1"), ("3", "2"), ("4", "1")))
    assert verdict.critiques[0].repair == "no neighbour of 1 has colour 3"
    assert check(TRIANGLE, (("1", "3"), ("2", "1"), ("3", "2"), ("4", "1"))).accepted


@pytest.mark.parametrize("size", [4, 5, 6, 7])
def test_what_is_drawn_unsolvable_has_no_colouring(size):
    """Brute force finds none."""
    for seed in range(12):
        graph = graph_of(FAMILY.draw_unsolvable(size=size, seed=seed))
        assert all(
            any(choice[a - 1] == choice[b - 1] for a, b in graph.edges)
            for choice in product(range(3), repeat=size)
        )


@pytest.mark.parametrize("size", [11, 12, 30, 60])
def test_what_is_drawn_unsolvable_can_be_proved_so(size):
    """A SAT solver refutes it, whichever obstacle is hidden, and the kernel follows."""
    (solver,) = FAMILY.solvers
    for seed in range(4):
        answer = anyio.run(solver.solve, FAMILY.draw_unsolvable(size=size, seed=seed))
        assert recheck(answer.certificate.document).claim == "unsolvable"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the graph is empty"),
        ("e 1 2", "wanted p edge"),
        ("p edge 0 0", "a number of vertices"),
        ("p edge 2 1\ne 1 3", "line 2: '3' came, wanted a vertex from 1 to 2"),
        ("p edge 2 1\ne 1 1", "joined to itself"),
        ("p edge 2 2\ne 1 2", "'2' edges are stated, and 1 are listed"),
        ("p edge 2 1\nx 1 2", "wanted an edge"),
        ("p edge 2 1\ne 1 ²", "wanted a vertex"),
    ],
)
def test_a_broken_graph_is_refused_with_its_line(text, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    problem = Problem("coloring", "broken", {"graph": text, "colours": "3"})
    with pytest.raises(ProblemError, match=said):
        graph_of(problem)
    with pytest.raises(Refused):
        recheck(FAMILY.certify(problem, Candidate((), "", "test")).document)


@pytest.mark.parametrize("colours", ["0", "", "-1", "03", "three", "\uff11"])
def test_a_broken_number_of_colours_is_refused(colours):
    """A number of colours is plain digits, from 1."""
    with pytest.raises(ProblemError, match="no number of colours"):
        graph_of(Problem("coloring", "broken", {"graph": "p edge 1 0", "colours": colours}))


def test_files_that_list_both_directions_are_read():
    """Comments, both directions and either count, as DIMACS files have them."""
    for stated in (1, 2):
        text = f"c a graph\np col 2 {stated}\ne 1 2\ne 2 1\n"
        assert graph_of(Problem("coloring", "dimacs", {"graph": text, "colours": "2"})).edges == (
            (1, 2),
        )


@pytest.mark.parametrize("edges", [((2, 1),), ((1, 1),), ((1, 5),), ((1, 2), (1, 2))])
def test_a_graph_checks_its_edges(edges):
    """Edges are in order, each once, between two vertices that there are."""
    with pytest.raises(ValueError, match="edge"):
        Graph(4, edges, 3)


@pytest.mark.parametrize("size", [-1, 3, 1_000_001])
def test_a_size_out_of_range_is_refused(size):
    """Four vertices are the least, and a million the most."""
    with pytest.raises(UsageError, match="wanted 4 to 1000000"):
        FAMILY.draw(size=size, seed=0)


def test_a_large_graph_is_drawn_without_listing_all_pairs():
    """Twenty thousand vertices have two hundred million pairs, and few of them are edges."""
    assert len(graph_of(FAMILY.draw(size=20_000, seed=0)).edges) <= 44_000
    assert len(graph_of(FAMILY.draw_unsolvable(size=20_000, seed=0)).edges) <= 44_000


def test_a_colouring_of_another_kind_breaks_the_critic():
    """An empty line is no line of an answer."""
    with pytest.raises(CriticError):
        FAMILY.certify(FAMILY.draw(size=4, seed=0), Candidate(((),), "", "test"))


@given(st.sets(st.sampled_from(list(combinations(range(1, 6), 2)))), st.randoms())
def test_the_canonical_form_survives_any_renumbering(edges, rng):
    """Law: isomorphic graphs share a form."""
    numbers = rng.sample(range(1, 6), 5)
    moved = {tuple(sorted((numbers[a - 1], numbers[b - 1]))) for a, b in edges}
    forms = {
        FAMILY.canonical_form(Graph(5, tuple(sorted(each)), 3).problem("p"))
        for each in (edges, moved)
    }
    assert len(forms) == 1
