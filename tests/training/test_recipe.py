"""Recipes: every mistake in one is named, with the nearest right name."""

from pathlib import Path

import pytest

from soundly.core.errors import UsageError
from soundly.training.recipe import read_recipe

RIGHT = """
name = "small"
seed = 1
[[data]]
family = "blocksworld"
smallest = 3
largest = 4
instances = 10
teacher = "blocksworld-towers"
[model]
layers = 1
width = 32
heads = 2
inner = 32
context = 128
[supervised]
tokens = 1000
batch_tokens = 200
[evaluation]
families = ["blocksworld"]
sizes = [3, 4]
instances = 5
rounds = 2
"""


def recipe(tmp_path, text):
    path = tmp_path / "recipe.toml"
    path.write_text(text)
    return read_recipe(path)


def test_a_recipe_is_read(tmp_path):
    """What it says, and defaults for the rest."""
    read = recipe(tmp_path, RIGHT)
    assert (read.name, read.seed, read.model.layers) == ("small", 1, 1)
    assert read.data[0].largest == 4
    assert read.evaluation.sizes == (3, 4)
    assert read.variants == ()


def test_variants_put_their_traces_into_the_data(tmp_path):
    """Each trains on the same data with other thoughts."""
    text = (
        RIGHT + '[[variant]]\nname = "plain"\n[[variant]]\nname = "told"\ntrace = "progression"\n'
    )
    read = recipe(tmp_path, text)
    assert [source.trace for source in read.sources] == ["none", "progression"]


REINFORCE = '[reinforce]\nfamily = "blocksworld"\nsizes = [3]\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("layers = 1", "layer = 1", "unknown key 'layer'; did you mean 'layers'"),
        ("[supervised]", "[supervized]", "did you mean 'supervised'"),
        ("layers = 1", 'layers = "one"', "layers is 'one', wanted a whole number"),
        ("layers = 1", "layers = 0", "layers is 0, wanted 1 or more"),
        ("tokens = 1000", "tokens = 1.5", "tokens is 1.5, wanted a whole number"),
        ("sizes = [3, 4]", 'sizes = ["three"]', "wanted a list of int"),
        ("sizes = [3, 4]", "sizes = []", "wanted families and sizes"),
        ('family = "blocksworld"\n', "", r"\[\[data\]\] 1 lacks 'family'"),
        ("[[data]]", "[[dta]]", "did you mean 'data'"),
        ('name = "small"', "", "lacks 'name'"),
        ("smallest = 3", "smallest = 9", "sizes are 9 to 4"),
        ('teacher = "blocksworld-towers"', 'teacher = "x"\ntrace = "best-frist"', "best-first"),
        ("seed = 1", "seed = ", "is no TOML"),
        ("seed = 1", 'seed = 1\nexcluded = "nowhere.txt"', "cannot read .*nowhere.txt"),
        ("[model]", "model = 3\n[model2]", "unknown key"),
        ("[[data]]", "[data]", "wanted tables"),
        ("[model]", "[reinforce]\nsizes = [3]\n[model]", r"\[reinforce\] lacks 'family'"),
        (
            "[model]",
            f"{REINFORCE}groups = 4\n[model]",
            "did you mean .group.",
        ),
        ("[model]", f"{REINFORCE}group = 1\n[model]", "group is 1, wanted 2 or more"),
        ("[model]", f"{REINFORCE}validation = 0\n[model]", "validation is 0"),
        ("[model]", f"{REINFORCE}validation = true\n[model]", "validation is True, wanted a whole"),
        ("[model]", f"{REINFORCE}[[variant]]\nname = 'a'\n[model]", "goes on with one model"),
        ("seed = 1", "seed = 1\nreinforce = 3", "a int came, wanted a table"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, said):
    """In one line: where, what came, what was wanted."""
    assert old in RIGHT
    with pytest.raises(UsageError, match=said) as caught:
        recipe(tmp_path, RIGHT.replace(old, new, 1))
    assert "\n" not in str(caught.value)


def test_a_recipe_that_is_not_there_is_named(tmp_path):
    """And not a traceback."""
    with pytest.raises(UsageError, match="cannot read"):
        read_recipe(tmp_path / "nothing.toml")


def test_the_recipes_that_come_with_the_checkout_can_be_read():
    """All of them."""
    paths = sorted((Path(__file__).parents[2] / "recipes").glob("*.toml"))
    assert paths
    for path in paths:
        assert read_recipe(path).name == path.stem
