"""Blocksworld in few words, whatever its domain calls things."""

from dataclasses import replace
from random import Random

import anyio
import pytest

from soundly.config.families import make_family
from soundly.core.candidate import Candidate
from soundly.core.errors import UsageError
from soundly.core.notation import END, PLAN, Statement, relabelled, stated
from soundly.core.problem import Problem
from soundly.critics.no_model import no_model
from soundly.families.planning.notation import BlocksworldNotation
from soundly.families.planning.notation.roles import blocksworld_roles
from soundly.families.planning.pddl import parse_plan
from soundly.families.planning.problems import problem_from_files, task_of
from soundly.families.planning.renaming import Names
from soundly.families.planning.tower_builder import TowerBuilder
from soundly.families.planning.validator import Validator

NOTATION = BlocksworldNotation()
FAMILIES = ("blocksworld", "blocksworld-open", "mystery-blocksworld", "random-blocksworld",
            "table-to-stack")  # fmt: skip


def accepted(family, problem: Problem, text: str) -> bool:
    reading = family.read(problem, text)
    candidate = Candidate(reading.solution, reading.canonical, "test")
    return anyio.run(family.critic.judge, problem, candidate, no_model).accepted


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("size", [2, 3, 5, 9])
def test_a_plan_in_words_is_spelt_back_and_accepted(name, size):
    """Words, other numbers for the names, the way back, the family's reader, its critic."""
    family = make_family(name)
    for seed in range(6):
        solved = family.draw_solved(size=size, seed=seed)
        statement = NOTATION.state(solved.problem)
        words = NOTATION.solution(solved.problem, solved.plan)
        text = statement.spelt((PLAN, *words, END))
        assert accepted(family, solved.problem, text)
        assert family.read(solved.problem, text).solution == solved.plan


@pytest.mark.parametrize("name", ["blocksworld", "blocksworld-open"])
def test_problems_that_differ_in_names_alone_have_the_same_words(name):
    """Other names and another order of the objects change nothing that a model sees."""
    family = make_family(name)
    rng = Random(3)
    for seed in range(40):
        problem = family.draw(size=rng.choice((3, 4, 6, 8)), seed=seed)
        task = task_of(problem)
        objects = list(task.objects)
        shuffled = rng.sample(objects, len(objects))
        names = Names(dict(zip(objects, shuffled, strict=True)))
        text = problem.statement["problem"]
        words = text.replace("(", " ( ").replace(")", " ) ").split()
        renamed = " ".join(names(word) if word in objects else word for word in words)
        other = replace(problem, statement={**problem.statement, "problem": renamed})
        assert NOTATION.state(other).words == NOTATION.state(problem).words


def test_different_problems_have_different_words():
    """All two- and three-block problems: as many statements as there are up to renaming.

    Three blocks have 13 states, so 169 pairs. Every renaming but the one that changes nothing
    leaves one state alone as it is, all on the table, so by Burnside's lemma
    (169 + 5 * 1) / 6 = 29 pairs are left, and (13 + 5 * 1) / 6 = 3 of them are of equal states.
    """
    family = make_family("blocksworld")
    seen = {NOTATION.state(family.draw(size=3, seed=seed)).words for seed in range(3000)}
    assert len(seen) == 29 - 3  # start and goal differ in drawn instances


def test_equal_words_mean_one_problem_up_to_names():
    """From the words alone the towers come back: nothing is lost but the names."""
    family = make_family("blocksworld-open")
    for seed in range(30):
        problem = family.draw(size=6, seed=seed)
        words = NOTATION.state(problem).words
        start = " ".join(words[1 : words.index("goal")]).split(" / ")
        assert sum(len(tower.split()) for tower in start) == 6


def test_planbench_blocksworld_and_its_mystery_are_one_domain(planbench):
    """The official files, in both spellings, are read, and say the same things."""
    folder = planbench / "llm_planning_analysis" / "instances" / "blocksworld"
    plain = problem_from_files(
        folder / "generated_domain.pddl", folder / "generated_basic_3" / "instance-5.pddl"
    )
    hidden = problem_from_files(
        folder / "mystery" / "generated_domain.pddl",
        folder / "mystery" / "generated_basic_3" / "instance-5.pddl",
    )
    assert NOTATION.state(plain).words == NOTATION.state(hidden).words
    assert NOTATION.state(hidden).spelling["unstack"].strip() == "feast"


def test_every_planbench_instance_can_be_said_and_built(planbench):
    """All official Blocksworld instances have words, and the builder's plan for each is valid."""
    folder = planbench / "llm_planning_analysis" / "instances" / "blocksworld"
    files = sorted(folder.glob("generated_basic*/instance-*.pddl"))
    assert len(files) >= 500
    for path in files:
        problem = problem_from_files(folder / "generated_domain.pddl", path)
        assert NOTATION.state(problem).words[0] == "start"
        found = anyio.run(TowerBuilder().solve, problem)
        assert Validator(task_of(problem)).accepts(parse_plan(found.text))


def edited(problem: Problem, *, domain=("", ""), text=("", "")) -> Problem:
    old = problem.statement
    return replace(
        problem,
        statement={
            "domain": old["domain"].replace(*domain),
            "problem": old["problem"].replace(*text),
        },
    )


@pytest.mark.parametrize(
    ("domain", "text", "said"),
    [
        (("(holding ?block)\n                 (not (clear ?block))", "(holding ?block)"), ("", ""),
         "not Blocksworld"),
        (("", ""), ("(:goal (and", "(:goal (and (clear a)"), "not only about"),
        (("", ""), ("(hand-empty)", "(holding a)"), "held at the start|no state of towers"),
        (("", ""), ("(:goal (and", "(:goal (and (on a b) (on b a)"), "towers|two places"),
        (("", ""), ("(clear a)", ""), "no state of towers"),
    ],
    ids=["an action says less", "a goal about a clear block", "a block in the hand", "a circle",
         "a top that is not clear"],
)  # fmt: skip
def test_what_the_notation_cannot_say_is_refused(domain, text, said):
    """One line says what is in the way; nothing is left out in silence."""
    problem = make_family("blocksworld").draw(size=3, seed=4)
    changed = edited(problem, domain=domain, text=text)
    assert changed.statement != problem.statement
    with pytest.raises(UsageError, match=said):
        NOTATION.state(changed)


def test_more_blocks_than_there_is_room_for_are_refused():
    """26 names and no more."""
    family = make_family("blocksworld")
    assert len(NOTATION.state(family.draw(size=26, seed=0)).names) == 26
    with pytest.raises(UsageError, match="27 blocks came"):
        NOTATION.state(family.draw(size=27, seed=0))


@pytest.mark.parametrize("name", ["logistics", "depots"])
def test_another_domain_is_not_blocksworld(name):
    """Roles are found by what actions say, and these say other things."""
    assert blocksworld_roles(make_family(name).draw(size=2, seed=0).statement["domain"]) is None


def test_a_statement_survives_its_message():
    """What a model is sent can be read again, with grammar and odd names."""
    family = make_family("blocksworld")
    problem = family.draw(size=4, seed=2)
    statement = stated(NOTATION, problem)
    assert Statement.parse(statement.message().content) == statement
    assert '"#3 "' in statement.relabelled_grammar([3, 4, 5, 6])
    with pytest.raises(UsageError, match="wanted a statement"):
        Statement.parse("Stack the blocks.")


def test_numbers_of_names_are_exchanged_and_nothing_else():
    """Fixed words stay."""
    assert relabelled(("start", "#0", "/", "#1"), [7, 3]) == ("start", "#7", "/", "#3")


@pytest.mark.parametrize("way", ["direct", "table"])
@pytest.mark.parametrize("name", FAMILIES)
def test_towers_are_built_without_search(way, name):
    """Every plan is valid, and at most twice as long as the estimate's two steps a block allow."""
    family = make_family(name)
    for size in (2, 3, 6, 12):
        for seed in range(8):
            problem = family.draw(size=size, seed=seed)
            text = anyio.run(TowerBuilder(way).solve, problem).text
            assert accepted(family, problem, text)
            assert len(family.read(problem, text).solution) <= 4 * size


def test_direct_moves_are_never_more_than_by_way_of_the_table():
    """On average; the point of going straight."""
    family = make_family("blocksworld")
    problems = [family.draw(size=8, seed=seed) for seed in range(60)]
    lengths = {
        way: sum(
            len(parse_plan(anyio.run(TowerBuilder(way).solve, problem).text))
            for problem in problems
        )
        for way in ("direct", "table")
    }
    assert lengths["direct"] < lengths["table"]


def test_the_estimate_is_a_lower_bound_and_zero_at_goals_alone():
    """Breadth-first search over all states of four blocks says how far each goal is."""
    family = make_family("blocksworld-open")
    for seed in range(6):
        space = NOTATION.space(family.draw(size=4, seed=seed))
        distance, frontier = {space.start: 0}, [space.start]
        back: dict[object, set[object]] = {}
        for state in frontier:
            for _, after in space.successors(state):
                back.setdefault(after, set()).add(state)
                if after not in distance:
                    distance[after] = distance[state] + 1
                    frontier.append(after)
        left = {state: 0 for state in distance if space.estimate(state) == 0}
        assert left
        wave = list(left)
        for state in wave:
            for before in back.get(state, ()):
                if before not in left:
                    left[before] = left[state] + 1
                    wave.append(before)
        assert all(space.estimate(state) <= steps for state, steps in left.items())
        assert len({space.words(state) for state in distance}) == len(distance)
