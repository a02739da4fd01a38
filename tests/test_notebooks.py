"""The worked reports run as they are stored, and what their text says is what their cells give."""

import json
from pathlib import Path

import nbclient
import nbformat
import pytest
from ipykernel.kernelspec import write_kernel_spec

import compare

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "reports").glob("*.ipynb"))
SECONDS = 120  # for a cell; the slowest takes about two
# Run after the last cell of ceasefire.ipynb: what its text speaks of.
PROBE = """
import json
states = tracked.set_index("outlet")[["state", "probability"]]
print(json.dumps({
    "articles": len(articles),
    "tracked": len(tracked),
    "states": states["state"].to_dict(),
    "probability": states["probability"].to_dict(),
    "official_at_kestrel": "official" in tracked.set_index("outlet").loc["Kestrel One News", "evidence"],
    "matrix": [len(figure.data[0].z), len(figure.data[0].z[0])],
    "bars": [len(bar.x) for bar in bars.data],
    "omitted_carriers": left_out["carriers"].tolist(),
    "alone": len(alone),
    "cells": len(cells),
    "agreement": float(agree.mean()),
    "mistakes": sorted(set(zip(cells["state_label"], cells["state"]))),
    "planted": sorted(zip(planted["changes_label"], planted["state"], planted["changes"])),
    "report": page.stat().st_size,
}))
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """The kernel of this interpreter, whatever others are installed for the user or the system."""
    folder = tmp_path_factory.mktemp("jupyter")
    write_kernel_spec(folder / "kernels" / "python3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(folder / name.lower()))
        yield "python3"


def executed(path, kernel, probe):
    """Run a notebook in its folder; an error in a cell or one that takes too long fails the test."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(probe))
    client = nbclient.NotebookClient(
        notebook, timeout=SECONDS, kernel_name=kernel, resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute()


@pytest.fixture(scope="module")
def ceasefire(kernel):
    return executed(ROOT / "reports" / "ceasefire.ipynb", kernel, PROBE)


@pytest.fixture(scope="module")
def found(ceasefire):
    return json.loads(ceasefire.cells[-1].outputs[0].text)


def test_every_notebook_is_run_here():
    assert [path.name for path in NOTEBOOKS] == ["ceasefire.ipynb"]


def mime_types(notebook, cell_id):
    cell = next(cell for cell in notebook.cells if cell.get("id") == cell_id)
    return {kind for output in cell.outputs for kind in output.get("data", {})}


def test_the_question_of_the_ceasefire_report_is_answered(found):
    assert found["articles"] == found["tracked"] == 8
    states, probability = found["states"], found["probability"]
    others = ("The Westmark Standard", "Northern Courier", "The Orrery")
    assert states["Brackwater Ledger"] == "verbatim"
    assert {states[outlet] for outlet in others} == {"paraphrased"}
    assert min(probability[outlet] for outlet in ("Brackwater Ledger", *others)) > 0.85
    assert states["Kestrel One News"] == "altered"
    assert 0.5 <= probability["Kestrel One News"] < 0.85
    assert not found["official_at_kestrel"]
    assert {outlet for outlet, state in states.items() if state == "omitted"} == {
        "Daily Pennant",
        "Harbour Street Journal",
        "Wexcombe Evening Post",
    }
    assert all(0.15 < probability[outlet] < 0.3 for outlet in ("Daily Pennant", "Wexcombe Evening Post"))
    assert 0.3 < probability["Harbour Street Journal"] < 0.35

    assert found["matrix"][0] > 20
    assert found["matrix"][1] == 8
    assert found["bars"] == [8, 8, 8, 8]
    assert len(found["omitted_carriers"]) >= 6
    assert found["omitted_carriers"] == sorted(found["omitted_carriers"], reverse=True)
    assert found["alone"] >= 1
    assert found["report"] > 100_000


def test_the_planted_changes_become_what_the_ceasefire_report_says(found):
    assert found["cells"] == 256
    assert found["agreement"] > 0.9
    assert ["omitted", "partial"] in found["mistakes"]
    planted = [(label, state, changes) for label, state, changes in found["planted"]]
    assert len(planted) == 8
    assert [(state, changes) for _, state, changes in planted] == [("altered", label) for label, _, _ in planted]


def test_figures_and_tables_are_shown(ceasefire):
    for figure in ("matrix", "omissions"):
        assert "application/vnd.plotly.v1+json" in mime_types(ceasefire, figure)
    for table in ("read", "compare", "track", "omitted", "changes"):
        assert "text/html" in mime_types(ceasefire, table)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_stored_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert compare.__name__ in "".join(cell.source for cell in code)
