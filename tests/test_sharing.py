"""docs/sharing.md: other tools read a data set, and find the same in it."""

import pandas as pd
import pyreadstat
import pytest
from bundle_stories import both
from test_docs import ROOT, blocks

import compare

pytestmark = pytest.mark.slow  # pages, bundles or draws by the hundred: not for the edit loop


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """What the page's Python leaves behind: its names, and a folder of files."""
    folder = tmp_path_factory.mktemp("sharing")
    (folder / "datasets").symlink_to(ROOT / "datasets")
    names = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for block in blocks(ROOT / "docs" / "sharing.md"):
            if block.language == "python":
                exec(compile(block.content, "sharing.md", "exec"), names)  # noqa: S102  # our own page
    return names, folder


def test_pandas_polars_and_duckdb_count_the_same(page):
    names, _ = page
    expected = names["with_pandas"].to_dict()
    assert len(expected) == 8
    assert sum(expected.values()) > 100
    assert dict(names["with_polars"].rows()) == expected
    assert names["with_duckdb"].set_index("outlet")["carried"].to_dict() == expected


def test_the_pivots_are_grids_of_units_and_of_documents(page):
    names, folder = page
    story = names["story"]
    assert names["grid"].shape == (len(story.coverage), 1)
    assert names["sheet"].shape == (len(story.articles), len(story.claims))
    pd.testing.assert_frame_equal(compare.read_table(folder / "codes.parquet"), names["codes"])


def test_what_is_shared_for_spss_and_stata_has_no_text(page):
    names, folder = page
    for cells, about in (pyreadstat.read_sav(folder / "coverage.sav"), pyreadstat.read_dta(folder / "coverage.dta")):
        assert set(cells["evidence"]) == {""}
        assert about.column_names_to_labels["state"] == "how the outlet treats the claim"
        assert len(cells) == len(names["story"].coverage)


@pytest.mark.parametrize("text", ["none", "full"])
def test_every_csv_of_a_data_set_of_many_stories_reads_as_its_parquet_does(tmp_path, text):
    bundle = both(tmp_path / "run").export(tmp_path / "bundle", text=text)
    read = {path.stem: compare.read_table(path) for path in (bundle / "csv").glob("*.csv")}
    assert {"coverage", "outlet_stories", "rates", "differences"} <= set(read)
    for name, table in read.items():
        pd.testing.assert_frame_equal(table, compare.read_table(bundle / "data" / f"{name}.parquet"), obj=name)
