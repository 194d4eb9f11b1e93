"""A statement is read strictly, by the family and by the kernel alike."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.travel.draws import draw_trip
from soundly.families.travel.family import TravelFamily
from soundly.families.travel.statement import problem_of, trip_of
from soundly.families.travel.world import Query
from soundly.kernel import Refused, recheck
from soundly.kernel.travel_world import read_trip

FAMILY = TravelFamily()


@pytest.mark.parametrize("size", [3, 5, 8])
def test_a_trip_reads_back_as_it_was(size):
    """Writing and reading are inverse."""
    for seed in range(5):
        trip, _ = draw_trip(size=size, seed=seed)
        assert trip_of(problem_of(trip, "again")) == trip


def broken(problem: Problem, said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        trip_of(problem)
    with pytest.raises(Refused):
        recheck(FAMILY.certify(problem, Candidate((), "", "test")).document)


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("cities", "Upton", "cities, line 5: 1 cells came, wanted 2"),
        ("cities", "Farol,South", "'Farol,South' is listed twice"),
        ("cities", "From Here,South", "the word from or to"),
        ("cities", "Up,ton,South", "3 cells"),
        ("cities", " Upton,South", "is no name"),
        ("cities", "Up  ton,South", "is no name"),
        ("cities", "Upt\u043en,South", "is no name"),
        ("flights", "F9,0,Homel,Farol,08:00,09:00,1", "flights, line 5: '0' came, wanted a number"),
        ("flights", "F1,1,Homel,Farol,08:00,09:00,1", "listed twice"),
        ("flights", "F9,1,Homel,Homel,08:00,09:00,1", "joined to itself"),
        ("flights", "F9,1,Homel,Upton,08:00,09:00,1", "'Upton' came, wanted one of Farol, Homel"),
        ("flights", "F9,1,Homel,Farol,8:00,09:00,1", "no time of day"),
        ("flights", "F9,1,Homel,Farol,08:00,24:00,1", "no time of day"),
        ("flights", "F9,1,Homel,Farol,08:00,09:00,-1", "wanted a number"),
        ("flights", "F9,1,Homel,Farol,08:00,09:00,99999999", "wanted a number"),
        ("roads", "Farol,Homel,1,1,1,1", "listed twice"),
        ("lodgings", "Inn,Farol,50,tent,1,1,", "'tent' came, wanted one of"),
        ("lodgings", "Inn,Farol,50,private room,0,1,", "from 1"),
        ("lodgings", "Inn,Farol,50,private room,1,1,noise", "'noise' came"),
        ("lodgings", "Inn,Farol,50,private room,1,1,pets; pets", "twice"),
        ("restaurants", "Pan,Farol,²,Thai", "wanted a number"),
        ("attractions", "Old Mill,Farol", "listed twice"),
        ("attractions", "", "1 cells"),
    ],
)
def test_a_broken_row_is_told_with_its_table_and_line(stated, table, row, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    broken(stated(texts={table: f"{stated().statement[table]}{row}\n"}), said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"days": "1"}, "1 cities take more than 1 days"),
        ({"cities": "0"}, "from 1"),
        ({"days": "three"}, "'three' came, wanted a number"),
        ({"from": "Upton"}, "'Upton' came"),
        ({"to": "Homel"}, "another city"),
        ({"to": "East"}, "'East' came"),
        ({"budget": "1e3"}, "wanted a number"),
        ({"people": "0"}, "from 1"),
        ({"room_rule": "noise"}, "'noise' came"),
        ({"room_type": "tent"}, "'tent' came"),
        ({"transportation": "no taxi"}, "'no taxi' came"),
        ({"cuisine": "Thai,Greek"}, "is no name"),
        ({"cuisine": "Thai, Thai"}, "twice"),
    ],
)
def test_a_broken_query_is_told(stated, asked, said):
    """A query asks for what can be asked for."""
    broken(stated(**asked), said)


def test_texts_lines_and_headers_have_to_be_there(stated):
    """None missing, none more, none in another order."""
    texts = dict(stated().statement)
    without = {key: text for key, text in texts.items() if key != "roads"}
    broken(Problem("travel-planning", "p", without), "a travel problem states")
    broken(stated(texts={"roads": "a,b\n"}), "wanted the header")
    broken(stated(texts={"query": texts["query"].replace("people: 2\n", "")}), "'people'")
    broken(stated(texts={"query": texts["query"] + "hotel: one\n"}), "wanted KEY: VALUE")
    broken(stated(texts={"query": texts["query"] * 2}), "wanted KEY: VALUE")


def test_family_and_kernel_read_the_same_candidates(stated):
    """A region's cities without home, or the one city that is named."""
    for asked, cities in (({}, {"Farol"}), ({"to": "South", "cities": 2}, {"Farol", "Otrin"})):
        problem = stated(**asked)
        assert trip_of(problem).candidates == read_trip(problem.statement).candidates == cities


@pytest.mark.parametrize("wrong", [{"cities": 3}, {"cities": 0}, {"people": 0}])
def test_a_query_checks_itself(wrong):
    """A city at least and fewer than days, one traveller at least."""
    counts = {"cities": 1, "people": 1, "budget": 1}
    with pytest.raises(ValueError, match="wanted"):
        Query(**{"days": 3, "start": "A", "destination": "B", **counts, **wrong})
