"""Strategies as people type them, with options bound to their annotations."""

from functools import partial

import pytest

from soundly.config.families import make_family
from soundly.config.options import bind
from soundly.config.strategies import make_solver, needs_model, parse_strategy
from soundly.core.errors import UnknownNameError, UsageError
from soundly.engine.describe import describe
from soundly.families.planning.family import PlanningFamily
from soundly.strategies.sampling import Sampling


def test_a_name_with_options_is_the_function_with_its_arguments():
    """Options of a bundle stand beside the strategy's own."""
    strategy = parse_strategy("refine:rounds=3,temperature=0.7,language=formal,examples=0")
    assert strategy.keywords["rounds"] == 3
    assert strategy.keywords["sampling"] == Sampling(temperature=0.7)
    assert strategy.keywords["style"].language == "formal"
    assert strategy.keywords["style"].examples == 0


def test_an_option_of_a_bundle_keeps_the_strategys_own_defaults():
    """best-of samples warm unless told otherwise, also where another option is given."""
    strategy = parse_strategy("best-of:max_output_tokens=64")
    assert strategy.keywords["sampling"] == Sampling(temperature=0.8, max_output_tokens=64)


def test_a_plus_makes_a_cascade():
    """Strategies and solvers stand side by side, in the order typed."""
    strategy = parse_strategy("refine:rounds=2 + kairos:max_seconds=3")
    first, second = strategy.keywords["stages"]
    assert first.keywords == {"rounds": 2}
    assert second.keywords["solver"].max_seconds == 3.0


def test_cascade_alone_is_the_default_one():
    """The model first, then what the family brings: for planning a planner and two provers."""
    assert describe(parse_strategy("cascade", PlanningFamily())) == "refine+kairos+h2+closed-set"
    assert describe(parse_strategy("cascade")) == "refine"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty stage"),
        ("refine+", "an empty stage"),
        ("refine:rounds=many", "rounds: got 'many', wanted a whole number"),
        ("refine:rounds", "wanted key=value pairs"),
        ("refine:history=some", "wanted one of none, last, all"),
        ("refine:examples=-1", "examples is -1"),
        ("refine:temperature=nan", "temperature is nan"),
        ("refine:temperature=-1", "temperature is -1"),
        ("single:max_output_tokens=0", "max_output_tokens is 0"),
        ("kairos:max_seconds=-1", "kairos: max_seconds is -1"),
        ("kairos:max_seconds=nan", "kairos: max_seconds is nan"),
        ("kairos:max_memory_mb=0", "kairos: max_memory_mb is 0"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_runs(text, message):
    """Options are checked where they are typed."""
    with pytest.raises(UsageError, match=message):
        parse_strategy(text)


@pytest.mark.parametrize("text", ["{}", "kairos+{}", "{}+kairos"])
@pytest.mark.parametrize("stage", ["single", "refine", "best-of"])
def test_a_procedure_is_refused_as_soon_as_the_family_is_known(text, stage):
    """Without a family any name may be right; one that the family teaches is taken."""
    unknown = text.format(f"{stage}:procedure=nonsense")
    blocksworld, coloring = make_family("blocksworld"), make_family("coloring")
    assert parse_strategy(unknown)
    with pytest.raises(UsageError, match=r"'nonsense'; there are .*progression"):
        parse_strategy(unknown, blocksworld)
    taught = text.format(f"{stage}:procedure=progression")
    assert parse_strategy(taught, blocksworld)
    with pytest.raises(UsageError, match="'progression', and this family teaches none"):
        parse_strategy(taught, coloring)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("refin", "unknown strategy 'refin'; did you mean refine"),
        ("refine+kairo", "unknown strategy 'kairo'; did you mean kairos"),
        ("refine:round=3", "unknown option of refine 'round'; did you mean rounds"),
        ("refine:session=x", "unknown option of refine 'session'"),
    ],
)
def test_a_misspelt_name_gets_the_nearest(text, message):
    """Strategies, solvers and options alike."""
    with pytest.raises(UnknownNameError, match=message):
        parse_strategy(text)


@pytest.mark.parametrize(
    ("text", "needs"),
    [("cascade", True), ("kairos", False), ("kairos+h2", False), ("h2+single:examples=0", True)],
)
def test_only_solvers_need_no_model(text, needs):
    """A session of solvers alone starts no model."""
    assert needs_model(text) is needs


def test_a_solver_is_made_with_its_options():
    """By the name it is registered under."""
    assert make_solver("kairos", "max_memory_mb=100").max_memory_mb == 100


def test_options_are_read_by_annotation():
    """Optional numbers, text and yes or no, each strictly."""

    def strategy(session, *, n: int = 1, label: str = "", deep: bool = False, f: float = 0):
        raise NotImplementedError

    pairs = {"n": "3", "label": "a=b", "deep": "true", "f": "0.5"}
    assert bind(strategy, pairs, what="s") == {"n": 3, "label": "a=b", "deep": True, "f": 0.5}
    with pytest.raises(UsageError, match="wanted true or false"):
        bind(strategy, {"deep": "yes"}, what="s")


def test_a_strategy_is_described_as_it_was_typed():
    """What traces and reports show can be read back by a person."""
    assert describe(parse_strategy("refine:rounds=3+kairos")) == "refine:rounds=3+kairos"
    assert describe(partial(parse_strategy("single"))) == "single"
