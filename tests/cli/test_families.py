"""`soundly families` lists what can be asked, for people and for programs."""

import json

from soundly.config import registry
from soundly.core.errors import PluginError


def test_each_family_has_its_name_alone_on_a_line_and_no_line_is_too_long(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    ran = run("families")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert not ran.err
    assert all(len(line) <= 60 and line == line.rstrip() for line in lines)
    heads = [line.removesuffix(":NAME") for line in lines if not line.startswith(" ")]
    assert heads == list(registry.names("families"))


def test_json_says_sizes_solvers_and_guarantees(run):
    listed = {each["family"]: each for each in json.loads(run("families", "--json").out)}
    coloring = listed["coloring"]
    assert coloring["smallest"] == 4
    assert coloring["draws_unsolvable"]
    assert coloring["guarantee"] == ["sound", "complete"]
    assert coloring["solvers"] == ["coloring-sat"]
    assert listed["planning"]["smallest"] is None
    assert all(each["broken"] is None for each in listed.values())


def test_a_plug_in_that_does_not_import_is_told_loudly(run, monkeypatch):
    load = registry.load

    def broken(group, name):
        if name == "zebra":
            raise PluginError("family 'zebra' of acme 1.0 does not import: boom")
        return load(group, name)

    monkeypatch.setattr(registry, "load", broken)
    ran = run("families")
    assert ran.code == 30
    assert "acme 1.0" in ran.out


def test_an_unknown_family_is_answered_with_this_command(run):
    ran = run("solve", "--family", "xyzzy", "--size", "3")
    assert ran.code == 2
    assert ran.err.rstrip().endswith("more; see soundly families")
