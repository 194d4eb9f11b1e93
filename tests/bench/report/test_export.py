"""A run in the forms of other tools, read back by them."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from statistics import stdev

import pytest

from soundly.bench.export.samples import samples
from soundly.bench.export.write import export_run
from soundly.bench.report.systems import by_system
from soundly.bench.runs.folder import MANIFEST, RESULTS, read_run, write_results
from soundly.bench.suites.cell import PLAIN
from soundly.bench.suites.given import Given
from soundly.core.errors import StoreError, UsageError
from soundly.core.spend import Spend
from soundly.store import Store

from .results import result

pytest.importorskip("altair", reason="needs the extra bench")


@pytest.fixture(scope="module")
def found(bench_run):
    """The run's samples by session."""
    run = read_run(bench_run)
    with Store.open(run.store, create=False) as store:
        return {each.result.session_id: each for each in samples(run, store)}


def test_a_sample_holds_the_answer_that_was_judged_and_not_the_judges_words(found):
    judged = [each for each in found.values() if each.result.cell.strategy == "self-critique"]
    assert judged
    for sample in judged:
        assert "VERDICT" not in sample.answer
        assert sample.prompt


def test_a_solvers_answer_is_what_it_found(found):
    for sample in found.values():
        if sample.result.cell.model is None:
            assert sample.prompt == ()
            assert sample.answer == sample.candidate


def test_a_solved_sample_holds_the_accepted_candidate(found):
    solved = [each for each in found.values() if each.result.status == "solved"]
    assert all(each.candidate and not each.critiques for each in solved)


def test_hugging_face_reads_the_data_set(bench_run, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="needs datasets")
    export_run(bench_run, "huggingface", tmp_path / "out")
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    rows = {row["session_id"]: row for row in loaded["test"]}
    results = read_run(bench_run).results
    assert len(rows) == len(results)
    for each in results:
        row = rows[each.session_id]
        assert (row["covered"], row["right"], row["answer"]) == (
            each.covered,
            each.right,
            each.answer,
        )


def test_hugging_faces_lines_all_have_the_same_fields(bench_run, tmp_path):
    card, data = export_run(bench_run, "huggingface", tmp_path)
    lines = [json.loads(line) for line in data.read_text().splitlines()]
    assert len({tuple(line) for line in lines}) == 1
    assert "path: data/sessions.jsonl" in card.read_text()


def test_inspect_reads_its_logs(bench_run, tmp_path):
    log = pytest.importorskip("inspect_ai.log", reason="needs the extra inspect")
    paths = export_run(bench_run, "inspect", tmp_path)
    logs = [log.read_eval_log(path) for path in paths]
    results = {each.session_id: each for each in read_run(bench_run).results}
    samples = [sample for each in logs for sample in each.samples]
    assert {sample.uuid for sample in samples} == set(results)
    for each in logs:
        (score,) = each.results.scores
        mine = [results[sample.uuid] for sample in each.samples]
        counted = [result for result in mine if result.counted]
        assert (score.scored_samples, score.unscored_samples) == (
            len(counted),
            len(mine) - len(counted),
        )
        assert {name: metric.value for name, metric in score.metrics.items()} == (
            {
                "accuracy": sum(result.right is True for result in counted) / len(counted),
                "coverage": sum(result.covered for result in counted) / len(counted),
            }
            if counted
            else {}
        )
    for sample in samples:
        result, score = results[sample.uuid], sample.scores["critic"]
        if result.counted:
            assert (score.value == "C") == (result.right is True)
        else:
            assert isinstance(score.value, float)
            assert math.isnan(score.value)
            why = "scoring_failed" if result.status == "broken" else "refusal"
            assert score.reason == why


@pytest.fixture
def unlabelled_run(bench_run, tmp_path):
    """The same sessions, as if of files: unproved claims are neither right nor wrong."""
    folder = tmp_path / "unlabelled"
    shutil.copytree(bench_run, folder)

    def unlabelled(each):
        name = f"size {each.cell.size} seed {each.cell.seed}"
        cell = replace(each.cell, solvable=None, given=Given(name, name, each.cell.size))
        known = each.answer != "claim" or each.covered
        return replace(each, cell=cell, right=each.right if known else None)

    results = [each for each in read_run(bench_run).results if each.cell.obfuscation == PLAIN]
    write_results(folder, [unlabelled(each) for each in results])
    return folder


def without_certificates(folder):
    """Leaves what ended without a certificate, so that no label can be learned."""
    write_results(folder, [each for each in read_run(folder).results if not each.covered])


def claims_of(folder):
    return {each.session_id for each in read_run(folder).results if each.answer == "claim"}


def exported_claims(form, folder, out):
    """What an export says of each claim that nobody proved: its score, or its row."""
    claims, paths = claims_of(folder), export_run(folder, form, out)
    assert claims
    if form == "inspect":
        from inspect_ai.log import read_eval_log

        found = {s.uuid: s.scores["critic"] for p in paths for s in read_eval_log(p).samples}
    else:
        lines = [path for path in paths if path.suffix == ".jsonl"]
        rows = [json.loads(line) for path in lines for line in path.read_text().splitlines()]
        found = {row["session_id"]: row for row in rows}
    return [found[session_id] for session_id in claims]


def test_exports_label_instances_by_certificates_as_the_report_does(unlabelled_run, tmp_path):
    rows = exported_claims("huggingface", unlabelled_run, tmp_path / "rows")
    assert {(row["solvable"], row["right"]) for row in rows} == {(True, False)}
    documents = exported_claims("lm-eval", unlabelled_run, tmp_path / "documents")
    assert {(d["target"], d["acc"], d["unknown"]) for d in documents} == {("solution", 0.0, 0.0)}
    pytest.importorskip("inspect_ai", reason="needs the extra inspect")
    scores = exported_claims("inspect", unlabelled_run, tmp_path / "logs")
    assert {score.value for score in scores} == {"I"}


def test_lm_eval_tells_what_nobody_knows_from_what_is_wrong(unlabelled_run, tmp_path):
    without_certificates(unlabelled_run)
    documents = exported_claims("lm-eval", unlabelled_run, tmp_path / "out")
    assert {(d["target"], d["acc"], d["unknown"]) for d in documents} == {("not known", 0.0, 1.0)}
    for path in (tmp_path / "out").glob("*/results_*.json"):
        document = json.loads(path.read_text())
        for name, found in document["results"].items():
            (samples,) = path.parent.glob(f"samples_{name}_*.jsonl")
            lines = [json.loads(line) for line in samples.read_text().splitlines()]
            share = sum(line["unknown"] for line in lines) / len(lines)
            assert found["unknown,none"] == pytest.approx(share)
            assert document["higher_is_better"][name]["unknown"] is False


def test_inspect_leaves_what_nobody_knows_without_a_score(unlabelled_run, tmp_path):
    log = pytest.importorskip("inspect_ai.log", reason="needs the extra inspect")
    without_certificates(unlabelled_run)
    for score in exported_claims("inspect", unlabelled_run, tmp_path):
        assert math.isnan(score.value)
        assert score.reason == "unknown"
    for path in tmp_path.glob("*.eval"):
        found = log.read_eval_log(path)
        values = [sample.scores["critic"].value for sample in found.samples]
        (score,) = found.results.scores
        assert score.scored_samples == sum(isinstance(value, str) for value in values)
        assert score.unscored_samples == len(values) - score.scored_samples


def test_inspect_is_told_no_tokens_where_nobody_counted_some():
    pytest.importorskip("inspect_ai", reason="needs the extra inspect")
    from soundly.bench.export.inspect_logs import _used

    counted = result(tokens=70)
    assert _used("m", [counted, counted])["m"].input_tokens == 140
    assert _used("m", [counted, replace(counted, uncounted_calls=1)]) == {}


def test_inspect_is_told_each_kind_of_token():
    pytest.importorskip("inspect_ai", reason="needs the extra inspect")
    from soundly.bench.export.inspect_logs import _usage

    usage = _usage(Spend(1, 100, 20, 15, 60))
    assert (usage.input_tokens, usage.output_tokens, usage.total_tokens) == (100, 20, 120)
    assert (usage.reasoning_tokens, usage.input_tokens_cache_read) == (15, 60)


def test_lm_eval_counts_what_the_results_say(bench_run, tmp_path):
    export_run(bench_run, "lm-eval", tmp_path)
    for system, results in by_system(read_run(bench_run).results).items():
        (path,) = [
            path
            for path in tmp_path.glob("*/results_*.json")
            if json.loads(path.read_text())["model_name"] == str(system)
        ]
        document = json.loads(path.read_text())
        date = path.stem.removeprefix("results_")
        for name, counts in document["n-samples"].items():
            mine = [r for r in results if f"soundly_{r.cell.family_name}" == name]
            counted = [r for r in mine if r.counted]
            assert counts == {"original": len(mine), "effective": len(counted)}
            if not counted:
                assert name not in document["results"]
                continue
            lines = (path.parent / f"samples_{name}_{date}.jsonl").read_text().splitlines()
            documents = [json.loads(line) for line in lines]
            mean = sum(each["acc"] for each in documents) / len(documents)
            assert document["results"][name]["acc,none"] == pytest.approx(mean)
            assert sum(each["acc"] for each in documents) == sum(r.right is True for r in counted)
            spread = stdev(each["acc"] for each in documents) / len(documents) ** 0.5
            assert document["results"][name]["acc_stderr,none"] == pytest.approx(spread)
            by_id = {r.session_id: r for r in counted}
            assert {
                (by_id[each["session_id"]].cell.solvable, each["target"]) for each in documents
            } <= {(True, "solution"), (False, "no solution")}
            assert sum(each["covered"] for each in documents) == sum(r.covered for r in counted)
            numbers = [each["doc_id"] for each in documents]
            assert numbers == sorted(numbers)


def test_lm_eval_has_one_number_and_one_hash_for_an_instance_whoever_was_asked(bench_run, tmp_path):
    export_run(bench_run, "lm-eval", tmp_path)
    by_id = {each.session_id: each.cell for each in read_run(bench_run).results}
    instances, asked = {}, {}
    for path in tmp_path.glob("*/samples_*.jsonl"):
        for line in map(json.loads, path.read_text().splitlines()):
            cell = by_id[line["session_id"]]
            name = (line["doc_hash"], line["doc_id"])
            instances.setdefault((cell.family_name, cell.instance), set()).add(name)
            asked.setdefault((cell.family_name, *name), set()).add(cell.instance)
    assert all(len(names) == 1 for names in instances.values())
    assert all(len(each) == 1 for each in asked.values())
    numbers = sorted(number for family, _, number in asked if family == "blocksworld")
    assert numbers == list(range(len(numbers)))


def test_lm_eval_numbers_instances_by_size_label_and_seed():
    from soundly.bench.export.lm_eval import _numbers

    ordered = [
        result(size=3),
        result(size=3, seed=1),
        result(size=3, seed=0, solvable=False),
        result(size=10),
    ]
    shuffled = (ordered[3], ordered[1], ordered[0], ordered[2], result(strategy="other", size=10))
    assert _numbers(shuffled) == {each.cell.instance: at for at, each in enumerate(ordered)}


def test_a_run_without_results_has_nothing_to_export(bench_run, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(bench_run, run)
    (run / RESULTS).unlink()
    for form in ("huggingface", "lm-eval"):
        with pytest.raises(UsageError, match="has no results yet: nothing to export"):
            export_run(run, form, tmp_path / "out")
    assert (run / MANIFEST).exists()


def test_a_session_that_the_store_lost_is_named(bench_run, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(bench_run, run)
    first, *others = (run / RESULTS).read_text().splitlines(keepends=True)
    lost = first.replace(read_run(run).results[0].session_id, "no-such-session")
    (run / RESULTS).write_text("".join([lost, *others]))
    with pytest.raises(StoreError, match="lacks session no-such-session"):
        export_run(run, "huggingface", tmp_path / "out")
    assert list((tmp_path / "out").rglob("*.jsonl")) == []
