"""The files of a sample: a sheet per coder as CSV, Label Studio, doccano and HTML, and the researcher's key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.saving import whole_folder, write_csv
from compare.tables import SAMPLED
from compare.validation.codes import all_codes, guide
from compare.validation.form import render_form

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.sample import Sample

KEY = "key.parquet"
_ABOUT = b"storydiff"
_CHOICES = "".join(f'    <Choice value="{code}" hint="{meaning}"/>\n' for code, meaning in all_codes().items())
_LABEL_STUDIO = f"""<View>
  <Header value="Does the article say this?"/>
  <Text name="claim" value="$claim"/>
  <Header value="$headline"/>
  <Text name="article" value="$article"/>
  <Choices name="code" toName="article" choice="single" required="true">
{_CHOICES}  </Choices>
  <TextArea name="note" toName="article" placeholder="note"/>
</View>
"""


def write_sample(sample: Sample, folder: str | Path) -> Path:
    """Write all the files of a sample to a new or empty folder; see `Sample.write`."""
    with whole_folder(folder, frozenset()) as new:
        for coder in sample.assigned:
            sheet = sample.sheet(coder)
            write_csv(sheet, new / f"{coder}.csv")
            _write(new / f"{coder}.html", render_form(sample, coder))
            shown = sheet.drop(columns=["code", "note"]).to_dict("records")
            tasks = [{"data": row} for row in shown]
            _write(new / f"{coder}.labelstudio.json", json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
            lines = [json.dumps(_for_doccano(row), ensure_ascii=False) for row in shown]
            _write(new / f"{coder}.doccano.jsonl", "\n".join(lines) + "\n")
        _write(new / "labelstudio.xml", _LABEL_STUDIO)
        labels = [{"text": code} for code in all_codes()]
        _write(new / "doccano-labels.json", json.dumps(labels, indent=1) + "\n")
        _write(new / "guide.txt", guide())
        write_key(sample, new / KEY)
    return Path(folder)


def write_key(sample: Sample, path: Path) -> None:
    """Write every decision with its stratum, sampling probability and, if drawn, unit; and how it was drawn."""
    import pyarrow as pa
    from pyarrow import parquet

    import compare

    about = {
        "storydiff": compare.__version__,
        "sample": sample.sample_id,
        "seed": sample.seed,
        "overlap": sample.overlap,
        "assigned": sample.assigned,
    }
    table = pa.Table.from_pandas(SAMPLED.frame(sample.decisions), preserve_index=False)
    metadata = {**(table.schema.metadata or {}), _ABOUT: json.dumps(about).encode()}
    parquet.write_table(table.replace_schema_metadata(metadata), path)


def read_key(path: str | Path) -> tuple[dict[str, Any], pd.DataFrame]:
    """Read a key back: how the sample was drawn (sample, seed, assigned, ...), and every decision.

    Raises:
        InputError: there is no such file, or it is no key.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
        about = json.loads((table.schema.metadata or {})[_ABOUT])
        decisions: pd.DataFrame = table.to_pandas()
        _ = about["sample"], about["assigned"], decisions["unit"], decisions["sampling_probability"]
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: there is no such key; it is the {KEY} that was written with the sheets, name it with --key."
        ) from error
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise InputError(f"{path}: is no key of a sample; give the {KEY} that was written with the sheets.") from error
    return about, decisions


def _for_doccano(row: dict[Any, str]) -> dict[str, Any]:
    text = f"CLAIM: {row['claim']}\n\nARTICLE: {row['headline']}\n\n{row['article']}"
    # No column "id": doccano numbers its documents itself. What else is here comes back with its export.
    return {"text": text, "label": [], **{name: row[name] for name in ("sample", "coder", "unit")}}


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())  # bytes, so that no system changes the line ends
