"""The critic agrees with brute force and with the kernel, and says all that is wrong."""

import random

import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.certificate import certify
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.zebra.critic import check
from soundly.families.zebra.family import ZebraFamily
from soundly.families.zebra.puzzle import RELATIONS, Clue, Puzzle, puzzle_of
from soundly.families.zebra.words import sentence
from soundly.kernel import Refused, recheck

FAMILY = ZebraFamily()
ROWS = (("colour", ("red", "blue", "green")), ("pet", ("cat", "dog", "owl")))
STREET = Puzzle(
    ROWS, (Clue("same", "red", "cat"), Clue("just-left", "red", "blue"), Clue("at", "owl", 3))
)
ROWS_TEXT = "colour: red blue green\npet: cat dog owl\n"


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses, right and wrong, all three say the same."""
    rng = random.Random(5)
    accepted = 0
    for seed in range(24):
        size = rng.randint(2, 4)
        problem = FAMILY.draw(size=size, seed=seed)
        answer = FAMILY.right_answer(size=size, seed=seed)
        if size < 4 and seed % 2:
            problem = Problem("zebra", "free", {**problem.statement, "clues": ""})
        for _ in range(40):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            if not isinstance(reading, Found):
                continue
            candidate = Candidate(reading.solution, reading.canonical, "test")
            verdict = check(puzzle_of(problem), reading.solution)
            assert FAMILY.twin(problem, candidate) == verdict.accepted, reading
            try:
                recheck(FAMILY.certify(problem, candidate).document)
            except Refused:
                assert verdict.rejected
            else:
                assert verdict.accepted
            accepted += verdict.accepted
    assert accepted > 70


@pytest.mark.parametrize("kind", RELATIONS)
def test_every_kind_of_clue_means_one_thing_to_critic_kernel_and_twin(kind):
    """On every pair of houses the three keep or break a clue alike."""
    rows = (("colour", ("red", "blue", "green", "grey")), ("pet", ("cat", "dog", "owl", "hen")))
    placed = kind in ("at", "not-at")
    for first in range(1, 5):
        for second in range(1, 5):
            clue = Clue(kind, "red", second if placed else "cat")
            problem = Puzzle(rows, (clue,)).problem("one")
            colours = [each for each in range(1, 5) if each != first]
            pets = [each for each in range(1, 5) if each != second]
            grid = tuple(
                sorted(
                    [(str(first), "red"), (str(second), "cat")]
                    + [(str(h), v) for h, v in zip(colours, rows[0][1][1:], strict=True)]
                    + [(str(h), v) for h, v in zip(pets, rows[1][1][1:], strict=True)]
                )
            )
            candidate = Candidate(grid, "", "test")
            kept = check(puzzle_of(problem), grid).accepted
            assert kept == FAMILY.twin(problem, candidate)
            try:
                recheck(FAMILY.certify(problem, candidate).document)
            except Refused:
                assert not kept
            else:
                assert kept


def test_all_faults_are_told_with_their_places():
    """One rejection names every fault, and where the value could be."""
    grid = (
        ("1", "blue"),
        ("2", "red"),
        ("1", "cat"),
        ("2", "owl"),
        ("3", "owl"),
        ("2", "fish"),
        ("9", "green"),
        ("maybe",),
    )
    verdict = check(STREET, grid)
    assert [(c.code, c.where) for c in verdict.critiques] == [
        ("unknown-value", "house 2"),
        ("unknown-house", None),
        ("unclear-line", None),
        ("placed-twice", "owl"),
        ("missing-value", "green"),
        ("missing-value", "dog"),
        ("clue-not-kept", "clue 1"),
        ("clue-not-kept", "clue 2"),
    ]
    assert verdict.critiques[4].repair == "house 3 has no colour yet"
    assert str(verdict.critiques[6]) == (
        "clue 1: red is in house 2 and cat in house 1, but: The person in the red house is the "
        "person who keeps the cat. (with cat in house 1, red can only be in house 1)"
    )
    assert verdict.critiques[7].repair == "blue cannot stay in house 1"
    two = check(STREET, (("1", "red"), ("1", "blue"), ("3", "green")))
    assert ("two-values", "house 1") in [(c.code, c.where) for c in two.critiques]


def test_a_value_named_twice_in_its_house_is_placed_twice():
    """Every value is written once."""
    right = tuple(zip("112233", ("red", "cat", "blue", "dog", "green", "owl"), strict=True))
    assert check(STREET, right).accepted
    assert [c.code for c in check(STREET, (*right, ("1", "cat"))).critiques] == ["placed-twice"]


@pytest.mark.parametrize(
    ("rows", "clues", "said"),
    [
        ("", "", "attributes, line 1: there are none"),
        ("colour red blue", "", "wanted an attribute: its values"),
        ("colour: red red", "", "'red' is used twice"),
        ("colour: red colour", "", "'colour' is used twice"),
        ("colour: red blue\npet: cat", "", "line 2: 1 values came, wanted 2"),
        ("colour: Red blue", "", "'Red' is no word"),
        ("colour: r\u0435d blue", "", "is no word"),
        ("colour: " + " ".join(f"c{n}" for n in range(21)), "", "at most 20"),
        (ROWS_TEXT, "same red", "line 1: 'same red' came"),
        (ROWS_TEXT, "\nnear red cat", "line 2: 'near red cat' came, wanted a kind"),
        (ROWS_TEXT, "same red fish", "'fish' is no value"),
        (ROWS_TEXT, "same red red", "related to itself"),
        (ROWS_TEXT, "at red 4", "'4' is no house: they are 1 to 3"),
        (ROWS_TEXT, "at red 0", "'0' is no house"),
        (ROWS_TEXT, "at red ²", "is no house"),
        (ROWS_TEXT, "at red cat", "'cat' is no house"),
        (ROWS_TEXT, "same red 2", "'2' is no value"),
        (ROWS_TEXT, "at pet 2", "'pet' is no value"),
    ],
)
def test_a_broken_puzzle_is_refused_with_its_line(rows, clues, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    problem = Problem("zebra", "broken", {"attributes": rows, "clues": clues})
    with pytest.raises(ProblemError, match=said):
        puzzle_of(problem)
    evidence = {"houses": []}
    with pytest.raises(Refused):
        recheck(certify(problem, claim="solved", kind="zebra", evidence=evidence).document)


@pytest.mark.parametrize(
    "statement",
    [
        {"attributes": ROWS_TEXT},
        {"attributes": ROWS_TEXT, "clues": "", "solutions": "one"},
        {"attributes": ROWS_TEXT, "clues": "", "key": "cat 1"},
    ],
)
def test_a_statement_has_its_texts_and_no_other(statement):
    """A promise is worded in one way, and a key has no place in a problem."""
    with pytest.raises(ProblemError):
        puzzle_of(Problem("zebra", "broken", statement))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Clue("near", "red", "cat"),
        lambda: Clue("at", "red", "cat"),
        lambda: Clue("same", "red", 2),
        lambda: Clue("same", "red", "red"),
        lambda: Puzzle((), ()),
        lambda: Puzzle((("pet", ("cat",)), ("colour", ("red", "blue"))), ()),
        lambda: Puzzle((("pet", ("cat", "pet")),), ()),
        lambda: Puzzle(ROWS, (Clue("same", "red", "fish"),)),
        lambda: Puzzle(ROWS, (Clue("same", "fish", "red"),)),
        lambda: Puzzle(ROWS, (Clue("at", "red", 4),)),
    ],
)
def test_values_check_themselves(broken):
    """A clue or a puzzle that makes no sense cannot be made."""
    with pytest.raises(ValueError, match=r"wanted|go with|itself|twice|no value|house"):
        broken()


def test_a_grid_of_another_kind_breaks_the_critic():
    """A line of an answer has one or two words."""
    for solution in (((),), (("1", "2", "3"),), ("red",)):
        with pytest.raises(CriticError):
            FAMILY.certify(FAMILY.draw(size=2, seed=0), Candidate(solution, "", "test"))


def test_near_misses_are_made_of_grids():
    """An answer that proposes nothing has no near miss."""
    with pytest.raises(UsageError, match="near misses"):
        FAMILY.near_miss(FAMILY.draw(size=2, seed=0), "I give up.", random.Random(0))


def test_clues_of_unknown_attributes_have_sentences():
    """A puzzle of one's own need not use the words of drawn ones."""
    puzzle = Puzzle((("boat", ("yawl", "dory")),), (Clue("left", "yawl", "dory"),))
    said = "The person whose boat is yawl lives somewhere to the left of the person whose boat is"
    assert sentence(puzzle, puzzle.clues[0]) == f"{said} dory."
    (message,) = FAMILY.render(puzzle.problem("boats"), PromptStyle(examples=0))
    assert said in message.content
    assert "At most one" not in message.content


def test_examples_never_answer_the_problem():
    """Their houses are another number than the problem's."""
    for size in (2, 3, 4):
        problem = FAMILY.draw(size=size, seed=0)
        (message,) = FAMILY.render(problem, PromptStyle(examples=3))
        shown = message.content.split("Your problem:")[0]
        assert shown.count("Example problem:") == 3
        assert f"Houses: 1 to {size}." not in shown
