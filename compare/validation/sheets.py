"""A sample and its files: a sheet per coder as CSV and as an HTML form, and the researcher's key."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.saving import whole_folder, write_csv
from compare.tables import SAMPLED
from compare.validation.codes import all_codes, guide
from compare.validation.strata import units_needed

if TYPE_CHECKING:
    import pandas as pd

KEY = "key.parquet"
_ABOUT = b"storydiff"
# With these escaped, nothing in the data can end the script element that it stands in.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@dataclass(frozen=True, eq=False, repr=False)
class Sample:
    """Decisions drawn for coders: what each coder sees, and the key that stays with the researcher.

    Attributes:
        sample_id: identifies the run's decisions and how they were drawn; sheets of another sample are refused.
        seed: the seed of the draws.
        decisions: every decision of the run, with stratum, sampling_probability and, if drawn, unit.
        units: what coders see: unit, claim, headline, article (its text), article_id.
        assigned: each coder's units, in the order in which they are shown.
        overlap: units that every coder gets.
    """

    sample_id: str
    seed: int
    decisions: pd.DataFrame
    units: pd.DataFrame
    assigned: dict[str, list[str]]
    overlap: int

    @property
    def strata(self) -> pd.DataFrame:
        """How the sample is spread: stratum, decisions, units, sampling_probability."""
        groups = self.decisions.groupby("stratum")
        drawn = ("sampling_probability", "first")
        table = groups.agg(decisions=("claim_id", "size"), units=("unit", "count"), sampling_probability=drawn)
        return table.reset_index()

    def needed(self, margin: float = 0.05) -> pd.DataFrame:
        """Say how many units make intervals of plus or minus `margin`; see `units_needed`."""
        return units_needed(self.decisions, self.decisions["stratum"], len(self.units), margin)

    def sheet(self, coder: str) -> pd.DataFrame:
        """Return what one coder gets: sample, coder, unit, claim, headline, article, and empty code and note."""
        if coder not in self.assigned:
            raise InputError(f"there is no coder {coder!r}; there are {', '.join(self.assigned)}.")
        shown = self.units.set_index("unit").loc[self.assigned[coder], ["claim", "headline", "article"]].reset_index()
        sheet = shown.assign(sample=self.sample_id, coder=coder, code="", note="")
        return sheet[["sample", "coder", "unit", "claim", "headline", "article", "code", "note"]]

    def write(self, folder: str | Path) -> Path:
        """Write the sheets in both forms, the coders' guide, and the key, to a new or empty folder.

        Raises:
            InputError: the folder is not empty (answers are never overwritten) or cannot be written.
        """
        with whole_folder(folder, frozenset()) as new:
            for coder in self.assigned:
                write_csv(self.sheet(coder), new / f"{coder}.csv")
                _write(new / f"{coder}.html", _form(self, coder))
            _write(new / "guide.txt", guide())
            _write_key(self, new / KEY)
        return Path(folder)

    def __repr__(self) -> str:
        return (
            f"<Sample {self.sample_id}: {len(self.units)} of {len(self.decisions)} decisions "
            f"for {len(self.assigned)} coder{'s' * (len(self.assigned) != 1)}, {self.overlap} of them for all>"
        )


def _write_key(sample: Sample, path: Path) -> None:
    """Write every decision with its stratum, sampling probability and, if drawn, unit; and how it was drawn."""
    import pyarrow as pa
    from pyarrow import parquet

    from compare import __version__

    about = {
        "storydiff": __version__,
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
        InputError: there is no such file, or it is not a key.
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
            f"{path}: there is no such key; name the {KEY} that was written with the sheets with --key."
        ) from error
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{path}: is not the key of a sample; give the {KEY} that was written with the sheets."
        ) from error
    return about, decisions


def _form(sample: Sample, coder: str) -> str:
    """Return a coder's sheet as one HTML file that works offline and holds every article once."""
    import jinja2

    templates = resources.files("compare.validation") / "templates"
    style, script = ((templates / f"form.{kind}").read_text(encoding="utf-8") for kind in ("css", "mjs"))
    shown = sample.units.set_index("unit").loc[sample.assigned[coder]]
    texts = shown.drop_duplicates("article_id")
    place = {article: number for number, article in enumerate(texts["article_id"])}
    data = {
        "sample": sample.sample_id,
        "coder": coder,
        "articles": [list(pair) for pair in zip(texts["headline"], texts["article"], strict=True)],
        "units": [
            [unit, claim, place[article]]
            for unit, claim, article in zip(shown.index, shown["claim"], shown["article_id"], strict=True)
        ],
    }
    # No network, no image, no script or style but exactly ours.
    policy = f"default-src 'none'; script-src {_csp_source(script)}; style-src {_csp_source(style)}; "
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("compare.validation"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("form.html.j2").render(
        policy=f"{policy}base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        data=json.dumps(data, ensure_ascii=False).translate(_ESCAPES),
        codes=all_codes(),
        coder=coder,
        sample_id=sample.sample_id,
        count=len(shown),
    )


def _csp_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())  # bytes, so that no system changes the line ends
