"""Data sets as they are really written, one of a story and one of thirty, under the programs of others."""

import logging
import subprocess
import sys
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
import yaml
from bundle_stories import thirty
from coded_runs import fill
from test_bundle_metadata_citation import CFF

import compare

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index:DeprecationWarning"),
]
ABOUT = compare.About(
    title="Who tells of it",
    creators=(compare.Creator("Brandt, Odile", "0000-0002-1825-0097", "University of Ostrow"),),
    publisher="Ostrow Data Archive",
    licence="CC-BY-4.0",
    version="1.0",
    doi="10.1234/ostrow.5",
)


@pytest.fixture(scope="module")
def corpus():
    return thirty()


@pytest.fixture(scope="module", params=["demo, nothing said", "demo, all said", "30 stories", "30 stories, coded"])
def bundle(request, demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("validators")
    if request.param.startswith("demo"):
        said = request.param.endswith("all said")
        return demo.export(folder / "out", text="full" if said else "none", about=ABOUT if said else None)
    corpus = request.getfixturevalue("corpus")
    validation = None
    if request.param.endswith("coded"):
        sheets = compare.sample_decisions(corpus, 60, coders=2, seed=4).write(folder / "sheets")
        paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
        validation = compare.read_sheets(paths)
    return corpus.export(folder / "out", about=ABOUT, validation=validation)


def names(bundle):
    return sorted(path.stem for path in (bundle / "data").iterdir())


def test_mlcroissant(bundle, caplog):
    from mlcroissant import Dataset

    with caplog.at_level(logging.WARNING):
        dataset = Dataset(bundle / "croissant.json")
    assert dataset.metadata.issues.errors == set()
    for name in ("coverage", "claims"):
        rows = list(dataset.records(name))
        assert len(rows) == len(pd.read_parquet(bundle / "data" / f"{name}.parquet"))


def test_the_command_of_mlcroissant(demo, tmp_path):
    described = demo.export(tmp_path / "out", about=ABOUT) / "croissant.json"
    command = [Path(sys.executable).with_name("mlcroissant"), "validate", "--jsonld", described]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_frictionless(bundle):
    from frictionless import validate

    report = validate(str(bundle / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == len(names(bundle)) + 1, "every table and the dictionary"


def test_the_schema_of_citation_cff(bundle):
    cited = yaml.load((bundle / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - only texts
    jsonschema.Draft7Validator(CFF, format_checker=jsonschema.FormatChecker()).validate(cited)


def test_the_hubs_loader(bundle, tmp_path, monkeypatch):
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset

    filled = [name for name in names(bundle) if len(pd.read_parquet(bundle / "data" / f"{name}.parquet"))]
    assert set(names(bundle)) - set(filled) <= {"boilerplate", "conflicts"}
    for name in filled:
        loaded = load_dataset(str(bundle), name, split="train", cache_dir=str(tmp_path))
        assert loaded.num_rows == len(pd.read_parquet(bundle / "data" / f"{name}.parquet"))
    files = {"train": str(bundle / "data" / "coverage.parquet")}
    assert load_dataset("parquet", data_files=files, cache_dir=str(tmp_path))["train"].column_names
