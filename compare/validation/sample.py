"""A stratified sample of decisions for coders who do not see the toolkit's decisions, and its files.

A coder's sheet is a CSV file and an HTML form; the key stays with the researcher.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError, count, listed, says_what_is_missing
from compare.foreign import checked_file, fits, frame_of
from compare.saving import whole_folder, write_csv
from compare.tables import SAMPLED
from compare.validation.codes import GUIDE, all_codes
from compare.validation.decisions import articles_of, decisions_of, digest, fingerprint
from compare.validation.strata import sample_sizes, strata_of, units_needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.intervals import Flags

KEY = "key.parquet"
_ABOUT = b"storydiff"
_KEPT = {"sample": str, "assigned": {"": [str]}}  # what a key must say about its sample; see `fits`
# With these escaped, no data can end the script element that contains them.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_MOST_CODERS = 1000
_LONGEST_NAME = 80  # characters of a coder's name
_OVERLAP = 50  # default number of units that all coders see: with fewer, alpha is too uncertain


@says_what_is_missing
@dataclass(frozen=True, eq=False, repr=False)
class Sample:
    """Decisions drawn for coders: the units that each coder sees, and the key that stays with the researcher.

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
        """The allocation of the sample: stratum, decisions, units, sampling_probability."""
        groups = self.decisions.groupby("stratum")
        drawn = ("sampling_probability", "first")
        table = groups.agg(decisions=("claim_id", "size"), units=("unit", "count"), sampling_probability=drawn)
        return table.reset_index()

    def needed(self, margin: float = 0.05) -> pd.DataFrame:
        """Return how many units give intervals of plus or minus `margin`; see `units_needed`."""
        return units_needed(self.decisions, self.decisions["stratum"], len(self.units), margin)

    def sheet(self, coder: str) -> pd.DataFrame:
        """Return a coder's sheet: sample, coder, unit, claim, headline, article, and empty code and note."""
        if coder not in self.assigned:
            raise InputError(f"there is no coder {coder!r}; there are {', '.join(self.assigned)}.")
        shown = self.units.set_index("unit").loc[self.assigned[coder], ["claim", "headline", "article"]].reset_index()
        sheet = shown.assign(sample=self.sample_id, coder=coder, code="", note="")
        return sheet[["sample", "coder", "unit", "claim", "headline", "article", "code", "note"]]

    def write(self, folder: str | Path, *, excel: bool = False) -> Path:
        """Write the sheets in both forms, the coders' guide, and the key, to a new or empty folder.

        With `excel`, the CSV sheets begin with a byte order mark, so that Excel shows accents.

        Raises:
            InputError: the folder is not empty (answers are never overwritten) or cannot be written.
        """
        import pyarrow as pa
        from pyarrow import parquet

        from compare import __version__

        with whole_folder(folder, frozenset()) as new:
            for coder in self.assigned:
                write_csv(self.sheet(coder), new / f"{coder}.csv", excel=excel)
                (new / f"{coder}.html").write_bytes(_form(self, coder).encode())  # bytes keep the line ends
            codes = "".join(f"  {code:<8}{meaning}\n" for code, meaning in all_codes().items())
            (new / "guide.txt").write_bytes(GUIDE.format(codes=codes).encode())
            about = {"storydiff": __version__, "sample": self.sample_id, "seed": self.seed, "overlap": self.overlap}
            table = pa.Table.from_pandas(SAMPLED.frame(self.decisions), preserve_index=False)
            key = {_ABOUT: json.dumps(about | {"assigned": self.assigned}).encode()}
            parquet.write_table(table.replace_schema_metadata((table.schema.metadata or {}) | key), new / KEY)
        return Path(folder)

    def __repr__(self) -> str:
        return (
            f"<Sample {self.sample_id}: {len(self.units)} of {count(len(self.decisions), 'decision')} "
            f"for {count(len(self.assigned), 'coder')}, {self.overlap} of them for all>"
        )


def read_key(path: str | Path) -> tuple[dict[str, Any], pd.DataFrame]:
    """Read a key: how the sample was drawn (sample, seed, assigned, ...), and every decision.

    Raises:
        InputError: there is no such file, or it is not a key.
    """
    import pyarrow as pa

    try:
        return _key_in(Path(path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such key; give the {KEY} written with the sheets as --key.") from error
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: is not the key of a sample; give the {KEY} written with the sheets.") from error


def _key_in(path: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return what a key says; any of the errors that `read_key` handles if it is none."""
    from pyarrow import parquet

    table = parquet.ParquetFile(checked_file(path)).read()
    about = json.loads((table.schema.metadata or {})[_ABOUT])
    if not fits({name: about[name] for name in _KEPT}, _KEPT):
        raise ValueError("it does not say who codes what")
    decisions = SAMPLED.checked(frame_of(table))[SAMPLED.names]
    units = decisions["unit"].dropna()
    if units.duplicated().any() or not {unit for own in about["assigned"].values() for unit in own} <= set(units):
        raise ValueError("its units are not those of its decisions")
    return about, decisions


def _form(sample: Sample, coder: str) -> str:
    """Return a coder's sheet as one HTML file that works offline and contains every article once."""
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
    # Allow nothing but our own script and style.
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


def sample_decisions(  # noqa: PLR0913 - each but the tables is optional and named
    tables: Any,
    n: int = 200,
    *,
    coders: int | Sequence[str] = 2,
    overlap: int | None = None,
    by: str | None = None,
    seed: int = 1,
) -> Sample:
    """Draw decisions, claim by outlet, for coders to check without seeing the toolkit's decisions.

    The decisions are stratified by the probability that the outlet carries the claim. Every stratum gets some units,
    even those far below the cut-off, so that recall can be estimated.

    Args:
        tables: a `Comparison`, several of them, or anything with the tables coverage, claims and articles.
        n: how many decisions; `Sample.needed` says how many an interval takes.
        coders: how many, or their names.
        overlap: units that every coder gets, for agreement; if None, 50, or all if there are fewer. The other units go
            to one coder each.
        by: a column to stratify by as well, such as "outlet", so that each outlet's own error is measured.
        seed: the seed of the draws: the same input gives the same sample.

    Returns:
        A `Sample`.

    Raises:
        InputError: n is too small or not a number, coders are named twice, or the tables cannot be used.
    """
    names = _coder_names(coders)
    decisions, articles = decisions_of(tables), articles_of(tables)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(f"n is {n!r}: give the number of decisions to draw, such as 200.")
    n = min(int(n), len(decisions))
    shared = min(_OVERLAP if overlap is None else overlap, n) if len(names) > 1 else n
    if shared < 0:
        raise InputError(f"overlap is {overlap}: give the number of units that every coder gets, 0 or more.")
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise InputError(f"seed is {seed!r}: give a whole number, 0 or more.")
    rng = np.random.default_rng(seed)
    decisions, drawn = draw(decisions, n, by, rng)
    digits = digest(fingerprint(decisions), seed, n, names, shared, by)[:12]
    decisions["unit"] = [  # ids that reveal nothing about the decisions
        "u" + digest(digits, claim, outlet, story)[:10] if is_drawn else None
        for claim, outlet, story, is_drawn in zip(
            decisions["claim_id"], decisions["outlet"], decisions["story_id"], drawn, strict=True
        )
    ]
    decisions["unit"] = decisions["unit"].astype("str")
    units = _units(decisions[drawn], articles)
    # Begin with a letter, because spreadsheets turn "1569764310e3" into a number.
    return Sample(f"s{digits}", seed, decisions, units, _assigned(units, names, shared, rng), shared)


def draw(decisions: pd.DataFrame, n: int, by: str | None, rng: np.random.Generator) -> tuple[pd.DataFrame, Flags]:
    """Draw n decisions: return the decisions with stratum and sampling_probability, and which of them are drawn."""
    decisions = decisions.assign(stratum=strata_of(decisions, by))
    counts = sample_sizes(decisions, decisions["stratum"], n)
    drawn = np.zeros(len(decisions), dtype=bool)
    places = decisions.groupby("stratum").indices
    for stratum, units in counts.items():
        drawn[rng.choice(places[stratum], size=units, replace=False)] = True
    sizes = decisions["stratum"].map(decisions["stratum"].value_counts())
    decisions["sampling_probability"] = (decisions["stratum"].map(counts) / sizes).astype(float)
    return decisions, drawn


def _coder_names(coders: int | Sequence[str]) -> tuple[str, ...]:
    if isinstance(coders, int) and not isinstance(coders, bool) and 0 < coders <= _MOST_CODERS:
        return tuple(f"coder-{number}" for number in range(1, coders + 1))
    names = tuple(coders) if not isinstance(coders, (int, str)) else ()
    fit = all(
        isinstance(name, str) and len(name) <= _LONGEST_NAME and name.replace("-", "").replace("_", "").isalnum()
        for name in names
    )
    if not 0 < len(names) <= _MOST_CODERS or not fit or len({name.lower() for name in names}) < len(names):
        shown = repr(coders) if isinstance(coders, (int, str)) else repr(listed(list(map(str, names))))
        raise InputError(
            f"coders is {shown}: give their number, up to {_MOST_CODERS}, or their names, each different, "
            f"of up to {_LONGEST_NAME} letters, digits, - and _, because files are named after them."
        )
    return names


def _units(drawn: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return what a coder sees: the claim and all that the outlet wrote on the story, without the outlet's name."""
    import pandas as pd

    several = bool((drawn["story_id"] != "").any())
    wanted = set(zip(drawn["story_id"].astype(str), drawn["outlet"].astype(str), strict=True))
    texts: dict[tuple[str, str], tuple[str, str, str]] = {}
    columns = (articles[name].tolist() for name in ("story_id", "outlet", "title", "text", "article_id"))
    for story, outlet, given, text, article in zip(*columns, strict=True):
        where, title = (str(story) if several else "", str(outlet)), given if isinstance(given, str) else ""
        if where in texts:  # append an outlet's further article on the story to its first
            headline, before, first = texts[where]
            texts[where] = headline, f"{before}\n\n{title}\n\n{text}", first
        elif where in wanted:
            texts[where] = title, text, article
    rows = []
    names = ("unit", "claim", "story_id", "outlet")
    for unit, claim, story, outlet in zip(*(drawn[name].astype(str) for name in names), strict=True):
        if (story, outlet) not in texts:
            raise InputError(
                f"there is no article of {outlet} on story {story}, and so nothing that a coder could read; "
                "give the articles that the coverage came from."
            )
        rows.append((unit, claim, *texts[story, outlet]))
    return pd.DataFrame(rows, columns=["unit", "claim", "headline", "article", "article_id"], dtype="str")


def _assigned(
    units: pd.DataFrame, names: tuple[str, ...], shared: int, rng: np.random.Generator
) -> dict[str, list[str]]:
    """Assign the units; each coder reads article by article, with articles and claims in a separate random order."""
    order = rng.permutation(len(units))
    own = order[shared:]
    given: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        mine = units.iloc[np.concatenate([order[:shared], own[number :: len(names)]])]
        articles = rng.permutation(mine["article_id"].unique())
        place = dict(zip(articles, range(len(articles)), strict=True))
        shuffled = mine.iloc[rng.permutation(len(mine))]
        by_article = shuffled.assign(place=shuffled["article_id"].map(place)).sort_values("place", kind="stable")
        given[name] = by_article["unit"].tolist()
    return given
