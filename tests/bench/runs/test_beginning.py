"""A folder goes on only with what it began with, and says what it wants otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import anyio
import pytest

from soundly.bench.runs.beginning import begin
from soundly.bench.runs.folder import (
    MANIFEST,
    RESULTS,
    Manifest,
    read_manifest,
    read_run,
    write_manifest,
)
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite
from soundly.core.errors import CredentialError, UsageError

SECRET = "postgresql://user:sekret@127.0.0.1:1/runs"


def run(suite, folder, **options):
    return anyio.run(partial(run_suite, read_suite(suite), folder, **options))


def test_a_script_that_changed_is_another_model(tmp_path, write_suite, script):
    suite = write_suite("single", models=(script("first"),), seeds="0-2")
    run(suite, tmp_path / "run")
    run(suite, tmp_path / "run", resume=True)
    script("second")
    with pytest.raises(UsageError, match=r"scripted:.* is not the model that it was when .*run"):
        run(suite, tmp_path / "run", resume=True)


def test_a_folder_of_an_older_version_that_names_no_models_goes_on(tmp_path, write_suite, script):
    suite = write_suite("single", models=(script("first"),), seeds="0-2")
    run(suite, tmp_path / "run")
    path = tmp_path / "run" / MANIFEST
    manifest = read_manifest(tmp_path / "run")
    assert list(manifest.models) == list(manifest.suite.grids[0].models)
    text = path.read_text()
    path.write_text(text[: text.index('"models": {\n')] + text[text.index('"version"') :])
    assert read_manifest(tmp_path / "run").models == {}
    assert run(suite, tmp_path / "run", resume=True).progress.earlier == 3


def test_a_suite_that_grew_is_told_how_only_what_is_new_is_run(tmp_path, write_suite):
    run(write_suite("kairos", seeds="0-1"), tmp_path / "run")
    grown = write_suite("kairos", seeds="0-2")
    with pytest.raises(UsageError, match=r"another suite.*--store .*store\.sqlite3, which runs"):
        run(grown, tmp_path / "run", resume=True)


def test_another_store_is_refused_with_the_one_that_is_wanted(tmp_path, write_suite):
    suite = write_suite("kairos", seeds="0-1")
    run(suite, tmp_path / "run", store=str(tmp_path / "mine.sqlite3"))
    with pytest.raises(UsageError, match=r"with another store; wanted --store .*mine\.sqlite3"):
        run(suite, tmp_path / "run", resume=True)
    run(suite, tmp_path / "other")
    with pytest.raises(UsageError, match="with another store; wanted no --store"):
        run(suite, tmp_path / "other", store=str(tmp_path / "mine.sqlite3"), resume=True)


def test_a_password_stays_out_of_the_folder(tmp_path, write_suite):
    pytest.importorskip("psycopg", reason="needs the extra postgres")
    with pytest.raises(Exception, match=r"refused|connect|reach"):
        run(write_suite("kairos", seeds="0-1"), tmp_path / "run", store=SECRET)
    assert "sekret" not in (tmp_path / "run" / MANIFEST).read_text()
    assert read_manifest(tmp_path / "run").store == "postgresql://user@127.0.0.1:1/runs"


def test_a_folder_that_holds_a_password_goes_on_and_never_shows_it(tmp_path, write_suite):
    manifest = Manifest(suite=read_suite(write_suite("kairos")), cells=10, store=SECRET)
    begin(tmp_path / "run", manifest, resume=False)
    plain = replace(manifest, store="postgresql://user@127.0.0.1:1/runs")
    begin(tmp_path / "run", plain, resume=True)
    assert "sekret" not in (tmp_path / "run" / MANIFEST).read_text()
    write_manifest(tmp_path / "run", manifest)
    grown = replace(plain, suite=read_suite(write_suite("h2")))
    for other in (replace(plain, store=None), grown):
        with pytest.raises(UsageError, match="user@127") as caught:
            begin(tmp_path / "run", other, resume=True)
        assert "sekret" not in str(caught.value)


def test_a_model_without_its_key_is_refused_before_there_is_a_folder(
    tmp_path, write_suite, monkeypatch
):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    suite = write_suite("single", models=("openai:gpt-5-mini",), seeds="0-2")
    with pytest.raises(CredentialError):
        run(suite, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_line_that_stands_twice_counts_once(tmp_path, write_suite):
    run(write_suite("kairos", seeds="0-4"), tmp_path / "run")
    path = tmp_path / "run" / RESULTS
    before = read_run(tmp_path / "run").results
    path.write_text(path.read_text() * 2)
    assert read_run(tmp_path / "run").results == before


def test_a_folder_that_holds_a_run_is_not_begun_again(tmp_path, write_suite):
    manifest = Manifest(suite=read_suite(write_suite("kairos")), cells=10)
    begin(tmp_path / "run", manifest, resume=False)
    with pytest.raises(UsageError, match="holds a run already: go on with it by --resume"):
        begin(tmp_path / "run", manifest, resume=False)
