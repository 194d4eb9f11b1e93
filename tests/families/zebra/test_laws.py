"""What the family draws, and answers that are almost right; `tests/laws` has its laws."""

import random

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.critics.no_model import no_model
from soundly.families.zebra.critic import check
from soundly.families.zebra.family import ZebraFamily
from soundly.families.zebra.puzzle import Clue, Puzzle, puzzle_of

FAMILY = ZebraFamily()
PROBLEM = FAMILY.draw(size=4, seed=1)
RIGHT = FAMILY.right_answer(size=4, seed=1)
WRONG = (
    RIGHT.replace("House 3", "House 33"),
    RIGHT.replace("House 3", "House 4"),
    RIGHT.replace("[ANSWER]", "[ANSWER]\nHouse 1: red"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    RIGHT.replace("\nHouse 2", ", maybe\nHouse 2"),
    "[ANSWER]\nHouse 1: red\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.parametrize("text", WRONG)
def test_what_is_almost_right_is_rejected(text):
    """Answers with one slip each, as a person would make them."""
    verdict = anyio.run(FAMILY.critic.judge, PROBLEM, candidate(text), no_model)
    assert verdict.rejected


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_the_hidden_solution_is_right(size):
    """Whatever is drawn comes with a solution that the critic has to accept."""
    for seed in range(6 if size < 5 else 2):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(puzzle_of(problem), found.solution).accepted


def test_other_words_change_nothing_of_the_canonical_form():
    """A puzzle in other words and in another order is on one side of the split."""
    rng = random.Random(0)
    for seed in range(20):
        puzzle = puzzle_of(FAMILY.draw(size=4, seed=seed))
        copy = reworded(puzzle, rng)
        assert copy != puzzle
        forms = {FAMILY.canonical_form(each.problem("p")) for each in (puzzle, copy)}
        assert len(forms) == 1


def test_other_clues_are_another_instance():
    """One relation turned around gives another form, and so does each seed."""
    puzzle = puzzle_of(FAMILY.draw(size=4, seed=2))
    at, clue = next((n, c) for n, c in enumerate(puzzle.clues) if c.kind == "left")
    turned = (*puzzle.clues[:at], Clue("left", clue.other, clue.value), *puzzle.clues[at + 1 :])
    other = Puzzle(puzzle.attributes, turned)
    assert FAMILY.canonical_form(other.problem("p")) != FAMILY.canonical_form(puzzle.problem("p"))
    forms = {FAMILY.canonical_form(FAMILY.draw(size=4, seed=seed)) for seed in range(40)}
    assert len(forms) == 40


def test_the_splits_can_be_drawn_from():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    for split, size in (("train", 4), ("held-out", 4), ("beyond", 6)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split


def reworded(puzzle: Puzzle, rng: random.Random) -> Puzzle:
    """The same puzzle with new words, attributes, values and clues in another order."""
    words = {value: f"w{number}" for number, value in enumerate(puzzle.attribute_of)}
    attributes = [
        (f"a{number}", tuple(rng.sample([words[v] for v in values], len(values))))
        for number, (_, values) in enumerate(puzzle.attributes)
    ]
    rng.shuffle(attributes)
    clues = []
    for clue in puzzle.clues:
        pair = [words[clue.value], words.get(clue.other, clue.other)]
        if clue.kind in ("same", "apart", "next", "one-between"):
            rng.shuffle(pair)
        clues.append(Clue(clue.kind, *pair))
    return Puzzle(tuple(attributes), tuple(rng.sample(clues, len(clues))), puzzle.promised)
