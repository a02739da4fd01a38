"""Runs that several tests need: the first makes one, in whichever process of the session; the others get copies."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from compare.corpus.store import read_manifest, write_manifest
from compare.runs import compare_corpus, open_run


def session_folder(tmp_path_factory):
    """Give the folder that all processes of this session of pytest have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def compared_once(folder):
    """Give `compare_corpus` as users call it, but for this: who asks for a run that is there gets a copy of it.

    The bytes of a run depend on its articles and on how they are compared, and not on engine and workers, as
    `test_corpus` proves; its seed stands in the manifest alone.
    """

    def compare_once(articles, *, store=None, seed=0, engine="serial", workers=None, **options):
        if not isinstance(articles, str | Path):
            return compare_corpus(articles, store=store, seed=seed, engine=engine, workers=workers, **options)
        asked = {name: value for name, value in options.items() if value or name == "reader"}
        name = hashlib.sha256(repr((Path(articles).resolve(), sorted(asked.items()))).encode()).hexdigest()[:16]
        made = folder / f"run-{name}"
        with FileLock(f"{made}.lock"):
            if not made.exists():
                begun = Path(tempfile.mkdtemp(dir=folder))
                compare_corpus(articles, store=begun, engine=engine, workers=workers, **options)
                begun.rename(made)
        store = Path(store or tempfile.mkdtemp(dir=folder))
        shutil.copytree(made, store, dirs_exist_ok=True)
        write_manifest(store, replace(read_manifest(store), seed=seed))
        return open_run(store)

    return compare_once
