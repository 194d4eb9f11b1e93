"""A small typed domain with the phrases that any domain gets, and Blocksworld with its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundly.core.candidate import Reading
from soundly.families.planning.blocksworld import PHRASES, draw_blocksworld
from soundly.families.planning.pddl import Task, parse_task
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of
from soundly.families.planning.reading import Lexicon, read_answer

DELIVERY = """
(define (domain delivery)
  (:requirements :typing)
  (:types truck parcel - thing place)
  (:predicates (at ?t - thing ?p - place) (in ?p - parcel ?t - truck) (road ?a ?b - place))
  (:action drive-truck :parameters (?truck - truck ?from ?to - place)
    :precondition (and (at ?truck ?from) (road ?from ?to))
    :effect (and (at ?truck ?to) (not (at ?truck ?from))))
  (:action load :parameters (?parcel - parcel ?truck - truck ?place - place)
    :precondition (and (at ?parcel ?place) (at ?truck ?place))
    :effect (and (in ?parcel ?truck) (not (at ?parcel ?place))))
  (:action wait :parameters () :effect (and)))
"""
ROUND = """
(define (problem round) (:domain delivery)
  (:objects t1 t-2 - truck p1 p2 - parcel north-gate south_gate hub - place)
  (:init (at t1 hub) (at t-2 hub) (at p1 hub) (at p2 hub) (road hub north-gate))
  (:goal (at t1 north-gate)))
"""


@pytest.fixture(scope="session")
def tasks() -> dict[str, tuple[Task, Phrases, Lexicon]]:
    """The two problems with their phrases and lexicons."""
    worlds = {
        "blocksworld": (task_of(draw_blocksworld(size=5, seed=0)), PHRASES),
        "delivery": (parse_task(DELIVERY, ROUND), Phrases()),
    }
    return {name: (task, p, Lexicon.of(task, p)) for name, (task, p) in worlds.items()}


@pytest.fixture(scope="session")
def blocks(tasks: dict[str, tuple[Task, Phrases, Lexicon]]) -> Callable[[str], Reading]:
    """Reads an answer about five blocks, a to e."""
    lexicon = tasks["blocksworld"][2]
    return lambda text: read_answer(text, lexicon)
