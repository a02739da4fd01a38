"""The gallery: what the READMEs show is there and shows something, and what builds it gives pages that open offline."""

import importlib.util
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import compare

ROOT = Path(__file__).parents[1]
LARGEST = 300_000  # bytes of a picture
IMAGE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)|<img src="(?P<path2>[^"]+)"[^>]* alt="(?P<alt2>[^"]*)"')


def shown(readme):
    """The pictures that a README shows: path -> alternative text."""
    found = IMAGE.finditer(readme.read_text(encoding="utf-8"))
    return {readme.parent / (one["path"] or one["path2"]): one["alt"] or one["alt2"] for one in found}


PICTURES = shown(ROOT / "README.md") | shown(ROOT / "reports" / "README.md")


def script():
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
    gallery = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    return gallery


def test_the_pages_show_pictures_and_every_picture_of_the_gallery_is_shown():
    assert shown(ROOT / "README.md")
    assert shown(ROOT / "docs" / "many-stories.md")
    assert set((ROOT / "reports" / "gallery").glob("*.png")) == {path for path in PICTURES if "gallery" in path.parts}
    notebooks = {path.stem for path in (ROOT / "reports").glob("*.ipynb")}
    assert notebooks == set(script().CELLS)
    assert {f"notebook-{name}.png" for name in notebooks} <= {path.name for path in PICTURES}


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_a_small_png_of_something_and_has_words_for_it(path):
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) <= LARGEST
    width, height = struct.unpack(">II", data[16:24])
    assert 300 <= width <= 1400
    assert 200 <= height <= 2200
    parts, place = [], 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        parts += [data[place + 8 : place + 8 + length]] * (data[place + 4 : place + 8] == b"IDAT")
        place += length + 12
    lines = zlib.decompress(b"".join(parts))
    each = len(lines) // height
    different = {lines[at : at + each] for at in range(0, len(lines), each)}
    assert len(different) > 0.2 * height  # of a blank one nearly all lines are the same
    assert len(set(lines)) > 100
    assert len(PICTURES[path]) > 20


def test_the_gallery_is_one_command_and_its_pages_are_not_kept():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^gallery: .*\n\t.*docs/gallery\.py$", makefile, re.MULTILINE)
    assert "/reports/gallery/*.html" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_without_chromium_the_gallery_says_so(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "gallery.py"],
        env={**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "gallery: no Chromium on the path; install chromium or google-chrome.\n"


SMALL = """
import sys
import compare

print("in progress", file=sys.stderr)
records = [
    {"outlet": name, "text": "The ferry sank off the coast on Monday morning. All ninety people on board were saved."}
    for name in ("Gannet", "Orrery")
]
compare.compare_story(records).figures.omissions()
"""


def test_a_notebook_becomes_a_page_that_draws_its_figures_offline(tmp_path, open_page):
    if importlib.util.find_spec("nbconvert") is None and os.environ.get("CI") != "true":
        pytest.skip("the nbconvert package is not installed")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Ferries"), nbformat.v4.new_code_cell(SMALL, id="small")]
    )
    nbformat.write(notebook, tmp_path / "small.ipynb")
    text = script().notebook_page(tmp_path / "small.ipynb")
    (tmp_path / "small.html").write_text(text, encoding="utf-8")
    page = open_page(tmp_path / "small.html", offline=True)  # which fails if anything is fetched
    page.wait_for_selector(".plotly-graph-div .main-svg")
    assert page.locator("h1").inner_text().startswith("Ferries")
    assert page.locator('[id="cell-id=small"] .ytick text').all_text_contents() == ["Gannet", "Orrery"]
    assert "in progress" not in page.locator(".jp-OutputArea").inner_text()


@pytest.mark.medium
def test_the_data_set_of_the_gallery_is_what_the_page_says(tmp_path):
    script().write_data_set(tmp_path / "ceasefire-data")
    page = (ROOT / "reports" / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\w+) \| (\d+) \|", page, re.MULTILINE))
    files = {path.stem: len(pd.read_parquet(path)) for path in (tmp_path / "ceasefire-data" / "data").iterdir()}
    assert {name: int(rows) for name, rows in told.items()} == files
    for path in (tmp_path / "ceasefire-data").iterdir():
        assert path.is_dir() or path.name == "key.txt" or f"`{path.name}`" in page
    assert compare.reproduce(tmp_path / "ceasefire-data", ROOT / "datasets" / "ceasefire").ok
