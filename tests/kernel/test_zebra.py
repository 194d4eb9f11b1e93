"""Certificates of logic grids: solved, solved in one way only, and contradictory."""

import random
from itertools import permutations, product

import pytest
from pysat.solvers import Glucose4

from soundly.kernel import Refused, recheck, seal
from soundly.kernel.zebra import clauses, read_grid

ROWS = "colour: red blue green\npet: cat dog owl\n"
CLUES = "same red cat\njust-left red blue\nat owl 3\n"
STATEMENT = {"attributes": ROWS, "clues": CLUES}
RIGHT = [["red", 1], ["cat", 1], ["blue", 2], ["dog", 2], ["green", 3], ["owl", 3]]


def certificate(kind: str, evidence: object, statement=STATEMENT) -> dict:
    claim = "unsolvable" if kind == "zebra-drat" else "solved"
    return seal(claim, kind, "zebra", statement, evidence)


def refutation(statement, excluded=None) -> str | None:
    with Glucose4(
        bootstrap_with=list(clauses(read_grid(statement), excluded)), with_proof=True
    ) as solver:
        if solver.solve():
            return None
        return "\n".join([*(step.strip() for step in solver.get_proof()), "0"])


def holds(kind: str, first: int, second: int) -> bool:
    """What a clue means, written out."""
    return {
        "same": first == second,
        "apart": first != second,
        "next": {first - second, second - first} == {1, -1},
        "just-left": second - first == 1,
        "left": first < second,
        "one-between": {first - second, second - first} == {2, -2},
    }[kind]


def test_proofs_exist_exactly_where_brute_force_finds_no_grid():
    """No solution, or none but one: a solver's proof holds, and there is no other proof."""
    rng = random.Random(3)
    words = [line.split(":")[1].split() for line in ROWS.splitlines()]
    seen = set()
    for _ in range(80):
        said = []
        for _ in range(rng.randint(1, 5)):
            kind = rng.choice(("same", "apart", "next", "just-left", "left", "one-between"))
            said.append((kind, *rng.sample([*words[0], *words[1]], 2)))
        statement = {"attributes": ROWS, "clues": "\n".join(map(" ".join, said))}
        grids = [
            dict(zip([*words[0], *words[1]], (*one, *two), strict=True))
            for one, two in product(permutations((1, 2, 3)), repeat=2)
        ]
        kept = [g for g in grids if all(holds(kind, g[a], g[b]) for kind, a, b in said)]
        seen.add(min(len(kept), 2))
        proof = refutation(statement)
        assert (proof is None) == bool(kept)
        if proof is not None:
            assert recheck(certificate("zebra-drat", {"proof": proof}, statement))
        for grid in kept[:2]:
            houses = [[value, house] for value, house in grid.items()]
            proof = refutation(statement, dict(enumerate(grid.values())))
            assert (proof is None) == (len(kept) > 1)
            evidence = {"houses": houses, "proof": proof or "0"}
            if proof is not None:
                assert recheck(certificate("zebra-unique", evidence, statement))
            else:
                with pytest.raises(Refused):
                    recheck(certificate("zebra-unique", evidence, statement))
    assert seen == {0, 1, 2}


@pytest.mark.parametrize(
    ("houses", "said"),
    [
        (RIGHT[:-1], "has no house"),
        ([*RIGHT, ["owl", 3]], "placed twice"),
        ([*RIGHT[:-1], ["owl", 2]], "two values of an attribute"),
        ([*RIGHT[:-1], ["owl", 4]], "no house"),
        ([*RIGHT[:-1], ["owl", -(10**4_000)]], "no such house"),
        ([*RIGHT[:-1], ["owl", True]], "no pair"),
        ([*RIGHT[:-1], ["owl", "3"]], "no pair"),
        ([*RIGHT[:-1], ["fish", 3]], "no pair"),
        ([*RIGHT[:-1], ["owl"]], "no pair"),
        ([*RIGHT[:-1], [["owl"], 3]], "no pair"),
        ("houses", "have to be a list"),
        ([[v, 4 - h] for v, h in RIGHT], "clue 2 is not kept"),
    ],
)
def test_forged_grids_are_refused(houses, said):
    """Each value in one house, none shared, every clue kept."""
    assert recheck(certificate("zebra", {"houses": RIGHT})).claim == "solved"
    with pytest.raises(Refused, match=said):
        recheck(certificate("zebra", {"houses": houses}))


@pytest.mark.parametrize("evidence", [None, {}, {"houses": RIGHT}, {"houses": RIGHT, "proof": 0}])
def test_a_claim_of_uniqueness_brings_its_proof(evidence):
    """A solution alone does not show that it is the only one."""
    with pytest.raises(Refused):
        recheck(certificate("zebra-unique", evidence))


def test_a_proof_counts_for_its_own_clues():
    """Without a clue that it needs the same proof is refused."""
    lines = ["same red cat", "just-left red blue", "left cat dog", "at owl 3", "left blue green"]
    excluded = dict(enumerate([1, 2, 3, 1, 2, 3]))
    statement = {**STATEMENT, "clues": "\n".join(lines)}
    evidence = {"houses": RIGHT, "proof": refutation(statement, excluded)}
    assert recheck(certificate("zebra-unique", evidence, statement)).kind == "zebra-unique"
    refused = 0
    for lost in range(len(lines)):
        fewer = {**STATEMENT, "clues": "\n".join(lines[:lost] + lines[lost + 1 :])}
        if refutation(fewer, excluded) is None:
            refused += 1
            with pytest.raises(Refused):
                recheck(certificate("zebra-unique", evidence, fewer))
    assert refused > 0


def test_large_statements_are_refused_before_they_are_worked_on():
    """Clues and attributes are counted first."""
    many = {**STATEMENT, "clues": "same red cat\n" * 10_001}
    wide = {**STATEMENT, "attributes": "".join(f"a{n}: v{n}\n" for n in range(21))}
    for statement in (many, wide):
        with pytest.raises(Refused, match="at most"):
            recheck(certificate("zebra", {"houses": RIGHT}, statement))
