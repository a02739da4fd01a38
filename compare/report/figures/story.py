"""A story as plotly figures; what they show is computed by plain functions that return rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.look import LOOK_OF, LOOKS, use_template
from compare.report.view import view_of
from compare.report.wording import for_plotly, shorten, shorten_all, sureness
from compare.tables import STATES

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from compare.comparison import Comparison
    from compare.report.view import View

LABEL_WIDTH = 58  # characters of a claim beside its row
HOVER_WIDTH = 90  # characters of a claim in a hover text: long ones make a large matrix 10 times larger
NAME_WIDTH = 22  # characters of an outlet's name above its column
ROW_HEIGHT = 27  # pixels


class Figures:
    """The figures of one comparison; each method gives a `plotly.graph_objects.Figure`."""

    def __init__(self, comparison: Comparison) -> None:
        self._view = view_of(comparison)

    def matrix(self, *, every_claim: bool = False) -> go.Figure:
        """Draw claims x outlets: how each outlet treats each claim.

        Args:
            every_claim: also the claims that one outlet alone carries, below the shared ones.
        """
        rows = matrix_rows(self._view)
        if not every_claim and self._view.shared:
            rows = [row for row in rows if row["shared"]]
        return _draw_matrix(rows, self._view.outlets)

    def omissions(self) -> go.Figure:
        """Draw per outlet how many of the shared claims it carries, alters, leaves undecided and leaves out."""
        return _draw_omissions(omission_rows(self._view), self._view.outlets)


def matrix_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per claim and outlet, in the report's order.

    Returns:
        Rows with number, claim_id, claim (shortened), shared, outlet, state, symbol, probability
        (that the claim is carried).
    """
    return [
        {
            "number": claim.number,
            "claim_id": claim.claim_id,
            "claim": shorten(claim.text, HOVER_WIDTH),
            "shared": claim.shared,
            "outlet": judgement.outlet,
            "state": judgement.state,
            "symbol": LOOK_OF[judgement.state].symbol,
            "probability": judgement.probability,
        }
        for claim in view.claims
        for judgement in claim.judgements
        if judgement
    ]


def omission_rows(view: View) -> list[dict[str, Any]]:
    """Count each outlet's treatment of the shared claims.

    Returns:
        A row per outlet and treatment (`carried` unaltered, `altered`, `undecided`, `omitted`):
        outlet, treatment, claims.
    """
    groups: dict[str, tuple[str, ...]] = {"carried": ("verbatim", "paraphrased", "partial")}
    groups |= {state: (state,) for state in ("altered", "undecided", "omitted")}
    shared = view.shared
    return [
        {"outlet": outlet, "treatment": name, "claims": sum(outlet in claim.outlets(*states) for claim in shared)}
        for outlet in view.outlets
        for name, states in groups.items()
    ]


def hover_text(row: dict[str, Any]) -> str:
    """Say what a cell holds: the claim, the outlet, the state and how sure that is."""
    look = LOOK_OF[row["state"]]
    how = f"{look.symbol} {look.word} ({sureness(look.state, row['probability'])})"
    return f"{row['number']}. {for_plotly(row['claim'])}<br>{for_plotly(row['outlet'])}: {how}"


def matrix_frame() -> go.Figure:
    """Give the matrix without its data: colours, axes, fonts. The page fills in what the reader asks for."""
    import plotly.graph_objects as go

    steps = [(i + side) / len(LOOKS) for i in range(len(LOOKS)) for side in (0, 1)]
    trace = go.Heatmap(
        colorscale=[[step, LOOKS[i // 2].light] for i, step in enumerate(steps)],
        zmin=-0.5,
        zmax=len(LOOKS) - 0.5,
        showscale=False,
        xgap=3,
        ygap=3,
        texttemplate="%{text}",
        textfont={"size": 16, "weight": 700},
        hoverinfo="text",
        hoverongaps=False,
    )
    layout = go.Layout(
        template=use_template(),
        dragmode=False,
        xaxis={"side": "top", "fixedrange": True, "tickangle": -40, "ticklabeloverflow": "allow"},
        yaxis={"fixedrange": True, "autorange": "reversed"},
    )
    return go.Figure(trace, layout)


def _draw_matrix(rows: list[dict[str, Any]], outlets: tuple[str, ...]) -> go.Figure:
    cells = {(row["number"], row["outlet"]): row for row in rows}
    claims = {row["number"]: row["claim"] for row in rows}
    grid = [[cells.get((number, outlet)) for outlet in outlets] for number in claims]
    figure = matrix_frame()
    # Positions with tick texts, not categories: equal or numeric names would melt into one column.
    figure.update_traces(
        x=list(range(len(outlets))),
        y=list(range(len(claims))),
        z=[[STATES.index(cell["state"]) if cell else None for cell in line] for line in grid],
        text=[[cell["symbol"] if cell else "" for cell in line] for line in grid],
        hovertext=[[hover_text(cell) if cell else "" for cell in line] for line in grid],
    )
    names = [for_plotly(name) for name in shorten_all(outlets, NAME_WIDTH)]
    labels = [f"{number}  {for_plotly(shorten(claim, LABEL_WIDTH))}" for number, claim in claims.items()]
    figure.update_xaxes(tickvals=list(range(len(names))), ticktext=names)
    figure.update_yaxes(tickvals=list(range(len(labels))), ticktext=labels)
    key = "   ".join(f"{look.symbol} {look.word}" for look in LOOKS)
    figure.add_annotation(text=key, showarrow=False, xref="paper", yref="paper", x=1, y=0, xanchor="right", yshift=-20)
    # Slanted names reach beyond the last column: 7 pixels a character, at 40 degrees.
    beyond = round(7 * max(map(len, names), default=0) * 0.77)
    return figure.update_layout(height=170 + ROW_HEIGHT * max(len(labels), 1), margin={"r": beyond, "b": 40})


def _draw_omissions(rows: list[dict[str, Any]], outlets: tuple[str, ...]) -> go.Figure:
    import plotly.graph_objects as go

    looks = {"carried": LOOK_OF["verbatim"]} | {state: LOOK_OF[state] for state in ("altered", "undecided", "omitted")}
    figure = go.Figure(
        layout={"template": use_template(), "barmode": "stack", "uniformtext": {"minsize": 9, "mode": "hide"}}
    )
    for treatment, look in looks.items():
        counts = [row["claims"] for row in rows if row["treatment"] == treatment]
        symbol, word = ("✓", "carried") if treatment == "carried" else (look.symbol, look.word)
        figure.add_bar(
            orientation="h",
            x=counts,
            y=list(range(len(outlets))),
            name=f"{symbol} {word}",
            text=[f"{symbol} {n}" if n else "" for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertext=[f"{for_plotly(name)}: {word} {n}" for name, n in zip(outlets, counts, strict=True)],
            hoverinfo="text",
            marker={"color": look.light, "line": {"color": "#ffffff", "width": 1}},
            textfont={"color": look.light_ink},
        )
    names = [for_plotly(name) for name in shorten_all(outlets, NAME_WIDTH)]
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed")
    figure.update_xaxes(title="claims that at least two outlets carry", rangemode="tozero")
    return figure.update_layout(height=130 + 34 * max(len(outlets), 1), margin={"t": 40})
