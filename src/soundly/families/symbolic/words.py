"""Words to take letters from, and names for people who flip coins."""

from __future__ import annotations

from functools import cache
from itertools import islice, product
from random import Random

_LIST = """
able acid acorn actor album alarm amber anchor angle ankle apple april apron arch arrow artist aunt
autumn avenue bacon badge baker balloon bamboo banana bank barrel basin basket beach beacon bean
bell bench berry bicycle bird biscuit blanket blossom board boat bonus border bottle bowl branch
bread breeze brick bridge broom bucket bulb butter button cabin cable cactus camera camp canal
candle canoe canvas carbon card carpet carrot castle cattle cave cedar cellar chain chair chalk
chapter cheese cherry chest circle circus city clay clock cloud coach coal cobalt coffee collar
comet copper coral corner cotton cousin cradle crane crater cream cricket crown crystal cup curtain
dance dawn deck deer desert desk diamond dinner dock doctor dolphin donkey door dragon drawer dream
drum dust eagle earth echo edge elbow engine envelope evening fabric factory falcon farm feather
fence ferry fiddle field finger fire fish flag flame flute fog forest fork fountain fox frame fruit
garden garlic gate giant ginger glacier glass globe glove goat gold grape grass gravel guitar hall
hammer harbour hat hazel heart hedge helmet herb hill honey hook horizon horse hotel house ice
igloo ink insect iron island ivory jacket jar jelly jewel journal judge jungle kettle key kitchen
kite knee knife knot ladder lake lamp lantern leaf leather lemon letter library lily lion lizard
lobster lock lunch magnet mango maple marble market mask meadow melon metal milk mill mirror money
moon morning moss motor mountain mouse museum music mustard napkin needle nest night noise north
number oak ocean office olive onion opera orange orbit orchard oven owl oyster paddle page paint
palace panda paper parrot path pebble pencil pepper piano picnic pigeon pillow pine pirate planet
plate pocket poem pond potato powder prize puppet puzzle quarry queen quilt rabbit radio radish
rain raven ribbon rice ring river robin rocket roof root rope rose saddle sail salad salmon salt
sand sandal satin scarf school sea seed shadow shelf shell ship shoe silk silver sister snow soap
sofa song soup spider spoon spring square stable star station stone storm street sugar summer sun
swan table tailor tea temple tent theatre thread thunder ticket tiger timber toast tomato tower
town toy train travel tree trumpet tulip tunnel turtle uncle valley vase velvet village vinegar
violin voice wagon wall walnut water wave wax wheat wheel whistle willow wind window winter wolf
wood wool yard year yellow zebra zero zinc
"""
WORDS = tuple(_LIST.split())
"""Common English words of 3 to 9 lower-case letters, each with a vowel; a choice of our own."""

_ONSETS, _VOWELS, _ENDINGS = "bdfgklmnprstvz", "aeiou", ("", "n", "l", "r", "s")
MANY_NAMES = 24_499
"""A prime, so that steps of any width reach every name before one comes again."""


def words(rng: Random, count: int) -> tuple[str, ...]:
    """So many words, drawn evenly; one may come more than once."""
    return tuple(rng.choices(WORDS, k=count))


def names(rng: Random, count: int) -> list[str]:
    """So many different pronounceable names, such as Rako or Zumis; at most `MANY_NAMES`."""
    known, at, width = _names(), rng.randrange(MANY_NAMES), rng.randrange(1, MANY_NAMES)
    return [known[(at + width * number) % MANY_NAMES] for number in range(count)]


@cache
def _names() -> tuple[str, ...]:
    syllables = [onset + vowel for onset in _ONSETS for vowel in _VOWELS]
    every = (
        f"{first}{second}{end}".capitalize()
        for first, second, end in product(syllables, syllables, _ENDINGS)
    )
    return tuple(islice(every, MANY_NAMES))
