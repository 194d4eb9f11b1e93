"""Tables on lines of any length: no number ever loses its end."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from soundly.cli.display.fitting import fitting, needed

NUMBERS = st.sampled_from(["9.3e-10", "130,482", "3/6", "11.8%\n2.5% to 99.0%", "-", "$0.000123"])
NAMES = st.text("abc ", min_size=1, max_size=30).map(str.strip).filter(bool)


@st.composite
def tables(draw, *, names=True):
    """A table with a column of names, some of numbers, and its rows as they were put in."""
    right = draw(st.integers(1, 2))
    table = Table(box=None, pad_edge=draw(st.booleans()), padding=(0, right, 0, 0))
    if names:
        table.add_column("name", overflow="fold")
    for place in range(draw(st.integers(1, 5))):
        table.add_column(f"number{place}", justify="right", no_wrap=True)
    count = len(table.columns) - names
    numbers = st.lists(NUMBERS, min_size=count, max_size=count)
    rows = draw(st.lists(st.tuples(NAMES, numbers), min_size=1, max_size=3))
    for name, cells in rows:
        table.add_row(*([name] if names else []), *cells)
    return table, rows


def shown(table, width, *, fit=True):
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    console.print(fitting(console, table) if fit else table)
    return console.file.getvalue()


@given(tables(), st.integers(30, 120))
def test_every_number_stands_whole_at_any_width(made, width):
    table, rows = made
    said = shown(table, width)
    words = said.split()
    assert "…" not in said
    for _, cells in rows:
        for cell in cells:
            assert set(cell.split()) <= set(words)
    assert max(map(len, said.splitlines())) <= width


@given(tables())
def test_where_a_table_fits_it_is_left_as_it_is(made):
    table, _ = made
    width = needed(Console(width=80), table)
    assert shown(table, width) == shown(table, width, fit=False)
    assert "…" not in shown(table, width)


@given(tables(names=False))
def test_one_character_less_than_is_needed_would_cut_a_number(made):
    table, _ = made
    width = needed(Console(width=80), table) - 1
    assert "…" in shown(table, width, fit=False)
    assert "…" not in shown(table, width)


def test_a_row_in_words_has_its_headings_and_no_empty_cell():
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("model", overflow="fold")
    table.add_column("covered", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_row("●", "a-model", "3/6", "50.0%")
    table.add_row("", "a-kind", "", "")
    assert shown(table, 20).splitlines() == ["● a-model", "  covered: 3/6 · ", "50.0%", "a-kind"]
