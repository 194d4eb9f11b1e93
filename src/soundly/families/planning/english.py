"""English for any domain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soundly.families.planning.pddl import Action, TypedName
from soundly.families.planning.phrases import Phrases


def words(name: str) -> str:
    """A PDDL name as words: ``hand-empty`` is "hand empty"."""
    return re.sub("[-_]+", " ", name).strip()


def listed(parts: Sequence[str], *, last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def action_template(action: Action, phrases: Phrases) -> str:
    """The imperative for an action, with ``{}`` for each argument."""
    phrase = phrases.actions.get(action.name)
    if phrase is not None and phrase.count("{}") == action.arity:
        return phrase
    said = words(action.name)
    if action.parameters:
        said += " {}"
    if action.arity > 1:
        said += f" with {listed([f'{_label(p)}{{}}' for p in action.parameters[1:]])}"
    return said


def _label(parameter: TypedName) -> str:
    """The words of a parameter's name before its argument, where the name is a word."""
    name = words(parameter.name.lstrip("?"))
    return f"{name} " if len(name) > 2 and not name[-1].isdigit() else ""
