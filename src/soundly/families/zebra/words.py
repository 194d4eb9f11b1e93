"""The words of drawn puzzles, and what an attribute sounds like in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from soundly.families.zebra.puzzle import Clue, Puzzle

VALUES: Mapping[str, tuple[str, ...]] = {
    "colour": ("red", "blue", "green", "yellow", "white", "grey", "purple", "brown"),
    "pet": ("cat", "dog", "parrot", "hamster", "tortoise", "rabbit", "goldfish", "ferret"),
    "drink": ("tea", "coffee", "milk", "cocoa", "lemonade", "cider", "water", "punch"),
    "job": ("baker", "tailor", "nurse", "pilot", "potter", "lawyer", "miner", "clerk"),
    "fruit": ("apple", "pear", "plum", "cherry", "fig", "mango", "melon", "quince"),
    "instrument": ("violin", "flute", "drum", "harp", "cello", "piano", "oboe", "trumpet"),
    "sport": ("tennis", "judo", "rowing", "golf", "chess", "archery", "fencing", "hockey"),
    "flower": ("tulip", "daisy", "iris", "lily", "poppy", "orchid", "aster", "peony"),
}
"""Attributes and as many values as the largest puzzle has houses; no word is in two of them."""

_PERSON: Mapping[str, str] = {
    "colour": "the person in the {} house",
    "pet": "the person who keeps the {}",
    "drink": "the person who drinks {}",
    "job": "the {}",
    "fruit": "the person whose favourite fruit is the {}",
    "instrument": "the person who plays the {}",
    "sport": "the person whose sport is {}",
    "flower": "the person whose favourite flower is the {}",
}

_SENTENCE: Mapping[str, str] = {
    "same": "{} is {}.",
    "apart": "{} is not {}.",
    "next": "{} and {} live next to each other.",
    "just-left": "{} lives directly to the left of {}.",
    "left": "{} lives somewhere to the left of {}.",
    "one-between": "{} and {} live with exactly one house between them.",
    "at": "{} lives in house {}.",
    "not-at": "{} does not live in house {}.",
}

FILLERS = frozenset(
    {"a", "an", "the", "and", "as", "in", "of", "that", "who", "whose", "with"}
    | {"person", "one", "someone", "house", "favourite", "favorite"}
    | {"is", "has", "keeps", "owns", "drinks", "plays", "likes", "lives", "works"}
)
"""Words that an answer may put around a value, and that change nothing about it."""

SYNONYMS: Mapping[str, str] = {
    "color": "colour",
    "animal": "pet",
    "beverage": "drink",
    "occupation": "job",
    "profession": "job",
}
"""Other words by which answers call the attributes of drawn puzzles."""


def sentence(puzzle: Puzzle, clue: Clue) -> str:
    """A clue in English."""
    first = person(puzzle, clue.value)
    second = clue.other if isinstance(clue.other, int) else person(puzzle, clue.other)
    said = _SENTENCE[clue.kind].format(first, second)
    return said[0].upper() + said[1:]


def person(puzzle: Puzzle, value: str) -> str:
    """Who has this value."""
    attribute = puzzle.attribute_of[value]
    return _PERSON.get(attribute, f"the person whose {attribute} is {{}}").format(value)
