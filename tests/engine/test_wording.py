"""Prompt augmentations: one option for any strategy, said once, and refused where it makes none."""

from functools import partial
from typing import get_args

import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.config.strategies import parse_strategy
from soundly.core.advice import Advice
from soundly.core.augmentation import INSTRUCTIONS, Augmentation, Template
from soundly.core.errors import FamilyError, UnknownNameError, UsageError
from soundly.core.family import STEP_BY_STEP, Draws, PromptStyle
from soundly.engine import solve
from soundly.engine.wording import in_notation, worded
from soundly.generators.scripted import Scripted
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT

pytestmark = pytest.mark.anyio
BLOCKS = make_family("blocksworld")
FOUR = BLOCKS.draw(size=4, seed=3)
HAVE_PROGRESSION = ("blocksworld", "logistics")
NAMES = ("blocksworld", "logistics", "game24", "coloring", "n-queens", "last-letters", "sat")


def prompt(family=BLOCKS, problem=FOUR, advice=None, **style):
    return worded(family, problem, PromptStyle(**style), advice)


def drawn(name):
    family = make_family(name)
    return family, family.draw(size=family.dial.smallest + 1, seed=2)


@pytest.mark.parametrize(
    ("name", "augmentation"),
    [
        (name, augmentation)
        for name in NAMES
        for augmentation in INSTRUCTIONS
        if augmentation != "progression" or name not in HAVE_PROGRESSION
    ],
)
def test_an_instruction_stands_at_the_end_of_the_familys_own_prompt(name, augmentation):
    """In every family, and beside the worked examples that the style asks for."""
    family, problem = drawn(name)
    plain = prompt(family, problem, examples=1)
    asked = prompt(family, problem, examples=1, augmentation=augmentation)
    assert asked[-1].content == f"{plain[-1].content}\n\n{INSTRUCTIONS[augmentation]}"


@pytest.mark.parametrize("name", NAMES)
def test_zero_shot_cot_shows_nothing_and_asks_for_steps(name):
    family, problem = drawn(name)
    asked = prompt(family, problem, augmentation="zero-shot-cot")
    assert asked == prompt(family, problem, examples=0, thoughts=True)
    assert STEP_BY_STEP in asked[-1].content


def test_few_shot_cot_shows_the_thoughts_of_its_examples():
    asked = prompt(augmentation="few-shot-cot", examples=2)
    assert asked == prompt(examples=2, thoughts=True)
    assert asked[-1].content.count("State 0:") == 2


def test_a_family_without_thoughts_to_show_refuses_few_shot_cot():
    """Examples without their steps would be called what they are not."""
    family, problem = drawn("coloring")
    with pytest.raises(UsageError, match="coloring has no thoughts to show"):
        prompt(family, problem, augmentation="few-shot-cot")


def test_progression_is_the_familys_own_where_it_has_one():
    asked = prompt(augmentation="progression")
    assert asked == prompt(procedure="progression", thoughts=True)


def test_another_procedure_stands_beside_progression():
    """A procedure that was asked for is taught, and the states are asked for in words."""
    asked = prompt(augmentation="progression", procedure="blocksworld-algorithm")[-1].content
    assert asked.endswith(INSTRUCTIONS["progression"])
    assert asked.startswith(prompt(procedure="blocksworld-algorithm")[-1].content)


@pytest.mark.parametrize("name", ["blocksworld", "mystery-blocksworld", "logistics", "game24"])
@pytest.mark.parametrize("language", ["natural", "formal"])
async def test_solver_traces_are_turns_whose_answers_are_right(name, language):
    """A user's turn for each small problem, the run and a right answer, and then the problem."""
    family, problem = drawn(name)
    style = PromptStyle(language, 2, augmentation="solver-trace")
    *shown, last = worded(family, problem, style, None)
    assert [message.role for message in shown] == ["user", "assistant"] * 2
    assert (last,) == family.render(problem, PromptStyle(language, 0))
    runs = family.solver_runs(problem, count=2, language=language)
    for run in runs:
        assert run.problem.statement != problem.statement
        outcome = await solve(
            run.problem,
            family=family,
            strategy=parse_strategy("single"),
            generator=Scripted([run.text]),
        )
        assert outcome.status.value == "solved"


def test_a_family_that_writes_no_run_out_refuses_solver_traces():
    family, problem = drawn("coloring")
    with pytest.raises(UsageError, match="coloring writes no run of a solver out"):
        prompt(family, problem, augmentation="solver-trace")
    with pytest.raises(UsageError, match="refine: augmentation is solver-trace"):
        parse_strategy("refine:augmentation=solver-trace", family)


def test_runs_that_are_all_too_long_are_refused():
    """A family that finds none to show says so."""

    class Endless(FakeFamily):
        def solver_runs(self, problem, *, count, language):
            return []

    with pytest.raises(UsageError, match="no run in family two-blocks is short enough"):
        prompt(Endless(), PROBLEM, augmentation="solver-trace")


def test_a_family_that_breaks_is_to_blame():
    class Broken(FakeFamily):
        def solver_runs(self, problem, *, count, language):
            raise RuntimeError("no")

    with pytest.raises(FamilyError, match="two-blocks broke: RuntimeError: no"):
        prompt(Broken(), PROBLEM, augmentation="solver-trace")


def test_a_template_stands_around_the_familys_prompt():
    template = Template("Careful {now}!\n{problem}\nThink.")
    asked = prompt(template=template, procedure="progression")[-1].content
    assert asked == f"Careful {{now}}!\n{prompt(procedure='progression')[-1].content}\nThink."


def test_advice_comes_last_and_only_where_the_style_wants_it():
    advice = Advice("Lift a.")
    asked = prompt(advice=advice, augmentation="plan-and-solve")[-1].content
    assert asked.endswith(f"{INSTRUCTIONS['plan-and-solve']}\n\n{advice.paragraph}")
    assert prompt(advice=None) == worded(BLOCKS, FOUR, PromptStyle(advice=False), advice)


def test_a_procedure_that_nobody_teaches_is_refused():
    with pytest.raises(UnknownNameError, match="magic"):
        prompt(procedure="magic")


@pytest.mark.parametrize(
    ("style", "advice", "said"),
    [
        (PromptStyle(augmentation="zero-shot-cot"), None, "augmentation=zero-shot-cot"),
        (PromptStyle(template=Template("{problem}")), None, "a template"),
        (PromptStyle(), Advice("Lift a."), "advice"),
    ],
)
def test_a_model_that_reads_a_notation_is_told_no_words(style, advice, said):
    """It would see none of them, and whoever asked would believe that it did."""
    wanted = BLOCKS.notation.name
    with pytest.raises(UsageError, match=f"no words, so {said} cannot be put to it"):
        in_notation(BLOCKS, FOUR, style, advice, wanted)


def test_a_model_that_reads_a_notation_hears_no_advice_that_the_style_leaves_out():
    wanted = BLOCKS.notation.name
    style = PromptStyle(advice=False)
    asked = in_notation(BLOCKS, FOUR, style, Advice("Lift a."), wanted)
    assert asked == in_notation(BLOCKS, FOUR, PromptStyle(), None, wanted)


@pytest.mark.parametrize("name", registry.names("strategies"))
def test_every_strategy_takes_an_augmentation_on_the_command_line(name):
    """Orthogonal: one option, whatever the strategy."""
    strategy = parse_strategy(f"{name}:augmentation=plan-and-solve")
    assert strategy.keywords["style"].augmentation == "plan-and-solve"


async def test_the_trace_says_how_the_prompt_was_augmented():
    outcome = await solve(
        PROBLEM,
        family=FakeFamily(),
        strategy=partial(
            parse_strategy("single"), style=PromptStyle(augmentation="plan-and-solve")
        ),
        generator=Scripted([RIGHT]),
    )
    assert outcome.trace[0].event.strategy == "single:augmentation=plan-and-solve"


def test_runs_are_the_same_for_the_same_problem():
    first, second = (BLOCKS.solver_runs(FOUR, count=3, language="natural") for _ in range(2))
    assert first == second
    assert len({run.text for run in first}) == 3


@pytest.mark.parametrize("name", registry.names("families"))
def test_every_family_takes_each_augmentation_or_says_in_one_line_that_it_cannot(name):
    """Nothing in between: no prompt that only looks augmented, and no other failure."""
    family = make_family(name)
    if not isinstance(family, Draws):
        return
    problem = family.draw(size=family.dial.smallest + 1, seed=1)
    plain = prompt(family, problem)
    for augmentation in get_args(Augmentation)[1:]:
        asked, refusal = augmented(family, problem, augmentation)
        if refusal is None:
            assert asked != plain
            assert asked[-1].role == "user"
        else:
            assert augmentation in ("few-shot-cot", "solver-trace")
            assert family.name in refusal
            assert "\n" not in refusal


def augmented(family, problem, augmentation):
    try:
        return prompt(family, problem, augmentation=augmentation), None
    except UsageError as error:
        return None, str(error)
