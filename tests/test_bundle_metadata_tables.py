"""What describes the tables to programs: Croissant and Data Package, read by the programs that define them."""

import json
import logging

import pandas as pd
import pytest
from described_bundles import FULL, LEAST, describe, hostile, write_data
from hostile_strings import HOSTILE

from compare.export.manifest import File
from compare.export.metadata import metadata_files
from compare.tables import COVERAGE, OMISSION_MODEL, STORY_TABLES

# mlcroissant calls what rdflib and pandas are about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index:DeprecationWarning"),
]


def croissant(description):
    return metadata_files(description)["croissant.json"]


def datapackage(description):
    return metadata_files(description)["datapackage.json"]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    return folder, write_data(folder)


def validated(folder, text):
    path = folder / "croissant.json"
    from mlcroissant import Dataset

    path.write_text(text, encoding="utf-8")
    return Dataset(path)


@pytest.mark.medium
def test_croissant_has_nothing_to_complain_of_in_a_bundle_whose_authors_said_all(bundle, caplog):
    folder, data = bundle
    with caplog.at_level(logging.WARNING):
        metadata = validated(folder, croissant(describe(data, about=FULL))).metadata
    assert (metadata.issues.errors, metadata.issues.warnings, caplog.messages) == (set(), set(), [])


def test_croissant_misses_only_what_the_authors_did_not_say(bundle):
    folder, data = bundle
    issues = validated(folder, croissant(describe(data))).metadata.issues
    assert issues.errors == set()
    assert sorted(warning.split('"')[1] for warning in issues.warnings) == [
        "https://schema.org/license",
        "https://schema.org/version",
    ]


@pytest.mark.medium
@pytest.mark.parametrize("name", [table.name for table in STORY_TABLES])
def test_croissant_records_are_the_rows_of_the_table(bundle, name):
    folder, data = bundle
    records = list(validated(folder, croissant(describe(data))).records(name))
    table = pd.read_parquet(folder / f"data/{name}.parquet").astype(object)
    expected = [
        {
            f"{name}/{column}": None if pd.isna(cell) else cell.encode() if isinstance(cell, str) else cell
            for column, cell in row.items()
        }
        for row in table.to_dict("records")
    ]
    # Nobody disagrees in this story, and it has two headlines.
    assert len(records) > {"conflicts": -1, "headlines": 1}.get(name, 2)
    assert records == expected


def test_croissant_has_every_file_with_its_hash_and_only_references_to_tables_that_are_there(bundle):
    _, data = bundle
    tables = tuple((table, rows) for table, rows in data[0] if table.name != "sentences")
    described = json.loads(croissant(describe(data, tables=tables)))
    assert {one["contentUrl"]: one["sha256"] for one in described["distribution"]} == {
        file.path: file.sha256 for file in data[1]
    }
    fields = {field["@id"]: field for one in described["recordSet"] for field in one["field"]}
    assert fields["coverage/claim_id"]["references"] == {"field": {"@id": "claims/claim_id"}}
    assert "references" not in fields["coverage/sentence_id"]
    assert fields["articles/published"]["dataType"] == "sc:DateTime"
    assert fields["quotes/start"]["dataType"] == "sc:Integer"


@pytest.mark.medium
def test_croissant_and_data_package_take_any_name(bundle):
    folder, data = bundle
    words = " ".join(HOSTILE)
    description = describe(data, about=hostile(words), outlets=tuple(HOSTILE), languages=("en", words))
    metadata = validated(folder, croissant(description)).metadata
    assert metadata.issues.errors == set()
    assert metadata.keywords == [words]
    package = json.loads(datapackage(description))
    assert package["keywords"] == [words]
    assert package["name"].isascii()
    assert errors(package) == []


def errors(package):
    from frictionless import Package

    return list(Package.metadata_validate(package))


def validate(folder, text):
    import frictionless

    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    return report.flatten(["type", "rowNumber", "note", "message"])


@pytest.mark.parametrize("about", [LEAST, FULL])
def test_data_package_is_valid(bundle, about):
    folder, data = bundle
    text = datapackage(describe(data, about=about))
    assert validate(folder, text) == []
    package = json.loads(text)
    assert errors(package) == []
    assert [one["name"] for one in package["resources"]] == [*(table.name for table, _ in data[0]), "dictionary"]


@pytest.mark.medium
def test_data_package_finds_what_is_wrong_in_a_table(tmp_path):
    data = write_data(tmp_path)
    package = json.loads(datapackage(describe(data)))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    path = tmp_path / "csv/coverage.csv"
    table = pd.read_csv(path, keep_default_na=False)
    wrong = [("probability", 1.5), ("state", "kept"), ("changes", "number; pace"), ("claim_id", "c0")]
    for row, (column, value) in enumerate(wrong):
        table.loc[row, column] = value
    table.loc[len(table)] = table.loc[len(table) - 1]
    table.to_csv(path, index=False, lineterminator="\r\n")
    found = validate(tmp_path, json.dumps(package))
    assert [(kind, row) for kind, row, *_ in found] == [
        ("constraint-error", 2),
        ("constraint-error", 3),
        ("constraint-error", 4),
        ("foreign-key", 5),
        ("primary-key", 20),
    ]


def test_data_package_says_what_a_cell_may_hold():
    files = tuple(File(f"csv/{table.name}.csv", "0" * 64, 1, table.name) for table in (COVERAGE, OMISSION_MODEL))
    package = json.loads(datapackage(describe((((COVERAGE, 1), (OMISSION_MODEL, 1)), files))))
    coverage, model = (resource["schema"] for resource in package["resources"])
    fields = {field["name"]: field for field in coverage["fields"]}
    assert fields["probability"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert fields["position"]["constraints"]["required"] is False
    assert fields["changes"]["missingValues"] == []
    assert "missingValues" not in fields["evidence"]
    assert model["primaryKey"] == ["kind", "term", "group", "other"]  # group may be an empty text
    assert next(one for one in model["fields"] if one["name"] == "group")["missingValues"] == []
