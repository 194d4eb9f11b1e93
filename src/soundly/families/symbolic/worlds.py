"""The five worlds: their words, their sizes, and the parts that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from soundly.core.dial import Dial
from soundly.families.symbolic import chain, coin, letters, twins
from soundly.families.symbolic.letters import Take
from soundly.families.symbolic.puzzle import World

_TRAINED = 4
"""The worked examples of Wei et al. have two to four words, and what is longer is a test."""

_LETTERS_FORM = "End with one line of this form, the string in small letters:\nAnswer: <the string>"
_JOINING = (
    "Go through the words from the first to the last. For each word, say which letter it gives, "
    "and then the string so far: the string before it with this letter put at its end."
)
_TASKS: Mapping[Take, str] = {
    "last letter": "From some words, make a string of their last letters.",
    "last vowel": "From some words, make a string of their last vowels. The vowels are a, e, i, o "
    "and u; y is no vowel.",
    "nth letter": "From some words, make a string that has one letter for each word: from the nth "
    "word it takes the nth letter. Where the nth word has fewer than n letters, write 0.",
}
_DEFINITIONS: Mapping[Take, str] = {
    "last letter": "The last letter is the one at the very end of the word: the last letter of "
    '"plum" is "m".',
    "last vowel": "The last vowel is the first one met when the word is read from its end: the "
    'last vowel of "plums" is "u", and that of "apricot" is "o".',
    "nth letter": 'Count the letters from the beginning of the word: the 3rd letter of "plum" is '
    '"u". A fifth word "plum" gives "0", because it has no 5th letter.',
}
_CONCATENATED = (
    " To concatenate letters is to write them one behind the other in the order of their words, "
    "with nothing between, so the string is as long as there are words."
)
_GUESSES = ("", "aeiou", "none", "0", "unknown", "E", "e or a", "answer")


def of_letters(take: Take) -> World:
    """The world of strings made by taking this letter."""
    return World(
        kind="letters",
        task=_TASKS[take],
        form=_LETTERS_FORM,
        taught={"definition": _DEFINITIONS[take] + _CONCATENATED, "joining": _JOINING},
        dial=Dial(smallest=2, trained=_TRAINED),
        most=letters.MOST_WORDS,
        draw=partial(letters.draw, take),
        parse=letters.parse,
        tidy=letters.tidy,
        bare=letters.bare,
        guesses=_GUESSES,
        twin=twins.of_letters,
        take=take,
    )


def of_coins() -> World:
    """The world of coins that are flipped or left."""
    return World(
        kind="coin-flip",
        task="Follow a coin. Whoever flips it turns it over, so that its other side is up.",
        form="End with one line of this form, one of the two words:\nAnswer: <yes or no>",
        taught={
            "counting": "Count how often the coin is flipped. After an even number of flips the "
            "same side is up as at first, after an odd number the other side.",
        },
        dial=Dial(smallest=3, trained=_TRAINED),
        most=coin.MOST_PEOPLE,
        draw=coin.draw,
        parse=coin.parse,
        tidy=coin.tidy,
        bare=coin.bare,
        guesses=("yes", "no", "yes or no", "heads", "tails", "maybe", "not yes", "y", "yes no"),
        twin=twins.of_coins,
    )


def of_chains() -> World:
    """The world of one-digit arithmetic."""
    return World(
        kind="arithmetic-chain",
        task="Work out an arithmetic expression. Every bracket in it makes a whole number.",
        form="End with one line of this form, the value as a number:\nAnswer: <the value>",
        taught={
            "innermost": "Work out one bracket at a time, the innermost one first. Put its value "
            "in its place, and go on with the bracket around it until one number is left.",
        },
        dial=Dial(smallest=2, trained=_TRAINED),
        most=chain.MOST_NUMBERS,
        draw=chain.draw,
        parse=chain.parse,
        tidy=chain.tidy,
        bare=chain.bare,
        guesses=(*map(str, range(-2, 12)), "7 or 8", "0.5", "07", "6/2", "many"),
        twin=twins.of_chains,
    )
