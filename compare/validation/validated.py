"""Coders' answers joined to the sampled decisions: agreement, accuracy, corrected figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, count, kind, says_what_is_missing, warn
from compare.saving import whole_folder, write_csv
from compare.validation.accuracy import accuracy_table, calibration_error, calibration_table, confusion_list, weighted
from compare.validation.agreement import agreement_table
from compare.validation.codes import CARRIED_CODES, CODES, NOT_VALIDATED, UNSURE
from compare.validation.correction import (
    difference_table,
    grouped_by,
    rate_table,
    with_pseudo_outcomes,
    without_labels,
)
from compare.validation.decisions import decisions_of
from compare.validation.filled import labels_of, read_answers
from compare.validation.marks import key_of_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.validation.regression import Family

_FILES = frozenset(f"{name}.csv" for name in ("agreement", "accuracy", "confusions", "rates", "labels", "differences"))


@says_what_is_missing
@dataclass(frozen=True, eq=False, repr=False)
class Validation:
    """Coders' answers on a sample of decisions, and the resulting estimates for all of them.

    Attributes:
        sample_id: the id of the sample that was coded.
        decisions: every decision of the run, with stratum, cell, weight and, where coded, truth: the share of its
            coders who say that the claim is carried.
        labels: a row per coder and unit: coder, unit, code, note, file.
        carried: the codes that count as carried.
        warnings: problems that were worked around.
    """

    sample_id: str
    decisions: pd.DataFrame
    labels: pd.DataFrame
    carried: tuple[str, ...] = CARRIED_CODES
    warnings: tuple[str, ...] = ()

    def ratings(self) -> pd.DataFrame:
        """Return the codes as a grid: a row per unit, a column per coder; "unsure" is missing."""
        import pandas as pd

        grid = self.labels[self.labels["code"] != UNSURE].pivot(index="unit", columns="coder", values="code")
        kind = pd.CategoricalDtype(list(CODES), ordered=True)
        return grid.rename_axis(columns=None).astype(kind)

    def agreement(self, *, draws: int = 2000, seed: int = 1) -> pd.DataFrame:
        """Return percent agreement, Cohen's kappa and Krippendorff's alpha; see `agreement.agreement_table`."""
        return agreement_table(self.ratings(), carried=self.carried, draws=draws, seed=seed)

    def accuracy(self) -> pd.DataFrame:
        """Return the toolkit's precision and recall, weighted to all decisions; see `accuracy.accuracy_table`."""
        return accuracy_table(self.decisions)

    def calibration(self) -> pd.DataFrame:
        """Compare probabilities with coders' answers by bands; see `accuracy.calibration_table`."""
        return calibration_table(self.decisions)

    def calibration_error(self, *, draws: int = 2000, seed: int = 1) -> pd.Series:
        """Return the expected calibration error with its interval; see `accuracy.calibration_error`."""
        return calibration_error(self.decisions, draws=draws, seed=seed)

    def confusions(self) -> pd.DataFrame:
        """Return the coded decisions on which toolkit and coders differ; see `accuracy.confusion_list`."""
        return confusion_list(self.decisions, self.labels)

    def regression(
        self, on: Sequence[str], family: Family = "linear", columns: Any = None, only: str | None = None
    ) -> pd.DataFrame:
        """Regress carriage on columns of the decisions, corrected; see `regression.regress`.

        Args:
            on: columns: numbers, or text (a coefficient for each value but the first).
            family: "linear" or "logistic".
            columns: a DataFrame with further columns for each claim_id or outlet, merged on the columns in common.
            only: a column of true and false: decisions for which it is false are left out.
        """
        from compare.validation.regression import kept, regress

        table = with_pseudo_outcomes(self.decisions)
        if columns is not None:
            keys = [name for name in ("story_id", "claim_id", "outlet") if name in columns.columns]
            if not keys:
                raise InputError("columns: has neither claim_id, outlet nor story_id to be merged by.")
            table = table.merge(columns, on=keys, how="left", validate="many_to_one", suffixes=("", "_given"))
        return regress(kept(table, only), on, family, self.sentence)

    def write(self, folder: str | Path, *, excel: bool = False) -> Path:
        """Write agreement, accuracy, confusions, rates and differences as CSV, and return the folder.

        With `excel`, the files begin with a byte order mark, so that Excel shows accents.

        Raises:
            InputError: the folder holds something else or cannot be written.
        """
        tables = {
            "agreement": self.agreement(),
            "accuracy": self.accuracy(),
            "confusions": self.confusions(),
            "rates": corrected_rates(self),
            "labels": self.labels,
        }
        if len(self.decisions["outlet"].unique()) > 1:
            tables["differences"] = corrected_differences(self)
        with whole_folder(folder, _FILES) as new:
            for name, table in tables.items():
                write_csv(table, new / f"{name}.csv", excel=excel)
        return Path(folder)

    @cached_property
    def sentence(self) -> str:
        """The sentence beside every figure: how many decisions were coded, alpha, precision and recall."""
        rows = self.accuracy().query("stratum == 'all'").set_index("measure")["estimate"]
        agreement = self.agreement(draws=0)
        alpha = agreement.query("codes == 'carried or not' and measure == \"Krippendorff's alpha, nominal\"").iloc[0]
        coded = int(self.decisions["truth"].notna().sum())
        checked = f"{coded} of {count(len(self.decisions), 'decision')}"
        return (
            f"validated: {checked} coded, alpha {_figure(alpha['estimate'])}, "
            f"precision {_figure(rows['precision'])}, recall {_figure(rows['recall'])}"
        )

    def __repr__(self) -> str:
        return f"<Validation of sample {self.sample_id}; {self.sentence}>"


def checked_validation(given: Validation) -> Validation:
    """Return the argument if it is a `Validation`.

    Raises:
        InputError: it is something else, such as the sheets' path.
    """
    if not isinstance(given, Validation):
        raise InputError(
            f"validation is {kind(given)}: give what compare.read_sheets(...) returns for the coders' sheets."
        )
    return given


def read_sheets(
    sheets: str | Path | Sequence[str | Path],
    key: str | Path | None = None,
    *,
    carried: Sequence[str] = CARRIED_CODES,
) -> Validation:
    """Read coders' answers from CSV sheets and from files saved by the form.

    Args:
        sheets: the files.
        key: the key that was written with the sheets; if None, it is looked for beside the first of them. Marks that
            were saved from a report need none.
        carried: the codes that count as carried; ("yes",) leaves out claims told only in part.

    Returns:
        A `Validation`. Problems that were worked around (missing rows, a coder without an answer, only one coder) are
        in its `warnings`, and each is an `InputWarning`.

    Raises:
        InputError: a file cannot be used, belongs to another sample, has an unknown code or contradicts itself; or
            nothing is answered.
    """
    from compare.validation.sample import KEY, read_key

    paths = [Path(sheets)] if isinstance(sheets, (str, Path)) else [Path(path) for path in sheets]
    if not paths:
        raise InputError("there are no sheets; name at least one file.")
    if not carried or not set(carried) <= set(CODES):
        raise InputError(f"carried is {carried!r}: give codes of {', '.join(CODES)}.")
    marks = key_of_marks(paths) if key is None else None
    about, decisions = marks or read_key(key if key is not None else paths[0].parent / KEY)
    answers = [answer for path in paths for answer in read_answers(path)]
    units = set(decisions["unit"].dropna())
    for answer in answers:
        if answer.sample != about["sample"]:
            raise InputError(
                f"{answer.where}: belongs to sample {answer.sample or '(none)'}, the key to {about['sample']}; "
                "labels of another run or sample cannot be used; give the sheets that were written with this key."
            )
        if answer.unit not in units:
            raise InputError(
                f"{answer.where}: unit {answer.unit!r} is not in the sample; leave the units as they were."
            )
    labels = labels_of(answers)
    if labels.empty:
        raise InputError(f"no unit is answered in {', '.join(map(str, paths[:3]))}; fill in the column code.")
    missing = _missing(about["assigned"], answers, labels)
    validation = weighed(about["sample"], decisions, labels, tuple(carried), missing)
    for sentence in validation.warnings:
        warn(f"{sentence}.")
    return validation


def weighed(
    sample: str, decisions: pd.DataFrame, labels: pd.DataFrame, carried: tuple[str, ...], warnings: Sequence[str]
) -> Validation:
    """Join labels to the decisions that they code; see `accuracy.weighted`."""
    used = labels[labels["code"] != UNSURE]
    truth = used["code"].isin(carried).astype(float).groupby(used["unit"]).mean()
    table, joined = weighted(decisions.assign(truth=decisions["unit"].map(truth).astype(float)))
    return Validation(sample, table, labels, carried, (*warnings, *(one for one in joined if one not in warnings)))


def corrected_rates(
    source: Any, *, by: str = "outlet", groups: Groups | None = None, omitted: bool = False
) -> pd.DataFrame:
    """Return how often each outlet carries (or omits) the story's claims, corrected for the toolkit's measured error.

    Args:
        source: a `Validation`; or tables as `sample_decisions` takes them, whose decisions are then taken as they are
            and called "not validated".
        by: the column to group by.
        groups: the group of each outlet instead of `by`: a mapping, a Series by outlet, or a table of outlet and group;
            outlets without a group are left out, with a warning.
        omitted: return the rate of omission instead: of decisions that are not carried.

    Returns:
        The table CORRECTED_RATES. The interval is missing for a single story without validation, and for a group with
        fewer than five coded decisions.

    Raises:
        InputError: the source or the groups cannot be used.
    """
    table, status = _outcomes(source)
    return rate_table(grouped_by(table, by, groups), omitted=omitted, status=status)


def corrected_differences(
    source: Any, *, by: str = "outlet", groups: Groups | None = None, omitted: bool = False
) -> pd.DataFrame:
    """Return the difference between every two outlets' rates, corrected as in `corrected_rates`.

    Each rate is over the group's own stories; `Corpus.corrected_differences` compares within the stories of both.

    Returns:
        The table CORRECTED_DIFFERENCES: the first less the second. p_adjusted is that of Benjamini & Hochberg (1995),
        over the rows of the table.

    Raises:
        InputError: there is only one group, or the source cannot be used.
    """
    table, status = _outcomes(source)
    return difference_table(grouped_by(table, by, groups), omitted=omitted, status=status)


def _outcomes(source: Any) -> tuple[pd.DataFrame, str]:
    if isinstance(source, Validation):
        return with_pseudo_outcomes(source.decisions), source.sentence
    return without_labels(decisions_of(source)), NOT_VALIDATED


def _missing(assigned: dict[str, list[str]], answers: list[Any], labels: pd.DataFrame) -> list[str]:
    """Say which coders, rows and codes are missing."""
    notes = []
    for coder, units in assigned.items():
        rows = {answer.unit for answer in answers if answer.coder == coder}
        coded = set(labels.loc[labels["coder"] == coder, "unit"])
        gone, without = len(units) - len(rows), len(rows) - len(coded)
        if not rows:
            notes.append(f"{coder}: no sheet was given for {count(len(units), 'unit')}")
        elif not coded:
            notes.append(f"{coder}: answered nothing and is left out")
        elif gone > 0:
            notes.append(f"{coder}: {gone} of {count(len(units), 'row')} {'is' if gone == 1 else 'are'} missing")
        if coded and without:
            have = "has" if without == 1 else "have"
            notes.append(f"{coder}: {without} of {count(len(rows), 'unit')} {have} no code")
    unsure = int((labels["code"] == UNSURE).sum())
    if unsure:
        notes.append(
            f"{unsure} of {count(len(labels), 'answer')} {'is' if unsure == 1 else 'are'} {UNSURE}, and missing"
        )
    per_unit = labels[labels["code"] != UNSURE].groupby("unit").size()
    if labels["coder"].nunique() < 2:
        notes.append("one coder only: agreement cannot be computed")
    elif not (per_unit > 1).any():
        notes.append("no unit was coded by two coders: agreement cannot be computed")
    return notes


def _figure(value: float) -> str:
    return "unknown" if isnan(value) else f"{value:.2f}"
