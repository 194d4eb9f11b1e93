"""Answers of a word model to problems, read and judged like anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import torch

from soundly.core.errors import CriticError
from soundly.core.notation import END, PLAN, Statement, Words, relabelled, unlabelled
from soundly.core.problem import Problem
from soundly.training.example import draw_labels
from soundly.training.model import Model, Sample, sample
from soundly.training.subject import Subject
from soundly.training.traces.written import Tracing
from soundly.training.vocabulary import BEGIN

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its words in the problem's own numbering, and what it was worth.

    ``right`` is None where the critic broke. ``tokens`` counts what was said, the end included.
    """

    words: Words
    right: bool | None
    tokens: int
    logprob: float


async def answered(
    model: Model,
    subject: Subject,
    problems: Sequence[Problem],
    *,
    seed: int,
    temperature: float = 0.0,
    max_tokens: int | None = None,
) -> list[Answer]:
    """One answer to each problem, whose names are numbered by the seed."""
    answers: list[Answer] = []
    for first in range(0, len(problems), _AT_ONCE):
        some = problems[first : first + _AT_ONCE]
        statements = [subject.notation.state(problem) for problem in some]
        rngs = [Random(f"{seed}, {first + place}") for place in range(len(some))]  # noqa: S311
        labels = [
            draw_labels(len(statement.names), subject.notation.room, rng)
            for statement, rng in zip(statements, rngs, strict=True)
        ]
        prompts = [
            model.vocabulary.encode((BEGIN, *relabelled(statement.words, numbers)))
            for statement, numbers in zip(statements, labels, strict=True)
        ]
        generator = torch.Generator(model.network.device).manual_seed(hash((seed, first)) % 2**31)
        said = sample(
            model,
            prompts,
            max_tokens=max_tokens or model.context,
            temperature=temperature,
            generator=generator,
        )
        for problem, statement, numbers, words in zip(some, statements, labels, said, strict=True):
            spoken = model.vocabulary.decode(words.tokens)
            answers.append(
                await _judged(subject, problem, statement, unlabelled(spoken, numbers), words)
            )
    return answers


async def _judged(
    subject: Subject, problem: Problem, statement: Statement, words: Words, said: Sample
) -> Answer:
    end = (END,) if said.ended else ()
    try:
        _, verdict = await subject.judged(problem, statement.spelt((*words, *end)))
        right: bool | None = verdict is not None and verdict.accepted
    except CriticError:
        right = None
    return Answer(words, right, len(said.logprobs), sum(said.logprobs))


def thought_is_run(answer: Answer, subject: Subject, problem: Problem, tracing: Tracing) -> bool:
    """Whether what stands before the plan is a run of the algorithm that finds this plan."""
    words = answer.words
    cut = words.index(PLAN) if PLAN in words else len(words)
    judgement = tracing.judge(subject.notation.space(problem), words[:cut], words[cut + 1 :])
    return judgement.valid and judgement.ends_in_solution
