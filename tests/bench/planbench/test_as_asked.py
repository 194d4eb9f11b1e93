"""Stored answers through a session: what the engine certifies is what was judged."""

from __future__ import annotations

import json

import pytest

from soundly.bench.planbench.as_asked import AsAsked, as_asked
from soundly.bench.planbench.importing import import_planbench
from soundly.bench.planbench.rejudging import Group, rejudge
from soundly.core.errors import ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.engine.solve import solve
from soundly.families.planning.family import PlanningFamily
from soundly.generators.recorded import Recorded
from soundly.strategies.single import single

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("genai_prices", reason="prices come from genai-prices")

TASK = "task_1_plan_generation"
ZERO_SHOT = "task_1_plan_generation_zero_shot"


@pytest.mark.anyio
async def test_a_stored_answer_is_certified_with_its_tokens_and_dollars(bench, entry, tmp_path):
    response = {
        "created": 1726652688,
        "usage": {"prompt_tokens": 1_000, "completion_tokens": 1_000},
    }
    bench.result(entry(response_object=response), model="o1-mini_chat")
    import_planbench(bench.folder, tmp_path / "out")
    judged = json.loads((tmp_path / "out/judged.jsonl").read_text())
    assert judged["dollars"] == pytest.approx(0.015)
    family = as_asked(bench.folder, [], domain="lamps", model="o1-mini_chat", task=TASK)
    outcome = await solve(
        family.problems[0],
        family=family,
        strategy=single,
        generator=Recorded(tmp_path / "out/answers/o1-mini_chat.jsonl", mode="sample"),
    )
    assert outcome.status is Status.SOLVED
    assert (outcome.spend.tokens, outcome.spend.dollars) == (2_000, pytest.approx(0.015))


def test_what_was_not_asked_is_not_rendered(bench, entry):
    bench.result(entry())
    family = as_asked(bench.folder, [], domain="lamps", model="model-1", task=TASK)
    with pytest.raises(ProblemError, match="was not asked in this file"):
        family.render(Problem("planning", "other", {"domain": "", "problem": ""}), PromptStyle())


def test_an_answer_without_its_instance_is_named_and_the_others_are_asked(bench, entry):
    bench.result(entry(), entry(instance_id=77))
    oddities = []
    family = as_asked(bench.folder, oddities, domain="lamps", model="model-1", task=TASK)
    assert len(family.problems) == 1
    assert [(each.entry, each.field) for each in oddities] == [(1, "instance_id")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"domain": "lamp"}, "model-1 has no answers to task_1_plan_generation in lamp"),
        ({"model": "model-2"}, "model-2 has no answers"),
        ({"task": "task_4_plan_reuse"}, "wanted one that asks about instances"),
    ],
)
def test_what_is_not_there_is_refused(bench, entry, options, said):
    bench.result(entry())
    wanted = {"domain": "lamps", "model": "model-1", "task": TASK} | options
    with pytest.raises(UsageError, match=said):
        as_asked(bench.folder, [], **wanted)


def test_a_conversation_without_its_problem_is_refused():
    with pytest.raises(ValueError, match="one conversation for each problem"):
        AsAsked(PlanningFamily(), (), {"0" * 64: ()})


@pytest.mark.anyio
async def test_real_answers_end_solved_where_they_were_judged_right(planbench, tmp_path):
    model, domain = "o1-mini_chat", "blocksworld_3"
    root = tmp_path / "part"
    for name in ("configs", "instances", f"results/{domain}/{model}"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(planbench / "llm_planning_analysis" / name)
    import_planbench(root, tmp_path)
    family = as_asked(root, [], domain=domain, model=model, task=ZERO_SHOT)
    recorded = Recorded(tmp_path / f"answers/{model}.jsonl", mode="sample")
    solved, dollars = 0, 0.0
    for problem in family.problems:
        outcome = await solve(problem, family=family, strategy=single, generator=recorded)
        solved += outcome.status is Status.SOLVED
        dollars += outcome.spend.dollars
    assert len(family.problems) == 100
    assert solved == rejudge(root).rows[Group(domain, model)].ours == 73
    assert dollars == pytest.approx(1.2344, abs=1e-4)
