"""The README of a bundle: Hugging Face's loader reads it, and people do."""

from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import mistune
import pandas as pd
import pytest
import yaml
from described_bundles import FULL, LEAST, describe, hostile, write_data, write_metadata
from hostile_strings import HOSTILE

from compare.export.metadata import metadata_files
from compare.report.wording import plain
from compare.tables import STORY_TABLES


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("bundle"))


def files(data, **changed):
    return metadata_files(describe(data, **changed))


def parted(readme):
    empty, header, body = readme.split("---\n", 2)
    assert empty == ""
    return yaml.safe_load(header), body


@pytest.fixture
def load_dataset(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()

    def loaded(*names, **options):
        return datasets.load_dataset(*names, cache_dir=str(tmp_path / "cache"), split="train", **options)

    return loaded


@pytest.mark.medium
@pytest.mark.parametrize("about", [LEAST, hostile(" ".join(HOSTILE))])
def test_datasets_loads_the_tables_by_their_names(about, tmp_path, load_dataset):
    folder = tmp_path / "bundle"
    folder.mkdir()
    write_metadata(files(write_data(folder), about=about), folder)
    for name in ("coverage", "articles", "wire"):
        expected = pd.read_parquet(folder / f"data/{name}.parquet")
        pd.testing.assert_frame_equal(load_dataset(str(folder), name).to_pandas(), expected, check_dtype=False)
    assert load_dataset(str(folder)).column_names == pd.read_parquet(folder / "data/coverage.parquet").columns.tolist()
    one = load_dataset("parquet", data_files=str(folder / "data/claims.parquet"))
    assert one.num_rows == len(pd.read_parquet(folder / "data/claims.parquet"))


def test_the_header_says_what_the_hub_shows(data):
    header, _ = parted(files(data, about=FULL)["README.md"])
    configs = header.pop("configs")
    assert header == {
        "pretty_name": "The ferry to Skarholm",
        "license": "cc-by-4.0",
        "language": ["en"],
        "tags": ["news", "ferries"],
        "size_categories": ["n<1K"],
    }
    assert [one["config_name"] for one in configs] == [table.name for table in STORY_TABLES]
    assert [one["config_name"] for one in configs if one.get("default")] == ["coverage"]


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("", {"license": "unknown"}),
        ("ODC-By-1.0", {"license": "odc-by"}),
        (
            "CDLA-Permissive-2.0",
            {
                "license": "other",
                "license_name": "CDLA-Permissive-2.0",
                "license_link": "https://spdx.org/licenses/CDLA-Permissive-2.0.html",
            },
        ),
    ],
)
def test_the_header_names_the_licence_as_the_hub_knows_it(licence, expected, data):
    header, _ = parted(files(data, about=replace(LEAST, licence=licence))["README.md"])
    assert {name: value for name, value in header.items() if name.startswith("license")} == expected


class Page(HTMLParser):
    def __init__(self, markdown):
        super().__init__()
        self.tags, self.links, self.text = [], [], ""
        render = mistune.create_markdown(escape=False, plugins=["table", "url", "strikethrough", "footnotes", "math"])
        self.feed(render(markdown))
        self.close()
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def test_a_reader_sees_what_there_is(data):
    page = Page(parted(files(data)["README.md"])[1])
    assert (
        "This data set says which claims 3 news outlets carry, change or leave out in 1 story. It was made from "
        "3 articles, published on 2026-03-02, in which 6 claims were found."
    ) in page.text
    assert "Outlets: Northern Gannet; =Skarholm Post; Bay Wire." in page.text
    assert "coverage 18 a claim at an outlet" in " ".join(page.text.split())
    assert "Nobody has checked these decisions" in page.text
    assert "An omission is an estimate, not proof of intent." in page.text
    assert "The text of the articles is in this data set." in page.text
    assert "The authors have not given a licence yet." in page.text
    assert "storydiff reproduce BUNDLE/ --articles FOLDER" in page.text
    assert page.links == []


def test_a_reader_learns_what_is_withheld_and_how_to_get_it(data):
    page = Page(parted(files(data, text="none", about=FULL, validation="Coders agree.")["README.md"])[1])
    assert "no article, no sentence and no quotation is in this data set, and no claim's wording." in page.text
    assert "The authors keep the key; ask them for it: runa@college.example." in page.text
    assert "put it beside the folder as BUNDLE.key, or name it with --hmac-key FILE" in page.text
    assert "follow the addresses in the column url of the table articles" in page.text
    assert "Coders agree." in page.text
    assert "Nobody has checked" not in page.text
    assert page.links == ["https://spdx.org/licenses/CC-BY-4.0.html", "https://archive.example/skarholm"]
    page = Page(parted(files(data, text="none", key_published=True)["README.md"])[1])
    assert "The key is in key.txt." in page.text
    assert "The key is found in the folder." in page.text


def test_many_outlets_are_not_all_named(data):
    page = Page(parted(files(data, outlets=tuple(f"Outlet {number}" for number in range(30)))["README.md"])[1])
    assert "Outlet 19; and 10 more." in page.text
    assert "30 news outlets" in page.text


def tags(markdown):
    return Counter(tag for tag in Page(markdown).tags if tag != "a")


@pytest.mark.slow
def test_names_are_text_whatever_they_hold(data):
    options = {"outlets": ("A", "B"), "text": "none", "validation": "Checked."}
    expected = files(data, about=hostile("name"), languages=("en",), **options)
    for name in HOSTILE:
        about = hostile(name)
        options = {"outlets": (name, "B"), "text": "none", "validation": name}
        texts = files(data, about=about, languages=("en", name), **options)
        header, _ = parted(texts["README.md"])
        assert header["pretty_name"] == plain(about.title)
        assert header["tags"] == [plain(name)]
        markdown, usual = (each["README.md"].split("---\n", 2)[-1] for each in (texts, expected))
        page = Page(markdown)
        assert tags(markdown) == tags(usual)
        assert all(link.startswith(("https://a.example/", "https://spdx.org/")) for link in page.links)
        assert f" {' '.join(plain(about.title).split())}" in f" {page.text}"
        assert f"Outlets: {plain(name)}; B." in page.text
