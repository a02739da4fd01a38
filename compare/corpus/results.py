"""All tables of the outlets' record, computed before any of it is written."""

# ruff: noqa: D102 - `Corpus` documents the members of `ComparedStories`

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from compare.corpus.questions import StoriesTables
from compare.corpus.store import read_stories_table, story_folder
from compare.errors import InputError, MissingExtraError
from compare.progress import progress, stage
from compare.tables import top_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.corpus.questions import Likeness, Omissions, Wording
    from compare.corpus.store import RunManifest
    from compare.outlets.groups import Groups
    from compare.settings import Settings
    from compare.validation.validated import Validation

# The measures on which outlets are compared, in one family of tests: how much they carry, change or drop.
_COMPARED = ("carriage", "alteration", "quotations dropped")
_GROUPS_COMPARED = (*_COMPARED, "selection")
ALL_PAIRS = 6  # up to this many sides, the words of every pair are compared; beyond, each side with all others
GAPS = 10  # claims of two groups for which the sentences are looked up
_FEWEST = 3  # outlets from which a map says more than a sentence
_EVIDENCE = ["claim_id", "outlet", "state", "probability", "evidence"]


class ComparedStories(StoriesTables, Protocol):
    """The members that a record, its figures and a data set read of many stories; `Corpus` documents them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]  # so that `replace` can give it other labels

    @property
    def folder(self) -> Path: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def stories(self) -> list[str]: ...
    @property
    def validation(self) -> Validation | None: ...
    @property
    def unvalidated(self) -> ComparedStories | None: ...
    @property
    def boilerplate(self) -> pd.DataFrame: ...
    @property
    def outlet_stories(self) -> pd.DataFrame: ...
    @property
    def rates(self) -> pd.DataFrame: ...
    @property
    def outlets(self) -> pd.DataFrame: ...
    @property
    def omissions(self) -> Omissions: ...
    @property
    def wording(self) -> Wording: ...
    @property
    def map(self) -> Likeness: ...
    def in_parts(self) -> Iterator[dict[str, pd.DataFrame]]: ...
    def group_of(self, groups: Groups) -> dict[str, str]: ...
    def with_validation(self, validation: Validation) -> ComparedStories: ...
    def corrected_differences(self, *, groups: Groups | None = None) -> pd.DataFrame: ...
    def differences(
        self, measures: Sequence[str] = ("carriage",), *, groups: Groups | None = None, version: str = "printed"
    ) -> pd.DataFrame: ...


@dataclass(frozen=True, eq=False)
class Results:
    """The tables of a corpus for its record; None where there is nothing to compare."""

    manifest: RunManifest
    settings: Settings
    names: dict[str, str]  # the file name of each finished story
    validation: Validation | None
    grouped: dict[str, str] | None  # the group of every outlet with a group
    articles: pd.DataFrame  # ARTICLES without texts
    claims: pd.Series  # number of claims of each story, not counting parts
    copies: bool  # whether any article is a copy of another outlet's text
    outlet_stories: pd.DataFrame  # OUTLET_STORIES
    rates: pd.DataFrame  # RATES, corrected if they are validated; OUTLETS likewise
    outlets: pd.DataFrame
    decided_rates: pd.DataFrame  # the same as decided by the toolkit
    decided_outlets: pd.DataFrame
    differences: dict[str, pd.DataFrame]  # DIFFERENCES between outlets, by version
    group_differences: pd.DataFrame | None
    corrected: pd.DataFrame | None  # the corrected rates of outlets, and the numbers of coded decisions
    corrected_differences: dict[str, pd.DataFrame]  # CORRECTED_DIFFERENCES, by "outlet" and "group"
    distances: pd.DataFrame | None = None  # DISTANCES, with MAP and DENDROGRAM or the reason why these are missing
    map: pd.DataFrame | None = None
    dendrogram: pd.DataFrame | None = None
    no_map: str = ""
    wording: dict[str, pd.DataFrame] = field(default_factory=dict)  # passives, naming and attributions
    terms: list[pd.DataFrame] = field(default_factory=list)  # TERMS of every pair of sides
    against_all: bool = False  # whether TERMS has each side against all others instead
    apart: list[tuple[str, str]] = field(default_factory=list)  # sides that share no claim
    gaps: pd.DataFrame | None = None  # GAPS, and COVERAGE of the first claims of each family
    gap_coverage: pd.DataFrame | None = None
    models: dict[str, pd.DataFrame] = field(default_factory=dict)  # OMISSION_MODEL: "omission", "omission-groups"
    no_model: InputError | MissingExtraError | None = None
    sentences: pd.DataFrame | None = None  # sentence_id, story_id and text of the examples in the tables


@stage("statistics")
def results_of(corpus: ComparedStories, groups: Groups | None = None) -> Results:
    """Compute all tables of a corpus's record; `groups` gives the group of each outlet, to compare these too.

    Raises:
        InputError: the groups cannot be used.
    """
    decided = corpus.unvalidated or corpus
    several = len(decided.outlet_stories["outlet"].unique()) > 1
    copies = bool(corpus.outlets["wire"].any())
    # Choices are measured with copies as one voice: outlets that run one text choose the same because they copy.
    version = "collapsed" if copies else "printed"
    versions = list(dict.fromkeys(["printed", version])) if several else []
    found = _corrected(corpus, groups, several)
    if several:
        found |= _wording(decided, groups) | _likeness(decided, version)
        if corpus.outlets["claims"].any():
            found |= _omissions(decided, groups, version)
    return Results(
        manifest=corpus.manifest,
        settings=corpus.settings,
        names={story: story_folder(story) for story in corpus.stories},
        validation=corpus.validation,
        grouped=None if groups is None else decided.group_of(groups),
        articles=corpus.table("articles", ["story_id", "outlet", "title", "published", "language"]),
        claims=top_claims(corpus.table("claims", ["claim_id", "part_of"]))["story_id"].value_counts(),
        copies=copies,
        outlet_stories=corpus.outlet_stories,
        rates=corpus.rates,
        outlets=corpus.outlets,
        decided_rates=decided.rates,
        decided_outlets=decided.outlets,
        differences={version: decided.differences(_COMPARED, version=version) for version in versions},
        group_differences=None if groups is None else decided.differences(_GROUPS_COMPARED, groups=groups),
        **found,
    )


def _corrected(corpus: ComparedStories, groups: Groups | None, several: bool) -> dict[str, Any]:
    if corpus.validation is None:
        return {"corrected": None, "corrected_differences": {}}
    from compare.validation.record import available_rates

    table = available_rates(corpus.validation)
    differences = {"outlet": corpus.corrected_differences()} if several and len(table) > 1 else {}
    if groups is not None:
        differences["group"] = corpus.corrected_differences(groups=groups)
    return {"corrected": table, "corrected_differences": differences}


def _likeness(decided: ComparedStories, version: str) -> dict[str, Any]:
    distances = decided.map.distances(version=version)
    found: dict[str, Any] = {"distances": distances}
    if len(decided.outlet_stories["outlet"].unique()) >= _FEWEST and distances["either"].any():
        measure = "corrected" if distances["corrected"].notna().any() else "jaccard"
        try:
            found["map"] = decided.map.places(measure=measure, version=version)
            found["dendrogram"] = decided.map.dendrogram(measure=measure, version=version)
        except InputError as error:
            found["no_map"] = str(error)
    return found


def _wording(decided: ComparedStories, groups: Groups | None) -> dict[str, Any]:
    ask = decided.wording
    tables = {
        "passives": ask.passives(groups=groups),
        "naming": ask.naming(groups=groups),
        "attributions": ask.attributions(groups=groups),
    }
    sides = list(dict.fromkeys([*tables["passives"]["one"], *tables["passives"]["other"]]))
    against_all = len(sides) > ALL_PAIRS
    pairs: list[tuple[str, str | None]] = [(side, None) for side in sides] if against_all else [*combinations(sides, 2)]
    terms, apart = [], []
    for one, other in progress(pairs, total=len(pairs), unit="comparisons", name="comparing words"):
        try:
            table = ask.terms(one, other, groups=groups)
        except InputError:
            apart.append((one, other or "all others"))
        else:
            terms += [table] if len(table) else []
    columns = [table[f"sentence_{side}"] for table in (*tables.values(), *terms) for side in ("one", "other")]
    sentences = decided.table("sentences", ["sentence_id", "text"]).drop_duplicates("sentence_id")
    shown = sentences[sentences["sentence_id"].isin({name for column in columns for name in column.dropna()})]
    return {"wording": tables, "terms": terms, "against_all": against_all, "apart": apart, "sentences": shown}


def _omissions(decided: ComparedStories, groups: Groups | None, version: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if groups is not None:
        gaps = decided.omissions.gaps(groups, version=version)
        first = gaps.groupby("family", sort=False).head(GAPS)
        stories = {story: decided.manifest.stories[story] for story in first["story_id"].unique()}
        found["gaps"] = gaps
        if stories:
            coverage = read_stories_table(decided.folder, stories, "coverage", _EVIDENCE)
            found["gap_coverage"] = coverage[coverage["claim_id"].isin(first["claim_id"])]
    models = {}
    for name, by in {"omission": None, **({} if groups is None else {"omission-groups": groups})}.items():
        try:
            models[name] = decided.omissions.model(by, version=version)
        except (InputError, MissingExtraError) as error:
            found["no_model"] = error
    return found | {"models": models}
