"""Words for a domain: how its actions, facts and objects are said in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NUMBERED = re.compile(r"([a-z]+)(\d+(?:[-_]\d+)*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phrases:
    """A phrase table. ``{}`` stands for the arguments, in their order.

    ``actions`` are imperatives: ``"stack": "stack {} on {}"``. ``predicates`` are statements:
    ``"on": "{} is on {}"``; an empty one is not said. ``objects`` gives an object its own words
    (``"a": "the red block"``), or a family of numbered objects its pattern: ``"l":
    "location_{}_{}"`` says ``l0-1`` as ``location_0_1``. Every other object is said through
    ``pattern``. What a table does not cover is said in words made from the names.
    """

    actions: Mapping[str, str] = field(default_factory=dict, hash=False)
    predicates: Mapping[str, str] = field(default_factory=dict, hash=False)
    objects: Mapping[str, str] = field(default_factory=dict, hash=False)
    pattern: str = "{}"

    def __post_init__(self) -> None:
        if self.pattern.count("{}") != 1:
            raise ValueError(f"pattern is {self.pattern!r}, wanted one {{}} for the object's name")
        for name in ("actions", "predicates", "objects"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def object(self, name: str) -> str:
        """How an object is said."""
        said = self.objects.get(name)
        if said is not None and "{}" not in said:
            return said
        if numbered := _NUMBERED.fullmatch(name):
            pattern = self.objects.get(numbered[1], "")
            numbers = re.split("[-_]", numbered[2])
            if pattern.count("{}") == len(numbers):
                return fill(pattern, numbers)
        return fill(self.pattern, [name])


def fill(template: str, arguments: list[str]) -> str:
    """The template with each ``{}`` replaced, in order.

    Raises `ValueError` where the counts differ.
    """
    parts = template.split("{}")
    if len(parts) != len(arguments) + 1:
        raise ValueError(
            f"{template!r} has {len(parts) - 1} places, {len(arguments)} arguments came"
        )
    said = [parts[0]]
    for argument, part in zip(arguments, parts[1:], strict=True):
        said += [argument, part]
    return "".join(said)
