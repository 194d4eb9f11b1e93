"""What a reader of answers knows of the problem: its names, and the words for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from soundly.families.planning.english import action_template
from soundly.families.planning.pddl import And, Atom, Formula, Step, Task
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading.spelling import key, tokens
from soundly.families.planning.reading.template import Template


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names and phrases that may stand in an answer to one problem.

    ``arities`` has the actions, ``spoken`` the word sequences that mean an object, by their first
    word, longest first. ``kinds`` says, for an action's parameters in turn, which objects could
    ever stand there; it decides only between actions that are said in the same words.
    """

    arities: Mapping[str, int]
    objects: frozenset[str]
    templates: tuple[Template, ...]
    spoken: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    nouns: frozenset[str]
    places: frozenset[str]
    kinds: Mapping[str, tuple[frozenset[str], ...]]
    _heads: Mapping[str, tuple[Template, ...]] = field(init=False, repr=False)
    _actions_by_key: Mapping[str, str] = field(init=False, repr=False)
    _objects_by_key: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        heads: dict[str, list[Template]] = {}
        for template in self.templates:
            heads.setdefault(template.head[0], []).append(template)
        for found in heads.values():
            found.sort(key=lambda template: -len(template.head))
        single = {
            words[0]: name
            for forms in self.spoken.values()
            for words, name in forms
            if len(words) == 1
        }
        object.__setattr__(self, "_heads", {k: tuple(v) for k, v in heads.items()})
        object.__setattr__(self, "_actions_by_key", _unambiguous((a, a) for a in self.arities))
        object.__setattr__(self, "_objects_by_key", _unambiguous(single.items()))

    @classmethod
    def of(cls, task: Task, phrases: Phrases) -> Lexicon:
        """The lexicon of a task; an action that has no phrase is known by its name's own words."""
        actions = task.domain.actions
        texts = {name: action_template(action, phrases) for name, action in actions.items()}
        templates = [Template.of(name, text) for name, text in texts.items()]
        templates += [Template.named(name, action.arity) for name, action in actions.items()]
        nouns = _nouns(task, phrases)
        said = [*phrases.predicates.values(), *texts.values()]
        return cls(
            arities={name: action.arity for name, action in actions.items()},
            objects=frozenset(task.objects),
            templates=tuple(t for t in templates if t is not None),
            spoken=_spoken(task, phrases, nouns),
            nouns=nouns,
            places=frozenset(w for text in said for w in tokens(text) if w in _PLACES),
            kinds={
                name: tuple(
                    _kind(task, p.name, p.types, action.precondition) for p in action.parameters
                )
                for name, action in actions.items()
            },
        )

    def action(self, word: str) -> str | None:
        """The action of this name, however its hyphens and capitals are written."""
        return word if word in self.arities else self._actions_by_key.get(key(word))

    def object(self, word: str) -> str | None:
        """The object that one word names."""
        return word if word in self.objects else self._objects_by_key.get(key(word))

    def mention(self, words: list[str], at: int) -> tuple[str, int] | None:
        """The object named at a place, and the place after its name."""
        for form, name in self.spoken.get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                return name, at + len(form)
        name_of_word = self.object(words[at])
        return None if name_of_word is None else (name_of_word, at + 1)

    def opens(self, word: str) -> bool:
        """Whether a word begins some action's phrase or is the name of one."""
        return word in self._heads or key(word) in self._actions_by_key

    def heads(self, words: list[str], at: int) -> tuple[Template, ...]:
        """The templates whose head stands at a place: only those with the longest head."""
        if at >= len(words):
            return ()
        found = [t for t in self._heads.get(words[at], ()) if t.starts(words, at)]
        if not found and (name := self._actions_by_key.get(key(words[at]))):
            found = list(self._heads[name])
        return tuple(t for t in found if len(t.head) == len(found[0].head))

    def knows(self, step: Step) -> bool:
        """Whether a step has the name of an action; its arguments may still be wrong."""
        return bool(step) and step[0] in self.arities

    def is_whole(self, step: Step) -> bool:
        """Whether a step names an action and as many objects as it takes."""
        return (
            self.knows(step)
            and len(step) == 1 + self.arities[step[0]]
            and self.objects.issuperset(step[1:])
        )

    def fits(self, action: str, arguments: Iterable[str]) -> bool:
        """Whether these objects are of the kinds that the action could ever take."""
        return all(name in kind for name, kind in zip(arguments, self.kinds[action], strict=True))


_PLACES = frozenset({"table", "ground", "floor"})


def _unambiguous(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each key that belongs to one name alone."""
    found: dict[str, str | None] = {}
    for word, name in names:
        folded = key(word)
        found[folded] = name if found.get(folded, name) == name else None
    return {folded: name for folded, name in found.items() if name is not None}


def _nouns(task: Task, phrases: Phrases) -> frozenset[str]:
    """Words that only say what kind of thing is meant: types, and what all objects share."""
    said = [tokens(phrases.object(name)) for name in task.objects]
    nouns = {word for name in task.domain.types for word in tokens(name)}
    if said and all(len(words) > 1 for words in said):
        for place in (0, -1):
            if len({words[place] for words in said}) == 1:
                nouns.add(said[0][place])
    return frozenset(nouns - set(task.objects))


def _spoken(
    task: Task, phrases: Phrases, nouns: frozenset[str]
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Every way to say an object: its phrase, the phrase without the common noun, its name."""
    forms: dict[tuple[str, ...], str | None] = {}
    for name in task.objects:
        words = tuple(tokens(phrases.object(name)))
        short = tuple(word for word in words if word not in nouns)
        for form in {words, short or words, tuple(re.split("[-_]", name)), (name,)}:
            forms[form] = name if forms.get(form, name) == name else None
    for name in task.objects:
        forms[(name,)] = name
    spoken: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, owner in forms.items():
        if owner is not None:
            spoken.setdefault(form[0], []).append((form, owner))
    return {
        first: tuple(sorted(found, key=lambda entry: -len(entry[0])))
        for first, found in spoken.items()
    }


def _kind(
    task: Task, parameter: str, types: tuple[str, ...], precondition: Formula
) -> frozenset[str]:
    """The objects of these types that satisfy the static unary preconditions of a parameter."""
    objects = frozenset(task.objects_of(types))
    conjuncts = precondition.operands if isinstance(precondition, And) else (precondition,)
    for part in conjuncts:
        if isinstance(part, Atom) and part.terms == (parameter,) and task.is_static(part.predicate):
            objects &= {atom[1] for atom in task.init if atom[0] == part.predicate}
    return objects
