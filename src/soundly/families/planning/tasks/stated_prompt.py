"""Prompts that show a plan and ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.english import English, action_template, listed
from soundly.families.planning.manual import describe_action
from soundly.families.planning.pddl import (
    GroundAtom,
    Plan,
    Step,
    Task,
    format_atom,
    format_domain,
    format_problem,
)
from soundly.families.planning.phrases import Phrases, fill
from soundly.families.planning.problems import task_of, validator_of


@dataclass(frozen=True, slots=True)
class AnsweredExample:
    """A problem with its plan and the right answer, shown before the problem that is asked."""

    problem: Problem
    plan: Plan
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a family's prompts say: the task first, and the form of an answer last.

    The form stands at the end, so that whoever echoes the prompt has not answered with an example.
    """

    task: str
    form: str
    goal: bool

    def conversation(
        self,
        shown: tuple[Problem, Plan],
        style: PromptStyle,
        *,
        phrases: Phrases,
        examples: Sequence[AnsweredExample],
    ) -> tuple[Message, ...]:
        """One user message; raises `ProblemError` for unreadable PDDL."""
        words = Wording(phrases, formal=style.language == "formal")
        problem, plan = shown
        parts = [self.task, words.rules(task_of(problem))]
        for example in examples:
            thoughts = words.walk(example.problem, example.plan) if style.thoughts else ""
            answer = "\n".join(words.entry(entry) for entry in example.answer)
            situation = words.situation(example.problem, example.plan, goal=self.goal)
            parts.append(
                f"Example:\n\n{situation}\n\nAnswer:\n\n{thoughts}[ANSWER]\n{answer}\n[ANSWER END]"
            )
        parts += ["Your turn:" if examples else "The problem:"]
        parts += [words.situation(problem, plan, goal=self.goal), self.form]
        if style.thoughts:
            parts.append(STEP_BY_STEP)
        return (Message("user", "\n\n".join(parts)),)


@dataclass(frozen=True, slots=True)
class Wording:
    """Facts and steps as a prompt says them: in the domain's words, or ``formal`` in PDDL."""

    phrases: Phrases
    formal: bool

    def rules(self, task: Task) -> str:
        """The actions, each with what it needs and what it changes."""
        if self.formal:
            return f"The domain in PDDL:\n\n{format_domain(task.domain).strip()}"
        english = English(self.phrases)
        manual = [describe_action(action, english) for action in task.domain.actions.values()]
        return "\n".join(
            ["These are the actions. What an action does not mention stays as it is.", "", *manual]
        )

    def situation(self, problem: Problem, plan: Plan, *, goal: bool) -> str:
        """The initial state, the goal where it matters, and the plan with numbers."""
        task = task_of(problem)
        if self.formal and goal:
            parts = [format_problem(task).strip()]
        else:
            parts = ["Initial state (whatever is not listed is false):"]
            parts += [f"- {self.fact(atom)}" for atom in sorted(task.init) if self.fact(atom)]
            if goal:
                parts.append("Goal (all of it has to hold at the end):")
                parts += [f"- {each}" for each in English(self.phrases).conjuncts(task.goal)]
        steps = [f"{number}. {self.step(task, step)}" for number, step in enumerate(plan, start=1)]
        return "\n".join([*parts, "Plan:" if steps else "Plan: no action at all", *steps])

    def fact(self, atom: GroundAtom) -> str:
        """A fact; empty where the phrase table leaves it unsaid."""
        if self.formal:
            return format_atom(atom)
        return English(self.phrases).atom(atom[0], atom[1:])

    def step(self, task: Task, step: Step) -> str:
        """A step that names an action."""
        if self.formal:
            return format_atom(step)
        english = English(self.phrases)
        template = action_template(task.domain.actions[step[0]], self.phrases)
        return fill(template, [english.term(name) for name in step[1:]])

    def entry(self, entry: str) -> str:
        """A line of an answer, a fact such as ``(on a b)`` or anything else as it is."""
        if self.formal or not entry.startswith("("):
            return entry
        inner = entry.removeprefix("(not ").strip("()").split()
        said = self.fact(tuple(inner))
        return f"(not {format_atom(tuple(inner))})" if entry.startswith("(not ") else said or entry

    def walk(self, problem: Problem, plan: Plan) -> str:
        """What each step changes, up to the first that cannot run; ends with an empty line."""
        task = task_of(problem)
        states = list(validator_of(problem).progress(plan))
        lines = []
        for number, (before, after) in enumerate(pairwise(states), start=1):
            now = [said for atom in sorted(after - before) if (said := self.fact(atom))]
            gone = [said for atom in sorted(before - after) if (said := self.fact(atom))]
            changes = f"now {listed(now) or 'nothing new'}"
            changes += f"; no longer {listed(gone)}" if gone else ""
            lines.append(f"Step {number}, {self.step(task, plan[number - 1])}: {changes}.")
        if len(states) <= len(plan):
            number = len(states)
            lines.append(f"Step {number}, {self.step(task, plan[number - 1])}: it cannot run here.")
        return "\n".join(lines) + "\n\n" if lines else ""
