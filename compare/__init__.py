"""storydiff: which claims each outlet carries, changes or leaves out, and how sure that is.

The names below are the whole public API. They are imported when they are first used, so that
``import compare`` and ``storydiff --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.comparison import Comparison as Comparison
    from compare.corpus.corpus import Corpus as Corpus
    from compare.corpus.corpus import open_run as open_run
    from compare.corpus.engine import compare_corpus as compare_corpus
    from compare.coverage.track import track_claims as track_claims
    from compare.errors import InputError as InputError
    from compare.errors import InputWarning as InputWarning
    from compare.errors import MissingExtraError as MissingExtraError
    from compare.errors import SettingsError as SettingsError
    from compare.errors import StorydiffError as StorydiffError
    from compare.export.about import About as About
    from compare.export.about import Creator as Creator
    from compare.export.coding import to_long as to_long
    from compare.export.coding import to_wide as to_wide
    from compare.export.read import read_bundle as read_bundle
    from compare.export.read import read_validation as read_validation
    from compare.export.reproduce import Reproduction as Reproduction
    from compare.export.reproduce import reproduce as reproduce
    from compare.export.tables import read_table as read_table
    from compare.export.tables import write_table as write_table
    from compare.language.quotes.extract import extract_quotes as extract_quotes
    from compare.language.repeated import learn_boilerplate as learn_boilerplate
    from compare.language.vectors import Encoder as Encoder
    from compare.matching.model import score_pairs as score_pairs
    from compare.matching.reader import Reader as Reader
    from compare.matching.reader.language_model import LanguageModelReader as LanguageModelReader
    from compare.reading.articles import read_articles as read_articles
    from compare.sample import read_demo as read_demo
    from compare.settings import Settings as Settings
    from compare.story import compare_story as compare_story
    from compare.validation.agreement import krippendorff_alpha as krippendorff_alpha
    from compare.validation.readers import calibrated as calibrated
    from compare.validation.sample import Sample as Sample
    from compare.validation.sample import sample_decisions as sample_decisions
    from compare.validation.validated import Validation as Validation
    from compare.validation.validated import corrected_differences as corrected_differences
    from compare.validation.validated import corrected_rates as corrected_rates
    from compare.validation.validated import read_sheets as read_sheets

__version__ = "0.1.0"

_HOME = {
    "About": "compare.export.about",
    "Creator": "compare.export.about",
    "Reproduction": "compare.export.reproduce",
    "read_bundle": "compare.export.read",
    "read_table": "compare.export.tables",
    "read_validation": "compare.export.read",
    "reproduce": "compare.export.reproduce",
    "Comparison": "compare.comparison",
    "Corpus": "compare.corpus.corpus",
    "Encoder": "compare.language.vectors",
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
    "compare_corpus": "compare.corpus.engine",
    "Validation": "compare.validation.validated",
    "compare_story": "compare.story",
    "corrected_differences": "compare.validation.validated",
    "corrected_rates": "compare.validation.validated",
    "extract_quotes": "compare.language.quotes.extract",
    "krippendorff_alpha": "compare.validation.agreement",
    "learn_boilerplate": "compare.language.repeated",
    "open_run": "compare.corpus.corpus",
    "read_articles": "compare.reading.articles",
    "read_demo": "compare.sample",
    "read_sheets": "compare.validation.validated",
    "sample_decisions": "compare.validation.sample",
    "score_pairs": "compare.matching.model",
    "to_long": "compare.export.coding",
    "to_wide": "compare.export.coding",
    "track_claims": "compare.coverage.track",
    "write_table": "compare.export.tables",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'compare' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
