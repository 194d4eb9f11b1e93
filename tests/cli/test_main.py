"""The entry point: quick, and every end is an exit code and at most one line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from soundly._version import __version__
from soundly.cli import main as entry
from soundly.cli.exits import MEANINGS, Exit, for_error
from soundly.core import errors


def test_help_needs_none_of_the_heavy_parts():
    code = (
        "import sys\nfrom soundly.cli.main import main\nmain(['--help'])\n"
        "sys.stderr.write(' '.join(sorted(name for name in sys.modules if '.' not in name)))\n"
        "sys.stderr.write(' '.join(name for name in sys.modules if name.startswith('soundly.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert not loaded & {"anyio", "sqlalchemy", "kairos", "pydantic", "xllamacpp", "platformdirs"}
    assert not [name for name in loaded if name.startswith(("soundly.kernel", "soundly.engine"))]


def test_no_arguments_show_the_help_and_are_never_taken_for_solved(run):
    ran = run()
    assert ran.code == Exit.USAGE
    assert "solve" in ran.out


@pytest.mark.parametrize("command", ["solve", "verify", "recheck", "trace", "models", "doctor"])
def test_every_command_has_a_help_page(run, command):
    ran = run(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: soundly {command}" in ran.out


def test_the_version_is_printed(run):
    assert run("--version").out == f"soundly {__version__}\n"


def test_a_command_that_does_not_exist_is_one_line_with_the_nearest_one(run):
    ran = run("slove")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "solve" in ran.err


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("oh"), ExceptionGroup("g", [ZeroDivisionError("oh")])]
)
def test_a_bug_of_ours_is_one_line_that_asks_for_a_report(run, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr(entry, "_run", broken)
    ran = run("solve")
    assert (ran.code, ran.out, ran.err.count("\n")) == (30, "", 1)
    assert "unexpected ZeroDivisionError: oh" in ran.err
    assert "report" in ran.err


def test_the_traceback_is_shown_on_request_and_only_then(run):
    assert "Traceback" not in run("recheck", "nowhere").err
    assert "Traceback" in run("--traceback", "recheck", "nowhere").err


def test_a_message_of_many_lines_and_control_characters_is_one_plain_line():
    said = entry.describe(errors.UsageError("a\n\tb\x1b[31m\u202e" + "x" * 10_000))
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) <= 2_000


def leaves(cls):
    return [cls, *(leaf for sub in cls.__subclasses__() for leaf in leaves(sub))]


@pytest.mark.parametrize("cls", leaves(errors.SoundlyError), ids=lambda cls: cls.__name__)
def test_every_failure_has_the_exit_code_that_the_tree_draws(cls):
    error = cls.__new__(cls)
    if isinstance(error, errors.UsageError):
        assert for_error(error) is Exit.USAGE
    elif isinstance(error, errors.CertificateError):
        assert for_error(error) is Exit.NOT_SOLVED
    else:
        assert for_error(error) is Exit.PART_BROKE


def test_every_exit_code_has_a_meaning():
    assert set(MEANINGS) == set(Exit)


def test_the_package_runs_as_the_command():
    ran = subprocess.run(
        [sys.executable, "-m", "soundly", "--version"], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout.strip()) == (Exit.OK, f"soundly {__version__}")
    wrong = subprocess.run(
        [sys.executable, "-m", "soundly", "solv"], capture_output=True, text=True, check=False
    )
    assert wrong.returncode == Exit.USAGE
    assert wrong.stderr.startswith("soundly: error: ")
