"""PlanBench's stored answers: the text a model gave, the plan they took from it, their verdict.

Reads the layout of github.com/karthikv792/LLMs-Planning. Field names differ between its files and
years; what a file lacks is counted, not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from soundly.core.problem import Problem
from soundly.families.planning.pddl import (
    And,
    Atom,
    Domain,
    Plan,
    Task,
    format_problem,
    parse_domain,
    parse_task,
)
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.validator import Validator

TASKS = ("task_1", "task_2", "task_4", "task_5", "task_6", "task_8")
"""Those that ask for a plan; verification and execution (3 and 7) ask for something else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. ``turn`` counts the answers of a back-prompting conversation."""

    file: str
    task: str
    place: int
    turn: int
    raw: str
    extracted: Plan
    label: bool
    problem: Problem
    phrases: Phrases = field(repr=False)

    @property
    def name(self) -> str:
        """Where to find it: file, position in the file, turn."""
        turn = f", turn {self.turn}" if self.turn else ""
        return f"{self.file}, entry {self.place}{turn}"


@dataclass(frozen=True)
class Setting:
    """One configuration: its domain, its phrases, where its instances lie."""

    domain: str
    phrases: Phrases
    instances: str

    @classmethod
    def of(cls, folder: Path, name: str) -> Setting:
        """The setting that a YAML file describes."""
        config = yaml.safe_load((folder / "configs" / f"{name}.yaml").read_text("utf-8"))
        names = config["encoded_objects"]
        return cls(
            (folder / "instances" / config["domain_file"]).read_text("utf-8"),
            Phrases(actions=config["actions"], predicates=config["predicates"], objects=names),
            str(folder / "instances" / config["instance_dir"] / config["instances_template"]),
        )


@cache
def lexicon_of(domain: str, problem: str, phrases: Phrases) -> Lexicon:
    """The lexicon of a problem; the same one for the same texts."""
    return Lexicon.of(validator_of(domain, problem).task, phrases)


@cache
def validator_of(domain: str, problem: str) -> Validator:
    """The validator of a problem; the same one for the same texts."""
    return Validator(parse_task(domain, problem))


def texts_of(answer: Answer) -> tuple[str, str]:
    """The domain and the problem that an answer is about."""
    return answer.problem.statement["domain"], answer.problem.statement["problem"]


def answers(folder: Path, lacking: dict[str, int]) -> Iterator[Answer]:
    """Every stored answer to a task that asks for a plan.

    ``lacking`` is filled with how many entries were left out, by reason.
    """
    for path in sorted(folder.glob("*/results/*/*/*.json")):
        if not path.name.startswith(TASKS):
            continue
        root, setting_name = path.parents[3], path.parents[1].name
        setting = Setting.of(root, setting_name)
        file = str(path.relative_to(folder))
        for place, entry in enumerate(json.loads(path.read_text("utf-8"))["instances"]):
            try:
                problem = _problem(setting, path.stem, entry)
                for turn, raw, extracted, label in _said(entry, setting.phrases):
                    yield Answer(
                        file=file,
                        task=path.stem,
                        place=place,
                        turn=turn,
                        raw=raw,
                        extracted=extracted,
                        label=label,
                        problem=problem,
                        phrases=setting.phrases,
                    )
            except LookupError as reason:
                lacking[str(reason.args[0])] = lacking.get(str(reason.args[0]), 0) + 1


def _said(entry: Mapping[str, Any], phrases: Phrases) -> Iterator[tuple[int, str, Plan, bool]]:
    """Turn, raw answer, their plan and their verdict; every turn but the last was rejected."""
    if "messages" in entry:
        spoken = [m["content"] for m in entry["messages"] if m["role"] == "assistant"]
        for turn, raw in enumerate(spoken[:-1], start=1):
            yield turn, raw, (), False
        final = _plan(entry["extracted_llm_plan"], phrases)
        yield len(spoken), spoken[-1], final, bool(entry["correct"])
        return
    labels = [entry[key] for key in ("llm_correct", "correct") if key in entry]
    if not labels:
        raise LookupError("no verdict stored")
    yield 0, _raw(entry), _plan(entry.get("extracted_llm_plan") or "", phrases), bool(labels[0])


def _raw(entry: Mapping[str, Any]) -> str:
    raw = entry.get("llm_raw_response")
    if raw is None:
        choices = (entry.get("response_object") or {}).get("choices") or [{}]
        raw = (choices[0].get("message") or {}).get("content")
    if not isinstance(raw, str):
        raise LookupError("no answer stored")
    return raw


def _plan(extracted: str | list[str], phrases: Phrases) -> Plan:
    """Their plan, with colours put back to the letters of the instance."""
    lines = extracted.split("\n") if isinstance(extracted, str) else extracted
    letters = {said.split(" ")[0]: name for name, said in phrases.objects.items() if " " in said}
    letters.pop("object", None)
    steps = [re.sub("[()]", " ", line).lower().split() for line in lines]
    return tuple(tuple(letters.get(word, word) for word in step) for step in steps if step)


def _problem(setting: Setting, task: str, entry: Mapping[str, Any]) -> Problem:
    """The problem as it was asked: an instance, or what the prompt says where it was changed."""
    name = f"instance-{entry['instance_id']}"
    if task.startswith(("task_1", "task_2")):
        path = Path(setting.instances.format(entry["instance_id"]))
        if not path.exists():
            raise LookupError("instance not among the files")
        text = path.read_text("utf-8")
    else:
        asked = asked_in_words(entry["query"], parse_domain(setting.domain), setting.phrases)
        text = format_problem(asked)
    return Problem("planning", name, {"domain": setting.domain, "problem": text})


def asked_in_words(query: str, domain: Domain, phrases: Phrases) -> Task:
    """The task that a prompt's last statement puts into words.

    For replanning the initial state is the one after the "unexpected event".
    """
    asked = query.rpartition("[STATEMENT]")[2]
    init = _facts(_between(asked, "initial conditions I have that, ", ".\n"), phrases)
    goal = _facts(_between(asked, "My goal is to have that ", ".\n"), phrases)
    names = sorted({name for atom in (*init, *goal) for name in atom[1:]})
    task = Task(
        domain,
        "asked",
        dict.fromkeys(names, "object"),
        frozenset(init),
        And(tuple(Atom(atom[0], atom[1:]) for atom in sorted(goal))),
    )
    if "unexpected event" not in asked:
        return task
    step = int(_between(asked, '" at step ', " in the plan"))
    plan = _between(asked, "[PLAN]\n", "\n[PLAN END]").split("\n")
    taken = tuple(_match(line, phrases.actions, phrases) for line in plan[:step])
    state = set(list(Validator(task).progress(taken))[-1])
    state -= _facts(_between(asked, "unexpectedly false: ", "\n"), phrases)
    state |= _facts(_between(asked, "unexpectedly became true: ", "\n"), phrases)
    return Task(domain, "asked", task.objects, frozenset(state), task.goal)


def _between(text: str, before: str, after: str) -> str:
    found = text.partition(before)[2].partition(after)[0]
    if not found:
        raise LookupError("prompt without the usual statement")
    return found


def _facts(text: str, phrases: Phrases) -> set[tuple[str, ...]]:
    return {_match(fact, phrases.predicates, phrases) for fact in re.split(", | and ", text)}


def _match(said: str, templates: Mapping[str, str], phrases: Phrases) -> tuple[str, ...]:
    letters = {words: name for name, words in phrases.objects.items()}
    for name, template in templates.items():
        pattern = re.escape(template).replace(r"\{\}", "(?:the )?([a-z]+ [a-z]+)")
        if match := re.fullmatch(pattern, said.strip().rstrip(".")):
            return (name, *(letters[words] for words in match.groups()))
    raise LookupError("prompt with an unknown phrase")
