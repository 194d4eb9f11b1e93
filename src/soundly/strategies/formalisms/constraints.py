"""Constraint models in JSON as a formalism: CP-SAT solves, a template words the answer."""

from __future__ import annotations

from soundly.core.formalism import Mistranslation, Translation, TranslationReading
from soundly.solvers.constraints.reader import OPTIONAL, REQUIRED, model_in, unused
from soundly.solvers.constraints.solver import STATEMENT, ConstraintSolver
from soundly.solvers.translated_json import Mistakes, read_document
from soundly.strategies.formalisms.extraction import object_in
from soundly.strategies.formalisms.template import template_in
from soundly.strategies.formalisms.worded import ANSWER, answer, stated, unused_variable

_INSTRUCTIONS = """\
Write a constraint model over whole numbers, as one JSON object in a ```json block:

{"variables": {"a": "1..4", "b": [1, 3]},
 "constraints": ["a + 1 <= b",
                 {"all_different": ["a", "b", "a + b"]},
                 {"any": ["a == 1", {"all": ["b == 3", "a != 2"]}]},
                 {"if": "a == 1", "then": "b == 3"}],
 "answer": ["first: {a}", "second: {b=3|three|one}"]}

- variables: each name with a range "low..high" or a list of the values that it may have.
- constraints: all of them must hold. One is a comparison of two sums, written as text with
  == != <= >= < > (a sum may have numbers times variables, as in 2*a - b + 3), or an object with
  all_different, any, all, or if with then. There is nothing else: no products of variables, no
  quantifiers, no abs; write out every case.
- minimize or maximize: a sum, where the best is asked for; leave both out otherwise.
- answer: the lines of the answer to the problem, in the form that the problem asks for. {a} is the
  value of a variable, and {a=3|yes|no} the text "yes" where a is 3 and "no" where it is not. A line
  that comes out blank is left out."""


class ConstraintFormalism:
    """See the module; ``max_seconds`` bounds one search."""

    def __init__(self, *, max_seconds: float = 30.0) -> None:
        self._solver = ConstraintSolver(max_seconds=max_seconds)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``cpsat``."""
        return "cpsat"

    @property
    def instructions(self) -> str:
        """The language by an example, and its rules."""
        return _INSTRUCTIONS

    @property
    def solver(self) -> ConstraintSolver:
        """CP-SAT in a process of its own."""
        return self._solver

    def read(self, text: str) -> TranslationReading:
        """The model with its template, or every mistake in them."""
        mistakes = Mistakes()
        required = (*REQUIRED, ANSWER)
        document = read_document(object_in(text), mistakes, required=required, optional=OPTIONAL)
        if document is None:
            return Mistranslation(tuple(mistakes.found))
        model = model_in(document, mistakes)
        template = template_in(document, model.variables, mistakes, logical=False)
        if mistakes.found:
            return Mistranslation(tuple(mistakes.found))
        idle = unused(model, template.variables)
        problem = stated(document, field=STATEMENT, language=self.name)
        return Translation(problem, tuple(map(unused_variable, idle)))

    def worded(self, translation: Translation, found: str) -> str:
        """The template with the values that were found."""
        return answer(translation, found, logical=False)
