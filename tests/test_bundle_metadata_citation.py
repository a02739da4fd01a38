"""What archives and reference managers read: CITATION.cff, checked by its own schema, and a line of text."""

import json
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest
import yaml
from described_bundles import FULL, LEAST, describe, hostile, write_data
from hostile_strings import HOSTILE

from compare.export.metadata import LISTED_LICENCES, METADATA_FILES, metadata_files, yaml_value

CFF = json.loads(
    (resources.files("check_jsonschema") / "builtin_schemas/vendor/citation-file-format.json").read_text("utf-8")
)
ANY_NAME = hostile(" ".join(HOSTILE))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("bundle"))


def test_the_same_description_gives_the_same_files_each_ending_in_a_newline(data):
    description = describe(data, about=FULL)
    texts = metadata_files(description)
    assert texts == metadata_files(description)
    assert tuple(texts) == METADATA_FILES
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in texts.values())


def citation(about, data):
    values = yaml.load(metadata_files(describe(data, about=about))["CITATION.cff"], yaml.BaseLoader)  # noqa: S506 - it makes only texts
    jsonschema.Draft7Validator(CFF, format_checker=jsonschema.FormatChecker()).validate(values)
    return values


@pytest.mark.parametrize("about", [LEAST, FULL, ANY_NAME])
def test_citation_cff_fits_its_schema(about, data):
    assert citation(about, data)["type"] == "dataset"


def test_citation_cff_has_what_is_known_and_nothing_else(data):
    assert citation(LEAST, data) == {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite it as below.",
        "type": "dataset",
        "title": "The ferry to Skarholm",
        "authors": [{"name": "(:tba)"}],
        "abstract": "Which claims three outlets carry.",
        "date-released": "2026-11-22",
        "keywords": ["news"],
    }
    full = citation(FULL, data)
    assert full["abstract"] == FULL.description
    assert full["authors"][0]["family-names"] == "Eld"
    assert full["authors"][1] == {"name": "Institute of the Bay"}
    assert (full["license"], full["doi"], full["version"]) == ("CC-BY-4.0", "10.1234/skarholm.1", "1.0.0")


def test_citation_cff_takes_licences_and_dois_that_its_schema_does_not_know(data):
    values = citation(replace(FULL, licence="CDLA-Permissive-2.0", doi="10.1234/a<b>"), data)
    assert values["license-url"] == "https://spdx.org/licenses/CDLA-Permissive-2.0.html"
    assert values["identifiers"][0]["value"] == "10.1234/a<b>"
    assert not {"license", "doi"} & set(values)
    assert set(CFF["definitions"]["license-enum"]["enum"]) >= LISTED_LICENCES


@pytest.mark.parametrize("text", [*HOSTILE, "two\nlines\r\n", "- a: b", "\t", "\u0085\u2028\ufeff", "\U0001f6a2"])
def test_yaml_gives_back_any_text(text):
    line = yaml_value({"text": [text]})
    assert "\n" not in line
    assert yaml.safe_load(f"a: {line}\nb: c\n") == {"a": {"text": [text]}, "b": "c"}


def test_the_line_to_cite_names_who_is_known(data):
    assert describe(data).reference == "(:tba) (2026): The ferry to Skarholm. Data set."
    assert describe(data, about=FULL).reference.startswith(
        "Eld, Runa; Institute of the Bay (2026): The ferry to Skarholm. Version 1.0.0. Skar"
    )
