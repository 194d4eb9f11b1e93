"""Puzzles whose answer is one of a few that are stated."""

from __future__ import annotations

from soundly.families.classics.classic import Classic, Variant

_DOORS = "A prize stands behind one of {doors} doors, each of which is as likely as any other."
_BETTER = "Which gives the better chance of the prize, or is there no difference?"

MONTY_HALL = Classic(
    name="monty-hall",
    own={"doors": 3},
    ranges={"doors": range(3, 12)},
    choices={
        "switch": ("switch", "switching", "switch doors", "to switch", "you should switch"),
        "stay": ("stay", "staying", "to stay", "you should stay", "stay with your door"),
        "equal": ("equal", "no difference", "there is no difference", "neither", "the same"),
    },
    variants={
        "classic": Variant(
            (
                _DOORS,
                (
                    "You choose a door. The host knows where the prize is, and always opens all of "
                    "the other doors but one, never the one with the prize, as has just been done."
                ),
                "You may stay with your door or switch to the other closed one.",
            ),
            _BETTER,
            lambda doors: "switch",  # noqa: ARG005
        ),
        "transparent": Variant(
            (
                _DOORS,
                (
                    "The doors are of clear glass, and you choose the door behind which you see "
                    "the prize. The host knows where the prize is, and opens all of the other "
                    "doors but one."
                ),
                "You may stay with your door or switch to the other closed one.",
            ),
            _BETTER,
            lambda doors: "stay",  # noqa: ARG005
        ),
        "opened-before": Variant(
            (
                _DOORS,
                (
                    "Before you have chosen any door, the host opens all of the doors but two, and "
                    "the prize is behind none of these. Which doors are opened does not depend on "
                    "you. Then you choose one of the two closed doors by the toss of a coin."
                ),
                "You may stay with your door or switch to the other closed one.",
            ),
            _BETTER,
            lambda doors: "equal",  # noqa: ARG005
        ),
        "blind-host": Variant(
            (
                _DOORS,
                (
                    "You choose a door. The host does not know where the prize is, and opens all "
                    "of the other doors but one, chosen blindly. By chance the prize is behind "
                    "none of those that were opened."
                ),
                "You may stay with your door or switch to the other closed one.",
            ),
            _BETTER,
            lambda doors: "equal",  # noqa: ARG005
        ),
    },
)

_THEATRE = "The boy, who is {age} years old, is brought to the operating theatre."
_SAYS = 'says: "I cannot operate on this boy, who is my own son."'
_PARENT = "Is the surgeon the boy's father or his mother? The boy has one father and one mother."

SURGEON = Classic(
    name="surgeon",
    own={"age": 8},
    ranges={"age": range(4, 16)},
    choices={
        "mother": ("mother", "the mother", "his mother", "the boy's mother"),
        "father": ("father", "the father", "his father", "the boy's father"),
    },
    variants={
        "classic": Variant(
            (
                "A boy and his father have an accident, and the father dies on the spot.",
                _THEATRE,
                f"There the surgeon {_SAYS}",
            ),
            _PARENT,
            lambda age: "mother",  # noqa: ARG005
        ),
        "told": Variant(
            (
                "A boy and his mother have an accident, and the mother dies on the spot.",
                _THEATRE,
                f"There the surgeon, who is the boy's father, {_SAYS}",
            ),
            _PARENT,
            lambda age: "father",  # noqa: ARG005
        ),
        "other-parent": Variant(
            (
                "A boy and his mother have an accident, and the mother dies on the spot.",
                _THEATRE,
                f"There the surgeon {_SAYS}",
            ),
            _PARENT,
            lambda age: "father",  # noqa: ARG005
        ),
    },
)

_HEAVIER = "Which is heavier, the feathers or the iron, or are they equal?"

FEATHERS = Classic(
    name="feathers",
    own={"less": 1, "more": 2},
    ranges={"less": range(1, 30), "more": range(2, 60)},
    fits=lambda less, more: less < more,
    choices={
        "feathers": ("feathers", "the feathers"),
        "iron": ("iron", "the iron"),
        "equal": ("equal", "neither", "the same", "same", "both", "no difference", "equally heavy"),
    },
    variants={
        "classic": Variant(
            ("There is a bag of feathers that weighs {less} kg, and iron that weighs {less} kg.",),
            _HEAVIER,
            lambda less, more: "equal",  # noqa: ARG005
        ),
        "more-iron": Variant(
            ("There is a bag of feathers that weighs {less} kg, and iron that weighs {more} kg.",),
            _HEAVIER,
            lambda less, more: "iron",  # noqa: ARG005
        ),
        "more-feathers": Variant(
            ("There is a bag of feathers that weighs {more} kg, and iron that weighs {less} kg.",),
            _HEAVIER,
            lambda less, more: "feathers",  # noqa: ARG005
        ),
    },
)

BY_CHOICE = (MONTY_HALL, SURGEON, FEATHERS)
