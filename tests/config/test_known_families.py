"""The list of families says what their protocols say, and breaks for none."""

import pytest

from soundly.config import registry
from soundly.config.families import draw_unsolvable, make_family
from soundly.config.known_families import known_families
from soundly.core.errors import PluginError, UsageError

KNOWN = {known.name: known for known in known_families()}


def test_every_registered_family_is_listed_in_order():
    assert tuple(KNOWN) == registry.names("families")


@pytest.mark.parametrize("known", KNOWN.values(), ids=lambda known: known.name)
def test_every_family_says_what_it_asks_in_one_sentence_of_its_own(known):
    assert known.summary.endswith(".")
    assert "`" not in known.summary
    assert [each.summary for each in KNOWN.values()].count(known.summary) == 1


@pytest.mark.parametrize("known", KNOWN.values(), ids=lambda known: known.name)
def test_what_is_listed_is_what_the_family_does(known):
    family = make_family(known.name)
    assert known.guarantee == family.critic.guarantee.words()
    if known.sizes is not None:
        assert family.draw(size=known.sizes.smallest, seed=0)
    if known.draws_unsolvable:
        assert draw_unsolvable(known.name, size=known.sizes.trained, seed=0)
    else:
        with pytest.raises(UsageError, match="no unsolvable"):
            draw_unsolvable(known.name, size=4, seed=0)


def test_one_of_many_data_sets_is_written_with_a_name():
    assert KNOWN["reasoning-gym"].written == "reasoning-gym:NAME"
    assert KNOWN["shift-cipher"].written == "shift-cipher"


def test_a_plug_in_that_does_not_import_is_listed_as_broken(monkeypatch):
    def broken(group, name):
        raise PluginError(f"family {name!r} of acme 1.0 does not import: boom")

    monkeypatch.setattr(registry, "load", broken)
    make_family.cache_clear()
    try:
        found = list(known_families())
    finally:
        make_family.cache_clear()
    assert [each.name for each in found] == list(KNOWN)
    assert all("acme 1.0" in each.broken for each in found)
