"""`soundly recheck`: the kernel's word on a file."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.fixture
def certificate(run, blocks, tmp_path):
    assert run("solve", *blocks, "--strategy", "kairos", "--out", "out").code == 0
    return tmp_path / "out" / "certificate.json"


def test_a_certificate_that_holds_says_what_it_proves_with_code_0(run, certificate):
    ran = run("recheck", certificate)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("solved: ")


def test_a_certificate_that_was_changed_is_refused_with_code_11_and_one_line(run, certificate):
    document = json.loads(certificate.read_text())
    document["evidence"]["plan"].pop()
    certificate.write_text(json.dumps(document))
    ran = run("recheck", certificate)
    assert (ran.code, ran.out, ran.err.count("\n")) == (11, "", 1)
    assert "refused" in ran.err


def test_a_certificate_about_another_problem_is_refused(run, certificate, blocks, examples):
    domain, problem = blocks
    assert run("recheck", certificate, "--domain", domain, "--problem", problem).code == 0
    other = examples / "blocksworld" / "impossible.pddl"
    ran = run("recheck", certificate, "--problem", other)
    assert ran.code == 11
    assert "another problem" in ran.err


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_code_2(run, name):
    ran = run("recheck", name)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", bytes(range(256)), b"[" * 100_000])
def test_a_file_that_holds_no_certificate_is_refused(run, tmp_path, content):
    (tmp_path / "cert.json").write_bytes(content)
    ran = run("recheck", "cert.json")
    assert (ran.code, ran.err.count("\n")) == (11, 1)


def test_rechecking_loads_the_kernel_and_no_other_part(certificate):
    code = (
        "import sys\nfrom soundly.cli.main import main\n"
        f"main(['recheck', {str(certificate)!r}])\n"
        "parts = {name.split('.')[1] for name in sys.modules if name.startswith('soundly.')}\n"
        "sys.stderr.write(' '.join(sorted(parts)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.split() == ["_version", "cli", "core", "kernel"]
