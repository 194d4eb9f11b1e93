"""The world in SQLite says what the statement says."""

import sqlite3

from soundly.families.travel.family import TravelFamily
from soundly.families.travel.sandbox import open_sandbox


def test_searches_find_what_is_there(stated):
    """Each tool gives rows under a header, and a header alone where there is nothing."""
    with open_sandbox(stated()) as sandbox:
        assert sandbox.cities("South") == "city\nFarol\nOtrin\n"
        header = "number,departs,arrives,price\n"
        assert sandbox.flights("Homel", "Farol", 1) == f"{header}F1,08:00,09:00,100\n"
        assert sandbox.flights("Farol", "Homel", 1) == header
        assert sandbox.distance("Farol", "Homel").splitlines()[1] == "120,150,10,90"
        assert sandbox.distance("Farol", "Otrin").splitlines()[1:] == []
        assert [row.split(",")[0] for row in sandbox.lodgings("Farol").splitlines()[1:]] == [
            "Grey Inn",
            "Red Inn",
            "Blue Inn",
        ]
        assert len(sandbox.restaurants("Farol").splitlines()) == 5
        thai = sandbox.restaurants("Farol", "Thai").splitlines()[1:]
        assert thai == ["One Pan,Farol,10,Thai", "Red Pan,Farol,15,Greek; Thai"]
        assert sandbox.restaurants("Farol", "Tha").splitlines()[1:] == []
        assert sandbox.attractions("Otrin") == "name,city\nFar Mill,Otrin\n"
        assert sandbox.attractions("x' OR '1'='1") == "name,city\n"


def test_the_database_holds_the_whole_statement():
    """Every row of every table comes back, in a file as in memory."""
    problem = TravelFamily().draw(size=5, seed=3)
    with open_sandbox(problem) as sandbox:
        for table, text in problem.statement.items():
            if table != "query":
                rows = sandbox.connection.execute(f'SELECT * FROM "{table}"')
                assert text.splitlines()[1:] == [",".join(map(str, row)) for row in rows]


def test_a_file_is_a_database(stated, tmp_path):
    """What is written to it can be opened by any SQLite."""
    path = tmp_path / "world.db"
    open_sandbox(stated(), str(path)).close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM cities").fetchone() == (3,)
    connection.close()
