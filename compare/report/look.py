"""The look of each state: its word, its symbol, its colours, and the papers on which figures are drawn.

The colours, and their tints, are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which colour-blind readers
can tell apart. Lightness follows closeness to the claim, so that the matrix also reads in greyscale; the symbol shows
the state without any colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.tables import NOT_ASSESSABLE, QUOTE_STATES, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEMPLATE = "storydiff"


@dataclass(frozen=True)
class Look:
    """How one state is named, explained, and drawn on light and on dark paper."""

    state: str
    word: str
    meaning: str
    symbol: str
    light: str
    light_ink: str
    dark: str
    dark_ink: str

    @property
    def css(self) -> str:
        """Its state as the name of a class and of colours."""
        return self.state.replace(" ", "-")

    @property
    def short(self) -> str:
        """A short class name: `t` and the index of the state."""
        return f"t{STATES.index(self.state)}"


LOOKS = (
    Look("verbatim", "verbatim", "in the same words", "=", "#0072b2", "#ffffff", "#86c9f2", "#15181b"),
    Look("paraphrased", "paraphrased", "in other words", "≈", "#6cbdec", "#06202f", "#2b78ae", "#ffffff"),
    Look("partial", "in part", "only part of it", "◐", "#bfe0f5", "#06202f", "#1d4f70", "#ffffff"),
    Look("altered", "altered", "with a different meaning", "≠", "#ecaa1e", "#2b1d00", "#ecaa1e", "#1f1500"),
    Look("contested", "contested", "outlets disagree, no side is a clear majority", "⇄", "#d9a9cb", "#2b0a22",
         "#7a4469", "#ffffff"),
    Look("undecided", "undecided", "the evidence does not suffice", "?", "#c9c9c9", "#1c1c1c", "#70757a", "#ffffff"),
    Look("omitted", "left out", "no sentence found that carries it", "\u2013", "#f1efea", "#4a4a46", "#262b30",
         "#c3c8cc"),
    Look("not assessable", "cut off", "not told before the article was cut off; it may stand after the cut", "…",
         "#fdfcfa", "#5d5a54", "#15181b", "#a9a59d"),
)  # fmt: skip
# The states of a quotation, each in the colours of the claim state that is equally close.
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


def looks_for(states: Iterable[str]) -> tuple[Look, ...]:
    """Return the looks that a key explains: that of articles cut off only where there is one."""
    there = set(states)
    return tuple(look for look in LOOKS if look.state != NOT_ASSESSABLE or look.state in there)


@dataclass(frozen=True)
class Paper:
    """The surface a figure is drawn on: a light screen, a dark screen or a printed page; each is a plotly template."""

    name: str
    template: str  # its name among plotly's templates
    size: int  # font size in pixels
    ground: str
    ink: str
    pale: str  # ink for notes
    rule: str  # axes and zero lines
    faint: str  # a grid
    mark: str  # dots and lines that stand for an outlet
    other: str  # dots and lines of a second side
    wash: str  # fill of areas; empty in print, where nothing is transparent

    def colour(self, look: Look) -> str:
        """The colour of a state."""
        return look.dark if self.name == "dark" else look.light

    def on_colour(self, look: Look) -> str:
        """The ink on that colour."""
        return look.dark_ink if self.name == "dark" else look.light_ink

    @property
    def sides(self) -> tuple[str, ...]:
        """Colours for up to four groups, from Okabe and Ito, with enough contrast for a thin line on this paper."""
        if self.name == "dark":
            return "#86c9f2", "#ecaa1e", "#3fc9a0", "#dd9cc0"
        return "#0072b2", "#d55e00", "#009e73", "#cc79a7"


_LIGHT = Paper(
    "light", TEMPLATE, 13, "#ffffff", "#22211e", "#5d5a54", "#8a877f", "#dedad2", "#0072b2", "#a86400", "#e5f1f7"
)
PAPERS = {
    "light": _LIGHT,
    "dark": Paper(
        "dark", "storydiff_dark", 13, "#15181b", "#e6e3dd", "#a9a59d", "#84817a", "#363b40", "#86c9f2", "#ecaa1e",
        "rgba(134, 201, 242, 0.14)",
    ),
    "print": replace(_LIGHT, name="print", template="storydiff_print", size=16, ink="#000000", pale="#333333", wash=""),
}  # fmt: skip
# Colours only pages need: background, highlighted blocks, links, and three shades for how widely a claim is carried.
_GROUNDS = {
    "light": "--paper:#fdfcfa;--wash:#f5f2ec;--accent:#00598c;--k1:#edf3f8;--k2:#d9e8f3;--k3:#c0daec;",
    "dark": "--paper:#15181b;--wash:#1d2125;--accent:#86c9f2;--k1:#1b2730;--k2:#203645;--k3:#24475f;",
}


def palette() -> str:
    """Return a page's colours and the states' symbols as CSS, so that they are defined only here."""
    symbols = "".join(
        f'.grid .{k.short}::before{{content:"{k.symbol}";content:"{k.symbol}" / "{k.word}, "}}' for k in LOOKS
    )
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables('dark')}}}}}"
    return f":root{{{_variables('light')}}}\n{dark}\n{symbols}\n"


def _variables(name: str) -> str:
    paper = PAPERS[name]
    colours = {"ink": paper.ink, "soft": paper.pale, "line": paper.faint}
    for look in LOOKS:
        colours |= {look.css: paper.colour(look), f"{look.css}-ink": paper.on_colour(look)}
    return _GROUNDS[name] + "".join(f"--{which}:{colour};" for which, colour in colours.items())


def dark_of() -> dict[str, str]:
    """Map each colour of a figure on light paper to its counterpart on dark paper."""
    light, dark = PAPERS["light"], PAPERS["dark"]
    pairs = dict(zip(light.sides, dark.sides, strict=True))
    for look in LOOKS:
        pairs |= {look.light: look.dark, look.light_ink: look.dark_ink}
    names = ("ground", "ink", "pale", "rule", "faint", "mark", "other", "wash")
    return pairs | {getattr(light, name): getattr(dark, name) for name in names}


def paper_of(look: str) -> Paper:
    """Return the paper with this name, or raise an InputError."""
    if look not in PAPERS:
        raise InputError(f"there is no look {look!r}; choose {', '.join(PAPERS)}.")
    return PAPERS[look]


def use_template(paper: Paper = _LIGHT) -> str:
    """Register the paper as a plotly template on first use and return its name."""
    import plotly.graph_objects as go
    import plotly.io as pio

    if paper.template not in pio.templates:
        axis: dict[str, Any] = {
            "showgrid": False,
            "gridcolor": paper.faint,
            "zeroline": False,
            "zerolinecolor": paper.rule,
            "showline": False,
            "ticks": "",
            "tickcolor": paper.rule,
            "automargin": True,
            "title": {"font": {"size": paper.size}},
        }
        layout = {
            "font": {"family": FONT, "size": paper.size, "color": paper.ink},
            "title": {"x": 0, "xref": "paper", "font": {"size": paper.size + 4}},
            "paper_bgcolor": paper.ground,
            "plot_bgcolor": paper.ground,
            "colorway": [paper.mark, paper.other, *paper.sides[2:]],
            "hoverlabel": {
                "align": "left",
                "bgcolor": paper.ground,
                "bordercolor": paper.pale,
                "font": {"family": FONT, "size": 13, "color": paper.ink},
            },
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "traceorder": "normal"},
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
        }
        pio.templates[paper.template] = go.layout.Template(layout=layout)
    return paper.template
