"""Invented runs with known truth, written as a run folder straight from tables: no matching is needed."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
from report_stories import comparison_of

import compare
from compare.corpus.results import results_of
from compare.corpus.store import RunManifest, begin_run, parts_of, write_part
from compare.outlets.counts import with_counts
from compare.report.record import page
from compare.report.record.page import SECTIONS, Section, render_record
from compare.settings import Settings
from compare.tables import BOILERPLATE

RATES = {"Gannet": 0.8, "Orrery": 0.5, "Pennant": 0.5, "Ledger": 0.2}


def stored(folder, rates=RATES, *, stories=14, claims=12, seed=1, covers=0.9, overlooked=0.0, copies=(), rename=str):
    """Write a run whose outlets carry these shares of claims, and open it.

    Args:
        overlooked: share of what Orrery carries that the toolkit misses there.
        copies: outlets that run one text.
        rename: applied to the names of outlets and stories and to headlines.

    Returns:
        corpus, and truth: which (claim_id, outlet) is carried.
    """
    rng = np.random.default_rng(seed)
    names = {f"s{number}": rename(f"s{number}") for number in range(stories)}
    parts = parts_of(list(names.values()))
    manifest = RunManifest("0.1.0", "5e77", "da7a", "b011", None, None, 3, parts, finished=True)
    begin_run(folder, manifest, Settings(), BOILERPLATE.frame([]))
    truth = {}
    for number, name in enumerate(names.values()):
        outlets = [outlet for outlet in rates if rng.random() < covers] or [next(iter(rates))]
        rows = []
        for claim in range(claims):
            copied = rng.random()
            for outlet in outlets:
                carried = bool((copied if outlet in copies else rng.random()) < rates[outlet])
                missed = carried and outlet == "Orrery" and rng.random() < overlooked
                truth[f"c{number}-{claim}", rename(outlet)] = carried
                rows.append((claim, outlet, 0.9 if carried and not missed else 0.1))
        tables = with_counts(name, _story(number, name, outlets, rows, copies, rename).tables)
        write_part(folder, parts[name], {name: tables}, {})
    return SimpleNamespace(corpus=compare.open_run(folder), truth=truth, folder=folder)


def _story(number, name, outlets, rows, copies, rename):
    articles = pd.DataFrame(
        {
            "article_id": f"a{number}-{place}",
            "story_id": name,
            "outlet": rename(outlet),
            "title": rename(f"Fleet {number} sails"),
            "published": f"2026-03-{1 + number % 28:02}T0{place}:00Z",
            "text": f"Fleet {number} as {outlet} tells it.",
        }
        for place, outlet in enumerate(outlets)
    )
    ids = dict(zip(outlets, articles["article_id"], strict=True))
    coverage = [
        {
            "claim_id": f"c{number}-{claim}",
            "outlet": rename(outlet),
            "state": "paraphrased" if probability > 0.5 else "omitted",
            "probability": probability,
            "sentence_id": f"{ids[outlet]}:0",
            "evidence": f"Boat {claim}.",
            "position": 0.5 if probability > 0.5 else None,
            "changes": "",
        }
        for claim, outlet, probability in rows
    ]
    wire = [
        {
            "article_id": ids[outlet],
            "outlet": rename(outlet),
            "wire": "wire" if outlet in copies else "own",
            "group_id": f"w{number}" if outlet in copies else None,
            "shared": 0.0,
            "added": 0.0,
            "cut": "none",
            "cut_sentences": 0,
        }
        for outlet in outlets
    ]
    claims = [
        {
            "claim_id": f"c{number}-{claim}",
            "story_id": name,
            "claim": f"Boat {claim} of fleet {number} sank.",
            "kind": "statement",
            "outlets": len(outlets),
            "voices": len(outlets),
            "salience": 0.5,
        }
        for claim in dict.fromkeys(claim for claim, _, _ in rows)
    ]
    sentences = [
        {"sentence_id": f"{row.article_id}:0", "article_id": row.article_id, "index": 0, "start": 0, "text": row.text}
        | {"end": len(row.text), "quoted": False, "boilerplate": False}
        for row in articles.itertuples()
    ]
    tables = {"articles": articles, "sentences": sentences, "claims": claims, "coverage": coverage, "wire": wire}
    return comparison_of(name, **tables)


def record_of(corpus, groups=None):
    """Give the record of a corpus as HTML."""
    return render_record(results_of(corpus, groups))


def coded(run, folder, n=200, by=None):
    """Draw a sample of a run, have it coded rightly, and give the sheets' paths."""
    from coded_runs import fill, true_code

    sample = compare.sample_decisions(run.corpus, n, by=by)
    sample.write(folder)
    return [fill(folder, coder, lambda unit: true_code(sample, run.truth, unit)) for coder in sample.assigned]


def add_figure(monkeypatch):
    """Give the outlets' page one more part, which has a plotly figure."""
    import plotly.graph_objects as go
    from jinja2 import ChoiceLoader, DictLoader

    figure = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], mode="markers", text=["</script>", "b"]))
    part = Section("map", "A map", "map.html.j2", lambda _: {"figures": {"map": figure}})
    monkeypatch.setattr(page, "SECTIONS", (*SECTIONS, part))
    template = '{% from "record/parts.html.j2" import figure %}{{ figure("map", "Two points") }}'
    environment = page.environment()
    loader = ChoiceLoader([environment.loader, DictLoader({"record/map.html.j2": template})])
    monkeypatch.setattr(environment, "loader", loader)
