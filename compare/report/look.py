"""How each state looks, everywhere: its word, its symbol, its colours, and the plotly template.

The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), chosen to be told apart
by the colour-blind, and tints of them. Lightness falls with closeness to the claim, so that the
matrix also reads in greyscale, and the symbol says the state without any colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from compare.tables import QUOTE_STATES, STATES

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEMPLATE = "storydiff"


@dataclass(frozen=True)
class Look:
    """One state: what it is called, what it means, and how it is drawn on light and on dark paper."""

    state: str
    word: str
    meaning: str
    symbol: str
    light: str
    light_ink: str
    dark: str
    dark_ink: str

    @property
    def short(self) -> str:
        """A short class name: `t` and the state's place."""
        return f"t{STATES.index(self.state)}"


LOOKS = (
    Look("verbatim", "verbatim", "in the same words", "=", "#0072b2", "#ffffff", "#86c9f2", "#0b1a24"),
    Look("paraphrased", "paraphrased", "in other words", "≈", "#6cbdec", "#06202f", "#2b78ae", "#ffffff"),
    Look("partial", "in part", "only part of it", "◐", "#bfe0f5", "#06202f", "#1d4f70", "#ffffff"),
    Look("altered", "altered", "with a different meaning", "≠", "#ecaa1e", "#2b1d00", "#ecaa1e", "#1f1500"),
    Look("undecided", "undecided", "the evidence does not suffice", "?", "#c9c9c9", "#1c1c1c", "#70757a", "#ffffff"),
    Look(
        "omitted", "left out", "no sentence found that carries it", "\u2013", "#f1efea", "#4a4a46", "#262b30", "#c3c8cc"
    ),
)
# The states of a quotation, each in the colours of the state of a claim that is as close.
QUOTE_LOOKS = tuple(
    replace(LOOKS[STATES.index(like)], word=word, meaning=meaning, symbol=symbol)
    for like, symbol, word, meaning in (
        ("verbatim", "=", "in full", "all the quoted words"),
        ("partial", "◐", "trimmed", "some of the words; what is gone is struck"),
        ("paraphrased", "≈", "in other words", "its content, without quoting it"),
        ("altered", "→", "from somebody else", "the same words, given to another speaker"),
        ("omitted", "\u2013", "absent", "no sentence found that has it"),
    )
)
QUOTE_LOOK_OF = dict(zip(QUOTE_STATES, QUOTE_LOOKS, strict=True))
LOOK_OF = {look.state: look for look in LOOKS}


def state_colours() -> str:
    """Give the states' colours and symbols as CSS, so that they are written down only here."""
    light = "".join(f"--{k.state}:{k.light};--{k.state}-ink:{k.light_ink};" for k in LOOKS)
    dark = "".join(f"--{k.state}:{k.dark};--{k.state}-ink:{k.dark_ink};" for k in LOOKS)
    symbols = "".join(
        f'.grid .{k.short}::before{{content:"{k.symbol}";content:"{k.symbol}" / "{k.word}, "}}' for k in LOOKS
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{symbols}\n"


def use_template() -> str:
    """Register the plotly template on first use and return its name."""
    import plotly.graph_objects as go
    import plotly.io as pio

    if TEMPLATE not in pio.templates:
        axis: dict[str, Any] = {
            "showgrid": False,
            "zeroline": False,
            "showline": False,
            "ticks": "",
            "automargin": True,
            "title": {"font": {"size": 13}},
        }
        layout = {
            "font": {"family": FONT, "size": 13, "color": "#22211e"},
            "title": {"x": 0, "xref": "paper", "font": {"size": 17}},
            "paper_bgcolor": "#ffffff",
            "plot_bgcolor": "#ffffff",
            "colorway": [look.light for look in LOOKS],
            "hoverlabel": {"align": "left", "font": {"family": FONT, "size": 13}},
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "traceorder": "normal"},
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
        }
        pio.templates[TEMPLATE] = go.layout.Template(layout=layout)
    return TEMPLATE
