"""PDDL as a formalism: a model translates a problem, the strict parser reads, Kairos solves."""

from soundly.families.planning.formalism.pddl_formalism import PddlFormalism

__all__ = ["PddlFormalism"]
