"""The seal: canonical JSON, and hashes that notice every change."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.kernel import Refused, canonical_json, check_seal, digest, recheck, seal

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


@given(plain)
def test_canonical_json_reads_back_as_the_same_value(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text("abcü\n", max_size=3), st.integers()))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


def test_canonical_json_is_the_documented_spelling():
    assert canonical_json({"b": [1, "ü"], "a": None}) == '{"a":null,"b":[1,"ü"]}'.encode()


def deep(levels: int) -> object:
    value: object = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        {1: 2},
        {"a": {None: 1}},
        {1, 2},
        b"bytes",
        "\ud800",
        object(),
        deep(101),
        deep(100_000),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_say_exactly_has_no_canonical_form(value):
    with pytest.raises(ValueError, match=r"."):
        canonical_json(value)
    with pytest.raises(ValueError, match=r"."):
        digest(value)


def test_a_sealed_document_passes_its_own_check(kind, certificate):
    check_seal(certificate(kind))


def leaves(value: object, path: tuple = ()) -> Iterator[tuple]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def put(document: dict, path: tuple, value: object) -> dict:
    changed = copy.deepcopy(document)
    target = changed
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return changed


def test_a_change_of_any_leaf_is_noticed(kind, certificate):
    document = certificate(kind)
    for path in leaves(document):
        for other in ("changed", None, 7, True, [], {}):
            with pytest.raises(Refused):
                recheck(put(document, path, other))


@pytest.mark.parametrize("part", ["problem", "evidence"])
def test_the_part_that_was_changed_is_named(kind, part, certificate):
    document = certificate(kind)
    document[part] = {"other": 1}
    with pytest.raises(Refused, match=f"the {part} was changed"):
        check_seal(document)


def test_a_document_sealed_anew_has_to_name_what_this_kernel_checks(kind, certificate):
    """Right hashes around a wrong claim, version, guarantee or tier do not help."""
    for field, value in [
        ("claim", "unsolvable" if kind == "pddl-plan" else "solved"),
        ("kind", "pddl-magic"),
        ("kind", ["pddl-plan"]),
        ("format", "soundly-certificate/2"),
        ("checker", {"name": f"soundly.kernel.{kind}", "version": "2"}),
        ("checker", {"name": "other", "version": "1"}),
        ("guarantee", ["sound"]),
        ("tier", "sandbox"),
    ]:
        document = certificate(kind) | {field: value}
        del document["sha256"]
        with pytest.raises(Refused, match=field):
            recheck(document | {"sha256": digest(document)})


def test_every_field_is_needed_and_no_other_is_allowed(kind, certificate):
    document = certificate(kind)
    for field in document:
        with pytest.raises(Refused, match=f"lacks the field '{field}'"):
            recheck({name: value for name, value in document.items() if name != field})
    with pytest.raises(Refused, match="unknown field 'extra'"):
        recheck(document | {"extra": 1})


def test_sealing_does_not_check(kind):
    document = seal("solved", kind, "planning", {}, None)
    check_seal(document)
    with pytest.raises(Refused):
        recheck(document)
