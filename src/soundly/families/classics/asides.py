"""Sentences that do not matter: none has a number, or anything that a puzzle speaks of."""

from __future__ import annotations

ASIDES = (
    "It was a warm evening in spring.",
    "Somebody was humming an old tune.",
    "A clock ticked in the distance.",
    "The sky was clear and blue.",
    "Outside a dog was barking.",
    "A newspaper lay on a bench nearby.",
    "There was a smell of fresh paint.",
    "The street was quiet at that hour.",
    "A bell rang far away.",
    "Somebody had left a green scarf behind.",
    "It had rained the day before.",
    "A radio played softly next door.",
    "A neighbour was talking about the weather.",
    "A letter had arrived that morning.",
    "The leaves were beginning to turn yellow.",
    "Tea had just been served.",
)
