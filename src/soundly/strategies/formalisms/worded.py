"""A translation in JSON as a problem for a solver, and the solver's values as an answer."""

from __future__ import annotations

import json

from soundly.core.errors import StrategyError
from soundly.core.formalism import Translation
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.solvers.translated_json import Document, Mistakes
from soundly.strategies.formalisms.template import template_in

ANSWER = "answer"
"""The field that holds the template."""


def stated(document: Document, *, field: str, language: str) -> Problem:
    """What the solver is asked under ``field``, and beside it the template."""
    model = {key: value for key, value in document.items() if key != ANSWER}
    statement = {field: json.dumps(model), ANSWER: json.dumps(document[ANSWER])}
    return Problem(language, "the translation", statement)


def answer(translation: Translation, found: str, *, logical: bool) -> str:
    """A translation's template with values that a solver wrote as JSON.

    Raises `StrategyError` for values of other variables than the template says.
    """
    values = json.loads(found)
    document = {ANSWER: json.loads(translation.problem.statement[ANSWER])}
    mistakes = Mistakes()
    template = template_in(document, values, mistakes, logical=logical)
    if mistakes.found:
        raise StrategyError(f"the values do not fit the translation: {mistakes.found[0]}")
    return template.filled(values)


def unused_variable(name: str) -> Critique:
    """The remark on a variable that nothing names."""
    return Critique("unused", f"the variable {name!r} is declared and never used", "variables")
