"""The reader and the validator on PlanBench's real answers."""

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

from soundly.bench.planbench.agreement import CLASSES
from soundly.bench.planbench.answers import texts_of
from soundly.bench.planbench.comparing import compared_answers
from soundly.bench.planbench.layout import Layout, read_entries
from soundly.bench.planbench.settings import Setting
from soundly.bench.planbench.wording import asked_in_words
from soundly.families.planning.pddl import parse_domain, parse_task

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "planbench-agreement.md"


@pytest.fixture(scope="module")
def experiment():
    """The experiment's module, for its naive reading and its other judges."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "experiments"))
        yield importlib.import_module("planbench_agreement")


@pytest.fixture(scope="module")
def compared(planbench):
    """Every stored answer with a label, with our verdict and its class."""
    return list(compared_answers(Layout.of(planbench), []))


def test_each_class_of_disagreement_has_the_size_that_the_page_says(compared):
    stated = dict(re.findall(r"^\| ([a-z: ]+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    counted = Counter(item.found for item in compared)
    assert {name: int(count) for name, count in stated.items()} == {
        name: counted[name] for name in CLASSES
    }


def test_no_disagreement_is_left_unexplained(compared):
    assert [item.answer.name for item in compared if item.found == "unexplained"] == []


def test_a_naive_reading_confirms_what_is_accepted_against_the_label(experiment, compared):
    against = [item for item in compared if item.accepted and not item.answer.label]
    differing = [item for item in against if experiment.naive_reading(item) != item.plan]
    assert len(against) == 186
    assert len(differing) == 3, [item.answer.name for item in differing]


def test_kairos_accepts_every_plan_that_is_accepted_against_the_label(experiment, compared):
    pytest.importorskip("kairos", reason="kairos-planner is not installed")
    for item in compared:
        if item.accepted and not item.answer.label:
            texts = texts_of(item.answer.problem)
            assert experiment.kairos_accepts(*texts, item.plan), item.answer.name


def test_a_problem_put_into_words_is_the_problem_of_the_instance(planbench):
    """Where the task does not change the instance, the prompt's words state the same problem."""
    root = planbench / "plan-bench"
    setting = Setting.of(root, "blocksworld_3")
    domain = parse_domain(setting.domain)
    results = root / "results/blocksworld_3/gpt-4_chat/task_1_plan_generation.json"
    for entry in read_entries(results):
        text = setting.path_of(entry["instance_id"]).read_text("utf-8")
        instance = parse_task(setting.domain, text)
        worded = asked_in_words(entry["query"], domain, setting.phrases)
        assert worded.init == instance.init
        assert set(worded.goal.operands) == set(instance.goal.operands)
