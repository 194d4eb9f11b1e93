"""Certificates of colourings, and of graphs that have none."""

import random
from itertools import combinations, product

import pytest
from pysat.solvers import Glucose4

from soundly.kernel import Refused, recheck, seal
from soundly.kernel.coloring import Graph, clauses

WHEEL = "p edge 6 10\n" + "".join(
    f"e {a} {b}\n"
    for a, b in [(1, 2), (2, 3), (3, 4), (4, 5), (1, 5), *((v, 6) for v in range(1, 6))]
)
STATEMENT = {"graph": WHEEL, "colours": "3"}


def graph_text(vertices: int, edges) -> str:
    return f"p edge {vertices} {len(edges)}\n" + "".join(f"e {a} {b}\n" for a, b in edges)


def refutation(graph: Graph, clique) -> str | None:
    with Glucose4(bootstrap_with=list(clauses(graph, clique)), with_proof=True) as solver:
        if solver.solve():
            return None
        return "\n".join([*(step.strip() for step in solver.get_proof()), "0"])


def uncolorable(statement=STATEMENT, **evidence) -> dict:
    return seal("unsolvable", "coloring-drat", "coloring", statement, evidence)


def test_proofs_exist_exactly_where_brute_force_finds_no_colouring():
    """With and without a clique coloured beforehand, on random small graphs."""
    rng = random.Random(2)
    proved = 0
    for _ in range(150):
        size, colours = rng.randint(1, 6), rng.randint(1, 3)
        edges = [pair for pair in combinations(range(1, size + 1), 2) if rng.random() < 0.6]
        graph = Graph(size, frozenset(edges), colours)
        none = not any(
            all(choice[a - 1] != choice[b - 1] for a, b in edges)
            for choice in product(range(colours), repeat=size)
        )
        for clique in ([], [1], list(edges[0])[:colours] if edges else []):
            proof = refutation(graph, clique)
            assert (proof is not None) == none
            if proof is not None:
                statement = {"graph": graph_text(size, edges), "colours": str(colours)}
                assert recheck(uncolorable(statement, clique=clique, proof=proof))
                proved += 1
    assert proved > 50


def test_a_proof_is_about_its_own_graph():
    """With one edge less the wheel has a colouring, and the proof is refused."""
    edges = [(1, 2), (2, 3), (3, 4), (4, 5), (1, 5), *((v, 6) for v in range(1, 6))]
    proof = refutation(Graph(6, frozenset(edges), 3), [1, 2, 6])
    assert recheck(uncolorable(clique=[1, 2, 6], proof=proof)).claim == "unsolvable"
    for lost in range(len(edges)):
        text = graph_text(6, edges[:lost] + edges[lost + 1 :])
        with pytest.raises(Refused):
            recheck(uncolorable({**STATEMENT, "graph": text}, clique=[], proof=proof))
    with pytest.raises(Refused):
        recheck(uncolorable({**STATEMENT, "colours": "4"}, clique=[1, 2, 6], proof=proof))


@pytest.mark.parametrize(
    ("clique", "said"),
    [
        ([1, 3], "not joined"),
        ([1, 1], "not joined"),
        ([1, 2, 6, 1], "not joined"),
        ([7], "does not exist"),
        ([0], "does not exist"),
        (["1"], "no vertex"),
        ([True], "no vertex"),
        ("12", "have to be a list"),
    ],
)
def test_only_a_clique_is_coloured_beforehand(clique, said):
    """Two vertices that are not joined may need one colour: then nothing would be proved."""
    with pytest.raises(Refused, match=said):
        recheck(uncolorable(clique=clique, proof="0"))


def test_a_clique_has_no_more_vertices_than_there_are_colours():
    """The fourth would have a colour that is another vertex's variable."""
    statement = {"graph": graph_text(5, list(combinations(range(1, 5), 2))), "colours": "3"}
    with pytest.raises(Refused, match="at most 3"):
        recheck(uncolorable(statement, clique=[1, 2, 3, 4], proof=""))
    assert recheck(uncolorable(statement, clique=[1, 2, 3], proof="")).claim == "unsolvable"


@pytest.mark.parametrize(
    "colouring",
    [
        None,
        [["1", "1"]],
        [["1", "1"], ["2", "1"]],
        [["1", "1"], ["1", "2"], ["2", "3"]],
        [["1", "1"], ["2", "3"]],
        [["1", "1"], ["3", "2"]],
        [["1", 1], ["2", 2]],
        [["1", "1"], ["2", "02"]],
        [["1", "1"], ["2", "2"], ["maybe"]],
        [["1", "0"], ["2", "2"]],
    ],
)
def test_forged_colourings_are_refused(colouring):
    """One edge, two colours: all but the two right answers are refused."""
    statement = {"graph": "p edge 2 1\ne 1 2\n", "colours": "2"}

    def certificate(pairs) -> dict:
        return seal("solved", "coloring", "coloring", statement, {"colouring": pairs})

    assert recheck(certificate([["2", "1"], ["1", "2"]])).claim == "solved"
    with pytest.raises(Refused):
        recheck(certificate(colouring))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("p edge 2 1\ne 2 2\n", "not two vertices"),
        ("p edge 2 1\ne 1 3\n", "not two vertices"),
        ("p edge 2 1\ne 0 1\n", "not a vertex"),
        ("p edge 2 1\n", "states 1 edges and lists 0"),
        ("p edge 2 1\ne 1 2 3\n", "no edge"),
        ("p cnf 2 1\ne 1 2\n", "has to begin"),
        ("", "has to begin"),
    ],
)
def test_a_graph_is_read_strictly(text, said):
    """Whatever could be read in two ways is not read."""
    pairs = {"colouring": [["1", "1"], ["2", "2"]]}
    with pytest.raises(Refused, match=said):
        recheck(seal("solved", "coloring", "coloring", {"graph": text, "colours": "2"}, pairs))


@pytest.mark.parametrize("text", ["p edge 9999999 0\n", "p edge 1 0 0\n", "p edge 1000000 0\n"])
def test_a_formula_too_large_is_refused_before_it_is_written(text):
    """A header of ten characters does not make the kernel build a million clauses."""
    statement = {"graph": text, "colours": "9999999"}
    with pytest.raises(Refused):
        recheck(uncolorable(statement, clique=[], proof="0"))
