"""PlanBench's published answers to verification and execution, read and judged by our own rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.families.planning import blocksworld as plain
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import problem_from_files
from soundly.families.planning.tasks.execution import execution_of, execution_problem
from soundly.families.planning.tasks.execution_critic import right_facts
from soundly.families.planning.tasks.optimal import optimal_of, optimal_problem
from soundly.families.planning.tasks.verification import verification_of, verification_problem
from soundly.families.planning.tasks.verification_critic import right_verdict

MODELS = ("gpt-4_chat", "text-davinci-002")
WORDS = Phrases(
    actions={
        "pick-up": "pick up the {}",
        "put-down": "put down the {}",
        "stack": "stack the {} on top of the {}",
        "unstack": "unstack the {} from on top of the {}",
    },
    predicates={
        "clear": "the {} is clear",
        "ontable": "the {} is on the table",
        "on": "the {} is on top of the {}",
        "handempty": "the hand is empty",
        "holding": "the hand is currently holding {}",
    },
    objects={"a": "red block", "b": "blue block", "c": "orange block"},
)
BASE = DrawnFamily(PlanningFamily(phrases=WORDS), plain.WORLD)


@dataclass(frozen=True)
class Published:
    """One entry of a result file with the problem and the plan that its prompt states."""

    entry: dict
    problem: object
    plan: tuple


def published(planbench: Path, model: str, task: str, mark: str) -> list[Published]:
    """The entries of a result file, or a skip that says which one is missing."""
    file = planbench / "plan-bench" / "results" / "blocksworld_3" / model / f"{task}.json"
    if not file.is_file():
        pytest.skip(f"no {file.name} of {model}")
    folder = planbench / "plan-bench" / "instances" / "blocksworld"
    found = []
    for entry in json.loads(file.read_text())["instances"]:
        instance = folder / "generated_basic_3" / f"instance-{entry['instance_id']}.pddl"
        problem = problem_from_files(folder / "generated_domain.pddl", instance)
        said = entry["query"].rsplit(f"[{mark}]", 1)[1].split(f"[{mark} END]")[0]
        plan = BASE.read(problem, f"[PLAN]{said}[PLAN END]")
        found.append(Published(entry, problem, plan.solution if isinstance(plan, Found) else ()))
    return found


def literal(key: str) -> str:
    """``on_a_b`` as ``(on a b)``."""
    return f"({' '.join(key.split('_'))})"


def accepted(family, problem, reading) -> bool:
    """Whether the family's critic accepts what was read."""
    candidate = Candidate(reading.solution, reading.canonical, "published")
    return anyio.run(family.critic.judge, problem, candidate, None).accepted


@pytest.mark.parametrize("model", MODELS)
def test_published_verdicts(planbench, model):
    """Every key agrees; every answer is read, and valid or not as the benchmark reads it."""
    family, explained = verification_of(BASE), 0
    for each in published(planbench, model, "task_3_plan_verification", "PLAN"):
        problem = verification_problem(each.problem, each.plan, family=family.name)
        head, *unmet = right_verdict(problem)
        key = each.entry["parsed_ground_truth_plan"]
        named = key.get("unmet_goal") or key.get("unmet_precondition", {}).get("predicate") or []
        assert (head == "valid") == key["valid"]
        assert unmet == sorted(map(literal, named))
        reading = family.read(problem, each.entry["llm_raw_response"])
        assert isinstance(reading, Found)
        right = (reading.solution[0] == "valid") == (head == "valid")
        assert right == each.entry["llm_correct_binary"]
        explained += accepted(family, problem, reading) == each.entry["llm_correct_w_expl"]
    assert explained >= 93


@pytest.mark.parametrize("model", MODELS)
def test_published_states(planbench, model):
    """Every key agrees; where an answer is judged otherwise, the benchmark's reading lost a fact
    or left one unread."""
    family = execution_of(BASE)
    for each in published(planbench, model, "task_7_plan_execution", "ACTION SEQUENCE"):
        problem = execution_problem(each.problem, each.plan, family=family.name)
        right = set(right_facts(problem))
        assert right == set(map(literal, each.entry["ground_truth_plan"]))
        reading = family.read(problem, each.entry["llm_raw_response"])
        assert isinstance(reading, Found)
        if accepted(family, problem, reading) != each.entry["llm_correct"]:
            theirs = set(map(literal, each.entry["extracted_llm_plan"]))
            assert theirs != set(reading.solution)


def test_published_plans_of_least_cost(planbench):
    """What was judged optimal is proved optimal, and nothing else that was judged is."""
    family, proved = optimal_of(BASE), 0
    for each in published(planbench, "gpt-4_chat", "task_2_plan_optimality", "PLAN"):
        problem = optimal_problem(each.problem, family=family.name)
        family.critic.search.find_here(problem)  # a hundred processes less
        reading = family.read(problem, f"[PLAN]\n{each.entry['llm_raw_response']}")
        right = isinstance(reading, Found) and accepted(family, problem, reading)
        assert right == each.entry["llm_correct"], each.entry["llm_raw_response"]
        proved += right
    assert proved > 20
