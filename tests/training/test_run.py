"""A whole recipe, from nothing to a file that proposes."""

import shutil
from random import Random

import anyio
import pytest

from soundly.core.errors import UsageError
from soundly.generators.word_model import WordModel
from soundly.training import run, supervised
from soundly.training.evaluation import VALID
from soundly.training.events import Measured, Noted, Stepped, read_events
from soundly.training.reinforcing import Problems
from soundly.training.run import run_recipe
from soundly.training.subject import Subject

RECIPE = """
name = "small"
seed = 1
[[data]]
family = "blocksworld"
smallest = 3
largest = 3
instances = 30
teacher = "blocksworld-towers"
[model]
layers = 1
width = 32
heads = 2
inner = 32
context = 96
[supervised]
tokens = 9_000
batch_tokens = 200
evaluate_every_tokens = 6_000
compiled = false
[evaluation]
families = ["blocksworld"]
sizes = [3]
instances = 4
rounds = 2
"""
VARIANTS = """
[[variant]]
name = "no trace"
[[variant]]
name = "state by state"
trace = "progression"
[[variant]]
name = "swapped"
trace = "progression"
swapped = true
"""
REINFORCE = """
[reinforce]
family = "blocksworld"
sizes = [3]
steps = 2
round_steps = 2
prompts = 2
group = 2
validation = 3
max_new_tokens = 30
"""


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(RECIPE)
    return path


def test_a_recipe_becomes_a_model_that_answers(recipe, tmp_path):
    """With its data, its figures and its baselines on record."""
    heard = []
    run_recipe(recipe, folder=tmp_path / "run", on_event=heard.append, processes=1)
    events = list(read_events(tmp_path / "run"))
    assert events == heard
    assert any(isinstance(e, Stepped) for e in events)
    series = {e.series for e in events if isinstance(e, Measured)}
    assert {"blocksworld", "the solver", "uniform legal steps"} <= series
    assert any(isinstance(e, Noted) and "trained sizes 3 to 3" in e.text for e in events)
    with WordModel(tmp_path / "run" / "model.gguf") as model:
        assert model.notation == "blocksworld-1"


def test_variants_are_compared_under_their_names(recipe, tmp_path):
    """One model each, and traces are judged where there are any."""
    recipe.write_text(RECIPE.replace("context = 96", "context = 160") + VARIANTS)
    run_recipe(recipe, folder=tmp_path / "run", processes=1)
    found = {(e.what, e.series) for e in read_events(tmp_path / "run") if isinstance(e, Measured)}
    assert ("valid answers", "swapped") in found
    assert ("valid traces", "state by state") in found
    assert ("valid traces", "no trace") not in found


def test_a_recipe_goes_on_with_verified_rewards(recipe, tmp_path):
    """Its best checkpoint is what is exported; a second call finds that nothing is left to do."""
    recipe.write_text(RECIPE + REINFORCE)
    folder = tmp_path / "run"
    run_recipe(recipe, folder=folder, processes=1)
    events = list(read_events(folder))
    rewards = [e for e in events if isinstance(e, Stepped) and e.stage == "grpo"]
    assert [e.step for e in rewards] == [1, 2]
    stages = {e.stage for e in events if isinstance(e, Measured) and e.what == VALID}
    assert stages == {"baseline", "sft", "grpo"}
    assert (folder / "model-reinforced").is_dir()
    assert (folder / "state-reinforced" / "last").is_dir()
    run_recipe(recipe, folder=folder, resume=True, processes=1)
    again = [e for e in read_events(folder) if isinstance(e, Stepped) and e.stage == "grpo"]
    assert again == rewards


def test_problems_that_choose_a_checkpoint_are_not_learnt_from():
    """Nor are those that are asked at the end; where all are kept apart, that is said."""
    blocks = Subject.of("blocksworld")
    validation = Problems(blocks, frozenset()).some(3, 5, Random(1))
    forms = {each.form for each in validation}
    assert len(forms) == 5
    others = Problems(blocks, frozenset(forms)).some(3, 1_000, Random(2))
    assert others
    assert not forms & {each.form for each in others}
    with pytest.raises(UsageError, match="no problem of size 3 to train on"):
        Problems(blocks, frozenset(forms | {each.form for each in others})).one(3, Random(3))


def test_a_run_that_was_killed_goes_on(recipe, tmp_path, monkeypatch):
    """Data are not drawn again, baselines not measured again, and the end is the same."""
    run_recipe(recipe, folder=tmp_path / "whole", processes=1)
    seen = []

    def kill(event):
        seen.append(event)
        if sum(isinstance(e, Stepped) for e in seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_recipe(recipe, folder=tmp_path / "run", on_event=kill, processes=1)
    monkeypatch.setattr(run, "examples_of", lambda *_, **__: pytest.fail("drawn again"))
    again = []
    run_recipe(recipe, folder=tmp_path / "run", resume=True, on_event=again.append, processes=1)
    assert not [e for e in again if isinstance(e, Measured) and e.stage == "baseline"]
    one, two = (tmp_path / name / "model.gguf" for name in ("whole", "run"))
    assert one.read_bytes() == two.read_bytes()
    assert supervised.whole(tmp_path / "run" / "state-model") is None


def test_a_run_is_neither_begun_twice_nor_taken_up_from_nothing(recipe, tmp_path):
    """Nor with another recipe."""
    with pytest.raises(UsageError, match="holds no run"):
        run_recipe(recipe, folder=tmp_path / "run", resume=True)
    shutil.rmtree(tmp_path / "run", ignore_errors=True)
    run_recipe(recipe, folder=tmp_path / "run", processes=1)
    with pytest.raises(UsageError, match="--resume"):
        run_recipe(recipe, folder=tmp_path / "run")
    recipe.write_text(RECIPE.replace("seed = 1", "seed = 2"))
    with pytest.raises(UsageError, match="another recipe"):
        run_recipe(recipe, folder=tmp_path / "run", resume=True)


def test_the_exported_model_reads_what_it_was_trained_on(recipe, tmp_path):
    """End to end through the notation: it answers in the family's own form."""
    from soundly.config.families import make_family
    from soundly.core.completion import Request
    from soundly.core.notation import stated

    run_recipe(recipe, folder=tmp_path / "run", processes=1)
    family = make_family("blocksworld")
    statement = stated(family.notation, family.draw(size=3, seed=3))
    with WordModel(tmp_path / "run" / "model.gguf") as model:
        said = anyio.run(model.complete, Request((statement.message(),), max_output_tokens=40))
    assert said.text
