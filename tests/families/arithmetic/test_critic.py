"""What is wrong with an answer is named, all of it, where it is."""

from __future__ import annotations

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.arithmetic.critic import ArithmeticCritic
from soundly.families.arithmetic.expression import Malformed, parse, spell, value_of
from soundly.families.arithmetic.statement import Task, task_of


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("8 / (3 - 8 / 3)", []),
        ("24 = 8 / (3 - 8 / 3)", []),
        ("8 / (3 - 8 / 3) = 8 / (1 / 3) = 24", []),
        ("8 / 3 = 8/3\n3 - 8/3 = 1/3\n8 / (1/3) = 24", []),
        ("8 * 3", ["number-left-over"]),
        ("8 * 3 * 8 / 8 + 3 - 3", ["number-used-up", "number-used-up"]),
        ("8 + 8 + 3 + 3 = 24", ["wrong-result", "target-missed"]),
        ("8 / (3 - 3) + 8", ["division-by-zero"]),
        ("8 / 3 = 2.67\n3 - 2.67 = 0.33\n8 / 0.33 = 24", None),
        ("8 * 3 * 5 = 20", ["number-not-given", "wrong-result", "target-missed"]),
        ("-(8 - 8) + 3 * 8", ["malformed"]),
        ("8 / (3 - 8 / 3) = 24 = 8 / 0", ["division-by-zero"]),
    ],
)
def test_every_error_is_named(text, codes, judged, stated):
    verdict = judged(stated(3, 3, 8, 8), text)
    found = [critique.code for critique in verdict.critiques]
    assert found[: len(codes)] == codes if codes else verdict.accepted == (codes == [])


def test_a_step_may_use_what_another_made_but_once(judged, stated):
    problem = stated(4, 5, 20, use="any")
    assert judged(problem, "20 - 4 = 16\n5 + 16 = 21\n5 + 16 = 21").rejected
    assert judged(stated(4, 6, 8), "8 - 4 = 4\n4 * 6 = 24").accepted
    verdict = judged(stated(4, 6, 8), "8 - 4 = 5\n5 * 6 = 24")
    located = [(critique.code, critique.step) for critique in verdict.critiques]
    assert located[:3] == [("wrong-result", 1), ("number-not-given", 2), ("wrong-result", 2)]


def test_what_is_left_over_is_named(judged, stated):
    (critique,) = judged(stated(3, 3, 8, 8), "8 * 3").critiques
    assert critique.message.startswith("3, 8 left over")


def test_numbers_may_be_left_over_only_where_the_statement_says_so(judged, stated):
    assert judged(stated(3, 8, 9, use="any"), "3 * 8").accepted
    assert judged(stated(3, 8, 9), "3 * 8").rejected


@pytest.mark.parametrize(
    "text",
    ["", "8 +", "08", "8 8", "()", "--8", "1.", ".5", "8 // 2", "8(2)", "(" * 51 + "1", "9" * 21],
)
def test_what_is_no_expression_is_malformed(text):
    with pytest.raises(Malformed):
        parse(text)


@pytest.mark.parametrize(
    "text", ["8 - (3 - 2)", "8 / (3 * 2)", "(8 - 3) * 2", "8 - 3 - 2", "-2 - -3"]
)
def test_spelling_keeps_the_parentheses_that_matter(text):
    assert spell(parse(text)) == text
    assert value_of(parse(spell(parse(text)))) == value_of(parse(text))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"numbers": "1 2  3"}, "numbers: '1 2  3' are no numbers"),
        ({"numbers": "0 1"}, "are no numbers"),
        ({"numbers": "1 2 3 4 5 6 7"}, "7 numbers, wanted at most 6"),
        ({"target": "24.0"}, "target: '24.0' is no whole number"),
        ({"use": "some"}, "use: 'some', wanted 'all' or 'any'"),
        ({"extra": ""}, "states extra, numbers, target, use"),
    ],
)
def test_a_bad_statement_says_what_came_and_what_was_wanted(changes, message):
    statement = {"numbers": "1 2 3", "target": "6", "use": "all", **changes}
    with pytest.raises(ProblemError, match=message):
        task_of(Problem("game24", "p", statement))
    candidate = Candidate(("1 + 2 + 3",), "1 + 2 + 3", "tests")
    with pytest.raises(ProblemError):
        anyio.run(ArithmeticCritic().judge, Problem("game24", "p", statement), candidate, None)


@pytest.mark.parametrize(
    "bad", [((), 1, "all"), ((0,), 1, "all"), ((1,), -1, "all"), ((1,), 1, "")]
)
def test_a_task_checks_itself(bad):
    with pytest.raises(ValueError, match=r"wanted|numbers are"):
        Task(*bad)
