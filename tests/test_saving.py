import errno
import os
from pathlib import Path

import pytest

from compare.errors import InputError
from compare.saving import whole_file, whole_folder


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "report.html"
    with whole_file(path) as temporary:
        temporary.write_text("new", encoding="utf-8")
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_full_disk_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InputError) as error, whole_file(path) as temporary:  # noqa: PT012  # half a write comes first
        temporary.write_text("half of the ne", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(error.value) == f"{path}: cannot be written (No space left on device); nothing was changed."
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_device_that_is_really_full(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="No space left on device"), whole_file(path):
        Path("/dev/full").write_text("x" * 100_000, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "bundle"
    with whole_folder(path, marker="storydiff.json") as new:
        (new / "storydiff.json").write_text("1", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(path, marker="storydiff.json") as new:  # noqa: PT012  # as above
        (new / "storydiff.json").write_text("2", encoding="utf-8")
        raise ZeroDivisionError
    assert (path / "storydiff.json").read_text(encoding="utf-8") == "1"
    with whole_folder(path, marker="storydiff.json") as new:
        (new / "storydiff.json").write_text("3", encoding="utf-8")
    assert (path / "storydiff.json").read_text(encoding="utf-8") == "3"
    assert [p.name for p in tmp_path.iterdir()] == ["bundle"]


def test_a_result_has_the_usual_permissions(tmp_path):
    with whole_file(tmp_path / "a") as temporary:
        temporary.write_text("x", encoding="utf-8")
    (tmp_path / "b").write_text("x", encoding="utf-8")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
