"""What a notebook shows of a corpus: a line, and the record in short, in the notebook's own colours."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from compare.report.wording import plain

if TYPE_CHECKING:
    from compare.corpus.corpus import Corpus

_COLUMNS = {
    "outlet": "outlet",
    "stories": "stories",
    "claims": "available",
    "rate": "carriage",
    "low": "low",
    "high": "high",
    "omission": "omission",
    "validated": "validated",
}
_NEXT = (
    "Ask next: <code>corpus.outlets</code>, <code>corpus.differences()</code>, "
    '<code>corpus.figures.rates()</code>, <code>corpus.report("x.html")</code>.'
)
_AT_MOST = 30  # outlets: a cell of output, not a page


def corpus_html(corpus: Corpus) -> str:
    """Give a corpus as HTML without colours of its own, so that it suits a light and a dark notebook."""
    table = corpus.outlets[corpus.outlets["version"] == "printed"]
    shown = table[list(_COLUMNS)].rename(columns=_COLUMNS).head(_AT_MOST)
    shown["outlet"] = shown["outlet"].map(plain)
    rows = shown.to_html(index=False, border=0, float_format="{:.2f}".format, na_rep="\u2013", justify="left")
    more = f"<p>and {len(table) - _AT_MOST} more in <code>outlets</code>.</p>" if len(table) > _AT_MOST else ""
    note = "As printed, with 95 % intervals over stories. An omission is an estimate, not proof of intent."
    return f"<p>{html.escape(repr(corpus)[1:-1])}</p>{rows}{more}<p><small>{note}<br>{_NEXT}</small></p>"
