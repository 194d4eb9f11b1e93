"""Which sizes were trained on: as stated, else as the model says, else by the family's split."""

from __future__ import annotations

from dataclasses import replace

import pytest

from soundly.bench.report.by_size import About
from soundly.bench.report.known_sizes import KnownSizes
from soundly.bench.report.systems import System
from soundly.config.families import make_family

from .results import from_file, result

TINY = "blocksworld-tiny?temperature=0.5"


@pytest.fixture
def split():
    dial = make_family("blocksworld").dial
    return dial.smallest, dial.trained


def test_a_model_that_says_its_sizes_is_believed_and_the_others_have_the_split(split):
    pytest.importorskip("gguf", reason="gguf is not installed")
    known = KnownSizes((result(model=TINY), result(model="openai:m")))
    assert known.largest(About("blocksworld"), System(TINY, "single")) == 20
    assert known.largest(About("blocksworld"), System("openai:m", "single")) == split[1]
    assert known.common(About("blocksworld")) == (3, 20)


def test_a_model_knows_a_family_under_other_names_too():
    pytest.importorskip("gguf", reason="gguf is not installed")
    plain = result(model=TINY)
    other = replace(plain, cell=replace(plain.cell, obfuscation="mystery"))
    known = KnownSizes((other,))
    assert known.common(About(other.cell.family_name)) == (3, 20)


def test_models_of_other_families_and_files_that_are_gone_say_nothing(split, tmp_path):
    gone = f"trained:{tmp_path / 'gone.gguf'}"
    countdown = make_family("countdown").dial
    known = KnownSizes((result(model=gone), result(model=TINY, family="countdown")))
    assert known.common(About("blocksworld")) == split
    assert known.common(About("countdown")) == (countdown.smallest, countdown.trained)


def test_what_is_stated_holds_for_all():
    known = KnownSizes((result(model=TINY), result(model="m", family="elsewhere")), (4, 6))
    assert known.common(About("blocksworld")) == known.common(About("elsewhere")) == (4, 6)
    assert known.largest(About("blocksworld"), System(TINY, "single")) == 6


def test_a_family_that_nobody_knows_here_has_none():
    known = KnownSizes((result(family="elsewhere"),))
    assert known.common(About("elsewhere")) is None
    assert known.largest(About("elsewhere"), System("m", "single")) is None


@pytest.mark.parametrize("stated", [None, (3, 8)])
def test_a_system_without_a_model_was_trained_on_nothing(stated):
    known = KnownSizes((result(model=None, strategy="kairos"), result()), stated)
    assert known.largest(About("blocksworld"), System(None, "kairos")) is None
    assert known.largest(About("blocksworld"), System("m", "single")) is not None
    assert KnownSizes((result(model=None),), stated).common(About("blocksworld")) is None


@pytest.mark.parametrize("turned", [False, True])
def test_problems_from_files_hide_no_drawn_ones_of_their_family_in_either_order(turned):
    given, drawn = from_file(family="blocksworld", size=40), result()
    known = KnownSizes((drawn, given) if turned else (given, drawn))
    assert known.common(About("blocksworld")) is not None
    assert known.largest(About("blocksworld"), System("m", "single")) is not None
    assert known.common(About("blocksworld", from_files=True)) is None
    assert known.largest(About("blocksworld", from_files=True), System("m", "single")) is None


def test_what_is_stated_holds_for_problems_from_files_too():
    known = KnownSizes((from_file(family="blocksworld"),), (2, 4))
    assert known.common(About("blocksworld", from_files=True)) == (2, 4)
    assert known.largest(About("blocksworld", from_files=True), System("m", "single")) == 4
    assert known.common(About("blocksworld")) is None
