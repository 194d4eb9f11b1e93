"""What the proposer that comes with the package solves: certified, without a planner, and its bill.

    python experiments/proposer.py --planbench PLANBENCH [--rounds 8] [--sizes 3,4,5]

Every problem is a session of the engine: the model proposes up to so many times, the validator
judges, and an answer counts when the kernel has re-checked its certificate once more from its
document. Sets: PlanBench's instance files (plain, and under the names of its Mystery domain), and
held-out instances that the families draw, which no training saw under any names. Prints counts with
95% intervals (Clopper and Pearson), model calls, tokens and seconds.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

import anyio

import soundly
from soundly.config.generators import open_model
from soundly.core.events import Judged
from soundly.core.outcome import Outcome, Status
from soundly.core.problem import Problem
from soundly.families.planning.problems import problem_from_files
from soundly.kernel import recheck
from soundly.statistics.intervals import Proportion
from soundly.training.evaluation import held_out_problems

FAMILIES = ("blocksworld", "blocksworld-open", "mystery-blocksworld", "random-blocksworld")


def planbench_sets(folder: Path) -> Iterator[tuple[str, list[Problem]]]:
    """The instance files by set, each file once."""
    blocks = folder / "llm_planning_analysis" / "instances" / "blocksworld"
    places = {
        "PlanBench, 3 blocks": (blocks, "generated_basic_3"),
        "PlanBench, the 500": (blocks, "generated_basic"),
        "PlanBench, Mystery, 3 blocks": (blocks / "mystery", "generated_basic_3"),
    }
    for name, (domain, instances) in places.items():
        files = sorted((domain / instances).glob("instance-*.pddl"))
        domain_file = domain / "generated_domain.pddl"
        yield name, [problem_from_files(domain_file, path) for path in files]


def drawn_sets(sizes: Sequence[int], count: int) -> Iterator[tuple[str, list[Problem]]]:
    """Held-out instances, as `held_out_problems` finds them."""
    for name in FAMILIES:
        for size in sizes:
            problems = held_out_problems(name, size, count)
            if problems:
                yield f"{name}, {size} blocks", list(problems)


async def measure(name: str, problems: list[Problem], options: argparse.Namespace) -> None:
    """One line for a set."""
    at: Counter[int] = Counter()
    calls = tokens = steps = 0
    seconds = 0.0
    async with aclosing(open_model(options.model)) as opened:
        for place, problem in enumerate(problems):
            began = time.perf_counter()
            outcome = await soundly.solve(
                problem,
                model=opened.generator,
                strategy=f"refine:rounds={options.rounds},temperature={options.temperature}",
                seed=place,
            )
            seconds += time.perf_counter() - began
            calls += outcome.spend.calls
            tokens += outcome.spend.input_tokens + outcome.spend.output_tokens
            if outcome.status is Status.SOLVED and outcome.certificate is not None:
                recheck(outcome.certificate.document)
                at[_round(outcome)] += 1
                steps += outcome.candidate.canonical.count("\n") if outcome.candidate else 0
    of = len(problems)
    first, within = (Proportion(at[1], of), Proportion(sum(at.values()), of))
    shown = "  ".join(
        f"{what} {rate.count}/{of} = {rate.count / of:.1%} ({low:.1%} to {high:.1%})"
        for what, rate in (("first", first), (f"within {options.rounds}", within))
        for low, high in [rate.interval()]
    )
    print(
        f"{name}: {shown}  {calls / of:.2f} calls, {tokens / of:.0f} tokens, "
        f"{1000 * seconds / of:.0f} ms a problem; {steps / max(1, within.count):.1f} steps a plan",
        flush=True,
    )


def _round(outcome: Outcome) -> int:
    return sum(isinstance(record.event, Judged) for record in outcome.trace)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--planbench", type=Path)
    parser.add_argument("--sizes", default="3,4,5,6,7,8,10,12,16,20")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--temperature", type=float, default=0.3)
    parser.add_argument("--model", default="blocksworld-tiny")
    options = parser.parse_args()
    sets: list[tuple[str, list[Problem]]] = []
    if options.planbench:
        sets += planbench_sets(options.planbench)
    sizes = [int(size) for size in options.sizes.split(",") if size]
    for name, problems in (*sets, *drawn_sets(sizes, options.count)):
        anyio.run(partial(measure, name, problems, options))


if __name__ == "__main__":
    main()
