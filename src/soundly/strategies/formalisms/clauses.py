"""Clauses over named variables as a formalism: Glucose solves, a template words the answer."""

from __future__ import annotations

from soundly.core.formalism import Mistranslation, Translation, TranslationReading
from soundly.solvers.clauses import REQUIRED, STATEMENT, ClauseSolver, clauses_in
from soundly.solvers.sat import Sat
from soundly.solvers.translated_json import Mistakes, read_document
from soundly.strategies.formalisms.extraction import object_in
from soundly.strategies.formalisms.template import template_in
from soundly.strategies.formalisms.worded import ANSWER, answer, stated, unused_variable

_INSTRUCTIONS = """\
Write a satisfiability problem, as one JSON object in a ```json block:

{"variables": ["a_red", "a_blue"],
 "clauses": ["a_red a_blue", "-a_red -a_blue"],
 "answer": ["a: {a_red|red|}{a_blue|blue|}"]}

- variables: names of what is true or false.
- clauses: all of them must hold. Each is a text with one or more literals, of which one at least
  must be true: a variable's name, or a minus sign and the name for its negation.
- answer: the lines of the answer to the problem, in the form that the problem asks for. {p|yes|no}
  is the text "yes" where p is true and "no" where it is false. A line that comes out blank is left
  out."""


class ClauseFormalism:
    """See the module; ``max_seconds`` bounds one search."""

    def __init__(self, *, max_seconds: float = 30.0) -> None:
        self._solver = ClauseSolver(Sat(max_seconds=max_seconds))

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``sat``."""
        return "sat"

    @property
    def instructions(self) -> str:
        """The language by an example, and its rules."""
        return _INSTRUCTIONS

    @property
    def solver(self) -> ClauseSolver:
        """Glucose in a process of its own."""
        return self._solver

    def read(self, text: str) -> TranslationReading:
        """The clauses with their template, or every mistake in them."""
        mistakes = Mistakes()
        document = read_document(object_in(text), mistakes, required=(*REQUIRED, ANSWER))
        if document is None:
            return Mistranslation(tuple(mistakes.found))
        clauses = clauses_in(document, mistakes)
        template = template_in(document, clauses.variables, mistakes, logical=True)
        if mistakes.found:
            return Mistranslation(tuple(mistakes.found))
        idle = clauses.unused(template.variables)
        problem = stated(document, field=STATEMENT, language=self.name)
        return Translation(problem, tuple(map(unused_variable, idle)))

    def worded(self, translation: Translation, found: str) -> str:
        """The template with the truth values that were found."""
        return answer(translation, found, logical=True)
