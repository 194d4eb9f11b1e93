"""Reading a certificate: text or mapping, and hostile input."""

from __future__ import annotations

import json

import pytest

from soundly.kernel import Refused, digest, document, recheck
from soundly.kernel.__main__ import main


def test_text_bytes_and_mapping_say_the_same(kind, certificate):
    held = certificate(kind)
    text = json.dumps(held)
    accepted = recheck(held)
    assert recheck(text) == recheck(text.encode()) == accepted
    assert accepted.kind == kind
    assert accepted.claim == held["claim"]
    assert accepted.problem_sha256 == digest(held["problem"])
    assert accepted.summary


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ('{"a": 1, "a": 2}', "'a' twice"),
        ('{"a": {"b": 1, "b": 1}}', "'b' twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "-Infinity"),
        ('{"a": 1e999}', "lacks the field"),
        ('{"a": ' + "9" * 5_000 + "}", "not JSON"),
        ("[" * 1_000_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        (b"\xff\xfe", "not JSON"),
        (b"\x00", "not JSON"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_text_that_is_no_certificate_is_refused_in_one_line(text, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        recheck(text)
    assert "\n" not in refusal.value.reason
    assert len(refusal.value.reason) < 300


def test_a_number_too_large_to_say_is_refused(certificate):
    held = json.dumps(certificate("pddl-h2")).replace('"mutexes": [[0]', '"mutexes": [[1e999]')
    with pytest.raises(Refused, match="inf"):
        recheck(held)


def test_text_beyond_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(document, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="at most 10"):
        recheck(" " * 11)


def test_a_mapping_that_is_no_plain_json_is_refused(kind, certificate):
    for value in ({1: 2}, float("nan"), object(), {1}):
        with pytest.raises(Refused, match="plain JSON"):
            recheck(certificate(kind) | {"evidence": value})


@pytest.mark.parametrize("part", ["domain", "problem"])
def test_a_certificate_for_another_statement_is_refused(kind, part, certificate):
    """One space more is another text: binding is to the letter."""
    held = certificate(kind)
    texts = held["problem"]["statement"]
    recheck(held, **texts)
    with pytest.raises(Refused, match=f"another {part}"):
        recheck(held, **(texts | {part: texts[part] + " "}))


def test_evidence_of_one_kind_is_none_of_another(kind, certificate):
    for other in ("pddl-plan", "pddl-closed-set", "pddl-h2"):
        if other != kind:
            with pytest.raises(Refused, match="evidence"):
                recheck(certificate(kind, evidence=certificate(other)["evidence"]))


def test_the_module_runs_on_its_own(tmp_path, certificate, capsys):
    path = tmp_path / "cert.json"
    path.write_text(json.dumps(certificate("pddl-plan")))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out == "solved: plan of 2 steps reaches the goal, cost 5.5\n"
    path.write_text(json.dumps(certificate("pddl-plan") | {"tier": "none"}))
    assert main([str(path)]) == 11
    assert capsys.readouterr().err.startswith("refused: the certificate was changed")
    assert main([str(tmp_path / "missing")]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
