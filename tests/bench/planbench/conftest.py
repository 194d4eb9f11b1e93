"""A small PlanBench of our own, right in every part, for tests to spoil."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

DOMAIN = """(define (domain lamps)
  (:predicates (lit ?x) (wired ?x ?y))
  (:action press :parameters (?x) :precondition (not (lit ?x)) :effect (lit ?x))
  (:action pass-on :parameters (?x ?y) :precondition (and (lit ?x) (wired ?x ?y))
    :effect (lit ?y)))
"""
INSTANCE = """(define (problem p) (:domain lamps) (:objects a b)
  (:init (wired a b)) (:goal (and (lit b) (lit a))))
"""
CONFIG = {
    "domain_file": "lamps/domain.pddl",
    "instance_dir": "lamps/basic",
    "instances_template": "instance-{}.pddl",
    "actions": {"press": "press the {}", "pass-on": "pass on from the {} to the {}"},
    "predicates": {"lit": "the {} is lit", "wired": "the {} is wired to the {}"},
    "encoded_objects": {"a": "red lamp", "b": "blue lamp"},
}
RIGHT = "press the red lamp\npass on from the red lamp to the blue lamp\n[PLAN END]"
WRONG = "pass on from the red lamp to the blue lamp\n[PLAN END]"


class Bench:
    """A folder in the official layout; every call writes one of its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "llm_planning_analysis"

    def write(self, path: str, content: object) -> Path:
        """A file under the root; what is no text is written as JSON."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else json.dumps(content))
        return target

    def config(self, name: str = "lamps", **changes: object) -> Path:
        """A configuration; a change to None leaves the field out. JSON is YAML."""
        fields = {key: value for key, value in (CONFIG | changes).items() if value is not None}
        return self.write(f"configs/{name}.yaml", fields)

    def result(
        self,
        *entries: object,
        task: str = "task_1_plan_generation",
        model: str = "model-1",
        name: str = "lamps",
    ) -> Path:
        """A file of results with these entries."""
        return self.write(
            f"results/{name}/{model}/{task}.json", {"task": task, "instances": list(entries)}
        )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A benchmark of two instances without results."""
    bench = Bench(tmp_path / "planbench")
    bench.config()
    bench.write("instances/lamps/domain.pddl", DOMAIN)
    for number in (1, 2):
        bench.write(f"instances/lamps/basic/instance-{number}.pddl", INSTANCE)
    return bench


@pytest.fixture
def entry() -> Callable[..., dict[str, object]]:
    """An entry with a right answer that is labelled right; a change to None leaves a field out."""

    def make(**changes: object) -> dict[str, object]:
        fields: dict[str, object] = {
            "instance_id": 1,
            "query": "Light both lamps.",
            "llm_raw_response": RIGHT,
            "extracted_llm_plan": "(press red)\n(pass-on red blue)\n",
            "llm_correct": True,
        }
        return {key: value for key, value in (fields | changes).items() if value is not None}

    return make


@pytest.fixture
def wrong() -> str:
    """An answer whose first step cannot run."""
    return WRONG
