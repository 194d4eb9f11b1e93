"""Puzzles whose answer is a number that follows from the numbers told."""

from __future__ import annotations

from soundly.families.classics.classic import Classic, Variant

BAT_AND_BALL = Classic(
    name="bat-and-ball",
    own={"total": 110, "amount": 100},
    ranges={"total": range(20, 400, 2), "amount": range(10, 390, 2)},
    fits=lambda total, amount: amount < total,
    unit="cents",
    variants={
        "classic": Variant(
            (
                "Together a bat and a ball cost {total} cents.",
                "The bat costs {amount} cents more than the ball.",
            ),
            "How many cents does the ball cost?",
            lambda total, amount: (total - amount) // 2,
        ),
        "price": Variant(
            (
                "Together a bat and a ball cost {total} cents.",
                "The bat costs {amount} cents.",
            ),
            "How many cents does the ball cost?",
            lambda total, amount: total - amount,
        ),
    },
)

LILY_PADS = Classic(
    name="lily-pads",
    own={"days": 48},
    ranges={"days": range(4, 100, 2)},
    unit="days",
    variants={
        "classic": Variant(
            (
                "Lily pads grow on a lake, and the area that they cover doubles every day.",
                "They need {days} days to cover the whole lake.",
            ),
            "After how many days did they cover half of the lake?",
            lambda days: days - 1,
        ),
        "steady": Variant(
            (
                (
                    "Lily pads grow on a lake that had none before, and every day they cover the "
                    "same area more."
                ),
                "They need {days} days to cover the whole lake.",
            ),
            "After how many days did they cover half of the lake?",
            lambda days: days // 2,
        ),
    },
)

MACHINES = Classic(
    name="machines",
    own={"few": 5, "many": 100},
    ranges={"few": range(2, 13), "many": range(10, 200)},
    fits=lambda few, many: many % few == 0 and many > few,
    unit="minutes",
    variants={
        "classic": Variant(
            (
                "All machines in a hall work at the same speed, each on parts of its own.",
                "{few} machines make {few} parts in {few} minutes.",
            ),
            "How many minutes do {many} machines need to make {many} parts?",
            lambda few, many: few,  # noqa: ARG005 - the riddle's point
        ),
        "no-more-machines": Variant(
            (
                "All machines in a hall work at the same speed, each on parts of its own.",
                "{few} machines make {few} parts in {few} minutes.",
            ),
            "How many minutes do these {few} machines need to make {many} parts?",
            lambda few, many: many,  # noqa: ARG005
        ),
    },
)

SNAIL = Classic(
    name="snail",
    own={"depth": 30, "up": 3, "down": 2},
    ranges={"depth": range(6, 60), "up": range(2, 8), "down": range(1, 7)},
    fits=lambda depth, up, down: up > down and depth >= 3 * up,
    unit="days",
    variants={
        "classic": Variant(
            (
                "A snail sits at the bottom of a well that is {depth} metres deep.",
                "By day it climbs {up} metres, and every night it slides down {down} metres.",
            ),
            "On which day does it reach the top? Count the first day as day 1.",
            lambda depth, up, down: -((depth - up) // -(up - down)) + 1,
        ),
        "holds-fast": Variant(
            (
                "A snail sits at the bottom of a well that is {depth} metres deep.",
                (
                    "By day it climbs {up} metres. At night it holds fast, and does not slide down "
                    "the {down} metres that other snails do."
                ),
            ),
            "On which day does it reach the top? Count the first day as day 1.",
            lambda depth, up, down: -(depth // -up),  # noqa: ARG005
        ),
    },
)

CANDLES = Classic(
    name="candles",
    own={"lit": 10, "out": 3},
    ranges={"lit": range(5, 30), "out": range(1, 15)},
    fits=lambda lit, out: out < lit,
    unit="candles",
    variants={
        "classic": Variant(
            (
                "{lit} candles burn in a room.",
                "A gust of wind blows {out} of them out, and nobody lights these again.",
                "The others burn until nothing is left of them.",
            ),
            "How many candles are left in the end?",
            lambda lit, out: out,  # noqa: ARG005
        ),
        "lit-again": Variant(
            (
                "{lit} candles burn in a room.",
                "A gust of wind blows {out} of them out, and these are lit again at once.",
                "All of them burn until nothing is left of them.",
            ),
            "How many candles are left in the end?",
            lambda lit, out: 0,  # noqa: ARG005
        ),
    },
)

SIBLINGS = Classic(
    name="siblings",
    own={"brothers": 3, "sisters": 6},
    ranges={"brothers": range(2, 10), "sisters": range(1, 10)},
    unit="sisters",
    variants={
        "classic": Variant(
            (
                "A girl has {brothers} brothers and {sisters} sisters.",
                "All these children have the same two parents, who have no others.",
            ),
            "How many sisters does each of her brothers have?",
            lambda brothers, sisters: sisters + 1,  # noqa: ARG005
        ),
        "boy": Variant(
            (
                "A boy has {brothers} brothers and {sisters} sisters.",
                "All these children have the same two parents, who have no others.",
            ),
            "How many sisters does each of his brothers have?",
            lambda brothers, sisters: sisters,  # noqa: ARG005
        ),
    },
)

_CUTS = "Each cut goes through one piece and takes {minutes} minutes; one is made at a time."

SAW = Classic(
    name="saw",
    own={"pieces": 10, "minutes": 2},
    ranges={"pieces": range(3, 20), "minutes": range(2, 12)},
    unit="minutes",
    variants={
        "classic": Variant(
            (
                "A straight log is sawn across into {pieces} pieces.",
                _CUTS,
            ),
            "How many minutes does the sawing take?",
            lambda pieces, minutes: (pieces - 1) * minutes,
        ),
        "ring": Variant(
            (
                "A closed ring of wood is sawn across into {pieces} pieces.",
                _CUTS,
            ),
            "How many minutes does the sawing take?",
            lambda pieces, minutes: pieces * minutes,
        ),
    },
)

HALF_AGE = Classic(
    name="half-age",
    own={"then": 6, "now": 70},
    ranges={"then": range(2, 21, 2), "now": range(30, 90)},
    unit="years",
    variants={
        "classic": Variant(
            (
                "When a man was {then} years old, his sister was half as old as he was.",
                "Now the man is {now} years old.",
            ),
            "How old is his sister now?",
            lambda then, now: now - then // 2,
        ),
        "twice": Variant(
            (
                "When a man was {then} years old, his sister was twice as old as he was.",
                "Now the man is {now} years old.",
            ),
            "How old is his sister now?",
            lambda then, now: now + then,
        ),
    },
)

RACE = Classic(
    name="race",
    own={"place": 2},
    ranges={"place": range(2, 40)},
    variants={
        "classic": Variant(
            ("You run a race, and you overtake the runner who is in place {place}.",),
            "In which place are you then?",
            lambda place: place,
        ),
        "own-place": Variant(
            ("You run a race. You are in place {place} and overtake the runner just before you.",),
            "In which place are you then?",
            lambda place: place - 1,
        ),
    },
)

APPLES = Classic(
    name="apples",
    own={"apples": 3, "taken": 2},
    ranges={"apples": range(3, 60), "taken": range(2, 50)},
    fits=lambda apples, taken: taken < apples,
    unit="apples",
    variants={
        "classic": Variant(
            ("{apples} apples lie on a table.", "You take {taken} of them away with you."),
            "How many of the apples do you have then?",
            lambda apples, taken: taken,  # noqa: ARG005
        ),
        "left-behind": Variant(
            (
                "{apples} apples lie on a table.",
                "A stranger takes {taken} of them away, and you take all of the others.",
            ),
            "How many of the apples do you have then?",
            lambda apples, taken: apples - taken,
        ),
    },
)

BY_ARITHMETIC = (
    BAT_AND_BALL, LILY_PADS, MACHINES, SNAIL, CANDLES, SIBLINGS, SAW, HALF_AGE, RACE, APPLES,
)  # fmt: skip
