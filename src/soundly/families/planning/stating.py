"""A planning problem and its domain as text: in plain English, or in PDDL."""

from __future__ import annotations

from soundly.core.family import Language
from soundly.core.problem import Problem
from soundly.families.planning.english import English, words
from soundly.families.planning.manual import describe_action, value_of
from soundly.families.planning.pddl import Task
from soundly.families.planning.pddl.syntax import format_number
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of


def rules_of(problem: Problem, language: Language, phrases: Phrases) -> str:
    """What the domain allows: its actions in words, or its PDDL."""
    formal = language == "formal"
    return _rules_formally(problem) if formal else _rules(task_of(problem), phrases)


def stated(problem: Problem, language: Language, phrases: Phrases) -> str:
    """The objects, the initial state and the goal."""
    formal = language == "formal"
    text = problem.statement["problem"]
    return _without_comments(text) if formal else _naturally(task_of(problem), phrases)


def _rules(task: Task, phrases: Phrases) -> str:
    english = English(phrases)
    actions = [describe_action(action, english) for action in task.domain.actions.values()]
    manual = "\n".join(actions)
    return f"These are the actions. What an action does not mention stays as it is.\n\n{manual}"


def _rules_formally(problem: Problem) -> str:
    return f"The domain in PDDL:\n\n{_without_comments(problem.statement['domain'])}"


def _without_comments(text: str) -> str:
    """PDDL text as the parser takes it: what a file's author noted is not part of the problem."""
    kept = [
        bare
        for line in text.splitlines()
        if (bare := line.partition(";")[0].rstrip()) or not line.strip()
    ]
    return "\n".join(kept).strip()


def _naturally(task: Task, phrases: Phrases) -> str:
    english = English(phrases)
    facts = [fact for atom in sorted(task.init) if (fact := english.atom(atom[0], atom[1:]))]
    facts += [
        f"{value_of(value[0], value[1:], english)} is {format_number(number)}"
        for value, number in task.values.items()
    ]
    goals = english.conjuncts(task.goal)
    return "\n".join(
        [
            f"Objects: {_objects(task, english)}.",
            "Initial state (whatever is not listed is false):",
            *[f"- {fact}" for fact in facts],
            "Goal (all of it has to hold at the end):",
            *[f"- {goal}" for goal in goals],
        ]
    )


def _objects(task: Task, english: English) -> str:
    """Every object with its type, and with its name where its phrase does not end in it."""
    said: list[str] = []
    for name, declared in task.objects.items():
        phrase = english.term(name)
        kind = "" if declared == "object" else f" ({words(declared)})"
        written = "" if phrase.split(" ")[-1] == name else f" (written {name})"
        said.append(f"{phrase}{kind}{written}")
    return ", ".join(said) or "none"
