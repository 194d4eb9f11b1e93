"""Plans written in every supported style read back exactly, and spoiled lines stay."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.candidate import Found
from soundly.families.planning.english import action_template
from soundly.families.planning.pddl import format_atom, format_plan
from soundly.families.planning.phrases import fill
from soundly.families.planning.reading import read_answer
from soundly.families.planning.validator import Validator

law = settings(max_examples=60, deadline=None)
seeds = st.integers(min_value=0, max_value=2**32)


def spoken(step, task, phrases):
    """A step as the phrase table says it."""
    action = task.domain.actions[step[0]]
    return fill(action_template(action, phrases), [phrases.object(name) for name in step[1:]])


def numbered(lines):
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


LINES = {
    "brackets": lambda step, *_: format_atom(step),
    "upper case": lambda step, *_: format_atom(step).upper(),
    "comment behind": lambda step, *_: f"{format_atom(step)} ; now {step[0]} is done",
    "call": lambda step, *_: f"{step[0]}({', '.join(step[1:])})",
    "call, joined name": lambda step, *_: f"{step[0].replace('-', '')}({', '.join(step[1:])})",
    "underscores": lambda step, *_: format_atom(step).replace("-", "_"),
    "bare words": lambda step, *_: " ".join(step),
    "phrase": spoken,
    "phrase, capital and stop": lambda *a: f"{spoken(*a).capitalize()}.",
    "phrase, bold": lambda *a: f"**{spoken(*a)}**",
    "phrase, remark": lambda *a: f"{spoken(*a)} (since nothing is in the way).",
    "phrase, then": lambda *a: f"Then, {spoken(*a)}.",
}
LISTS = {
    "lines": "\n".join,
    "numbers": numbered,
    "numbers with brackets": lambda lines: "\n".join(f"{n}) {s}" for n, s in enumerate(lines)),
    "bullets": lambda lines: "\n".join(f"- {line}" for line in lines),
    "steps": lambda lines: "\n".join(f"**Step {n}:** {s}" for n, s in enumerate(lines, start=1)),
    "labels": lambda lines: "\n\n".join(f"   Action: {s}\n   Reason: it helps" for s in lines),
    "table": lambda lines: (
        "| # | step |\n|---|---|\n"
        + "\n".join(f"| {n} | {line} |" for n, line in enumerate(lines, start=1))
    ),
    "quoted": lambda lines: "\n".join(f"> {line}" for line in lines),
    "inline code": lambda lines: "\n".join(f"* `{line}`" for line in lines),
    "explained": lambda lines: "\n\n".join(
        f"{n}. {line}\n   - Effects:\n     - something changes" for n, line in enumerate(lines, 1)
    ),
    "windows": "\r\n".join,
}
FRAMES = {
    "alone": "{}",
    "prose": "Let me think.\n\nHere is the plan:\n\n{}\n\nThis reaches the goal.",
    "block": "I tried this:\n(wait)\n[PLAN]\n{}\n[PLAN END]\nIt works.",
    "underscored block": "[PLAN]\n{}\n[PLAN_END]",
    "prompt ended in the mark": "{}\n[PLAN END]",
    "fence": "Here:\n```pddl\n{}\n```\nDone.",
    "after thinking": "<think>\n(wait)\nmaybe not\n</think>\n{}",
    "truncated block": "[PLAN]\n{}",
}


def random_plan(task, random):
    """One to eight steps with objects of the right types; whether they can run does not matter."""
    return tuple(
        (action.name, *(random.choice(task.objects_of(p.types)) for p in action.parameters))
        for action in random.choices(list(task.domain.actions.values()), k=random.randint(1, 8))
    )


@pytest.mark.parametrize("world", ["blocksworld", "delivery"])
@pytest.mark.parametrize("line", LINES)
@law
@given(seed=seeds, listed=st.sampled_from(list(LISTS)), frame=st.sampled_from(list(FRAMES)))
def test_a_plan_reads_back_from_every_style(tasks, world, line, seed, listed, frame):
    task, phrases, lexicon = tasks[world]
    plan = random_plan(task, Random(seed))
    text = FRAMES[frame].format(LISTS[listed]([LINES[line](s, task, phrases) for s in plan]))
    reading = read_answer(text, lexicon)
    assert isinstance(reading, Found), text
    assert reading.solution == plan, text
    assert reading.canonical == format_plan(plan)


SPOILED = {
    "unknown name": "(teleport a b)",
    "unknown name, call": "teleport(a, b)",
    "argument too many": "(pick-up a b)",
    "argument missing": "(stack a)",
    "unknown object": "(pick-up z)",
    "unknown object, phrase": "pick up block z",
    "no arguments at all": "(stack)",
    "empty action": "()",
    "wrong preposition": "stack block a under block b",
    "denied": "stack block a onto block b is not possible",
    "third object": "put down block a on the table next to block b",
    "stray mark": ".pick-up a)",
    "stray brace": "({pick-up a)",
    "bracket not closed": "(pick-up a",
    "verb that is no action": "move block a onto block b",
    "misspelt verb": "stak block a onto block b",
    "look-alike letter": "(\u0440ick-up a)",
    "look-alike object": "(pick-up \u0430)",
    "Kelvin sign": "(pic\u212a-up a)",
    "full-width letter": "(pick-up \uff41)",
    "variable": "(pick-up ?a)",
    "text behind": "(pick-up a) only if it is free",
    "another verb": "Grab c",
    "told of someone": "Robot picks up c",
    "number in words": "2nd: pick-up c",
    "denied in brackets": "(not (pick-up c))",
}


@pytest.mark.parametrize("spoiled", SPOILED)
@law
@given(
    seed=seeds,
    listed=st.sampled_from(["lines", "numbers", "bullets", "quoted"]),
    where=st.sampled_from(["first", "within", "last"]),
)
def test_a_spoiled_line_stays_in_the_plan_and_no_validator_accepts_it(
    tasks, spoiled, seed, listed, where
):
    task, _, lexicon = tasks["blocksworld"]
    random = Random(seed)
    plan = random_plan(task, random) + random_plan(task, random)
    place = {"first": 0, "within": random.randrange(1, len(plan)), "last": len(plan)}[where]
    lines = [format_atom(step) for step in plan]
    lines.insert(place, SPOILED[spoiled])
    reading = read_answer(f"[PLAN]\n{LISTS[listed](lines)}\n[PLAN END]", lexicon)
    assert isinstance(reading, Found)
    assert len(reading.solution) == len(plan) + 1, reading.solution
    assert reading.solution[:place] == plan[:place]
    assert reading.solution[place + 1 :] == plan[place:]
    assert not lexicon.is_whole(reading.solution[place])
    assert Validator(task).check(reading.solution).rejected


@law
@given(text=st.text(alphabet="()[]{}abc \n\t.:;,-*`|>1stackpiu\u212a\x00PLANEDQ/", max_size=300))
def test_any_text_reads_without_failing_and_twice_the_same(tasks, text):
    _, _, lexicon = tasks["blocksworld"]
    assert read_answer(text, lexicon) == read_answer(text, lexicon)


@law
@given(text=st.text(max_size=200), seed=seeds)
def test_text_before_a_block_changes_nothing(tasks, text, seed):
    task, _, lexicon = tasks["blocksworld"]
    plan = random_plan(task, Random(seed))
    answer = f"[PLAN]\n{format_plan(plan)}[PLAN END]"
    reading = read_answer(f"{text}\n{answer}", lexicon)
    assert isinstance(reading, Found)
    assert reading.solution == plan
