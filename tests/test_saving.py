import errno
import os
import resource
import signal
from pathlib import Path

import pytest

from compare.errors import InputError
from compare.saving import whole_file, whole_folder

NAMES = frozenset({"storydiff.json"})


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


def test_a_disk_that_is_really_full(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(InputError, match="cannot be written"), whole_file(path) as temporary:
            temporary.write_text("x" * 100_000, encoding="utf-8")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_link_stays_a_link_and_a_private_file_private(tmp_path):
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    with whole_file(link) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_to_and_stays_one():
    with whole_file("/dev/null") as path:
        path.write_text("gone", encoding="utf-8")
    assert Path("/dev/null").is_char_device()


def test_a_folder_with_somebodys_file_is_left_alone(tmp_path):
    path = tmp_path / "bundle"
    with whole_folder(path, NAMES) as new:
        (new / "storydiff.json").write_text("1", encoding="utf-8")
    (path / "my_coding.csv").write_text("weeks of work", encoding="utf-8")
    with pytest.raises(InputError) as error, whole_folder(path, NAMES):
        pass
    assert str(error.value) == f"{path}: holds other files (my_coding.csv); give a new or an empty folder."
    assert (path / "my_coding.csv").read_text(encoding="utf-8") == "weeks of work"


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "bundle"
    with whole_folder(path, NAMES) as new:
        (new / "storydiff.json").write_text("1", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(path, NAMES) as new:  # noqa: PT012  # as above
        (new / "storydiff.json").write_text("2", encoding="utf-8")
        raise ZeroDivisionError
    assert (path / "storydiff.json").read_text(encoding="utf-8") == "1"
    with whole_folder(path, NAMES) as new:
        (new / "storydiff.json").write_text("3", encoding="utf-8")
    assert (path / "storydiff.json").read_text(encoding="utf-8") == "3"
    assert [p.name for p in tmp_path.iterdir()] == ["bundle"]


def test_a_result_has_the_usual_permissions(tmp_path):
    with whole_file(tmp_path / "a") as temporary:
        temporary.write_text("x", encoding="utf-8")
    (tmp_path / "b").write_text("x", encoding="utf-8")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
