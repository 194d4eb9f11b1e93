"""The reader and the validator on PlanBench's real answers."""

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "planbench-agreement.md"


@pytest.fixture(scope="module")
def agreement():
    """The experiment's module; it reads PlanBench's settings with PyYAML."""
    pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "experiments"))
        yield importlib.import_module("planbench_agreement")


@pytest.fixture(scope="module")
def compared(agreement, planbench):
    """Every stored answer with our verdict and its class."""
    return [agreement.compare(answer) for answer in agreement.data.answers(planbench, {})]


def test_each_class_of_disagreement_has_the_size_that_the_page_says(agreement, compared):
    stated = dict(re.findall(r"^\| ([a-z: ]+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    counted = Counter(item.found for item in compared)
    assert {name: int(count) for name, count in stated.items()} == {
        name: counted[name] for name in agreement.CLASSES
    }


def test_no_disagreement_is_left_unexplained(compared):
    assert [item.answer.name for item in compared if item.found == "unexplained"] == []


def test_a_naive_reading_confirms_what_is_accepted_against_the_label(agreement, compared):
    against = [item for item in compared if item.accepted and not item.answer.label]
    differing = [item for item in against if agreement.naive_reading(item) != item.plan]
    assert len(against) == 186
    assert len(differing) == 3, [item.answer.name for item in differing]


def test_kairos_accepts_every_plan_that_is_accepted_against_the_label(agreement, compared):
    pytest.importorskip("kairos", reason="kairos-planner is not installed")
    for item in compared:
        if item.accepted and not item.answer.label:
            texts = agreement.data.texts_of(item.answer)
            assert agreement.kairos_accepts(*texts, item.plan), item.answer.name


def test_a_problem_put_into_words_is_the_problem_of_the_instance(agreement, planbench):
    """Where the task does not change the instance, the prompt's words state the same problem."""
    data = agreement.data
    setting = data.Setting.of(planbench / "plan-bench", "blocksworld_3")
    path = planbench / "plan-bench/results/blocksworld_3/gpt-4_chat/task_1_plan_generation.json"
    entries = data.json.loads(path.read_text("utf-8"))["instances"]
    domain = data.parse_domain(setting.domain)
    for entry in entries:
        text = Path(setting.instances.format(entry["instance_id"])).read_text("utf-8")
        instance = data.parse_task(setting.domain, text)
        worded = data.asked_in_words(entry["query"], domain, setting.phrases)
        assert worded.init == instance.init
        assert set(worded.goal.operands) == set(instance.goal.operands)
