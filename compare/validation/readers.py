"""Calibrate a reader of your own: ask it about the coded decisions and weight it by the coders' answers."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.phrasing import asked
from compare.coverage.judge import Judge
from compare.coverage.opinions import Panel
from compare.errors import InputError, InputWarning, count
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles
from compare.language.texts import Story
from compare.matching.reader import read, reader_of
from compare.matching.reader.fitted import CalibratedReader, calibrate
from compare.reading.articles import read_articles
from compare.settings import Settings
from compare.validation.filled import read_texts
from compare.validation.sample import KEY, read_key
from compare.validation.validated import read_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.outlets.intervals import Flags

_LEAST, _OF_EACH, _LEAST_CLAIMS = 40, 10, 5


def calibrated(
    reader: Reader,
    sheets: str | Path | Sequence[str | Path],
    key: str | Path | None = None,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
) -> CalibratedReader:
    """Estimate from a coded sample how much weight a reader of your own should have beside the words.

    The reader is asked about the coded decisions that words alone leave open, as it would be in a comparison, and a
    logistic regression on both log-odds is fitted to the coders' answers. The reader's judgement on whether a carried
    claim is changed is kept, because the sheets do not ask coders for it.

    Labels that calibrated a reader cannot measure its accuracy: draw another sample for `with_validation`.

    Args:
        reader: one of your own, such as a `LanguageModelReader`.
        sheets: what coders filled in, as `read_sheets` takes it; the articles are taken from the CSV sheets among them
            or beside the key.
        key: the key that was written with the sheets; if None, it is looked for beside the first of them.
        settings: the cut-offs of the comparison that the reader is for.
        encoder: its encoder, if that is one of your own.

    Returns:
        A `CalibratedReader`, to be given as `reader=`; its `fit` says how well it does, cross-validated by claim.

    Raises:
        InputError: it is not a reader of your own, the sheets cannot be used, or too few decisions are coded: 40 that
            words alone leave open are needed, 10 of them carried and 10 not.
    """
    chosen = reader_of(reader)
    if chosen is None or isinstance(reader, str):
        raise InputError(
            f"the reader is {reader!r}, which needs no calibration: give one of your own, with a method read(pairs)."
        )
    paths = [Path(sheets)] if isinstance(sheets, (str, Path)) else [Path(path) for path in sheets]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)  # `read_sheets` and the comparison give the same warnings
        decisions = read_sheets(paths, key).decisions
        coded = decisions[decisions["truth"].notna()].reset_index(drop=True)
        key = paths[0].parent / KEY if key is None else Path(key)
        beside = [key.parent / f"{coder}.csv" for coder in read_key(key)[0]["assigned"]]
        given = [path for path in paths if path.suffix.lower() in {".csv", ".tsv"}]
        texts: dict[str, str] = {}
        for path in (*given, *filter(Path.is_file, beside)):
            texts |= read_texts(path)
        coded["text"] = [texts.get(unit, "") for unit in coded["unit"]]
        asked = list(_asked(coded, Settings.given(settings), encoder))
    rows = coded.loc[[row for row, _, _ in asked]]
    truth, claims = rows["truth"].to_numpy(float), rows["story_id"] + "\0" + rows["claim_id"]
    carried = int((truth >= 0.5).sum())
    if len(rows) < _LEAST or min(carried, len(rows) - carried) < _OF_EACH or claims.nunique() < _LEAST_CLAIMS:
        raise InputError(
            f"{paths[0]}: of {count(len(coded), 'coded decision')}, words alone leave {len(rows)} to a reader "
            f"({carried} carried and {len(rows) - carried} not, about {count(claims.nunique(), 'claim')}); to "
            f"calibrate one, {_LEAST} are needed, {_OF_EACH} of each, about {_LEAST_CLAIMS} claims: have more units "
            "coded (storydiff sample --units N), or leave the sheets out, and the reader counts half."
        )
    answers = read(chosen, [pair for _, _, pair in asked])
    lexical = np.array([probability for _, probability, _ in asked])
    return calibrate(chosen, lexical, answers, truth, rows["weight"].to_numpy(float), claims.tolist())


def _asked(
    coded: pd.DataFrame, settings: Settings, encoder: Encoder | None
) -> Iterator[tuple[int, float, tuple[str, str]]]:
    """Yield each coded decision that words alone leave open: its row, their probability, and the pair to read."""
    lost = coded.loc[coded["text"].str.strip() == "", "unit"]
    if len(lost):
        raise InputError(
            f"the article of unit {lost.iloc[0]} is in no CSV sheet; leave the sheets of storydiff sample beside their "
            "key, or give them too."
        )
    versions = coded.drop_duplicates(["story_id", "outlet"])
    names = [f"{story}/{outlet}" for story, outlet in zip(versions["story_id"], versions["outlet"], strict=True)]
    articles = read_articles(versions[["outlet", "text"]].assign(article_id=names))
    sentences = mark_repeated(articles, split_articles(articles), None)
    panel = Panel(settings, encoder)
    for story, part in coded.groupby("story_id", sort=False):
        name = (f"{story}/" + part["outlet"]).tolist()
        here = articles[articles["article_id"].isin(name)]
        number = {article: at for at, article in enumerate(here["article_id"])}
        wording = part.drop_duplicates("claim_id").set_index("claim_id")["claim"].map(asked)
        cells = {
            (wording.index.get_loc(claim), number[article]): row
            for row, claim, article in zip(part.index, part["claim_id"], name, strict=True)
        }
        wanted: Flags = np.zeros((len(wording), len(here)), dtype=bool)
        wanted[tuple(np.array(list(cells)).T)] = True
        of_story = Story(here, sentences[sentences["article_id"].isin(number)])
        found, lexical, pairs = Judge(of_story, panel).unsure(wording.tolist(), wanted)
        for cell, probability, pair in zip(found.tolist(), lexical.tolist(), pairs, strict=True):
            yield cells[tuple(cell)], probability, pair
