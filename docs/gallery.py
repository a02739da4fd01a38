"""Build the gallery: every worked report and the demo's pages as HTML, and the pictures that the READMEs show.

python docs/gallery.py (or: make gallery)

Writes to reports/gallery: PNG pictures, which are kept, and HTML files that open offline and a data set, which are not
(they are large). Needs the dependency group `gallery` and Chromium. Pictures are taken anew when a report or its
numbers change.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "reports"
GALLERY = REPORTS / "gallery"
PLANTED = ROOT / "datasets" / "planted-bias"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
WIDE, COLUMN, PHONE = ({"width": width, "height": height} for width, height in ((1280, 1000), (960, 1000), (360, 740)))
TALLEST = 1020  # pixels; of what is longer the picture shows the beginning
SECONDS = 120  # for a cell of a notebook
# The cell of each notebook whose output is its picture.
CELLS = {"ceasefire": "omissions", "quotes": "dots", "outlets": "omission-figure", "validation": "reliability"}
ROWS = 4  # of the matrix in the README's picture
CLAIM = "European intelligence official put it"  # the claim whose evidence is shown
# The first findings and, right below them, the head of the matrix.
_CUT = """() => {
  const hide = (each) => each.style.setProperty("display", "none");
  document.querySelectorAll("header nav, header .lead, #controls, #headlines, #difference").forEach(hide);
  document.querySelectorAll("#brief :is(.more, .proofs, .judge, #marks, .cards li:nth-child(n + 6))").forEach(hide);
}"""
_DRAWN = """() => [...document.querySelectorAll(".plotly-graph-div")].every((one) => one.querySelector(".main-svg"))"""
_BOX = """(part) => {
  const box = part.getBoundingClientRect();
  return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };
}"""
# JupyterLab's look, without the scripts that its template fetches from the web; plotly is inside.
_TEMPLATE = """{%- extends "lab/index.html.j2" -%}
{%- block html_head_js_requirejs -%}<script>{{ resources.plotly }}</script>{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}"""


def main() -> None:
    """Write the gallery and docs/images/report.png."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print("gallery: no Chromium on the path; install chromium or google-chrome.", file=sys.stderr)
        sys.exit(2)
    from playwright.sync_api import sync_playwright

    GALLERY.mkdir(exist_ok=True)
    for name in CELLS:
        page = notebook_page(REPORTS / f"{name}.ipynb")
        (GALLERY / f"{name}.html").write_text(page, encoding="utf-8")
    compare.compare_story(compare.read_demo()).report(GALLERY / "demo.html")
    corpus = compare.compare_corpus(PLANTED / "articles.jsonl", seed=1)
    corpus.report(GALLERY / "record.html")
    write_data_set(GALLERY / "ceasefire-data")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take_pictures(browser)
        browser.close()


def write_data_set(folder: Path) -> None:
    """Write the ceasefire story as a data set without text, its key published."""
    about = compare.About(
        title="Who tells of the ceasefire talks: eight invented outlets",
        creators=(compare.Creator("The storydiff authors"),),
        licence="CC0-1.0",
        version=compare.__version__,
    )
    story = compare.compare_story(compare.read_articles(ROOT / "datasets" / "ceasefire"))
    story.export(folder, publish_key=True, about=about, force=folder.exists())


def notebook_page(path: Path) -> str:
    """Run a notebook and give it as one HTML page that fetches nothing."""
    import nbformat
    from jinja2 import DictLoader
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter
    from plotly.offline import get_plotlyjs

    notebook = nbformat.read(path, as_version=4)
    with _kernel():
        resources = {"metadata": {"path": str(path.parent), "name": path.stem}}
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
        for cell in notebook.cells:
            _as_html(cell)
        exporter = HTMLExporter(extra_loaders=[DictLoader({"offline": _TEMPLATE})], template_file="offline")
        page, _ = exporter.from_notebook_node(notebook, {**resources, "plotly": get_plotlyjs()})
    return str(page)


@contextmanager
def _kernel() -> Iterator[None]:
    """Have "python3" mean this interpreter, whatever other kernels and settings there are."""
    from ipykernel.kernelspec import write_kernel_spec

    names = ("JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        write_kernel_spec(Path(folder) / "kernels" / "python3")
        os.environ.update(dict.fromkeys(names, folder))
        try:
            yield
        finally:
            os.environ.update({name: value for name, value in before.items() if value is not None})
            for name in [name for name, value in before.items() if value is None]:
                del os.environ[name]


def _as_html(cell: NotebookNode) -> None:
    """Leave progress bars out, and draw figures: nbconvert does not know plotly's own format."""
    from plotly.io import from_json, to_html

    if cell.cell_type != "code":
        return
    cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
    for output in cell.outputs:
        figure = output.get("data", {}).get("application/vnd.plotly.v1+json")
        if figure is not None:
            drawn = from_json(json.dumps({"data": figure["data"], "layout": figure["layout"]}))
            output.data = {"text/html": to_html(drawn, full_html=False, include_plotlyjs=False, div_id=f"f-{cell.id}")}


def take_pictures(browser: Browser) -> None:
    """Take every picture from the pages in the gallery."""
    for name, cell in CELLS.items():
        with _opened(browser, f"{name}.html", viewport=COLUMN) as page:
            _keep(page.locator(f'[id="cell-id={cell}"] .jp-OutputArea-output').last, f"notebook-{name}.png")
    with _opened(browser, "demo.html") as page:
        page.locator("#side").scroll_into_view_if_needed()
        page.locator(".beside").wait_for()
        page.locator("#timeline").scroll_into_view_if_needed()
        page.locator("[data-figure=timeline] .point").first.wait_for()
        for section in ("side", "timeline", "matrix", "quotes"):
            _keep(page.locator(f"#{section}"), f"{section}.png")
        page.locator("#brief .proofs summary").filter(visible=True).last.click()
        _keep(page.locator("#brief"), "brief.png")
        claim = page.locator("#claims details.claim", has_text=CLAIM).first
        claim.locator("summary").click()
        _keep(claim, "evidence.png")
        page.evaluate(_CUT)
        page.screenshot(path=ROOT / "docs" / "images" / "report.png", full_page=True, clip=_head(page))
    with _opened(browser, "demo.html", viewport=PHONE, device_scale_factor=2) as page:
        page.locator("#brief").evaluate("(brief) => brief.scrollIntoView()")
        page.screenshot(path=GALLERY / "phone.png", animations="disabled")
    with _opened(browser, "demo.html", color_scheme="dark") as page:
        _keep(page.locator("#matrix"), "dark.png")
    with _opened(browser, "record.html") as page:
        _keep(page.locator("#record"), "record.png")


@contextmanager
def _opened(browser: Browser, name: str, **options: object) -> Iterator[Page]:
    """Open a page of the gallery when its fonts and figures are there; what it fetches is an error."""
    given = {"viewport": WIDE, "color_scheme": "light", "reduced_motion": "reduce", **options}
    context = browser.new_context(locale="en-GB", timezone_id="UTC", offline=True, **given)
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or fetched.append(asked.url))
    page.goto((GALLERY / name).as_uri())
    page.evaluate("() => document.fonts.ready")
    page.wait_for_function(_DRAWN)
    yield page
    context.close()
    if fetched:
        raise RuntimeError(f"{name} fetches {', '.join(fetched)[:200]}, and so does not open offline.")


def _keep(part: Locator, name: str) -> None:
    """Keep a picture of a part of the page, from its top."""
    part.scroll_into_view_if_needed()
    clip = part.evaluate(_BOX)
    clip["height"] = min(clip["height"], TALLEST)
    part.page.screenshot(path=GALLERY / name, full_page=True, clip=clip, animations="disabled")


def _head(page: Page) -> dict[str, float]:
    """The page from its top to the last row of the matrix that is shown."""
    last = page.locator("#grid tbody tr:visible").nth(ROWS - 1)
    place = last.evaluate("(row) => row.getBoundingClientRect().bottom + window.scrollY")
    body = page.evaluate("(() => { const { x, width } = document.body.getBoundingClientRect(); return [x, width]; })()")
    return {"x": body[0], "y": 0, "width": body[1], "height": place + 5}


if __name__ == "__main__":
    main()
