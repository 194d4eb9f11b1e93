"""Numbers beside marks: none on a mark, none on another, none far from its own."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.planbench.label_places import label_places

BOTTOM = 320.0
SPOTS = st.tuples(st.floats(0, 700), st.floats(24, BOTTOM))


def cover(one, other):
    """Whether two labels of thirteen by eleven, or a label and a mark, cover each other."""
    return abs(one[0] - other[0]) < 13 and abs(one[1] - other[1]) < 11


@given(st.lists(SPOTS, max_size=5))
def test_of_a_few_labels_none_covers_a_mark_or_another(marks):
    places = label_places(marks, bottom=BOTTOM)
    assert len(places) == len(marks)
    assert not any(cover(one, other) for one, other in combinations(places, 2))
    for place, own in zip(places, marks, strict=True):
        assert not any(cover(place, mark) for mark in marks if mark != own)
        assert place[1] <= BOTTOM
        assert abs(place[0] - own[0]) <= 36
        assert abs(place[1] - own[1]) <= 30


def test_a_lone_label_stands_above_its_mark_and_at_the_bottom_of_a_crowd_beside_it():
    assert label_places([(50.0, 100.0)], bottom=BOTTOM) == [(50.0, 90.0)]
    above, below = label_places([(50.0, 100.0), (50.0, 106.0)], bottom=BOTTOM)
    assert (above, below) == ((50.0, 90.0), (50.0, 116.0))
    assert label_places([(50.0, 310.0), (50.0, 318.0)], bottom=BOTTOM)[1] == (26.0, 318.0)


def test_where_there_is_no_room_a_label_stands_above_all_the_same():
    marks = [(float(left), float(top)) for left in range(0, 200, 6) for top in range(0, 200, 6)]
    assert label_places(marks, bottom=BOTTOM)[500] == (marks[500][0], marks[500][1] - 10)
