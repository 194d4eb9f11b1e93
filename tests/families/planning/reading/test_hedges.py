"""Two steps where one belongs are no step."""

from soundly.core.candidate import Candidate, Found
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.problems import validator_of

FAMILY = blocksworld()
PROBLEM = FAMILY.draw(size=3, seed=11_000_040)
RIGHT = ("(pick-up a)", "(stack a c)")


def accepted(text: str) -> bool:
    reading = FAMILY.read(PROBLEM, text)
    assert isinstance(reading, Found)
    candidate = Candidate(reading.solution, reading.canonical, "tests")
    return validator_of(PROBLEM).check(candidate.solution).accepted


def test_a_slash_between_two_steps_joins_them():
    """Whoever writes one or the other has not said which."""
    assert accepted("\n".join(RIGHT))
    for first in ("(pick-up a) / (pick-up a)", "(pick-up a) / (pick-up b)"):
        assert not accepted("\n".join((first, RIGHT[1])))
        assert not accepted("\n".join(("[PLAN]", first, RIGHT[1], "[PLAN END]")))


def test_a_comment_behind_a_step_is_a_remark():
    """Two slashes begin a comment, as in many languages."""
    assert accepted("(pick-up a) // take it\n(stack a c)")
