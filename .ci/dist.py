"""Build wheel and sdist twice, and refuse them if a byte differs: nothing in them depends on when they were made."""

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def settled(sdist: bytes, moment: int) -> bytes:
    """Return a .tar.gz with its files sorted, all of one moment and of nobody; setuptools leaves their times in it."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(sdist)) as given,
        gzip.GzipFile("", "wb", 9, packed, moment) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as written,
    ):
        for member in sorted(given.getmembers(), key=lambda member: member.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            written.addfile(member, given.extractfile(member) if member.isfile() else None)
    return packed.getvalue()


def built(folder: Path, moment: int) -> dict[str, bytes]:
    """Build both into a folder, and return their bytes by name."""
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)})  # noqa: S603
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    return {name: settled(data, moment) if name.endswith(".gz") else data for name, data in files.items()}


if __name__ == "__main__":
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    moment = int(told.stdout)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        files = built(Path(first), moment)
        if files != built(Path(second), moment):
            sys.exit("two builds of the same commit differ; nothing was written")
    (ROOT / "dist").mkdir(exist_ok=True)
    for name, data in files.items():
        (ROOT / "dist" / name).write_bytes(data)
        print(hashlib.sha256(data).hexdigest(), name)
