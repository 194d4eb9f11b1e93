"""`soundly doctor` and `soundly models`: what can be trusted, and what can be used."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from soundly.cli.family_check import can_be_checked
from soundly.cli.known_case import BAD, GOOD, SOLVABLE
from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.errors import PluginError
from soundly.core.solver import SolverAsserted, SolverFound
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.families.planning.critic import PlanCritic
from soundly.families.planning.problems import validator_of
from soundly.solvers.kairos import Kairos
from soundly.testing import FakeCritic


def states(ran):
    return {finding["name"]: finding["state"] for finding in json.loads(ran.out)}


def test_the_known_cases_are_what_they_are_called():
    validator = validator_of(SOLVABLE)
    assert validator.check(GOOD).accepted
    assert not any(validator.check(plan).accepted for plan in BAD.values())


def test_a_healthy_house_has_code_0_and_every_registered_part_is_looked_at(run):
    ran = run("doctor", "--json")
    found = states(ran)
    assert (ran.code, ran.err) == (0, "")
    for group in ("critics", "solvers"):
        assert {found[name] for name in registry.names(group)} == {"ok"}
    assert found["soundly.kernel"] == found["store"] == "ok"
    assert {"pydantic-monty", "bubblewrap", "smollm2"} <= set(found)


@pytest.mark.parametrize(
    "verdict", [ACCEPT, reject(Critique("no", "always no"))], ids=["always", "never"]
)
def test_a_critic_that_does_not_tell_right_from_wrong_has_code_30(run, monkeypatch, verdict):
    async def judge(self, problem, candidate, ask):
        return verdict

    monkeypatch.setattr(PlanCritic, "judge", judge)
    ran = run("doctor", "--json")
    assert ran.code == 30
    assert states(ran)["plan-validator"] == "failed"


@pytest.mark.parametrize(
    "answer", [SolverFound("(go hall garden)"), SolverAsserted("no")], ids=["wrong plan", "denial"]
)
def test_a_solver_that_is_wrong_about_a_known_task_has_code_30(run, monkeypatch, answer):
    async def solve(self, problem):
        return answer

    monkeypatch.setattr(Kairos, "solve", solve)
    ran = run("doctor", "--json")
    assert ran.code == 30
    assert states(ran)["kairos"] == "failed"


def test_a_store_that_does_not_open_has_code_30(run, tmp_path):
    (tmp_path / "notes.txt").write_text("not a database at all, and long enough to be sure of it")
    ran = run("doctor", "--json", "--store", "notes.txt")
    assert ran.code == 30
    assert states(ran)["store"] == "failed"


def test_people_see_every_finding_under_its_area(run):
    ran = run("doctor")
    assert ran.code == 0
    for area in ("critics", "kernel", "planners and provers", "models", "sandboxes", "store"):
        assert f"\n{area}\n" in f"\n{ran.out}"


def test_models_say_which_key_is_missing(run, monkeypatch):
    monkeypatch.delenv("GROQ_API_KEY", raising=False)
    listed = {entry["model"]: entry for entry in json.loads(run("models", "--json").out)}
    assert listed["groq:NAME"] == {
        "model": "groq:NAME", "usable": False, "missing": "GROQ_API_KEY is not set"
    }  # fmt: skip
    assert listed["scripted:FILE"]["usable"]
    monkeypatch.setenv("GROQ_API_KEY", "x")
    listed = {entry["model"]: entry for entry in json.loads(run("models", "--json").out)}
    assert listed["groq:NAME"]["usable"]
    assert "GROQ_API_KEY" not in run("models").out


def test_every_registered_kind_of_model_is_listed(run):
    shown = run("models").out
    assert all(scheme in shown for scheme in registry.names("generators"))


def test_a_plug_in_that_does_not_import_is_told_loudly(run, monkeypatch):
    load = registry.load

    def broken(group, name):
        if name == "scripted":
            raise PluginError("model provider 'scripted' of acme 1.0 does not import: boom")
        return load(group, name)

    monkeypatch.setattr(registry, "load", broken)
    ran = run("models")
    assert ran.code == 30
    assert "acme 1.0" in ran.out


def test_a_family_whose_critic_and_twin_disagree_has_code_30(run, monkeypatch):
    """A critic that accepts a near miss is found out by the family's own twin."""
    game24 = make_family("game24")
    lenient = replace(game24, critic=FakeCritic(ACCEPT))
    monkeypatch.setattr("soundly.cli.family_check.make_family", lambda _: lenient)
    ran = run("doctor", "--json")
    assert ran.code == 30
    found = [finding for finding in json.loads(ran.out) if finding["area"] == "families"]
    assert found
    assert all(finding["state"] == "failed" for finding in found)
    assert "its critic says accept to" in found[0]["detail"]


def test_what_is_merely_not_installed_fails_nothing(run, monkeypatch):
    monkeypatch.setattr("soundly.solvers.sat.find_spec", lambda _: None)
    ran = run("doctor", "--json")
    found = {finding["name"]: finding for finding in json.loads(ran.out)}
    assert ran.code == 0
    assert found["zebra"]["state"] == "missing"
    assert "pip install 'soundly[sat]'" in found["zebra"]["detail"]


def test_each_family_has_a_line_of_its_own(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    families = [name for name in registry.names("families") if can_be_checked(name)]
    lines = run("doctor").out.splitlines()
    for name in families:
        assert any(line.split()[:2] == ["✔", name] for line in lines), name
