"""A checkpoint is whole or not there."""

from pathlib import Path

import pytest

from soundly.core.errors import StoreError
from soundly.training import checkpoints
from soundly.training.checkpoints import whole, write_whole


def write(text):
    return lambda aside: (aside / "state").write_text(text)


def test_a_folder_is_replaced_in_one_step(tmp_path):
    """The new state stands where the old one stood, and nothing else is left."""
    folder = tmp_path / "state"
    write_whole(folder, write("one"))
    write_whole(folder, write("two"))
    assert (folder / "state").read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("at", range(1, 3))
def test_a_kill_between_the_renames_leaves_a_whole_folder(tmp_path, monkeypatch, at):
    """Whichever rename does not come, the old state or the new one is found."""
    folder = tmp_path / "state"
    write_whole(folder, write("one"))
    renames = []
    rename = Path.rename

    def killed(self, target):
        renames.append(target)
        if len(renames) == at:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        write_whole(folder, write("two"))
    monkeypatch.setattr(Path, "rename", rename)
    found = whole(folder)
    assert found is not None
    assert (found / "state").read_text() == "one"
    write_whole(folder, write("three"))
    assert (folder / "state").read_text() == "three"


def test_a_full_disk_leaves_the_old_state(tmp_path):
    """The error names the folder, and what was there can still be read."""
    folder = tmp_path / "state"
    write_whole(folder, write("one"))

    def full(aside):
        (aside / "state").write_text("tw")
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match=r"state: No space left"):
        write_whole(folder, full)
    assert (folder / "state").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_nothing_is_nothing(tmp_path):
    """No state yet is no error."""
    assert whole(tmp_path / "state") is None
    assert checkpoints.whole(tmp_path) == tmp_path
