"""From a worded problem over a translation to a judged answer, for several families."""

import json

import anyio
import pytest

from soundly.config.face import solve
from soundly.config.families import draw
from soundly.config.strategies import parse_strategy
from soundly.core.errors import UsageError
from soundly.core.events import CallHeld, SolverEnded
from soundly.core.outcome import Status
from soundly.generators.scripted import Scripted

BLOCKS = draw("blocksworld", size=4, seed=1)
GRAPH = draw("coloring", size=6, seed=1)
FORMULA = draw("sat", size=6, seed=1)
BOARD = draw("n-queens", size=6, seed=1)
GRID = draw("zebra", size=3, seed=1)
CALENDAR = draw("calendar-scheduling", size=3, seed=1)


def solved(problem, texts, strategy):
    model = Scripted(texts)

    async def run():
        return await solve(problem, model=model, strategy=strategy)

    return anyio.run(run), model


def pddl(domain=None, problem=None) -> str:
    texts = BLOCKS.statement
    return f"```pddl\n{domain or texts['domain']}\n```\n```pddl\n{problem or texts['problem']}\n```"


def edges() -> list[tuple[str, str]]:
    lines = [line.split() for line in GRAPH.statement["graph"].splitlines()]
    return [(line[1], line[2]) for line in lines if line[0] == "e"]


def coloring(pairs) -> str:
    model = {
        "variables": {f"v{n}": "1..3" for n in range(1, 7)},
        "constraints": [f"v{first} != v{second}" for first, second in pairs],
        "answer": ["[ANSWER]", *[f"{n}: {{v{n}}}" for n in range(1, 7)], "[ANSWER END]"],
    }
    return f"The model:\n```json\n{json.dumps(model)}\n```"


def test_a_right_translation_to_pddl_is_solved_and_certified():
    """In the words of a domain of the model's own: the family reads the plan as any answer."""
    domain = BLOCKS.statement["domain"].replace("pick-up", "pickup").replace("put-down", "putdown")
    outcome, model = solved(BLOCKS, [pddl(domain=domain)], "formalise")
    assert outcome.status is Status.SOLVED
    assert outcome.certificate.claim == "solved"
    assert "(pick-up" in outcome.candidate.canonical
    asked = model.requests[0].messages[-1].content
    assert "block a sits on" in asked or "block a stands on" in asked


def test_a_syntax_error_in_pddl_goes_back_and_then_it_is_solved():
    """With line and column."""
    broken = pddl(problem=BLOCKS.statement["problem"].rstrip()[:-1])
    outcome, model = solved(BLOCKS, [broken, pddl()], "formalise:rounds=2")
    assert outcome.status is Status.SOLVED
    assert "problem, line 1, column 1: this '(' is never closed" in (
        model.requests[1].messages[-1].content
    )


def test_a_wrong_translation_to_pddl_is_found_out_by_the_validator():
    """Blocks that can be picked up from anywhere: solved, and wrong."""
    needed = ":precondition (and (clear ?block) (on-table ?block) (hand-empty))"
    loose = BLOCKS.statement["domain"].replace(needed, "")
    outcome, model = solved(BLOCKS, [pddl(domain=loose)] * 2, "formalise:rounds=2")
    assert outcome.status is Status.UNSOLVED
    assert outcome.reason.endswith("only the formalisation was solved (pddl, by kairos)")
    feedback = model.requests[1].messages[-1].content
    assert "no right answer to the problem" in feedback
    assert "pick-up" in feedback


def test_a_translation_without_a_plan_is_no_word_about_the_problem():
    """Kairos asserts something of the translation, and the outcome asserts nothing."""
    stuck = BLOCKS.statement["problem"].replace("(hand-empty)", "")
    outcome, model = solved(BLOCKS, [pddl(problem=stuck)] * 2, "formalise:rounds=2")
    assert outcome.status is Status.UNSOLVED
    assert outcome.asserted is None
    said = [r.event.answer for r in outcome.trace if isinstance(r.event, SolverEnded)]
    assert said == ["asserted", "asserted"]
    assert "found no solution to the translation" in model.requests[1].messages[-1].content


def test_a_colouring_comes_back_through_a_constraint_model():
    """A missing edge gives a wrong colouring, which goes back, and then it is right."""
    pytest.importorskip("ortools", reason="constraint models are solved by CP-SAT")
    texts = [coloring(edges()[:1]), coloring(edges())]
    outcome, model = solved(GRAPH, texts, "formalise:to=cpsat,rounds=2,max_seconds=20")
    assert outcome.status is Status.SOLVED
    assert "no neighbour of 5 has colour 3" in model.requests[1].messages[-1].content


def test_queens_come_back_through_a_constraint_model():
    """Sums under all_different are the diagonals, and queens that stand are fixed."""
    pytest.importorskip("ortools", reason="constraint models are solved by CP-SAT")
    rows = range(1, 7)
    text = json.dumps(
        {
            "variables": {f"q{row}": "1..6" for row in rows},
            "constraints": [
                {"all_different": [f"q{row}" for row in rows]},
                {"all_different": [f"q{row} + {row}" for row in rows]},
                {"all_different": [f"q{row} - {row}" for row in rows]},
                *[f"q{row} == {column}" for row, column in placed()],
            ],
            "answer": [f"{row}: {{q{row}}}" for row in rows],
        }
    )
    outcome, _ = solved(BOARD, [text], "formalise:to=cpsat")
    assert outcome.status is Status.SOLVED


def placed() -> list[tuple[int, int]]:
    from soundly.families.queens.board import board_of

    return list(board_of(BOARD).placed)


CLUES = {
    "same": "{0} == {1}",
    "apart": "{0} != {1}",
    "just-left": "{1} == {0} + 1",
    "left": "{0} < {1}",
    "at": "{0} == {1}",
    "not-at": "{0} != {1}",
}


def grid() -> str:
    """A variable for each value: the house that it is in."""
    rows = [line.partition(": ")[2].split() for line in GRID.statement["attributes"].splitlines()]
    clues = [line.split() for line in GRID.statement["clues"].splitlines()]
    houses = range(1, len(rows[0]) + 1)
    constraints = [
        *[{"all_different": row} for row in rows],
        *[CLUES[kind].format(*rest) for kind, *rest in clues],
    ]
    return json.dumps(
        {
            "variables": {value: f"1..{len(rows[0])}" for row in rows for value in row},
            "constraints": constraints,
            "answer": [
                f"House {n}: "
                + ", ".join("".join(f"{{{value}={n}|{value}|}}" for value in row) for row in rows)
                for n in houses
            ],
        }
    )


def test_a_logic_grid_comes_back_the_other_way_round():
    """The model says where each value is, and the answer says what is in each house."""
    pytest.importorskip("ortools", reason="constraint models are solved by CP-SAT")
    outcome, _ = solved(GRID, [grid()], "formalise:to=cpsat")
    assert outcome.status is Status.SOLVED


def halves(clock: str) -> int:
    hour, minute = clock.split(":")
    return 2 * int(hour) + int(minute) // 30


def calendar() -> str:
    """Time in half hours, and what is taken as a choice between before, behind, another day."""
    rows = [line.split(" | ") for line in CALENDAR.statement["calendar"].splitlines()]
    days = next(rest for kind, *rest in rows if kind == "days")
    begin, end = next(map(halves, rest) for kind, *rest in rows if kind == "hours")
    length = next(int(rest[0]) for kind, *rest in rows if kind == "length") // 30
    taken = [rest[1:] for kind, *rest in rows if kind in ("busy", "avoid")]
    which = "".join(f"{{day={n}|{day}|}}" for n, day in enumerate(days))
    return json.dumps(
        {
            "variables": {
                "day": f"0..{len(days) - 1}",
                "hour": f"{begin // 2}..{end // 2}",
                "half": "0..1",
                "last_hour": f"{begin // 2}..{end // 2}",
                "last_half": "0..1",
            },
            "constraints": [
                f"2*last_hour + last_half == 2*hour + half + {length}",
                f"2*last_hour + last_half <= {end}",
                *[
                    {
                        "any": [
                            f"day != {days.index(day)}",
                            f"2*last_hour + last_half <= {halves(first)}",
                            f"2*hour + half >= {halves(last)}",
                        ]
                    }
                    for day, first, last in taken
                ],
            ],
            "answer": [f"{which}, {{hour}}:{{half=0|00|30}} - {{last_hour}}:{{last_half=0|00|30}}"],
        }
    )


def test_a_meeting_comes_back_as_a_day_and_two_times():
    """Numbers become names and clock times in the template."""
    pytest.importorskip("ortools", reason="constraint models are solved by CP-SAT")
    outcome, _ = solved(CALENDAR, [calendar()], "formalise:to=cpsat")
    assert outcome.status is Status.SOLVED


@pytest.mark.parametrize("name", ["logistics", "depots", "mystery-blocksworld"])
def test_other_worlds_come_back_through_pddl(name):
    """Types and all; the plan is read by the family that asked."""
    problem = draw(name, size=4, seed=0)
    text = "\n".join(problem.statement[part] for part in ("domain", "problem"))
    outcome, _ = solved(problem, [text], "formalise")
    assert outcome.status is Status.SOLVED


def test_an_assignment_comes_back_through_clauses():
    """Names of the model's own, and a template that says each variable by its number."""
    pytest.importorskip("pysat", reason="clauses are satisfied by Glucose")
    lines = [line for line in FORMULA.statement["formula"].splitlines() if line[0] not in "cp"]
    clauses = [[int(number) for number in line.split()[:-1]] for line in lines]
    text = json.dumps(
        {
            "variables": [f"x{n}" for n in range(1, 7)],
            "clauses": [
                " ".join(f"{'-' if number < 0 else ''}x{abs(number)}" for number in clause)
                for clause in clauses
            ],
            "answer": [" ".join(f"{{x{n}|{n}|-{n}}}" for n in range(1, 7))],
        }
    )
    outcome, _ = solved(FORMULA, [text], "formalise:to=sat")
    assert outcome.status is Status.SOLVED


def test_a_language_that_nobody_reads_is_refused_with_those_that_are():
    """Before the model is asked."""
    with pytest.raises(UsageError, match="to: got 'smt', wanted one of pddl, cpsat, sat"):
        parse_strategy("formalise:to=smt")
    with pytest.raises(UsageError, match=r"formalise: max_seconds is -1\.0"):
        solved(BLOCKS, [], "formalise:max_seconds=-1")


def test_the_trace_says_how_it_was_asked_for():
    """As one would type it again."""
    outcome, _ = solved(BLOCKS, ["nothing"], "formalise:to=sat,rounds=1")
    assert outcome.trace[0].event.strategy == "formalise:to=sat,rounds=1"
    assert [r.event.part for r in outcome.trace if isinstance(r.event, CallHeld)] == ["formalise"]
