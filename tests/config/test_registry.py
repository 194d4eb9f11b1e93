"""The registry: names to objects, and every conflict or broken plug-in is named aloud."""

from importlib.metadata import EntryPoint

import pytest

from soundly.config import registry
from soundly.core.errors import PluginError, UnknownNameError


def entry(name, value, group="soundly.families"):
    return EntryPoint(name, value, group)


@pytest.fixture
def plugged(monkeypatch):
    """Pretends that these entry points are the families that are installed."""

    def plug(*entries):
        monkeypatch.setattr(registry, "_entries", lambda group: registry.unique(group, entries))

    return plug


def test_built_ins_are_registered_like_strangers():
    """What ships stands in the same entry points that plug-ins use."""
    assert "blocksworld" in registry.names("families")
    assert "refine" in registry.names("strategies")
    assert "kairos" in registry.names("solvers")


@pytest.mark.parametrize("group", ["families", "critics", "generators", "strategies", "solvers"])
def test_every_registered_name_loads(group):
    """An entry point that points nowhere is found here and not by a user."""
    for name in registry.names(group):
        assert callable(registry.load(group, name))


def test_a_name_taken_twice_names_both():
    """Which one wins must not depend on the order of installation."""
    with pytest.raises(PluginError, match="family 'x' is registered by both a:f and b:g"):
        registry.unique("families", [entry("x", "a:f"), entry("x", "b:g")])


def test_one_entry_seen_twice_is_one():
    """An editable install can list the same entry a second time."""
    assert list(registry.unique("families", [entry("x", "a:f"), entry("x", "a:f")])) == ["x"]


def test_a_name_that_is_misspelt_gets_the_nearest(plugged):
    """The message proposes what was probably meant."""
    plugged(entry("blocksworld", "a:f"), entry("coloring", "a:g"))
    with pytest.raises(UnknownNameError, match="did you mean blocksworld"):
        registry.load("families", "blockworld")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import nowhere_at_all", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("def family(:", "SyntaxError"),
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("1 / 0", "ZeroDivisionError"),
        ("", "AttributeError"),
    ],
    ids=["missing", "syntax", "raises", "divides", "empty"],
)
def test_a_plugin_that_does_not_import_is_named(plugged, tmp_path, monkeypatch, source, reason):
    """Whatever its import raises, the message says whose plug-in it is, and why."""
    module = f"plugin_{abs(hash(source))}"
    (tmp_path / f"{module}.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    plugged(entry("mine", f"{module}:family"))
    with pytest.raises(PluginError, match=f"family 'mine' of {module}:family does not") as caught:
        registry.load("families", "mine")
    assert reason in str(caught.value)


def test_a_broken_plugin_harms_no_other(plugged):
    """Nothing is imported before it is asked for."""
    plugged(entry("broken", "nowhere_at_all:f"), entry("fine", "soundly.strategies.single:single"))
    assert registry.load("families", "fine").__name__ == "single"
