"""The data that the page's script works on: compact columns, looked up by number.

Text is not in it: the script reads a sentence from the article that it stands in (`#s12`) and a
claim's wording from its heading, so that every text is in the page once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from compare.report.copies import outlet_badges
from compare.report.look import LOOKS
from compare.report.marks import marks_sheet
from compare.report.wording import OMISSION_NOTE, plain
from compare.tables import STATES

if TYPE_CHECKING:
    from compare.report.findings import Brief
    from compare.report.view import Claim, View

_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def payload(view: View, brief: Brief) -> dict[str, Any]:
    """Give what the script needs.

    Returns:
        outlets (names), looks (word and symbol of each state), and per claim, in the page's order, as parallel
        lists: states (a digit per outlet: its place in `tables.STATES`; a blank where not judged), and per
        outlet chances (percent that it is carried), positions (percent of the article; -100: the headline), best
        (sentence number); missing numbers are -1. changes has the few that there are, as {"claim.outlet": text};
        sentences has every sentence that carries the claim, and clauses, as {"claim.sentence": [from, to, ...]}, the
        parts that tell it where that is not the whole sentence. shared are the claims
        that at least two outlets carry; whole has for each part its claim, else -1. badges is empty for what is no
        copy; quotes are the claims that are quotations. codebook has the columns of `Comparison.codebook` and its rows
        without the claims' wordings; marks is what `marks_sheet` gives of the findings.
    """
    claims, badges = view.every, outlet_badges(view.comparison.wire)
    numbers = {claim.claim_id: claim.number for claim in claims}
    return {
        "outlets": [plain(name) for name in view.outlets],
        "badges": [badges.get(outlet, "") for outlet in view.outlets],
        "looks": [{"state": k.state, "word": k.word, "symbol": k.symbol} for k in LOOKS],
        "states": ["".join(str(STATES.index(j.state)) if j else " " for j in claim.judgements) for claim in claims],
        "chances": [[_percent(j.probability) if j else -1 for j in claim.judgements] for claim in claims],
        "positions": [[_percent(j.position) if j else -1 for j in claim.judgements] for claim in claims],
        "best": [[-1 if not j or j.sentence is None else j.sentence for j in claim.judgements] for claim in claims],
        "changes": _changes(claims),
        "sentences": [list(claim.sentences) for claim in claims],
        "clauses": {
            f"{claim.number - 1}.{sentence}": [at for span in sorted(spans) for at in span]
            for claim in claims
            for sentence, spans in claim.clauses.items()
        },
        "shared": [claim.number - 1 for claim in view.shared],
        "whole": [-1 if claim.part_of is None else numbers[claim.part_of] - 1 for claim in claims],
        "quotes": [claim.number - 1 for claim in claims if claim.kind == "quote"],
        "codebook": _codebook(view),
        "marks": marks_sheet(view, brief.decisions),
        "note": OMISSION_NOTE,
    }


def _codebook(view: View) -> dict[str, Any]:
    table = view.comparison.codebook().set_index("claim_id", drop=False).loc[[claim.claim_id for claim in view.every]]
    cells = table.assign(claim="").astype(object)
    return {"columns": list(table.columns), "rows": cells.where(cells.notna(), "").to_numpy().tolist()}


def as_json(data: Any) -> str:
    """Write JSON that may stand in a script element: nothing in it can end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _changes(claims: tuple[Claim, ...]) -> dict[str, str]:
    return {
        f"{claim.number - 1}.{outlet}": judgement.changes
        for claim in claims
        for outlet, judgement in enumerate(claim.judgements)
        if judgement and judgement.changes
    }


def _percent(share: float | None) -> int:
    return -1 if share is None else round(share * 100)
