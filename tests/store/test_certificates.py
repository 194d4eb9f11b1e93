"""Certificates are kept under their seal."""

from __future__ import annotations

import pytest

from soundly.core.certificate import Certificate, certify
from soundly.core.errors import CertificateError, UsageError
from soundly.core.problem import Problem
from soundly.store import Store


@pytest.fixture
def store(address):
    with Store.open(address) as store:
        yield store


@pytest.fixture
def certificate():
    problem = Problem("planning", "p", {"domain": "(define \0 ü)", "problem": "(define)"})
    return certify(problem, claim="solved", kind="pddl-plan", evidence={"plan": ["(a)", "(b)"]})


def test_a_certificate_is_read_back_as_it_was_kept(store, certificate):
    store.put_certificate(certificate)
    store.put_certificate(certificate)
    assert store.certificate(certificate.sha256) == certificate


def test_a_certificate_whose_seal_is_broken_is_not_kept(store, certificate):
    tampered = Certificate({**certificate.document, "claim": "unsolvable"})
    with pytest.raises(CertificateError):
        store.put_certificate(tampered)
    with pytest.raises(UsageError):
        store.certificate(certificate.sha256)


def test_a_certificate_that_nobody_kept_is_a_usage_error(store):
    with pytest.raises(UsageError, match="no certificate"):
        store.certificate("0" * 64)
