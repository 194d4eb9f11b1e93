"""Job shops as prompts: sentences or OR-Library's form, with or without worked examples."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.jobshop.draws import draw_schedulable
from soundly.families.jobshop.reading import format_starts
from soundly.families.jobshop.schedule import Starts, makespan
from soundly.families.jobshop.shop import Shop, shop_of, spell_instance

_TASK = (
    "Schedule the jobs of a workshop. Each job is a list of operations that are done in this "
    "order, one after the other; each operation keeps one machine busy for a time, without a "
    "break. A machine does one operation at a time. Time begins at 0, in whole units. An operation "
    "may begin at the moment at which another ends."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: one line for each job, as in "
    "job 0: 0 7 12, with the times at which its operations begin, in the order of its operations. "
    "Write nothing else between these lines. If you are sure that there is no such schedule, write "
    "[NO SOLUTION] instead."
)
_OR_LIBRARY = (
    "The shop is in OR-Library's form: the number of jobs and of machines, then a line for each "
    "job, from job 0 on, with a machine and a duration for each of its operations. Machines are "
    "numbered from 0."
)
_EXAMPLE_SIZE = 3


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples have another number of jobs than the problem, so that none can answer it. Raises
    `ProblemError` for a shop that cannot be read.
    """
    asked = shop_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_OR_LIBRARY] if formal else []), _FORM]
    size = _EXAMPLE_SIZE + (len(asked.jobs) == _EXAMPLE_SIZE)
    for seed in range(style.examples):
        shop, starts = draw_schedulable(size=size, seed=seed)
        thoughts = f"{_thoughts(shop, starts)}\n\n" if style.thoughts else ""
        stated = f"Example problem:\n\n{_stated(shop, formal=formal)}"
        parts.append(f"{stated}\n\nAnswer:\n\n{thoughts}{format_starts(starts)}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _stated(shop: Shop, *, formal: bool) -> str:
    if formal:
        jobs = spell_instance(shop.jobs).rstrip()
    else:
        jobs = "\n".join(
            f"- Job {number}: "
            + ", then ".join(f"machine {machine} for {duration}" for machine, duration in job)
            for number, job in enumerate(shop.jobs)
        )
    if shop.deadline is None:
        return f"{jobs}\nThere is no deadline; the sooner all is done the better."
    return f"{jobs}\nAll jobs have to be done by time {shop.deadline}."


def _thoughts(shop: Shop, starts: Starts) -> str:
    """A worked example's schedule told in the order of time."""
    begun = sorted(
        (start, number, machine, start + duration)
        for number, (job, row) in enumerate(zip(shop.jobs, starts, strict=True))
        for (machine, duration), start in zip(job, row, strict=True)
    )
    said = [
        f"At {start} I begin job {job} on machine {machine}, which is busy with it until {end}."
        for start, job, machine, end in begun
    ]
    return "\n".join([*said, f"All is done at {makespan(shop, starts)}."])
