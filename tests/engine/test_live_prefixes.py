"""The prefixes of a session: the family's, blamed on the family where they break."""

from dataclasses import dataclass

import pytest

from soundly.config.families import make_family
from soundly.core.completion import Completion
from soundly.core.errors import FamilyError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.searching import StepsProposed
from soundly.core.stepwise import Prefix
from soundly.core.verdict import Critique
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT

UP, ON = RIGHT.splitlines()
WHY = Critique("no", "it cannot be")
BROKEN = {
    "more steps stand than there are": lambda: Prefix((UP,), 2, "s"),
    "fewer than none stand": lambda: Prefix((UP,), -1, "s", (WHY,)),
    "a step falls without a reason": lambda: Prefix((UP, ON), 1, "s"),
    "a complete prefix with a reason against it": lambda: Prefix((UP,), 1, "s", (WHY,), True),
    "a distance below nought": lambda: Prefix((UP,), 1, "s", distance=-1),
    "more steps kept than came": lambda: StepsProposed(0, 1, 2, ()),
    "fewer steps kept than none": lambda: StepsProposed(0, 1, -1, ()),
    "steps behind fewer than none": lambda: StepsProposed(-1, 1, 1, ()),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_value_refuses_what_breaks_it(broken):
    """Where it is made."""
    with pytest.raises(ValueError):  # noqa: PT011 - every invariant has a sentence of its own
        broken()


async def looking(strategy, family=None, problem=PROBLEM, model=None):
    """Runs a strategy that looks at its session's prefixes."""

    async def looks(session):
        strategy(session.prefixes)

    await solve(problem, family=family or FakeFamily(), strategy=looks, generator=model)


@pytest.mark.anyio
async def test_the_problem_stays_whole_and_what_stands_comes_behind_it():
    """With the facts, what died, and how much is asked for."""
    seen = []

    def look(prefixes):
        critique = Critique("no", "it cannot be", where="step 2")
        seen.append(prefixes.go_on(prefixes.judge(()), PromptStyle())[-1].content)
        seen.append(
            prefixes.go_on(prefixes.judge((UP,)), PromptStyle(), limit=3, critiques=[critique])[
                -1
            ].content
        )

    await looking(look)
    plain = FakeFamily().render(PROBLEM, PromptStyle())[-1].content
    assert all(text.startswith(plain) for text in seen)
    assert UP not in seen[0].removeprefix(plain)
    assert "Now write all steps, in the form" in seen[0]
    assert f"Steps so far:\n{UP}" in seen[1]
    assert "(holding a)" in seen[1]
    assert "- step 2: it cannot be" in seen[1]
    assert "the next step and at most 2 behind it" in seen[1]


@pytest.mark.anyio
async def test_only_what_is_new_is_read_behind_a_prefix():
    """Whether the answer repeats what stands or not."""

    def look(prefixes):
        prefix = prefixes.judge((UP,))
        assert prefixes.read(Completion(RIGHT, "m"), prefix) == (ON,)
        assert prefixes.read(Completion(ON, "m"), prefix) == (ON,)
        assert prefixes.read(Completion("nothing", "m"), prefix) == ()

    await looking(look)


@pytest.mark.anyio
async def test_a_whole_answer_has_no_log_probabilities():
    """Those that there are tell of a part alone."""

    def look(prefixes):
        part = Completion(ON, "m", logprobs=(-1.0,))
        whole = prefixes.answer((UP, ON), part)
        assert (whole.text, whole.logprobs, whole.model) == (RIGHT, None, "m")

    await looking(look)


@pytest.mark.anyio
async def test_a_family_that_breaks_over_a_prefix_is_named():
    """Its exception is no dead prefix."""

    @dataclass(frozen=True)
    class Breaks(FakeFamily):
        def judge_steps(self, problem, steps):
            raise ZeroDivisionError("oh")

    @dataclass(frozen=True)
    class Mistakes(FakeFamily):
        def judge_steps(self, problem, steps):
            return Prefix((ON,), 1, "s")

    with pytest.raises(FamilyError, match="family two-blocks broke: ZeroDivisionError: oh"):
        await looking(lambda prefixes: prefixes.judge(()), Breaks())
    with pytest.raises(FamilyError, match=r"judged .*, asked for"):
        await looking(lambda prefixes: prefixes.judge((UP,)), Mistakes())


@pytest.mark.anyio
async def test_a_family_that_is_not_stepwise_has_no_prefixes():
    """A strategy can ask before it needs them."""
    family = make_family("last-letters")
    seen = []
    await looking(seen.append, family, family.draw(size=2, seed=0))
    assert seen == [None]


@pytest.mark.anyio
async def test_a_model_that_reads_a_notation_gets_its_own_words_to_go_on_from():
    """As an assistant's message; at the start there is none."""

    class ReadsNotation(Scripted):
        notation = "blocksworld-1"

    family = make_family("blocksworld")
    example = family.draw_solved(size=4, seed=1)
    plan = tuple(f"({' '.join(step)})" for step in example.plan)
    seen = []

    def look(prefixes):
        seen.append(prefixes.go_on(prefixes.judge(()), PromptStyle()))
        seen.append(prefixes.go_on(prefixes.judge(plan[:2]), PromptStyle(), limit=1))

    await looking(look, family, example.problem, ReadsNotation([]))
    assert [message.role for message in seen[0]] == ["user"]
    assert [message.role for message in seen[1]] == ["user", "assistant"]
    words = family.notation.solution(example.problem, example.plan[:2])
    assert seen[1][-1].content == " ".join(("plan", *words))


@pytest.mark.anyio
async def test_a_notation_that_the_family_does_not_write_is_the_callers_mistake():
    """As it is for every other request."""

    class ReadsAnother(Scripted):
        notation = "sokoban-1"

    family = make_family("blocksworld")
    with pytest.raises(UsageError, match="reads problems in sokoban-1"):
        await looking(
            lambda prefixes: prefixes.go_on(prefixes.judge(()), PromptStyle()),
            family,
            family.draw(size=4, seed=1),
            ReadsAnother([]),
        )
