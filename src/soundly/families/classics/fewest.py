"""Puzzles that ask how few are enough: crossings, steps, visits, socks."""

from __future__ import annotations

from soundly.families.classics.classic import Classic, Variant

_EATERS = (
    "A farmer stands at a river with a wolf, a goat and a cabbage, and only the farmer can row.",
    "Without the farmer the wolf would eat the goat, and the goat would eat the cabbage.",
)
_ALL_OVER = "What is the smallest number of crossings, there and back counted as two, after which "

RIVER = Classic(
    name="river",
    own={},
    ranges={},
    unit="crossings",
    variants={
        "classic": Variant(
            (*_EATERS, "Beside the farmer the boat holds one of the three."),
            f"{_ALL_OVER}all are on the other side?",
            lambda: 7,
        ),
        "room-for-two": Variant(
            (*_EATERS, "Beside the farmer the boat holds two of the three."),
            f"{_ALL_OVER}all are on the other side?",
            lambda: 3,
        ),
        "room-for-all": Variant(
            (*_EATERS, "Beside the farmer the boat holds all of the three at once."),
            f"{_ALL_OVER}all are on the other side?",
            lambda: 1,
        ),
        "harmless": Variant(
            (
                _EATERS[0],
                (
                    "The wolf eats nothing but fish and the goat nothing but hay, so any of the "
                    "three may be left together."
                ),
                "Beside the farmer the boat holds one of the three.",
            ),
            f"{_ALL_OVER}all are on the other side?",
            lambda: 5,
        ),
        "goat-alone": Variant(
            (*_EATERS, "Beside the farmer the boat holds one of the three."),
            f"{_ALL_OVER}the farmer and the goat are on the other side? The wolf and the cabbage "
            "are to stay where they are.",
            lambda: 1,
        ),
    },
)

_STEP = "A step fills a jug to its brim, empties one, or pours one into another."

JUGS = Classic(
    name="jugs",
    own={},
    ranges={},
    unit="steps",
    variants={
        "classic": Variant(
            (
                "You have two empty jugs, one of 5 litres and one of 3, and a tap.",
                _STEP,
            ),
            "What is the smallest number of steps after which one of the jugs holds 4 litres?",
            lambda: 6,
        ),
        "third-jug": Variant(
            (
                "You have three empty jugs, one of 5 litres, one of 4 and one of 3, and a tap.",
                _STEP,
            ),
            "What is the smallest number of steps after which one of the jugs holds 4 litres?",
            lambda: 1,
        ),
        "already": Variant(
            (
                (
                    "You have two jugs and a tap. The one of 5 litres holds 4 litres of water, and "
                    "the one of 3 litres is empty."
                ),
                _STEP,
            ),
            "What is the smallest number of steps after which one of the jugs holds 4 litres?",
            lambda: 0,
        ),
    },
)

SWITCHES = Classic(
    name="switches",
    own={"switches": 3},
    ranges={"switches": range(3, 5)},
    unit="visits",
    variants={
        "classic": Variant(
            (
                (
                    "One of {switches} switches turns on a lamp in a closed room, out of sight; "
                    "all are off."
                ),
                (
                    "You may turn the switches as you like. The lamp gets hot when it has been on "
                    "for a while, and can be touched."
                ),
            ),
            "What is the smallest number of visits to the room that is always enough to find the "
            "switch?",
            lambda switches: 1,  # noqa: ARG005
        ),
        "cold-lamp": Variant(
            (
                (
                    "One of {switches} switches turns on a lamp in a closed room, out of sight; "
                    "all are off."
                ),
                (
                    "You may turn the switches as you like, but not while you are in the room. The "
                    "lamp never gets warm: a visit shows whether it is on at that moment, and "
                    "nothing else."
                ),
            ),
            "What is the smallest number of visits to the room that is always enough to find the "
            "switch?",
            lambda switches: (switches - 1).bit_length(),
        ),
        "in-sight": Variant(
            (
                "One of {switches} switches turns on a lamp in the next room; all are off.",
                (
                    "You may turn the switches as you like, and through a window you see the lamp "
                    "from where the switches are."
                ),
            ),
            "What is the smallest number of visits to the next room that is always enough to find "
            "the switch?",
            lambda switches: 0,  # noqa: ARG005
        ),
    },
)

_SOCKS = "A drawer holds {black} loose black socks and {white} loose white socks."

SOCKS = Classic(
    name="socks",
    own={"black": 10, "white": 10},
    ranges={"black": range(2, 25), "white": range(2, 25)},
    unit="socks",
    variants={
        "classic": Variant(
            (_SOCKS, "It is dark, and you cannot see what you take out."),
            "What is the smallest number of socks to take out, to be sure of two of the same "
            "colour?",
            lambda black, white: 3,  # noqa: ARG005
        ),
        "white-ones": Variant(
            (_SOCKS, "It is dark, and you cannot see what you take out."),
            "What is the smallest number of socks to take out, to be sure of two white ones?",
            lambda black, white: black + 2,  # noqa: ARG005
        ),
        "lamp": Variant(
            (_SOCKS, "A lamp is on, and you see the colour of each sock before you take it out."),
            "What is the smallest number of socks to take out, to be sure of two of the same "
            "colour?",
            lambda black, white: 2,  # noqa: ARG005
        ),
    },
)

FEWEST = (RIVER, JUGS, SWITCHES, SOCKS)
