"""Chains that GPT-4 wrote when PlanBench asked it to state every state: 200 answers."""

import json
from collections import Counter

import pytest

from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import problem_from_texts

yaml = pytest.importorskip("yaml", reason="PlanBench's configurations are YAML")


@pytest.fixture
def explained(planbench):
    """A function to what is found in each answer about instances of one configuration."""

    def explain(name):
        root = planbench / "llm_planning_analysis"
        config = yaml.safe_load((root / "configs" / f"{name}.yaml").read_text("utf-8"))
        phrases = Phrases(config["actions"], config["predicates"], config["encoded_objects"])
        family = PlanningFamily(phrases=phrases)
        folder = root / "instances"
        domain = (folder / config["domain_file"]).read_text("utf-8")
        results = root / "results" / name / "gpt-4_chat"
        answers = json.loads(
            (results / "task_1_plan_generation_state_tracking.json").read_text("utf-8")
        )
        for entry in answers["instances"]:
            file = config["instances_template"].format(entry["instance_id"])
            text = (folder / config["instance_dir"] / file).read_text("utf-8")
            yield family.explain(problem_from_texts(domain, text), entry["llm_raw_response"])

    return explain


@pytest.mark.parametrize(
    ("name", "right", "right_with_a_wrong_chain"),
    [("blocksworld_3", 55, 15), ("mystery_blocksworld_3", 21, 10)],
)
def test_every_chain_is_followed_and_right_plans_stand_under_wrong_chains(
    explained, name, right, right_with_a_wrong_chain
):
    found = list(explained(name))
    assert len(found) == 100
    assert all(each.steps > 0 for each in found)
    counted = Counter((each.answer_right, each.chain_right) for each in found)
    assert counted[True, True] + counted[True, False] == right
    assert counted[True, False] == right_with_a_wrong_chain
    for each in found:
        assert bool(each.faults) is (each.chain_right is False)
        if each.answer_right and each.chain_right:
            assert each.leads_to_answer
