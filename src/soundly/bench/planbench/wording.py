"""The problem that a prompt states in words, for tasks that change the instance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from soundly.bench.planbench.json_types import required
from soundly.bench.planbench.oddity import OddFieldError
from soundly.families.planning.pddl import And, Atom, Domain, Plan, Task
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.validator import Validator


def asked_in_words(query: str, domain: Domain, phrases: Phrases) -> Task:
    """The task that a prompt's last statement puts into words.

    For replanning the initial state is the one after the "unexpected event". Raises
    `OddFieldError` for a prompt that does not say it in the config's phrases.
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
    return _after_event(asked, task, phrases) if "unexpected event" in asked else task


def plan_in_words(entry: Mapping[str, Any], phrases: Phrases) -> Plan:
    """The plan that a prompt asks about, to be verified or carried out.

    Raises `OddFieldError` for a prompt that states none in the config's phrases.
    """
    asked = required(entry, "query", str).rpartition("[STATEMENT]")[2]
    head = "[ACTION SEQUENCE" if "[ACTION SEQUENCE]" in asked else "[PLAN"
    lines = asked.partition(f"{head}]\n")[2].partition(f"{head} END]")
    if not lines[1]:
        raise OddFieldError("query", f"lacks a plan between {head + ']'!r} and {head + ' END]'!r}")
    return tuple(
        _match(line, phrases.actions, phrases) for line in lines[0].split("\n") if line.strip()
    )


def _after_event(asked: str, task: Task, phrases: Phrases) -> Task:
    said = _between(asked, '" at step ', " in the plan")
    step = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    plan = _between(asked, "[PLAN]\n", "\n[PLAN END]").split("\n")
    taken = tuple(_match(line, phrases.actions, phrases) for line in plan[:step])
    states = list(Validator(task).progress(taken))
    if not 0 < step <= len(plan) or len(states) <= step:
        raise OddFieldError("query", "tells of an event at a step that the plan does not reach")
    state = set(states[-1])
    state -= _facts(_between(asked, "unexpectedly false: ", "\n"), phrases)
    state |= _facts(_between(asked, "unexpectedly became true: ", "\n"), phrases)
    return Task(task.domain, "asked", task.objects, frozenset(state), task.goal)


def _between(text: str, before: str, after: str) -> str:
    found = text.partition(before)[2].partition(after)[0]
    if not found:
        raise OddFieldError("query", f"lacks the usual words {before.strip()!r}")
    return found


def _facts(text: str, phrases: Phrases) -> set[tuple[str, ...]]:
    return {_match(fact, phrases.predicates, phrases) for fact in re.split(", | and ", text)}


def _match(said: str, templates: Mapping[str, str], phrases: Phrases) -> tuple[str, ...]:
    letters = {words: name for name, words in phrases.objects.items()}
    for name, template in templates.items():
        pattern = re.escape(template).replace(r"\{\}", "(?:the )?([a-z]+ [a-z]+)")
        match = re.fullmatch(pattern, said.strip().rstrip("."))
        if match and all(words in letters for words in match.groups()):
            return (name, *(letters[words] for words in match.groups()))
    raise OddFieldError("query", f"says {said.strip()!r:.80}, which no phrase of the config fits")
