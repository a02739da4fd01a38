"""storydiff: which claims each outlet carries, changes or leaves out, and how sure that is.

The names below are the whole public API. Each is imported at its first use, so that ``import compare`` and
``storydiff --help`` are quick; `__init__.pyi` tells type checkers where they are.
"""

from __future__ import annotations

from importlib import import_module
from inspect import isfunction
from typing import Any

from compare.errors import says_what_is_missing

__version__ = "0.1.0"

_HOME = {
    "About": "compare.export.about",
    "Creator": "compare.export.about",
    "Reproduction": "compare.export.checks",
    "read_bundle": "compare.bundles",
    "read_table": "compare.export.tables",
    "read_validation": "compare.export.read",
    "reproduce": "compare.bundles",
    "Comparison": "compare.comparison",
    "Corpus": "compare.stories",
    "Encoder": "compare.language.vectors",
    "Grouper": "compare.grouping.grouper",
    "InputError": "compare.errors",
    "InputWarning": "compare.errors",
    "LanguageModelReader": "compare.matching.reader.language_model",
    "MissingExtraError": "compare.errors",
    "Reader": "compare.matching.reader",
    "Sample": "compare.validation.sample",
    "Settings": "compare.settings",
    "SettingsError": "compare.errors",
    "StorydiffError": "compare.errors",
    "calibrated": "compare.validation.readers",
    "compare_corpus": "compare.runs",
    "Validation": "compare.validation.validated",
    "compare_versions": "compare.coverage.edits",
    "compare_story": "compare.story",
    "corrected_differences": "compare.validation.validated",
    "corrected_rates": "compare.validation.validated",
    "extract_quotes": "compare.language.quotes.extract",
    "fetch": "compare.reading.web.fetching",
    "group_stories": "compare.grouping.grouper",
    "krippendorff_alpha": "compare.validation.agreement",
    "learn_boilerplate": "compare.language.repeated",
    "link_versions": "compare.grouping.editions",
    "one_version": "compare.grouping.editions",
    "open_run": "compare.runs",
    "read_articles": "compare.reading.articles",
    "read_demo": "compare.sample",
    "read_sheets": "compare.validation.validated",
    "sample_decisions": "compare.validation.sample",
    "score_pairs": "compare.matching.model",
    "to_long": "compare.export.labelled",
    "to_wide": "compare.export.labelled",
    "track_claims": "compare.coverage.track",
    "write_table": "compare.export.tables",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'compare' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    if isfunction(value):
        value = says_what_is_missing(value)
        value.__module__ = __name__  # where pickle finds it
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
