"""How the record was computed, as far as a reader needs it to repeat or to doubt it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from compare.report.wording import count, moment, who_read

if TYPE_CHECKING:
    from compare.report.record.view import Record

SOURCES = (
    ("Intervals of rates", "bootstrap over stories, bias-corrected and accelerated", "Efron 1987; Hesterberg 2015"),
    ("A rate that is 0 or 1 in every story", "exact interval with stories as trials", "Clopper & Pearson 1934"),
    ("Differences", "within the stories that both cover, weighted", "Mantel & Haenszel 1959; Greenland & Robins 1985"),
    ("p-values", "exchange of the two sides within stories", "Phipson & Smyth 2010"),
    ("q-values", "adjusted over the family of tests that is named", "Benjamini & Hochberg 1995"),
    ("Agreement of coders", "alpha, from the coincidences of codes", "Krippendorff 2018"),
    ("Corrected figures", "design-based supervised learning", "Egami et al. 2023; Särndal et al. 1992"),
)


def headline(record: Record) -> dict[str, Any]:
    """Give what the corpus is in numbers, and its dates."""
    stories, articles = len(record.stories), len(record.articles)
    days = list(record.articles["published"].dropna().sort_values())
    dates = dict.fromkeys(moment(day).split(",", maxsplit=1)[0] for day in (days[0], days[-1])) if days else ()
    manifest = record.corpus.manifest
    return {
        "waiting": len(manifest.stories) - len(record.corpus.stories) - len(manifest.failed),
        "facts": [count(stories, "story"), count(len(record.outlets), "outlet"), count(articles, "article")],
        "dates": " \u2013 ".join(dates),
    }


def method(record: Record) -> dict[str, Any]:
    """Give the version, the fingerprints, the settings and what was left out."""
    from compare import __version__

    corpus = record.corpus
    manifest = corpus.manifest
    return {
        "version": __version__,
        "made_by": manifest.storydiff,
        "who_read": who_read(manifest.reader),
        "fingerprints": [
            ("articles", manifest.data),
            ("settings", manifest.settings),
            ("lines left out as the outlets’ own", manifest.boilerplate),
            *([("sample of decisions coded", corpus.validation.sample_id)] if corpus.validation else []),
            *([("encoder", manifest.encoder)] if manifest.encoder else []),
        ],
        "seed": manifest.seed,
        "settings": [
            (f.name, getattr(corpus.settings, f.name), f.metadata.get("reason", "")) for f in fields(corpus.settings)
        ],
        "failed": list(corpus.failed.items()),
        "sources": SOURCES,
    }
